import { isToken } from '../core/tokens.js';
import { isExotic, kindOf, quote } from './json.js';
import { HEADER_MAPS, type HeaderMap, isObject, isText, type ProxyResult, type Source } from './types.js';

/**
 * Why the source would not accept a result. In front of a streamed body there is a prelude, which may have other keys
 * as well.
 */
export function faultOf(source: Source, result: ProxyResult, isStreamed: boolean): string | undefined {
  const { onlyKeys, readsMultiValue, readsCookies } = source;
  const { statusCode, headers, multiValueHeaders, cookies, body } = result;
  const other = Object.keys(result).find((key) => !isStreamed && onlyKeys && !onlyKeys.includes(key));
  if (other !== undefined) return fault(source, `the key ${quote(other)}`, `only ${onlyKeys?.join(', ')}`);
  // `"200"` is a status too. An object may have a `toString` that is not a function.
  const status = typeof statusCode === 'object' ? kindOf(statusCode) : quote(String(statusCode));
  if (!/^"[2-5]\d\d"$/.test(status)) return fault(source, `${status} as statusCode`, 'an integer from 200 to 599');
  if (!isStreamed && !isText(body) && body !== undefined && body !== null) {
    return fault(source, `${kindOf(body)} as body`, 'body: JSON.stringify(…)');
  }
  return (
    mapFault(source, 'headers', headers) ??
    (readsMultiValue ? mapFault(source, 'multiValueHeaders', multiValueHeaders) : undefined) ??
    (readsCookies ? cookiesFault(source, cookies) : undefined)
  );
}

/** What was found, and what to return instead. */
function fault({ name }: Source, found: string, remedy: string): string {
  return `${found}, which ${name} does not accept: return ${remedy}`;
}

export function objectFault(source: Source, found: unknown): string {
  const kind = kindOf(found);
  const remedy = kind.endsWith(' Response')
    ? '{ statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }'
    : '{ statusCode: 200, body: "…" }';
  return fault(source, kind, remedy);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html */
export function lengthFault(source: Source, result: ProxyResult): string | undefined {
  const lengths = HEADER_MAPS.flatMap((map) => Object.entries(result[map] ?? {}))
    .filter(([name]) => name.toLowerCase() === 'content-length')
    .flatMap(([, value]) => value ?? []);
  if (source.streaming?.expectsPrelude !== true || lengths.length === 0 || /^\d+$/.test(lengths.join())) {
    return undefined;
  }
  return fault(source, 'a Content-Length other than one number', 'headers without it');
}

/** Either map of headers. */
function mapFault(source: Source, map: HeaderMap, headers: unknown): string | undefined {
  if (headers === undefined || headers === null) return undefined;
  if (!isObject(headers) || isExotic(headers)) {
    return fault(source, `${kindOf(headers)} as ${map}`, 'an object, such as Object.fromEntries(headers)');
  }
  const multi = map === 'multiValueHeaders';
  for (const [name, value] of Object.entries(headers)) {
    const isList = Array.isArray(value);
    // Gateways leave these out.
    if (multi ? isList && value.length === 0 : value === null) continue;
    if (!isToken(name)) {
      return fault(source, `the header name ${quote(name)}`, 'a name of letters, digits and hyphens');
    }
    const lines = isList && (multi || source.readsLists) ? value : [value];
    const found = multi && !isList ? typeFault(source, name, value, multi) : linesFault(source, name, lines);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Each cookie becomes a Set-Cookie header. */
function cookiesFault(source: Source, cookies: unknown): string | undefined {
  if (cookies === undefined || cookies === null) return undefined;
  if (Array.isArray(cookies) && cookies.every(isText)) return linesFault(source, 'Set-Cookie', cookies);
  return fault(source, `${kindOf(cookies)} as cookies`, 'cookies: ["name=value; HttpOnly"]');
}

function linesFault(source: Source, name: string, lines: readonly unknown[]): string | undefined {
  for (const line of lines) {
    if (typeof line === 'object') return typeFault(source, name, line, Array.isArray(line));
    // Numbers and booleans become text in every gateway.
    const text = String(line);
    const at = indexOfForbidden(text);
    if (at >= 0) {
      return fault(
        source,
        `the character ${quote(text.charAt(at))} in the header ${quote(name)}`,
        "encodeURIComponent(value), and a file name as filename*=UTF-8''… (RFC 8187)",
      );
    }
  }
  return undefined;
}

/** A value that is not text, or not the list that it should be. */
function typeFault(source: Source, name: string, value: unknown, several: boolean): string {
  const { readsMultiValue, readsCookies } = source;
  const remedy = !several
    ? 'String(value)'
    : readsMultiValue
      ? `multiValueHeaders: { ${quote(name)}: ["a", "b"] }`
      : readsCookies && name.toLowerCase() === 'set-cookie'
        ? 'cookies: ["a=1", "b=2"]'
        : 'value.join(", ")';
  return fault(source, `${kindOf(value)} as the header ${quote(name)}`, remedy);
}

/**
 * Where a character is that ends the line, controls something, or is not one byte:
 * https://www.rfc-editor.org/rfc/rfc9110#name-field-values. A loop is faster than a regular expression.
 */
export function indexOfForbidden(value: string): number {
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code > 0xff || code === 0x7f || (code < 0x20 && code !== 9)) return at;
  }
  return -1;
}
