import { isOrigin } from '../core/origins.js';
import { quote } from '../core/printable.js';
import { isToken } from '../core/tokens.js';
import { normalizeValue } from './header-lines.js';
import { isForbiddenMethod, normalizeMethod } from './methods.js';
import type { HeaderLine, HeaderLines, PageRequest } from './types.js';
import { includesCredentials, isHttp, parseUrl } from './url.js';

/**
 * Why no page can make a request; `undefined` if a page can. `fetch()` throws a TypeError for it, and so does `browse`.
 * https://fetch.spec.whatwg.org/#dom-request
 *
 * @param request What the page asks for.
 * @example
 * const page = { origin: 'https://app.example.com', url: 'https://api.example.com/' }
 * requestFault(page) // undefined
 * requestFault({ ...page, origin: 'https://app.example.com/' }) // 'origin "https://app.example.com/" is not an origin, such as "https://example.com"'
 */
export function requestFault(request: PageRequest): string | undefined {
  const { origin, method = 'GET', credentials = 'same-origin', body } = request;
  if (origin !== 'null' && !isOrigin(origin))
    return `origin ${quote(origin)} is not an origin, such as "https://example.com"`;
  return (
    urlFault(request.url) ??
    methodFault(method, body !== undefined) ??
    headersFault(headerLines(request)) ??
    (MODES.has(credentials) ? undefined : `credentials ${quote(credentials)} is not omit, same-origin or include`)
  );
}

const MODES: ReadonlySet<string> = new Set(['omit', 'same-origin', 'include']);

/** The request's headers as lines. */
export function headerLines({ headers = [] }: PageRequest): HeaderLines {
  const lines = Symbol.iterator in headers ? [...(headers as Iterable<HeaderLine>)] : Object.entries(headers);
  // As fetch() does with a number.
  return lines.map(([name, value]) => [name, String(value)]);
}

function urlFault(text: string): string | undefined {
  const url = parseUrl(text);
  if (url === undefined) return `url ${quote(text)} is not an absolute URL`;
  if (!isHttp(url)) return `url ${quote(text)} is not http or https`;
  return includesCredentials(url) ? `url ${quote(text)} has a user name or password` : undefined;
}

function methodFault(method: string, hasBody: boolean): string | undefined {
  if (!isToken(method)) return `method ${quote(method)} is not a method`;
  if (isForbiddenMethod(method)) return `method ${quote(method)} is forbidden to pages`;
  const normalized = normalizeMethod(method);
  return hasBody && (normalized === 'GET' || normalized === 'HEAD') ? `${normalized} cannot have a body` : undefined;
}

function headersFault(headers: HeaderLines): string | undefined {
  for (const [name, value] of headers) {
    if (!isToken(name)) return `header ${quote(name)} is not a header name`;
    if (!isHeaderValue(value)) return `header ${quote(name)} has a value that cannot be sent: ${quote(value)}`;
  }
  return undefined;
}

/** Bytes only, without line breaks: https://fetch.spec.whatwg.org/#header-value */
function isHeaderValue(value: string): boolean {
  return !/[\0\n\r]|[^\0-\xff]/.test(normalizeValue(value));
}
