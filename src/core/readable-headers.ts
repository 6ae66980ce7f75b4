/**
 * Response headers that scripts may read without Access-Control-Expose-Headers, in lower case.
 * https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
 */
export const SAFELISTED_RESPONSE_HEADERS: readonly string[] = [
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
];

/** What scripts may never read, even when it is exposed: https://fetch.spec.whatwg.org/#forbidden-response-header-name */
export function isForbiddenResponseHeader(name: string): boolean {
  return ['set-cookie', 'set-cookie2'].includes(name.toLowerCase());
}
