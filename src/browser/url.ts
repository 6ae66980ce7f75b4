/** The part of https://url.spec.whatwg.org/#url-class that is used here. */
export interface ParsedUrl {
  readonly href: string;
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly hostname: string;
  /** Empty for the scheme's default. */
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

const parser = URL as unknown as new (url: string, base?: string) => ParsedUrl;

/** `undefined` if the text is not a URL. Not with `URL.canParse`: on Node.js 20 it refuses `ü` once V8 has compiled its caller. */
export function parseUrl(url: string, base?: string): ParsedUrl | undefined {
  try {
    return new parser(url, base);
  } catch {
    return undefined;
  }
}

export function isHttp({ protocol }: ParsedUrl): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

/** The serialized origin of an http(s) URL: https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin */
export function originOf({ protocol, host }: ParsedUrl): string {
  return `${protocol}//${host}`;
}

/** https://url.spec.whatwg.org/#include-credentials */
export function includesCredentials({ username, password }: ParsedUrl): boolean {
  return username !== '' || password !== '';
}

/** Expects a URL as the parser writes it. */
export function withoutFragment(href: string): string {
  return href.split('#', 1)[0] as string;
}

/**
 * Whether a page of that origin may fetch a URL without CORS. `null` is never the same origin, not even as itself.
 * https://html.spec.whatwg.org/#same-origin
 *
 * @param origin The page's origin.
 * @param url An absolute URL.
 * @example
 * isSameOrigin('https://example.com', 'https://example.com:443/notes') // true
 * isSameOrigin('https://example.com', 'https://api.example.com/notes') // false
 */
export function isSameOrigin(origin: string, url: string): boolean {
  const parsed = parseUrl(url);
  return parsed !== undefined && isHttp(parsed) && origin === originOf(parsed);
}
