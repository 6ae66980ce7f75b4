import { messageOf } from './console.js';
import { exposesAll } from './firefox-lines.js';
import { fixFor } from './fix.js';
import type { Hop } from './hop.js';
import { policyAllows } from './policy-answer.js';
import { forget } from './preflight-cache.js';
import { preflightReasonsOf } from './preflight-request.js';
import { readableHeaders } from './readable.js';
import { headerLines } from './request-fault.js';
import type { Verdict, WireResponse } from './types.js';
import { withoutFragment } from './url.js';
import { type Browser, type Failure, serializedOrigin } from './wire.js';

/** The verdict about a response that the page may read. */
export function allow(
  { page, engine }: Browser,
  first: Hop,
  hop: Hop,
  { status, headers, body }: WireResponse,
): Verdict {
  const type = hop.cors ? 'cors' : 'basic';
  const everything = engine.exposesAllBeforeFault && page.credentials !== 'include' && exposesAll(headers);
  return {
    allowed: true,
    type,
    url: withoutFragment(hop.url),
    redirected: hop !== first,
    status,
    headers: readableHeaders(everything ? 'basic' : type, page.credentials, headers),
    body: hop.method === 'HEAD' || engine.nullBodyStatuses.has(status) ? undefined : body,
  };
}

/** The verdict about a failure: what the console says, and what to change. */
export function refuse(browser: Browser, first: Hop, hop: Hop, fault: Failure, target = fault.target): Verdict {
  const { page, policy, engine, exchanges } = browser;
  const { origin } = page;
  const exchange = fault.exchange ?? exchanges.at(-1);
  const failedAt = fault.reason === 'ERR_UNSAFE_PORT' ? (hop.from ?? hop.url) : hop.url;
  if (engine.forgetsAfterFailure && hop.cors) forget(browser.cache, failedAt, page);
  const redirected = hop.url !== first.url || target !== undefined;
  const allowedByPolicy =
    policy !== undefined && exchange !== undefined && policyAllows(policy, exchange, page.credentials, engine);
  const { tainted } = hop;
  const fix = fixFor(fault, { origin, tainted, response: exchange?.response, redirected, allowedByPolicy });
  const failed = {
    fault,
    origin,
    sentOrigin: serializedOrigin(browser, hop),
    method: hop.method,
    url: hop.url,
    firstUrl: first.url,
    from: hop.from,
    cors: hop.cors,
    needsPreflight: hop.cors && preflightReasonsOf(hop, engine).length > 0,
    credentials: page.credentials,
    exchange,
    target: target === undefined || 'href' in target ? target?.href : target.value,
    written: (name: string) => headerLines(page).find(([line]) => line.toLowerCase() === name)?.[0] ?? name,
  };
  const message = messageOf(failed, engine);
  return {
    allowed: false,
    reason: fault.reason,
    message,
    fix,
    ...('cause' in fault ? { cause: fault.cause } : {}),
  };
}
