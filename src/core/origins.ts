import type { CompiledPolicy, OriginIndex } from './policy.js';

/**
 * A serialized origin as a browser sends it: scheme, host, port (https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin).
 * Stricter than the URL Standard about hosts on purpose: no `?`, `@`, `%` or `*` ever gets as far as a comparison.
 */
const ORIGIN = /^([a-z][a-z\d+.-]*:\/\/)([a-z\d_-]+(?:\.[a-z\d_-]+)*|\[[\da-f:]+\])(:[1-9]\d{0,4})?$/;
/** The longest scheme in use, `://`, the longest DNS name (253) and a port fit; nothing longer is looked at. */
const LONGEST = 300;
const DEFAULT_PORT = /^(http:\/\/:80|https:\/\/:443)$/;
const LOOPBACK = /^http:\/\/(127\.\d+\.\d+\.\d+|\[::1\]|(.+\.)?localhost)(:[\d*]+)?$/;

type Parts = readonly [scheme: string, host: string, port: string];

/** Splits an origin, or answers `undefined` for what no browser could send. Total and linear. */
function parseOrigin(origin: string): Parts | undefined {
  const match = origin.length > LONGEST ? null : ORIGIN.exec(origin);
  if (match === null) return undefined;
  const [, scheme = '', host = '', port = ''] = match;
  return DEFAULT_PORT.test(scheme + port) || Number(port.slice(1)) > 65535 ? undefined : [scheme, host, port];
}

/** Whether an origin is one that a browser could send. */
export function isOrigin(origin: string | undefined): origin is string {
  return origin !== undefined && parseOrigin(origin) !== undefined;
}

/** Whether the origins that a policy lists contain this one. */
export function listsOrigin({ allowOrigins, origins }: CompiledPolicy, origin: string | undefined): boolean {
  if (allowOrigins === '*') return true;
  if (origin === undefined) return false;
  return origin in origins.exact || (origins.patterns !== undefined && matchesPattern(origins.patterns, origin));
}

/** Looks up the host itself (for `:*`), then what follows each of its dots. */
function matchesPattern(patterns: NonNullable<OriginIndex['patterns']>, origin: string): boolean {
  const parts = parseOrigin(origin);
  if (parts === undefined) return false;
  const [scheme, host, port] = parts;
  for (let at = 0; at >= 0; at = host.indexOf('.', at + 1)) {
    const ports = patterns[host.slice(at)];
    if (ports !== undefined && (`${scheme}:*` in ports || scheme + port in ports)) return true;
  }
  return false;
}

/** What is wrong with an origin or a pattern in a policy, and what to write instead. */
export type OriginFault = readonly [reason: string, fix: string];

/** Checks one origin or pattern of a policy. */
export function originFault(text: string, credentials: boolean): OriginFault | undefined {
  if (text === 'null') return ['can be made by any page', 'name the origins themselves'];
  const [, scheme = '', wildcard = '', rest = '', anyPort = ''] =
    /^(?:([^/?#]*:)\/\/)?(\*\.)?(.*?)(:\*)?$/s.exec(text) ?? [];
  if (scheme === '') return ['has no scheme', `write ${quote(`https://${text}`)}`];
  if (rest === '*') return ['allows every site', 'write "*", or "*." and a domain'];
  if (rest.includes('*')) return ['has a wildcard where none is', 'put "*." before the host or ":*" after it'];
  let url: URL;
  try {
    url = new URL(`${scheme}//${rest}`);
  } catch {
    return ['is no origin', 'write it as "https://example.com"'];
  }
  const { host } = url;
  if (wildcard !== '' && /\.\d+(:\d+)?$|\]/.test(`.${rest}`))
    return ['has a wildcard in an address', 'name it in full'];
  const meant = `${url.protocol}//${wildcard}${host}${anyPort}`.toLowerCase();
  if (!ORIGIN.test(`${url.protocol}//${host}`.toLowerCase())) {
    return ['has a host that no browser sends', 'write it as "https://example.com"'];
  }
  if (meant !== text) return [`${misspelling(url, text)}`, `write ${quote(meant)}`];
  if (credentials && scheme === 'http:' && !LOOPBACK.test(text)) {
    return ['would send credentials in the clear', 'write https, or set dangerouslyAllowInsecureOrigins'];
  }
  return undefined;
}

function misspelling(url: URL, text: string): string {
  if (url.username + url.password !== '') return 'has a user name';
  if (text.includes('?')) return 'has a query';
  if (text.includes('#')) return 'has a fragment';
  if (/\/\/.*\//s.test(text)) return 'has a path';
  if (/:\d*$/.test(text) && url.port === '') return 'has a default port';
  return text === text.toLowerCase() ? 'is not as a browser writes it' : 'has capitals';
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** Lays out checked origins and patterns for look-up by hash. */
export function indexOrigins(origins: readonly string[]): OriginIndex {
  const exact: Record<string, true> = Object.create(null);
  const patterns: Record<string, Record<string, true>> = Object.create(null);
  for (const origin of origins) {
    if (!origin.includes('*')) {
      exact[origin] = true;
      continue;
    }
    const [, scheme = '', host = '', port = ''] = /^(.*\/\/)\*?(.*?)(:[\d*]+)?$/.exec(origin) ?? [];
    patterns[host] ??= Object.create(null) as Record<string, true>;
    patterns[host][scheme + port] = true;
  }
  for (const ports of Object.values(patterns)) Object.freeze(ports);
  return Object.freeze({
    exact: Object.freeze(exact),
    patterns: Object.keys(patterns).length > 0 ? Object.freeze(patterns) : undefined,
  });
}
