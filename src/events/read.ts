import type { RequestFacts } from '../core/decide.js';
import { type HttpEvent, isObject, isText } from './types.js';

/** What CORS needs to know of the request in an event. */
export function readRequest(method: string, event: HttpEvent): RequestFacts {
  const options = method === 'OPTIONS';
  return {
    method,
    origin: header(event, 'origin', 'Origin'),
    requestMethod: options
      ? header(event, 'access-control-request-method', 'Access-Control-Request-Method')
      : undefined,
    requestHeaders: options
      ? header(event, 'access-control-request-headers', 'Access-Control-Request-Headers')
      : undefined,
  };
}

/** A request header whatever its case, its lines joined. Either map may be absent or `null`; values may be arrays. */
function header(event: HttpEvent, lowerCase: string, usual: string): string | undefined {
  return find(event.multiValueHeaders, lowerCase, usual) ?? find(event.headers, lowerCase, usual);
}

function find(headers: unknown, lowerCase: string, usual: string): string | undefined {
  if (!isObject(headers)) return undefined;
  // Browsers send one of these two, so that the other headers are hardly ever looked at.
  const value = headers[lowerCase] ?? headers[usual] ?? headers[nameIn(headers, lowerCase)];
  if (!Array.isArray(value)) return typeof value === 'string' ? value : undefined;
  const lines = value.every(isText) ? value : value.filter(isText);
  return lines.length > 1 ? lines.join(',') : lines[0];
}

function nameIn(headers: Readonly<Record<string, unknown>>, lowerCase: string): string {
  // There may be thousands of names: `for…in` would look up each of them.
  for (const name of Object.keys(headers)) {
    if (name.length === lowerCase.length && name.toLowerCase() === lowerCase) return name;
  }
  return lowerCase;
}
