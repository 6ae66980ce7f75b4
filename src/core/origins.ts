/** The longest scheme in use, `://`, the longest DNS name (253) and a port fit; nothing longer is looked at. */
const MAX_ORIGIN = 300;

/**
 * Whether an origin is one that a browser could send: it has the form, and the URL parser gives back the same text.
 * To parse it alone would accept much that no browser sends, such as a path.
 */
export function isOrigin(origin: string | undefined): origin is string {
  return origin !== undefined && hasOriginForm(origin) && serialize(origin)?.origin === origin;
}

/**
 * The form alone: https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin
 * Stricter about hosts than the URL Standard on purpose: no `?`, `@`, `%` or `*` passes. A dot at the end of a host is
 * a browser's too, and makes another origin. Total and linear.
 */
function hasOriginForm(origin: string): boolean {
  if (origin.length > MAX_ORIGIN) return false;
  const [scheme, host, port] = splitOrigin(origin);
  return (
    scheme.endsWith('://') &&
    scheme.charCodeAt(0) >= 97 &&
    isMadeOf(scheme.slice(0, -3), '+.-') &&
    (host[0] === '['
      ? host.endsWith(']') && isMadeOf(host.slice(1, -1), ':')
      : host !== '' && host[0] !== '.' && !host.includes('..') && isMadeOf(host, '._-')) &&
    (port === '' || isPort(port.slice(1), scheme))
  );
}

/** Whether a text has only letters in lower case, digits and some other characters. */
function isMadeOf(text: string, others: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!(code >= 97 && code <= 122) && !(code >= 48 && code <= 57) && !others.includes(text.charAt(at))) return false;
  }
  return true;
}

/** Browsers leave out the default port. */
function isPort(text: string, scheme: string): boolean {
  const port = Number(text);
  const usual = scheme === 'http://' ? 80 : scheme === 'https://' ? 443 : 0;
  return port > 0 && port <= 65535 && port !== usual && String(port) === text;
}

/** `https://`, `example.com` and `:8443`. Each part may be empty; an IPv6 address has colons itself. */
function splitOrigin(origin: string): readonly [scheme: string, host: string, port: string] {
  const start = origin.indexOf('//') + 2;
  const colon = origin.indexOf(':', origin[start] === '[' ? origin.indexOf(']') : start);
  const end = colon < 0 ? origin.length : colon;
  return [origin.slice(0, start), origin.slice(start, end), origin.slice(end)];
}

/** What the URL parser makes of an origin. Its own `origin` is `null` for a scheme that it does not know. */
function serialize(text: string): { origin: string; protocol: string; host: string; hostname: string } | undefined {
  try {
    const { protocol, host, hostname } = new URL(text);
    return { origin: `${protocol}//${host}`, protocol, host, hostname };
  } catch {
    // Not `URL.canParse`: on Node.js 20 it refuses `ü` as soon as V8 has compiled a call of it.
    return undefined;
  }
}

/** Whether a request's origin is among some checked origins and patterns, by look-up: however many there are. */
export function originMatcher(origins: readonly string[]): (origin: string) => boolean {
  const exact = new Set<string>();
  /** Host, or what follows its `*`, to the schemes and ports allowed there: `.example.com` to `https://` to `:8443`. */
  const patterns = new Map<string, Map<string, Set<string>>>();
  /** The lengths of those hosts, so that no part of the origin of another length is cut out and looked up. */
  const lengths = new Set<number>();
  let longest = 0;

  for (const origin of origins) {
    if (!origin.includes('*')) exact.add(origin);
    else {
      const [scheme, name, port] = splitOrigin(origin);
      const host = name[0] === '*' ? name.slice(1) : name;
      const schemes = patterns.get(host) ?? new Map<string, Set<string>>();
      patterns.set(host, schemes.set(scheme, (schemes.get(scheme) ?? new Set()).add(port)));
      lengths.add(host.length);
      longest = Math.max(longest, host.length);
    }
  }

  /** Looks up the host itself (for `:*`), then what follows each of its dots. */
  function matchesPattern(origin: string): boolean {
    const [scheme, host, port] = splitOrigin(origin);
    let at = host.length > longest ? host.indexOf('.', host.length - longest) : 0;
    for (; at >= 0; at = host.indexOf('.', at + 1)) {
      if (!lengths.has(host.length - at)) continue;
      const ports = patterns.get(host.slice(at))?.get(scheme);
      // The form is checked last: most origins match no pattern.
      if (ports?.has(':*') || ports?.has(port)) return hasOriginForm(origin);
    }
    return false;
  }

  // An exact origin needs no other check: to be on the list, it had to be one that a browser could send.
  return (origin) => origin.length <= MAX_ORIGIN && (exact.has(origin) || (longest > 0 && matchesPattern(origin)));
}

