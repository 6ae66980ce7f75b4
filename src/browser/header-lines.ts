import { isToken } from '../core/tokens.js';
import type { HeaderLines } from './types.js';

/**
 * The value of a header, its lines joined; `undefined` if the header is missing.
 * https://fetch.spec.whatwg.org/#concept-header-list-get
 */
export function getHeader(headers: HeaderLines, name: string): string | undefined {
  const lowerCase = name.toLowerCase();
  const values = headers.filter(([key]) => key.toLowerCase() === lowerCase).map(([, value]) => normalizeValue(value));
  return values.length === 0 ? undefined : values.join(', ');
}

/**
 * The elements of a list of tokens, without empty elements; `[]` if the header is missing, `undefined` if an element
 * is not a token, where the Standard says failure.
 * https://fetch.spec.whatwg.org/#extract-header-list-values
 */
export function extractTokens(headers: HeaderLines, name: string): readonly string[] | undefined {
  const elements = (getHeader(headers, name) ?? '')
    .split(',')
    .map(trim)
    .filter((element) => element !== '');
  return elements.every(isToken) ? elements : undefined;
}

/**
 * The elements of a list, whatever they are. A comma within quotes does not end an element.
 * https://fetch.spec.whatwg.org/#header-value-get-decode-and-split
 */
export function splitAtCommas(value: string): readonly string[] {
  const elements: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at++) {
    if (value[at] === '\\' && quoted) at++;
    else if (value[at] === '"') quoted = !quoted;
    else if (value[at] === ',' && !quoted) {
      elements.push(trim(value.slice(start, at)));
      start = at + 1;
    }
  }
  return [...elements, trim(value.slice(start))];
}

/**
 * The headers as `Headers` shows them and as they are sent: names in lower case, sorted, the lines of each joined.
 * https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine
 */
export function sortAndCombine(headers: HeaderLines): HeaderLines {
  const combined = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const before = combined.get(key);
    combined.set(key, before === undefined ? normalizeValue(value) : `${before}, ${normalizeValue(value)}`);
  }
  return [...combined].sort(([a], [b]) => compare(a, b));
}

/** By code unit, which for header names is by byte. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** https://fetch.spec.whatwg.org/#concept-header-value-normalize */
export function normalizeValue(value: string): string {
  return strip(value, HTTP_WHITESPACE);
}

const HTTP_WHITESPACE = '\t\n\r ';

/** Without spaces and tabs at its ends: https://www.rfc-editor.org/rfc/rfc9110#name-whitespace */
function trim(value: string): string {
  return strip(value, '\t ');
}

/** Goes by index, since a regular expression would take quadratic time on a value made of spaces. */
function strip(value: string, characters: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && characters.includes(value[start] as string)) start++;
  while (end > start && characters.includes(value[end - 1] as string)) end--;
  return value.slice(start, end);
}
