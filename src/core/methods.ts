/**
 * Methods that `fetch()` refuses to send, in any case: https://fetch.spec.whatwg.org/#forbidden-method
 * A server that allows them helps no page, and one that answers TRACE echoes cookies.
 *
 * @param method In any casing.
 * @example
 * isForbiddenMethod('trace') // true
 * isForbiddenMethod('DELETE') // false
 */
export function isForbiddenMethod(method: string): boolean {
  return ['CONNECT', 'TRACE', 'TRACK'].includes(method.toUpperCase());
}
