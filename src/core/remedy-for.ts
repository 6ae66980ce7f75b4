/** What to do about a key that is not known: names the one that shares most triples of letters with it, if that is most of them. */
export function remedyFor(written: string, keys: readonly string[]): string {
  const text = written.toLowerCase();
  const triples = [...text].map((_, at) => text.slice(at, at + 3)).filter(({ length }) => length === 3);
  function likeness(key: string): number {
    return triples.filter((triple) => key.toLowerCase().includes(triple)).length;
  }
  const nearest = keys.reduce((best, key) => (likeness(key) > likeness(best) ? key : best));
  return likeness(nearest) * 2 > triples.length
    ? `write ${nearest}, or remove it`
    : `remove it; the keys are ${keys.join(', ')}`;
}
