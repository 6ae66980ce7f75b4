import { isToken } from '../core/tokens.js';
import { isLostInJson, jsonOf, kindOf, quote } from './json.js';
import { isStatus } from './status.js';
import { type HeaderMap, isObject, isText, type ProxyResult, type Source } from './types.js';

/** What was found, what the source accepts, and what to do about it. */
export type ResultFault = readonly [found: string, accepted: string, remedy: string];

/**
 * Why the source would not accept a result. The result is what JSON made of what was `given`. In front of a streamed
 * body there is a prelude, which may have other keys as well.
 */
export function resultFault(
  source: Source,
  result: ProxyResult,
  given: ProxyResult,
  streamed: boolean,
): ResultFault | undefined {
  const { onlyKeys } = source;
  const { statusCode, body } = result;
  const other = streamed ? undefined : Object.keys(result).find((key) => onlyKeys?.includes(key) === false);
  if (other !== undefined) return [`the key ${quote(other)}`, `only ${onlyKeys?.join(', ')}`, 'remove the key'];
  if (
    !isStatus(statusCode) &&
    !isStatus(statusOf(statusCode)) &&
    !(statusCode === undefined && source.withoutStatus !== 'error')
  ) {
    const found = /string|number/.test(typeof statusCode) ? quote(String(statusCode)) : kindOf(statusCode);
    return [`${found} as statusCode`, 'an integer from 200 to 599', 'return statusCode: 200'];
  }
  if (!streamed && typeof body !== 'string' && body !== undefined && body !== null) {
    return [`${kindOf(body)} as body`, 'a string', 'return body: JSON.stringify(…)'];
  }
  return (
    mapFault(source, 'headers', result, given) ??
    (source.readsMultiValue ? mapFault(source, 'multiValueHeaders', result, given) : undefined) ??
    (source.readsCookies ? cookiesFault(source, result.cookies) : undefined)
  );
}

/** `"200"` is a status too. */
function statusOf(text: unknown): unknown {
  return String(Number(text)) === text ? Number(text) : undefined;
}

export function objectFault(found: unknown): ResultFault {
  const kind = kindOf(found);
  return [
    kind,
    'an object',
    kind.endsWith(' Response')
      ? 'return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }'
      : 'return { statusCode: 200, body: "…" }',
  ];
}

/** Lambda makes JSON of the whole result, also of what the source ignores. */
export function jsonFault(found: unknown): ResultFault {
  const key = Object.keys(Object(found)).find((name) => jsonOf((found as ProxyResult)[name]) === undefined);
  if (key === 'headers') return jsonFault((found as ProxyResult).headers);
  return [key === undefined ? kindOf(found) : `the key ${quote(key)}`, 'only what JSON can hold', 'return only that'];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html */
export function lengthFault(
  { streaming }: Source,
  { headers, multiValueHeaders }: ProxyResult,
): ResultFault | undefined {
  if (streaming?.expectsPrelude !== true) return undefined;
  const lengths = [headers, multiValueHeaders]
    .flatMap((map) => Object.entries(map ?? {}))
    .filter(([name]) => name.toLowerCase() === 'content-length')
    .flatMap(([, value]) => value ?? []);
  if (lengths.length === 0 || (lengths.length === 1 && /^\d+$/.test(String(lengths[0])))) return undefined;
  return ['a Content-Length other than one number', 'one number', 'remove the header'];
}

/** Either map of headers. */
function mapFault(source: Source, map: HeaderMap, result: ProxyResult, given: ProxyResult): ResultFault | undefined {
  const multi = map === 'multiValueHeaders';
  const remedy = `return ${map}: { Name: ${multi ? '["value"]' : '"value"'} }`;
  const lost = isLostInJson(given[map]);
  const headers = lost ? given[map] : result[map];
  if (headers === undefined || headers === null) return undefined;
  if (lost || !isObject(headers)) {
    return [`${kindOf(headers)} as ${map}`, 'an object', lost ? `return ${map}: Object.fromEntries(headers)` : remedy];
  }
  for (const [name, value] of Object.entries(headers)) {
    // Gateways leave these out.
    if (multi ? Array.isArray(value) && value.length === 0 : value === null) continue;
    if (multi && !Array.isArray(value)) return [`${kindOf(value)} as ${map}[${quote(name)}]`, 'an array', remedy];
    if (!isToken(name)) {
      return [`the header name ${quote(name)}`, 'letters, digits and hyphens', 'return a name such as "X-Name"'];
    }
    const fault = linesFault(source, name, Array.isArray(value) && (multi || source.readsLists) ? value : [value]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Each cookie becomes a Set-Cookie header. */
function cookiesFault(source: Source, cookies: unknown): ResultFault | undefined {
  if (cookies === undefined || cookies === null) return undefined;
  const isList = Array.isArray(cookies);
  if (isList && cookies.every(isText)) return linesFault(source, 'Set-Cookie', cookies);
  const found = isList ? 'cookies that are not all strings' : `${kindOf(cookies)} as cookies`;
  return [found, 'a list of strings', 'return cookies: ["name=value; HttpOnly"]'];
}

function linesFault(source: Source, name: string, lines: readonly unknown[]): ResultFault | undefined {
  for (const line of lines) {
    if (typeof line === 'object') {
      const remedy = Array.isArray(line) ? remedyForList(source, name) : 'return String(value)';
      return [`${kindOf(line)} as the header ${quote(name)}`, 'a string', remedy];
    }
    // Numbers and booleans become text in every gateway.
    const text = String(line);
    const at = indexOfForbidden(text);
    if (at >= 0) {
      const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
      return [
        `the character U+${code} in the header ${quote(name)}`,
        'only U+0020 to U+00FF and tabs',
        "return encodeURIComponent(value), and a file name as filename*=UTF-8''… (RFC 8187)",
      ];
    }
  }
  return undefined;
}

function remedyForList({ readsMultiValue, readsCookies }: Source, name: string): string {
  if (readsMultiValue) return `return multiValueHeaders: { ${quote(name)}: ["a", "b"] }`;
  return readsCookies && /^set-cookie$/i.test(name) ? 'return cookies: ["a=1", "b=2"]' : 'return value.join(", ")';
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
