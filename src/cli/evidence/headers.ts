import { getHeader, normalizeValue } from '../../browser/header-lines.js';
import type { WireResponse } from '../../browser.js';

type Headers = Pick<WireResponse, 'headers'>;

/** The value of each line of a header. */
export function linesOf({ headers }: Headers, name: string): readonly string[] {
  return headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => normalizeValue(value));
}

/** The value of a header, its lines joined; `undefined` if the header is missing. */
export function headerOf(response: Headers, name: string): string | undefined {
  return getHeader(response.headers, name);
}

/** The elements of a list, in lower case. */
export function elementsOf(response: Headers, name: string): readonly string[] {
  return (headerOf(response, name) ?? '')
    .split(',')
    .map((element) => element.trim().toLowerCase())
    .filter((element) => element !== '');
}
