export { isForbiddenMethod } from '../core/methods.js';

/**
 * A method as `fetch()` sends it. It upper-cases these six methods and no others: `patch` stays `patch`.
 * https://fetch.spec.whatwg.org/#concept-method-normalize
 *
 * @param method As the page writes it.
 * @example
 * normalizeMethod('delete') // 'DELETE'
 * normalizeMethod('patch') // 'patch'
 */
export function normalizeMethod(method: string): string {
  const upperCase = method.toUpperCase();
  return NORMALIZED.has(upperCase) && isAscii(method) ? upperCase : method;
}

const NORMALIZED: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);

/**
 * Methods that need no preflight: https://fetch.spec.whatwg.org/#cors-safelisted-method
 *
 * @param method A normalized method.
 * @example
 * isSafelistedMethod('POST') // true
 * isSafelistedMethod('PUT') // false
 */
export function isSafelistedMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'POST';
}

/** Without this check `ſ` and `ı` would pass, whose upper case is `S` and `I`. */
function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
