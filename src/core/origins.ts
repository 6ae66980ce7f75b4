/**
 * A serialized origin as a browser sends it: https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin
 * Stricter than the URL Standard about hosts on purpose: no `?`, `@`, `%` or `*` passes.
 */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/([a-z\d_-]+(\.[a-z\d_-]+)*|\[[\da-f:]+\])(:[1-9]\d{0,4})?$/;
/** The longest scheme in use, `://`, the longest DNS name (253) and a port fit; nothing longer is looked at. */
const LONGEST = 300;
const LOOPBACK = /^http:\/\/(127\.\d+\.\d+\.\d+|\[::1\]|(.+\.)?localhost)(:[\d*]+)?$/;

/** Whether an origin is one that a browser could send. Total and linear. */
export function isOrigin(origin: string | undefined): origin is string {
  if (origin === undefined || origin.length > LONGEST || !ORIGIN.test(origin)) return false;
  const afterColon = origin.lastIndexOf(':') + 1;
  if (origin[afterColon] === '/') return true;
  const port = Number(origin.slice(afterColon));
  if (port === 80 || port === 443) return !origin.startsWith(port === 80 ? 'http:' : 'https:');
  return !(port > 65535);
}

/** Whether a request's origin is among some checked origins and patterns, by look-up: however many there are. */
export function originMatcher(origins: readonly string[]): (origin: string) => boolean {
  const exact = new Set<string>();
  const patterns: Patterns = new Map();
  let longest = 0;
  for (const origin of origins) {
    const [, scheme = '', host = '', port = ''] = /^(.*\/\/)\*?(.*?)(:[\d*]+)?$/.exec(origin) ?? [];
    if (!origin.includes('*')) exact.add(origin);
    else {
      longest = Math.max(longest, host.length);
      const schemes = patterns.get(host) ?? new Map<string, Set<string>>();
      patterns.set(host, schemes.set(scheme, (schemes.get(scheme) ?? new Set()).add(port)));
    }
  }
  return (origin) => origin.length <= LONGEST && (exact.has(origin) || matchesPattern(patterns, longest, origin));
}

/** Host, or what follows its `*`, to the schemes and ports allowed there: `.example.com` to `https://` to `:8443`. */
type Patterns = Map<string, Map<string, Set<string>>>;

/** Looks up the host itself (for `:*`), then what follows each of its dots, where it is not too long to be there. */
function matchesPattern(patterns: Patterns, longest: number, origin: string): boolean {
  if (longest === 0) return false;
  const start = origin.indexOf('//') + 2;
  const colon = origin.indexOf(':', Math.max(start, origin.lastIndexOf(']')));
  const end = colon < 0 ? origin.length : colon;
  for (let at = start; at >= start && at < end; at = origin.indexOf('.', at + 1)) {
    if (end - at > longest) continue;
    const ports = patterns.get(origin.slice(at, end))?.get(origin.slice(0, start));
    if (ports?.has(':*') || ports?.has(origin.slice(end))) return isOrigin(origin);
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
  if (!isOrigin(`${url.protocol}//${host}`.toLowerCase())) {
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
