import type { RequestFacts } from '../core/decide.js';
import { type HttpEvent, isObject, isText } from './types.js';

/** What CORS needs to know about the request in an event: https://fetch.spec.whatwg.org/#http-requests */
export function readRequest(method: string, event: HttpEvent): RequestFacts {
  const options = method === 'OPTIONS';
  return {
    method,
    origin: readOrigin(event),
    requestMethod: options
      ? header(event, 'access-control-request-method', 'Access-Control-Request-Method')
      : undefined,
    requestHeaders: options
      ? header(event, 'access-control-request-headers', 'Access-Control-Request-Headers')
      : undefined,
  };
}

/** The header `Origin` alone. Unrolled: a property is found faster by a name that is written out. */
export function readOrigin(event: HttpEvent): string | undefined {
  const { multiValueHeaders, headers } = event;
  if (isObject(multiValueHeaders)) {
    const lines = multiValueHeaders.origin ?? multiValueHeaders.Origin;
    if (Array.isArray(lines) && lines.length === 1 && isText(lines[0])) return lines[0];
  } else if (isObject(headers)) {
    const value = headers.origin ?? headers.Origin;
    if (isText(value)) return value;
  }
  return header(event, 'origin', 'Origin');
}

/** A request header whatever its case, its lines joined. Each map may be absent or `null`; values may be arrays. */
function header(event: HttpEvent, lowerCase: string, usual: string): string | undefined {
  return find(event.multiValueHeaders, lowerCase, usual) ?? find(event.headers, lowerCase, usual);
}

function find(headers: unknown, lowerCase: string, usual: string): string | undefined {
  if (!isObject(headers)) return undefined;
  // Browsers and gateways write the name in one of these two ways, so the other headers are rarely looked at.
  const value = headers[lowerCase] ?? headers[usual] ?? headers[nameIn(headers, lowerCase)];
  if (!Array.isArray(value)) return typeof value === 'string' ? value : undefined;
  const lines = value.every(isText) ? value : value.filter(isText);
  return lines.length > 1 ? lines.join(',') : lines[0];
}

function nameIn(headers: Readonly<Record<string, unknown>>, lowerCase: string): string {
  // There may be thousands of names, and `for…in` would look up each of them again.
  for (const name of Object.keys(headers)) {
    if (name.length === lowerCase.length && name.toLowerCase() === lowerCase) return name;
  }
  return lowerCase;
}
