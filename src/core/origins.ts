import { isMadeOf } from './tokens.js';

/**
 * Whether an origin is one that a browser could send: it has the form, and the URL parser gives back the same text.
 * To parse it alone would accept much that no browser sends, such as `*` in a host, or port 0.
 * https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin
 */
export function isOrigin(origin: string | undefined): origin is string {
  if (origin === undefined || !isHost(origin.slice(...hostIn(origin))) || origin.endsWith(':0')) return false;
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

/** Where the host begins and ends: after `https://`, and before `:8443`. An IPv6 address has colons itself. */
function hostIn(origin: string): readonly [start: number, end: number] {
  const start = origin.indexOf('//') + 2;
  const colon = origin.indexOf(':', origin[start] === '[' ? origin.indexOf(']') : start);
  return [start, colon < 0 ? origin.length : colon];
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

const DOT = 0x2e;

/** Whether a request's origin is among some checked origins and patterns, by look-up: however many there are. */
export function originMatcher(origins: readonly string[]): (origin: string) => boolean {
  // An exact origin needs no other check: to be on the list, it had to be one that a browser could send.
  const exact = new Set(origins.filter((origin) => !origin.includes('*')));
  const matches = exact.size < origins.length ? patternMatcher(origins) : undefined;
  return (origin) => exact.has(origin) || matches?.(origin) === true;
}

function patternMatcher(origins: readonly string[]): (origin: string) => boolean {
  /** Host, or what follows its `*`, to the schemes and ports allowed there: `.example.com` to `https://:8443`. */
  const patterns = new Map<string, Set<string>>();
  /** The lengths of those hosts, so that no part of an origin is cut out and looked up that has another. */
  const lengths: number[] = [];
  for (const pattern of origins) {
    if (!pattern.includes('*')) continue;
    const [start, end] = hostIn(pattern);
    const host = pattern.slice(start, end).replace('*', '');
    const around = pattern.slice(0, start) + pattern.slice(end);
    patterns.set(host, (patterns.get(host) ?? new Set<string>()).add(around));
    if (!lengths.includes(host.length)) lengths.push(host.length);
  }

  return (origin) => {
    const [start, end] = hostIn(origin);
    for (const length of lengths) {
      // The host itself (for `:*`), or what follows one of its dots.
      const at = end - length;
      if (at !== start && (at < start || origin.charCodeAt(at) !== DOT)) continue;
      const found = patterns.get(origin.slice(at, end));
      if (found === undefined) continue;
      const scheme = origin.slice(0, start);
      if (found.has(`${scheme}:*`)) return isOrigin(origin);
      // The form is checked last: most origins match no pattern.
      if (found.has(scheme + origin.slice(end))) return isHost(origin.slice(start, end));
    }
    return false;
  };
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
 * `//example.com`, `https:/example.com` or `example.com` with the scheme that is plainly meant: a development server
 * speaks http.
 */
export function withScheme(text: string): string {
  return text.includes('://')
    ? text
    : text.replace(
        /^(https?:)?\/*/i,
        (_, scheme = LOOPBACK.test(text.replace(/[:/].*/, '')) ? 'http:' : 'https:') => `${scheme}//`,
      );
}

/**
 * What is wrong with one origin or pattern of a policy, and what to write instead: without its wildcards it must be
 * what the URL parser makes of it.
 */
export function originFault(text: string, credentials: boolean, insecure: boolean): string | undefined {
  // Pages of any site can make it: sandboxed frames have it. https://html.spec.whatwg.org/#concept-origin-opaque
  if (text === 'null') return 'can be sent by any page; name the origins themselves';
  const complete = withScheme(text);
  const subdomains = complete.includes('://*.') ? '*.' : '';
  const anyPort = complete.endsWith(':*') ? ':*' : '';
  const url = parse(complete.toLowerCase().replace('://*.', '://').replace(/:\*$/, ''));
  if (url !== undefined && (url.host.includes('*') || (subdomains && /(^|\.)\d+$|\]/.test(url.hostname)))) {
    return 'has a misplaced wildcard; write "*", "https://*.example.com" or "https://example.com:*"';
  }
  // A word alone is a host as well, but hardly meant as one: `any`, or the `undefined` of a template literal.
  if (url === undefined || !isOrigin(serialize(url)) || !/\W|localhost/.test(text)) {
    return text.split('://')[2]
      ? 'names several origins; write a list, or one string with commas'
      : 'is not an origin; write it as "https://example.com"';
  }
  const { protocol, host, hostname } = url;
  const meant = `${protocol}//${subdomains}${anyPort ? hostname + anyPort : host}`;
  if (meant !== text)
    return `${complete === text ? misspelling(text, meant) : 'has no scheme'}; write ${JSON.stringify(meant)}`;
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
  const surplus = text.startsWith(meant) && SURPLUS[text.charAt(meant.length)];
  if (surplus) return `has a ${surplus}`;
  if (text.includes('@')) return 'has a user name';
  return text.toLowerCase() === meant ? 'has capitals' : 'is not as browsers write it';
}
