import type { Engine } from './engine.js';
import { getHeader } from './header-lines.js';
import { isMixedContent } from './mixed-content.js';
import type { Body, Fault, HeaderLines, WireResponse } from './types.js';
import { includesCredentials, isHttp, isSameOrigin, originOf, type ParsedUrl, parseUrl } from './url.js';

/** A request at one of the URLs on its way. */
export interface Hop {
  readonly url: string;
  readonly method: string;
  readonly headers: HeaderLines;
  /** The request that the page has made. */
  readonly original: {
    readonly method: string;
    readonly headers: HeaderLines;
    /** Whether its Content-Type is there only because of the body. */
    readonly hasImpliedType: boolean;
  };
  /** The original headers without those that stay behind for good. */
  readonly kept: HeaderLines;
  readonly body: Body | undefined;
  /** Whether it has needed a preflight. */
  readonly asked: boolean;
  /** Whether it has been to another origin, so that CORS judges every response from now on. */
  readonly cors: boolean;
  /** Whether the Origin header is `null`: https://fetch.spec.whatwg.org/#concept-request-tainted-origin */
  readonly tainted: boolean;
}

/** https://fetch.spec.whatwg.org/#redirect-status. Without a Location the response is an ordinary one. */
export function isRedirect({ status, headers }: WireResponse): boolean {
  return REDIRECTS.has(status) && Boolean(getHeader(headers, 'location'));
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Where a redirect leads, or why it leads nowhere.
 * https://fetch.spec.whatwg.org/#concept-response-location-url
 */
export function redirectTarget(
  { headers }: WireResponse,
  url: string,
  engine: Engine,
  origin: string,
): ParsedUrl | Fault {
  const [[, first] = ['', '']] = headers.filter(([name]) => name.toLowerCase() === 'location');
  const location = engine.singleResponseHeaders.has('location') ? first : (getHeader(headers, 'location') ?? '');
  const target = parseUrl(location, url);
  if (target === undefined) return { reason: 'ERR_INVALID_REDIRECT', value: location };
  if (engine.unloadableSchemes.has(target.protocol)) return schemeFault(target);
  const whole = target.href.includes('#') ? target : (parseUrl(target.href + (parseUrl(url)?.hash ?? '')) ?? target);
  const blocked = engine.blocksMixedTargetsFirst && isMixedContent(origin, whole, engine);
  return blocked ? { reason: 'MixedContent', value: whole.href } : whole;
}

/** Chromium distinguishes two kinds of URLs that fetch() cannot follow. */
function schemeFault({ protocol, href }: ParsedUrl): Fault {
  return { reason: UNSAFE.has(protocol) ? 'ERR_UNSAFE_REDIRECT' : 'CorsDisabledScheme', value: href };
}

const UNSAFE: ReadonlySet<string> = new Set(['about:', 'blob:', 'chrome:', 'data:', 'devtools:', 'file:']);

/**
 * The request after a redirect, or why the browser does not follow it.
 * https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
 */
export function followRedirect(
  hop: Hop,
  origin: string,
  status: number,
  target: ParsedUrl,
  engine: Engine,
): Hop | Fault {
  if (!isHttp(target)) return schemeFault(target);
  const url = target.href;
  const crossOrigin = !isSameOrigin(originOf(target), hop.url);
  if (includesCredentials(target) && (hop.cors || !isSameOrigin(origin, url))) {
    return { reason: 'RedirectContainsCredentials' };
  }
  if (includesCredentials(target) && engine.refusesUserInfo) return { reason: 'ERR_ABORTED' };
  const becomesGet =
    status === 303
      ? hop.method !== 'GET' && hop.method !== 'HEAD'
      : (status === 301 || status === 302) && hop.method === 'POST';
  const kept = (engine.restoresBodyHeaders ? restored(hop, engine) : hop.headers).filter(
    ([name]) =>
      !(crossOrigin && name === 'authorization') &&
      !(engine.safelistsClientHints && !isSameOrigin(origin, url) && HINTS.has(name)),
  );
  return {
    url,
    method: becomesGet ? 'GET' : hop.method,
    headers: becomesGet ? kept.filter(([name]) => !BODY_HEADERS.has(name)) : kept,
    original: hop.original,
    kept,
    body: becomesGet ? undefined : hop.body,
    asked: hop.asked,
    cors: hop.cors || !isSameOrigin(origin, url),
    tainted: hop.tainted || (crossOrigin && !isSameOrigin(origin, hop.url)),
  };
}

/** The headers of a body come back with the next redirect, but for the type that only the body had. */
function restored({ kept, body, original }: Hop, { restoresImpliedType }: Engine): HeaderLines {
  const withoutType = original.hasImpliedType && body === undefined && !restoresImpliedType;
  return withoutType ? kept.filter(([name]) => name !== 'content-type') : kept;
}

/** Client hints that Chromium keeps for the page's own origin: https://www.w3.org/TR/permissions-policy/ */
const HINTS: ReadonlySet<string> = new Set([
  'device-memory',
  'downlink',
  'dpr',
  'ect',
  'rtt',
  'viewport-width',
  'width',
]);

/** https://fetch.spec.whatwg.org/#request-body-header-name */
const BODY_HEADERS: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
]);
