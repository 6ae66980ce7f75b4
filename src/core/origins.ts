/**
 * A serialized origin as a browser sends it: https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin
 * Stricter than the URL Standard about hosts on purpose: no `?`, `@`, `%` or `*` passes.
 */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/([a-z\d_-]+(\.[a-z\d_-]+)*|\[[\da-f:]+\])(:[1-9]\d{0,4})?$/;
/** The longest scheme in use, `://`, the longest DNS name (253) and a port fit; nothing longer is looked at. */
const LONGEST = 300;

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
  /** Host, or what follows its `*`, to the schemes and ports allowed there: `.example.com` to `https://` to `:8443`. */
  const patterns = new Map<string, Map<string, Set<string>>>();
  /** Of those hosts, so that nothing longer is looked at, and nothing of another length is cut out and looked up. */
  const lengths = new Set<number>();
  let longest = 0;

  for (const origin of origins) {
    if (!origin.includes('*')) exact.add(origin);
    else {
      const [, scheme = '', host = '', port = ''] = /^(.*\/\/)\*?(.*?)(:[\d*]+)?$/.exec(origin) ?? [];
      const schemes = patterns.get(host) ?? new Map<string, Set<string>>();
      patterns.set(host, schemes.set(scheme, (schemes.get(scheme) ?? new Set()).add(port)));
      lengths.add(host.length);
      longest = Math.max(longest, host.length);
    }
  }

  /** Looks up the host itself (for `:*`), then what follows each of its dots. */
  function matchesPattern(origin: string): boolean {
    const start = origin.indexOf('//') + 2;
    const colon = origin.indexOf(':', origin[start] === '[' ? origin.indexOf(']') : start);
    const end = colon < 0 ? origin.length : colon;
    let at = end - start > longest ? origin.indexOf('.', end - longest) : start;
    for (; at >= start && at < end; at = origin.indexOf('.', at + 1)) {
      if (!lengths.has(end - at)) continue;
      const ports = patterns.get(origin.slice(at, end))?.get(origin.slice(0, start));
      if (ports?.has(':*') || ports?.has(origin.slice(end))) return isOrigin(origin);
    }
    return false;
  }

  return (origin) => origin.length <= LONGEST && (exact.has(origin) || (longest > 0 && matchesPattern(origin)));
}

/** What is wrong with an origin or a pattern in a policy, and what to write instead. */
export type OriginFault = readonly [reason: string, fix: string];

const NO_ORIGIN: OriginFault = ['is no origin', 'write it as "https://example.com"'];
const LOOPBACK = /^(127\.[\d.]+|\[::1\]|(.+\.)?localhost)$/;
/** What may follow an origin by mistake, by how it begins. */
const SURPLUS: Readonly<Record<string, string>> = {
  '/': 'a path',
  '?': 'a query',
  '#': 'a fragment',
  ':': 'a default port',
};

/** Checks one origin or pattern of a policy: it must be what the URL parser makes of it, less its wildcards. */
export function originFault(text: string, credentials: boolean): OriginFault | undefined {
  if (text === 'null') return ['can be made by any page', 'name the origins themselves'];
  if (!text.includes('://')) return ['has no scheme', `write ${JSON.stringify(`https://${text}`)}`];
  const subdomains = text.includes('://*.') ? '*.' : '';
  const anyPort = text.endsWith(':*') ? ':*' : '';
  const plain = text
    .slice(0, text.length - anyPort.length)
    .toLowerCase()
    .replace('://*.', '://');
  if (!URL.canParse(plain)) return NO_ORIGIN;
  const { protocol, host, hostname } = new URL(plain);
  if (host.includes('*') || (subdomains !== '' && /(^|\.)\d+$|\]/.test(hostname))) {
    return ['has a wildcard where none is', 'write "*", "https://*.example.com" or "https://example.com:*"'];
  }
  if (!isOrigin(`${protocol}//${host}`)) return NO_ORIGIN;
  const meant = `${protocol}//${subdomains}${anyPort === '' ? host : hostname + anyPort}`;
  if (meant !== text) return [misspelling(text, meant), `write ${JSON.stringify(meant)}`];
  if (credentials && protocol === 'http:' && !LOOPBACK.test(hostname)) {
    return ['would send credentials in the clear', 'write https, or set dangerouslyAllowInsecureOrigins'];
  }
  return undefined;
}

function misspelling(text: string, meant: string): string {
  const surplus = text.startsWith(meant) ? SURPLUS[text.charAt(meant.length)] : undefined;
  if (surplus !== undefined) return `has ${surplus}`;
  if (text.includes('@')) return 'has a user name';
  return text.toLowerCase() === meant ? 'has capitals' : 'is not as browsers write it';
}
