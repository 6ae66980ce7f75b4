import type { Engine } from './engine.js';
import { isSafelistedMethod } from './methods.js';
import type { PreflightGrant, PreflightQuestion } from './preflight-check.js';
import type { HeaderLines } from './types.js';

/** The answers to preflights that a browser keeps: https://fetch.spec.whatwg.org/#concept-cache */
export interface PreflightCache {
  /** Replaced by every preflight that is granted, and where answers are forgotten. */
  entries: readonly CacheEntry[];
}

/** One method or one header name: https://fetch.spec.whatwg.org/#concept-cache */
export interface CacheEntry {
  /** The origin that asked. */
  readonly origin: string;
  /** The URL that was asked for. */
  readonly url: string;
  /** Whether credentials may be sent. */
  readonly credentials: boolean;
  /** Whether it grants a method or a header. */
  readonly kind: 'method' | 'header';
  /** May be `*`. */
  readonly name: string;
  /** In milliseconds, as `Date.now()` counts. */
  readonly expires: number;
}

/**
 * An empty preflight cache. Pass the same one to several calls of `browse` to see which preflights a browser skips.
 *
 * @example
 * const cache = createPreflightCache()
 * const request = { origin: 'https://app.example.com', url: 'https://api.example.com/', method: 'PUT' }
 * const first = await browse(request, inProcess(withCors(fn)), { cache })
 * const second = await browse(request, inProcess(withCors(fn)), { cache })
 * first.exchanges.length // 2, the preflight and the request
 * second.exchanges.length // 1
 */
export function createPreflightCache(): PreflightCache {
  return { entries: [] };
}

/** Whether earlier answers grant everything that a preflight would ask for. */
export function isCached(
  cache: PreflightCache,
  url: string,
  question: PreflightQuestion,
  engine: Engine,
  now: number,
): boolean {
  const { method, unsafeHeaders } = question;
  const entries = cache.entries.filter((entry) => entry.expires > now && matches(entry, url, question, engine));
  const named = new Set(entries.map(({ kind, name }) => `${kind} ${name}`));
  const wild = new Set(
    entries.filter((entry) => entry.name === '*' && isWildcard(entry, question, engine)).map(({ kind }) => kind),
  );
  const needsNoMethod = isSafelistedMethod(method) && !(method === 'HEAD' && engine.asksForHead);
  const found =
    entries.length > 0 &&
    (needsNoMethod || named.has(`method ${method}`) || wild.has('method')) &&
    unsafeHeaders.every((name) => named.has(`header ${name}`) || (wild.has('header') && covers(name, engine)));
  if (!found && engine.keepsLastPreflight) forget(cache, url, question);
  return found;
}

/** Such requests have the cache mode `no-store`: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch */
export function isConditional(headers: HeaderLines): boolean {
  return headers.some(([name]) => CONDITIONAL.has(name));
}

const CONDITIONAL: ReadonlySet<string> = new Set([
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
]);

/** https://fetch.spec.whatwg.org/#concept-cache-match */
function matches(entry: CacheEntry, url: string, { origin, credentials }: PreflightQuestion, engine: Engine): boolean {
  if (entry.origin !== origin || entry.url !== url) return false;
  if (credentials === 'include') return entry.credentials;
  return !(entry.credentials && engine.separatesCredentials);
}

/** By the Standard every `*` in the cache is a wildcard, even one that came with credentials and was a mere name then. */
function isWildcard(entry: CacheEntry, { credentials }: PreflightQuestion, { keptWildcard }: Engine): boolean {
  switch (keptWildcard) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'without-credentials':
      return credentials !== 'include';
    case 'if-kept-without-credentials':
      return !entry.credentials;
  }
}

function covers(name: string, engine: Engine): boolean {
  return name !== 'authorization' || engine.keptWildcardCoversAuthorization;
}

/** Forgets the answers for an origin and a URL. */
export function forget(cache: PreflightCache, url: string, { origin }: Pick<PreflightQuestion, 'origin'>): void {
  cache.entries = cache.entries.filter((entry) => entry.origin !== origin || entry.url !== url);
}

/** Keeps what an answer grants. */
export function remember(
  cache: PreflightCache,
  url: string,
  question: PreflightQuestion,
  { methods, headerNames, maxAge }: PreflightGrant,
  engine: Engine,
  now: number,
): void {
  if (engine.keepsLastPreflight) forget(cache, url, question);
  const { origin } = question;
  const credentials = question.credentials === 'include';
  const expires = now + maxAge * 1000;
  const fresh = [
    ...[...new Set(methods)].map((name): CacheEntry => ({ origin, url, credentials, kind: 'method', name, expires })),
    ...[...new Set(headerNames)].map(
      (name): CacheEntry => ({ origin, url, credentials, kind: 'header', name, expires }),
    ),
  ];
  const renewed = new Set(fresh.map(keyOf));
  cache.entries = [...cache.entries.filter((entry) => entry.expires > now && !renewed.has(keyOf(entry))), ...fresh];
}

function keyOf({ origin, url, credentials, kind, name }: CacheEntry): string {
  return [origin, url, credentials, kind, name].join(' ');
}
