import type { WireResponse } from '../browser.js';

type Headers = Pick<WireResponse, 'headers'>;

/** The value of each line of a header. */
export function linesOf({ headers }: Headers, name: string): readonly string[] {
  return headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value.trim());
}

/** The value of a header, its lines joined; `undefined` if the header is missing. */
export function headerOf(response: Headers, name: string): string | undefined {
  const lines = linesOf(response, name);
  return lines.length === 0 ? undefined : lines.join(', ');
}

/** The elements of a list, in lower case. */
export function elementsOf(response: Headers, name: string): readonly string[] {
  return (headerOf(response, name) ?? '')
    .split(',')
    .map((element) => element.trim().toLowerCase())
    .filter((element) => element !== '');
}

export function textOf({ body = '' }: WireResponse): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}
