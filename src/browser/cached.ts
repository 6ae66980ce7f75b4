import { extractTokens, getHeader } from './header-lines.js';
import type { WireResponse } from './types.js';

/**
 * What shows that a response came from a cache, as header lines; `undefined` if nothing does.
 *
 * @param origin Who asked.
 */
export function cacheEvidence(response: WireResponse, origin: string): string | undefined {
  const shown = CACHE_HEADERS.flatMap(([name, hit]) => {
    const value = getHeader(response.headers, name);
    return value !== undefined && hit.test(value) ? [`${name}: ${value}`] : [];
  });
  const allowed = getHeader(response.headers, 'access-control-allow-origin');
  // A server that answers each origin with its own has not sent this for the origin that asked.
  if (allowed !== undefined && allowed !== '*' && allowed !== origin && sendsVaryOrigin(response)) {
    shown.push(`Access-Control-Allow-Origin: ${allowed}, Vary: ${getHeader(response.headers, 'vary')}`);
  }
  return shown.length === 0 ? undefined : shown.join(', ');
}

/** https://www.rfc-editor.org/rfc/rfc9111#name-age, and what caches of today call a hit. */
const CACHE_HEADERS: readonly (readonly [name: string, hit: RegExp])[] = [
  ['Age', /^\d+$/],
  ['X-Cache', /hit/i],
  ['Cache-Status', /;\s*hit/i],
  ['CF-Cache-Status', /^(hit|stale|revalidated|updating)/i],
  ['X-Cache-Status', /hit/i],
  ['X-Proxy-Cache', /hit/i],
  ['X-Vercel-Cache', /hit|stale/i],
];

/** A policy with several possible answers sends `Vary: Origin`, even to an origin that it refuses. */
export function sendsVaryOrigin({ headers }: WireResponse): boolean {
  return (extractTokens(headers, 'vary') ?? []).some((name) => name.toLowerCase() === 'origin');
}
