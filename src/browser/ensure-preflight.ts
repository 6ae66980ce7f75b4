import { getHeader } from './header-lines.js';
import type { Hop } from './hop.js';
import { isCached, isConditional, remember } from './preflight-cache.js';
import { insufficiency, type PreflightQuestion, preflightGrant } from './preflight-check.js';
import { headerNames, preflightRequest } from './preflight-request.js';
import { isRedirect, redirectTarget } from './redirect.js';
import type { PreflightReason } from './types.js';
import { isSameOrigin, withoutFragment } from './url.js';
import { type Browser, type Failure, send, serializedOrigin } from './wire.js';

/** Sends a preflight unless its answer is in the cache: https://fetch.spec.whatwg.org/#cors-preflight-fetch */
export async function ensurePreflight(
  browser: Browser,
  hop: Hop,
  reasons: readonly PreflightReason[],
): Promise<'cached' | 'passed' | Failure> {
  const { page, engine, now } = browser;
  const { url, method } = hop;
  const question: PreflightQuestion = {
    origin: engine.asksAsPage ? page.origin : serializedOrigin(browser, hop),
    credentials: page.credentials,
    method,
    sameOrigin: engine.asksAsPage && isSameOrigin(page.origin, url),
    unsafeHeaders: headerNames(reasons),
  };
  const { origin } = question;
  const keptAs = { ...question, origin: hop.tainted && engine.taintedKey === 'null' ? 'null' : page.origin };
  const isOfRequest = hop.tainted && engine.taintedKey === 'request' && page.origin !== 'null';
  const cache = isOfRequest ? browser.cacheOfRequest : browser.cache;
  const bypassesCache = engine.asksForConditionalRequests && isConditional(hop.headers);
  if (!bypassesCache && isCached(cache, url, keptAs, engine, now())) return 'cached';

  const request = preflightRequest(withoutFragment(url), method, origin, reasons);
  const response = await send(browser, hop, 'preflight', request, reasons, false);
  if ('reason' in response) return response;
  if (isRedirect(response)) {
    const target = redirectTarget(response, url, engine, page.origin);
    if ('reason' in target && engine.resolvesRedirectsFirst) return target;
    return { reason: 'PreflightDisallowedRedirect', value: getHeader(response.headers, 'location') ?? '', target };
  }
  const grant = preflightGrant(question, response, engine);
  if ('reason' in grant) return grant;
  const fault = insufficiency(question, grant, engine);
  if (fault !== undefined && !engine.keepsInsufficientAnswers) return fault;
  remember(cache, url, keptAs, grant, engine, now());
  return fault ?? 'passed';
}
