import type { Engine } from './engine.js';
import { getHeader } from './header-lines.js';
import type { Hop } from './hop.js';
import { isMixedContent } from './mixed-content.js';
import type { Fault, HeaderLine, HeaderLines, WireResponse } from './types.js';
import { includesCredentials, isHttp, isSameOrigin, originOf, type ParsedUrl, parseUrl } from './url.js';

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
  const target = parseUrl(engine.keepsLocationBytes ? withBytes(location) : location, url);
  if (target === undefined) return { reason: 'ERR_INVALID_REDIRECT', value: location };
  const whole = target.href.includes('#') ? target : (parseUrl(target.href + (parseUrl(url)?.hash ?? '')) ?? target);
  if (engine.unloadableSchemes.has(target.protocol)) return schemeFault(whole);
  const blocked = engine.blocksMixedTargetsFirst && isMixedContent(origin, whole, engine);
  return blocked ? { reason: 'MixedContent', value: whole.href } : whole;
}

/** A URL whose bytes above 0x7F are percent-encoded: as headers have them, one character is one byte. */
function withBytes(location: string): string {
  return location.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
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
  const cors = hop.cors || !isSameOrigin(origin, url);
  const becomesGet = makesGet(status, hop.method);
  const stays = ([name]: HeaderLine): boolean =>
    !(crossOrigin && name === 'authorization') &&
    !(engine.safelistsClientHints && !isSameOrigin(origin, url) && HINTS.has(name));
  const kept = hop.kept.filter(stays);
  const left = hop.headers.filter(stays);
  const headers = {
    never: left,
    elsewhere: cors ? kept : withType(left, status, hop.original.headers),
    always: kept,
  }[engine.restoresBodyHeaders];
  const withoutBody = headers.filter(([name]) => !BODY_HEADERS.has(name));
  const strips = becomesGet || (engine.stripsByFirstMethod && makesGet(status, hop.original.method));
  return {
    url,
    from: hop.url,
    method: becomesGet ? 'GET' : hop.method,
    headers: strips ? withoutBody : headers,
    asksFor: engine.asksForAllHeaders ? hop.original.headers : becomesGet ? withoutBody : headers,
    original: hop.original,
    kept,
    body: becomesGet ? undefined : hop.body,
    asked: hop.asked,
    cors,
    tainted: hop.tainted || (crossOrigin && !isSameOrigin(origin, hop.url)),
  };
}

/** With the Content-Type that the page has set, after a redirect that keeps the method. */
function withType(headers: HeaderLines, status: number, original: HeaderLines): HeaderLines {
  const isThere = headers.some(([name]) => name === 'content-type');
  if (isThere || (status !== 307 && status !== 308)) return headers;
  return [...headers, ...original.filter(([name]) => name === 'content-type')];
}

function makesGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
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