/** What is wrong with an origin or a pattern in a policy, and what to write instead. */
export type OriginFault = readonly [reason: string, fix: string];

const NOT_AN_ORIGIN: OriginFault = ['is not an origin', 'write it as "https://example.com"'];
const LOOPBACK = /^(127\.[\d.]+|\[::1\]|(.+\.)?localhost)$/;
/** What may follow an origin by mistake, by how it begins. */
const SURPLUS: Readonly<Record<string, string>> = {
  '/': 'a path',
  '?': 'a query',
  '#': 'a fragment',
  ':': 'a default port',
};

/**
 * Whether an origin is plainly what the URL parser would make of it: `https`, no port, a name that is neither an
 * address nor encoded. Parsing takes a good part of a cold start, and nearly all origins in policies are like this.
 */
function isUsual(origin: string): boolean {
  const last = origin.charCodeAt(Math.max(origin.lastIndexOf('.'), 'https:/'.length) + 1);
  return (
    origin.startsWith('https://') &&
    origin.indexOf(':', 'https:'.length) < 0 &&
    !origin.includes('xn--') &&
    last >= 97 &&
    last <= 122 &&
    hasOriginForm(origin)
  );
}

/** Checks one origin or pattern of a policy: without its wildcards it must be what the URL parser makes of it. */
export function originFault(text: string, credentials: boolean, insecure: boolean): OriginFault | undefined {
  if (isUsual(text)) return undefined;
  // Pages of any site can make it: sandboxed frames have it. https://html.spec.whatwg.org/#concept-origin-opaque
  if (text === 'null') return ['can be sent by any page', 'name the origins themselves'];
  // `//example.com`, `https:/example.com` and `example.com`
  const complete = text.includes('://')
    ? text
    : text.replace(/^(https?:)?\/*/i, (_, scheme = 'https:') => `${scheme}//`);
  const subdomains = complete.includes('://*.') ? '*.' : '';
  const anyPort = complete.endsWith(':*') ? ':*' : '';
  const parsed = serialize(
    complete
      .slice(0, complete.length - anyPort.length)
      .toLowerCase()
      .replace('://*.', '://'),
  );
  if (parsed === undefined) return NOT_AN_ORIGIN;
  const { origin, protocol, host, hostname } = parsed;
  if (host.includes('*') || (subdomains !== '' && /(^|\.)\d+$|\]/.test(hostname))) {
    return ['has a misplaced wildcard', 'write "*", "https://*.example.com" or "https://example.com:*"'];
  }
  if (!hasOriginForm(origin)) return NOT_AN_ORIGIN;
  const meant = `${protocol}//${subdomains}${anyPort === '' ? host : hostname + anyPort}`;
  if (meant !== text) return [misspelling(text, meant), `write ${JSON.stringify(meant)}`];
  if (!credentials || LOOPBACK.test(hostname)) return undefined;
  // Below most names without a dot anyone can register; `localhost` is the developer's own.
  if (subdomains !== '' && !/\../.test(hostname)) {
    return ['would send credentials to sites of strangers', 'write a longer pattern, such as "https://*.example.com"'];
  }
  if (!insecure && protocol === 'http:') {
    return ['would send credentials in the clear', 'write https, or set dangerouslyAllowInsecureOrigins'];
  }
  return undefined;
}

function misspelling(text: string, meant: string): string {
  if (!text.includes('://')) return 'has no scheme';
  const surplus = text.startsWith(meant) ? SURPLUS[text.charAt(meant.length)] : undefined;
  if (surplus !== undefined) return `has ${surplus}`;
  if (text.includes('@')) return 'has a user name';
  return text.toLowerCase() === meant ? 'has capitals' : 'is not as browsers write it';
}
