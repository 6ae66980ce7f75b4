import { isMadeOf } from './tokens.js';

/**
 * Whether an origin is one that a browser could send: it has the form, and the URL parser gives back the same text.
 * To parse it alone would accept much that no browser sends, such as `*` in a host, or port 0.
 * https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin
 */
export function isOrigin(origin: string | undefined): origin is string {
  if (origin === undefined || !isHost(splitOrigin(origin)[1]) || origin.endsWith(':0')) return false;
  const url = parse(origin);
  return url !== undefined && serialize(url) === origin;
}

/**
 * Stricter than the URL Standard on purpose: no `?`, `@`, `%` or `*` passes. A dot at the end is a browser's too, and
 * makes another origin. What else is in brackets is refused by the URL parser, and is not below the host of a pattern.
 */
function isHost(host: string): boolean {
  if (host[0] === '[') return host.endsWith(']');
  return host.length <= MAX_HOST && isMadeOf(host, '._-') && host === host.toLowerCase() && !`.${host}`.includes('..');
}

/** The longest DNS name. */
const MAX_HOST = 253;

/** `https://`, `example.com` and `:8443`. Each part may be empty; an IPv6 address has colons itself. */
function splitOrigin(origin: string): readonly [scheme: string, host: string, port: string] {
  const start = origin.indexOf('//') + 2;
  const colon = origin.indexOf(':', origin[start] === '[' ? origin.indexOf(']') : start);
  const end = colon < 0 ? origin.length : colon;
  return [origin.slice(0, start), origin.slice(start, end), origin.slice(end)];
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    // Not `URL.canParse`: on Node.js 20 it refuses `ü` as soon as V8 has compiled a call of it.
    return undefined;
  }
}

/** The URL's own `origin` is `null` for a scheme that it does not know. */
function serialize({ protocol, host }: URL): string {
  return `${protocol}//${host}`;
}

/** Whether a request's origin is among some checked origins and patterns, by look-up: however many there are. */
export function originMatcher(origins: readonly string[]): (origin: string) => boolean {
  const exact = new Set<string>();
  /** Host, or what follows its `*`, to the schemes and ports allowed there: `.example.com` to `https://:8443`. */
  const patterns = new Map<string, Set<string>>();
  let longest = 0;

  for (const origin of origins) {
    if (!origin.includes('*')) exact.add(origin);
    else {
      const [scheme, name, port] = splitOrigin(origin);
      const host = name.replace('*', '');
      patterns.set(host, (patterns.get(host) ?? new Set<string>()).add(scheme + port));
      longest = Math.max(longest, host.length);
    }
  }

  /** Looks up the host itself (for `:*`), then what follows each of its dots. */
  function matchesPattern(origin: string): boolean {
    const [scheme, host, port] = splitOrigin(origin);
    if (!isHost(host)) return false;
    for (let at = 0; at >= 0; at = host.indexOf('.', Math.max(at + 1, host.length - longest))) {
      const found = patterns.get(host.slice(at));
      if (found?.has(`${scheme}:*`)) return isOrigin(origin);
      if (found?.has(scheme + port)) return true;
    }
    return false;
  }

  // An exact origin needs no other check: to be on the list, it had to be one that a browser could send.
  return (origin) => exact.has(origin) || (longest > 0 && matchesPattern(origin));
}

const LOOPBACK = /^(127\.[\d.]+|\[::1\]|(.+\.)?localhost)$/;
/** What may follow an origin by mistake, by how it begins. */
const SURPLUS: Readonly<Record<string, string>> = { '/': 'path', '?': 'query', '#': 'fragment', ':': 'default port' };

/**
 * Whether an origin is plainly what the URL parser would make of it: `https`, no port, a name that is neither an
 * address nor encoded. Parsing takes a good part of a cold start, and nearly all origins in policies are like this.
 */
export function isUsual(origin: string): boolean {
  const last = Math.max(origin.lastIndexOf('.'), 'https:/'.length) + 1;
  return (
    origin.startsWith('https://') &&
    isHost(origin.slice('https://'.length)) &&
    !origin.includes('xn--') &&
    origin.charCodeAt(last) >= 97
  );
}

/**
 * What is wrong with one origin or pattern of a policy, and what to write instead: without its wildcards it must be
 * what the URL parser makes of it.
 */
export function originFault(text: string, credentials: boolean, insecure: boolean): string | undefined {
  // Pages of any site can make it: sandboxed frames have it. https://html.spec.whatwg.org/#concept-origin-opaque
  if (text === 'null') return 'can be sent by any page; name the origins themselves';
  // `//example.com`, `https:/example.com` and `example.com`
  const hasScheme = text.includes('://');
  const complete = hasScheme ? text : text.replace(/^(https?:)?\/*/i, (_, scheme = 'https:') => `${scheme}//`);
  const subdomains = complete.includes('://*.') ? '*.' : '';
  const anyPort = complete.endsWith(':*') ? ':*' : '';
  const url = parse(complete.toLowerCase().replace('://*.', '://').replace(/:\*$/, ''));
  if (url !== undefined && (url.host.includes('*') || (subdomains && /(^|\.)\d+$|\]/.test(url.hostname)))) {
    return 'has a misplaced wildcard; write "*", "https://*.example.com" or "https://example.com:*"';
  }
  if (url === undefined || !isOrigin(serialize(url))) return 'is not an origin; write it as "https://example.com"';
  const { protocol, host, hostname } = url;
  const meant = `${protocol}//${subdomains}${anyPort ? hostname + anyPort : host}`;
  if (meant !== text) return `${misspelling(text, meant)}; write ${JSON.stringify(meant)}`;
  if (!credentials || LOOPBACK.test(hostname)) return undefined;
  // Below most names without a dot anyone can register; `localhost` is the developer's own.
  if (subdomains && !/\../.test(hostname)) {
    return 'would send credentials to sites of strangers; write a longer pattern, such as "https://*.example.com"';
  }
  return protocol === 'http:' && !insecure
    ? 'would send credentials in the clear; write https, or set dangerouslyAllowInsecureOrigins'
    : undefined;
}

function misspelling(text: string, meant: string): string {
  if (!text.includes('://')) return 'has no scheme';
  const surplus = text.startsWith(meant) && SURPLUS[text.charAt(meant.length)];
  if (surplus) return `has a ${surplus}`;
  if (text.includes('@')) return 'has a user name';
  return text.toLowerCase() === meant ? 'has capitals' : 'is not as browsers write it';
}
