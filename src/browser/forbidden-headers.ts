import { normalizeValue, splitAtCommas } from './header-lines.js';
import { isForbiddenMethod } from './methods.js';

/**
 * Request headers that only the browser may set. `fetch()` drops them silently, and so does `browse`.
 * https://fetch.spec.whatwg.org/#forbidden-request-header
 *
 * @param name The header's name, in any casing.
 * @param value Its value, on which it depends for a few names.
 * @example
 * isForbiddenRequestHeader('Cookie', 'a=1') // true
 * isForbiddenRequestHeader('X-HTTP-Method', 'TRACE') // true
 * isForbiddenRequestHeader('Authorization', 'Bearer token') // false
 */
export function isForbiddenRequestHeader(name: string, value: string): boolean {
  const lowerCase = name.toLowerCase();
  if (FORBIDDEN.has(lowerCase) || lowerCase.startsWith('proxy-') || lowerCase.startsWith('sec-')) return true;
  return METHOD_OVERRIDES.has(lowerCase) && splitAtCommas(normalizeValue(value)).some(isForbiddenMethod);
}

const FORBIDDEN: ReadonlySet<string> = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

const METHOD_OVERRIDES: ReadonlySet<string> = new Set(['x-http-method', 'x-http-method-override', 'x-method-override']);
