// What Firefox does with several lines of one header:
// https://searchfox.org/mozilla-central/source/netwerk/protocol/http/nsHttpHeaderArray.h
import { isToken } from '../core/tokens.js';
import { compare, getHeader, normalizeValue } from './header-lines.js';
import type { HeaderLines, WireResponse } from './types.js';

/** The lines of a request, sorted. Firefox judges them one by one. */
export function separateLines(headers: HeaderLines): HeaderLines {
  const lines = headers.map(([name, value]) => [name.toLowerCase(), normalizeValue(value)] as const);
  return lines.sort(([a], [b]) => compare(a, b));
}

/**
 * The lines of a request that Firefox joins and sends. A header with a single value keeps its last line, but Content-Type
 * keeps its first one with a body, until a redirect. An empty line replaces the lines before it, and those after it
 * replace it.
 */
export function sentLines(lines: HeaderLines, hasBody: boolean, isRedirected: boolean): HeaderLines {
  return lines.filter(([name, value], at) => {
    if (hasBody && !isRedirected && name === 'content-type') return lines.findIndex(([other]) => other === name) === at;
    const later = lines.slice(at + 1).filter(([other]) => other === name);
    return later.length === 0 || !(value === '' || SINGLE.has(name) || later.some(([, other]) => other === ''));
  });
}

const SINGLE: ReadonlySet<string> = new Set([
  'authorization',
  'content-type',
  'from',
  'if-modified-since',
  'if-unmodified-since',
  'max-forwards',
  'user-agent',
]);

/**
 * A response without the lines that have no value, if another line of the header has one. Content-Type keeps those after
 * that one.
 */
export function withoutEmptyLines(response: WireResponse, cors: boolean): WireResponse {
  const { headers } = response;
  const counts = cors && countAllowOrigin(headers) > 1;
  const seen = new Map<string, 'empty' | 'filled'>();
  for (const [name, value] of headers) if (!isEmpty(value)) seen.set(name.toLowerCase(), 'filled');
  let hasType = false;
  return {
    ...response,
    headers: headers.filter(([name, value]) => {
      const lowerCase = name.toLowerCase();
      hasType ||= lowerCase === 'content-type' && !isEmpty(value);
      if (!isEmpty(value) || (hasType && lowerCase === 'content-type')) return true;
      if (counts && lowerCase === 'access-control-allow-origin') return true;
      const before = seen.get(lowerCase);
      if (before === undefined) seen.set(lowerCase, 'empty');
      return before === undefined;
    }),
  };
}

/** Whether a `*` exposes all headers. Firefox reads the list up to what is not a name. */
export function exposesAll(headers: HeaderLines): boolean {
  for (const element of (getHeader(headers, 'access-control-expose-headers') ?? '').split(',')) {
    const name = normalizeValue(element);
    if (name === '*') return true;
    if (name !== '' && !isToken(name)) return false;
  }
  return false;
}

function isEmpty(value: string): boolean {
  return normalizeValue(value) === '';
}

/** Counts the lines that are spelled exactly like this. Firefox refuses two of them, whatever they say. */
export function countAllowOrigin(headers: HeaderLines): number {
  return headers.filter(([name]) => name === 'Access-Control-Allow-Origin').length;
}
