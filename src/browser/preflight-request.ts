import type { Engine } from './engine.js';
import type { Hop } from './hop.js';
import { isSafelistedMethod } from './methods.js';
import { unsafeRequestHeaders } from './safelist.js';
import type { HeaderLine, HeaderLines, PreflightReason, WireRequest } from './types.js';

/**
 * Why a cross-origin request needs a preflight; empty for a simple request. Expects a normalized method, and combined
 * header lines without forbidden headers.
 * https://fetch.spec.whatwg.org/#concept-main-fetch
 *
 * @param method A normalized method.
 * @param headers The header lines that the page sets.
 * @param engine Whose rules apply, such as `ENGINES.chromium`.
 * @example
 * const headers = [['content-type', 'application/json']] as const
 * preflightReasons('POST', headers, ENGINES.standard).map(({ name }) => name) // ['content-type']
 * preflightReasons('POST', [], ENGINES.standard) // []
 */
export function preflightReasons(method: string, headers: HeaderLines, engine: Engine): readonly PreflightReason[] {
  const headerReasons = unsafeRequestHeaders(headers, engine);
  if (isSafelistedMethod(method)) return headerReasons;
  const why = `the method ${method} is not GET, HEAD or POST`;
  return [{ kind: 'method', name: method, rule: 'method', why }, ...headerReasons];
}

/** The same for a hop. After a redirect some engines ask again, although the request is simple by now. */
export function preflightReasonsOf(
  { method, asksFor, original, asked }: Hop,
  engine: Engine,
): readonly PreflightReason[] {
  const reasons = preflightReasons(method, asksFor, engine);
  if (!engine.asksAfterRedirects || reasons.length > 0) return reasons;
  if (!asked && unsafeRequestHeaders(original.headers, engine).length === 0) return reasons;
  const why = 'it needed a preflight before it was redirected';
  return [{ kind: 'method', name: method, rule: 'redirect', why }];
}

/**
 * The preflight that asks for a request. It never carries credentials, even if the request does.
 * https://fetch.spec.whatwg.org/#cors-preflight-fetch
 *
 * @param url The URL of the request, without fragment.
 * @param method The method that it asks for.
 * @param origin The origin that asks.
 * @param reasons Why it is needed, as `preflightReasons` says.
 * @example
 * const reasons = preflightReasons('PUT', [], ENGINES.standard)
 * preflightRequest('https://api.example.com/', 'PUT', 'https://app.example.com', reasons).method // 'OPTIONS'
 */
export function preflightRequest(
  url: string,
  method: string,
  origin: string,
  reasons: readonly PreflightReason[],
): WireRequest {
  const names = headerNames(reasons);
  const requestHeaders: HeaderLine[] = names.length === 0 ? [] : [['access-control-request-headers', names.join(',')]];
  return {
    method: 'OPTIONS',
    url,
    headers: [
      ['accept', '*/*'],
      ['access-control-request-method', method],
      ...requestHeaders,
      ['origin', origin],
      ['sec-fetch-mode', 'cors'],
    ],
  };
}

/** The names of the headers that a preflight must allow, sorted. Firefox repeats a name that has several lines. */
export function headerNames(reasons: readonly PreflightReason[]): readonly string[] {
  return reasons.filter(({ kind }) => kind === 'header').map(({ name }) => name);
}
