/** What to do about a key that is not known: names the one that shares most triples of letters with it, if that is most of them. */
export function remedyFor(written: string, keys: readonly string[]): string {
  const text = written.toLowerCase();
  function likeness(key: string): number {
    return [...text].filter((_, at) => key.toLowerCase().includes(text.slice(at, at + 3))).length;
  }
  const nearest = keys.reduce((best, key) => (likeness(key) > likeness(best) ? key : best));
  return likeness(nearest) * 2 > text.length
    ? `write ${nearest}, or remove it`
    : `remove it; the keys are ${keys.join(', ')}`;
}
