import { isForbiddenResponseHeader, SAFELISTED_RESPONSE_HEADERS } from '../core/readable-headers.js';
import { extractTokens, sortAndCombine } from './header-lines.js';
import type { CredentialsMode, HeaderLines, Tainting } from './types.js';

/**
 * The response headers that scripts may read: names in lower case, the lines of each joined.
 * https://fetch.spec.whatwg.org/#concept-filtered-response-cors
 * https://fetch.spec.whatwg.org/#concept-filtered-response-basic
 *
 * @param tainting `cors` for a response that CORS has judged, `basic` for a same-origin one.
 * @param credentials The request's credentials mode.
 * @param headers The header lines of the response.
 * @example
 * const headers = [['ETag', '"1"'], ['Content-Type', 'text/plain']] as const
 * readableHeaders('cors', 'omit', headers) // { 'content-type': 'text/plain' }
 */
export function readableHeaders(
  tainting: Tainting,
  credentials: CredentialsMode,
  headers: HeaderLines,
): Readonly<Record<string, string>> {
  const exposed = tainting === 'basic' ? '*' : exposedNames(credentials, headers);
  const readable = sortAndCombine(headers).filter(
    ([name]) =>
      !isForbiddenResponseHeader(name) &&
      (exposed === '*' || SAFELISTED_RESPONSE_HEADERS.includes(name) || exposed.has(name)),
  );
  return Object.fromEntries(readable);
}

/** https://fetch.spec.whatwg.org/#concept-response-cors-exposed-header-name-list */
function exposedNames(credentials: CredentialsMode, headers: HeaderLines): '*' | ReadonlySet<string> {
  const names = extractTokens(headers, 'access-control-expose-headers') ?? [];
  if (names.includes('*') && credentials !== 'include') return '*';
  return new Set(names.map((name) => name.toLowerCase()));
}
