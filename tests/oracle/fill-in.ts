/** The values that an answer may mention. */
export interface Words {
  readonly origin: string | undefined;
  readonly method: string | undefined;
  readonly headers: string | undefined;
  readonly urls: readonly string[];
}

export function fillIn(text: string, { origin = '', method = '', headers = '', urls }: Words): string {
  return text.replace(/\{(origin|method|headers|\/?\d+)\}/g, (_, word: string) => {
    if (word === 'origin') return origin;
    if (word === 'method') return method;
    if (word === 'headers') return headers;
    const url = urls[Number(word.replace('/', ''))] ?? urls[0] ?? '';
    return word.startsWith('/') ? new URL(url).pathname : url;
  });
}

/** The same in every text of a result. */
export function fillInAll(value: unknown, words: Words): unknown {
  if (typeof value === 'string') return fillIn(value, words);
  if (Array.isArray(value)) return value.map((element) => fillInAll(element, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, fillInAll(element, words)]));
}
