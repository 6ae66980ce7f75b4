import type { RequestFacts } from '../core/decide.js';
import { type HttpEvent, isObject, isText } from './types.js';

/** The method of the request in an event of any source. */
export function readMethod(event: HttpEvent): string {
  const context = event.requestContext as { readonly http?: { readonly method: string } } | undefined;
  return (context?.http?.method ?? event.httpMethod ?? event.method) as string;
}

type Headers = Readonly<Record<string, unknown>> | null | undefined;

/**
 * What CORS needs to know about the request in an event: https://fetch.spec.whatwg.org/#http-requests
 * Most policies answer all request headers with the same list, so they are read only when they are asked for.
 */
export function readRequest(method: string, event: HttpEvent, withHeaders: boolean): RequestFacts {
  const options = method === 'OPTIONS';
  return {
    method,
    origin: readOrigin(event),
    requestMethod: options
      ? header(event, 'access-control-request-method', 'Access-Control-Request-Method')
      : undefined,
    requestHeaders:
      options && withHeaders
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

/**
 * A request header whatever its case, its lines joined. Each map may be absent or `null`; values may be arrays. Browsers
 * and gateways write the name in one of two ways, so the other names are rarely looked at.
 */
function header(event: HttpEvent, lowerCase: string, usual: string): string | undefined {
  const lists = event.multiValueHeaders as Headers;
  const headers = event.headers as Headers;
  return (
    textOf(lists?.[lowerCase] ?? lists?.[usual]) ??
    textOf(headers?.[lowerCase] ?? headers?.[usual]) ??
    textOf(find(lists, lowerCase) ?? find(headers, lowerCase))
  );
}

function textOf(value: unknown): string | undefined {
  if (isText(value)) return value;
  const lines = Array.isArray(value) ? value.filter(isText) : [];
  return lines.length > 0 ? lines.join(',') : undefined;
}

/** There may be thousands of names, and `for…in` would look up each of them again. */
function find(headers: Headers, lowerCase: string): unknown {
  const name = Object.keys(headers ?? {}).find(
    (it) => it.length === lowerCase.length && it.toLowerCase() === lowerCase,
  );
  return name && headers?.[name];
}
