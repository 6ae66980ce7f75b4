import { isToken } from '../core/tokens.js';
import { hasToJson, isExotic, kindOf, quote } from './json.js';
import { isObject, type Source } from './types.js';

/** What was found, what the source accepts, and what to do about it. */
export type ResultFault = readonly [found: string, accepted: string, remedy: string];

/** What is wrong with the map `headers`. Everything in it must be what JSON leaves as it is. */
export function headersFault(source: Source, headers: unknown): ResultFault | undefined {
  if (headers === undefined || headers === null) return undefined;
  if (!isMap(headers)) {
    const entries = isObject(headers) ? 'Object.fromEntries(headers)' : '{ Name: "value" }';
    return [`${kindOf(headers)} as headers`, 'an object', `return headers: ${entries}`];
  }
  for (const name in headers) {
    const value = headers[name];
    // JSON leaves out the one, and gateways the other.
    if (value === undefined || value === null) continue;
    const fault =
      nameFault(name) ??
      (source.readsLists && Array.isArray(value) ? linesFault(name, value) : valueFault(source, name, value));
    if (fault !== undefined && Object.hasOwn(headers, name)) return fault;
  }
  return undefined;
}

/** The same for `multiValueHeaders`. */
export function multiValueFault(headers: unknown): ResultFault | undefined {
  if (headers === undefined || headers === null) return undefined;
  const fix = 'return multiValueHeaders: { Name: ["value"] }';
  if (!isMap(headers)) return [`${kindOf(headers)} as multiValueHeaders`, 'an object', fix];
  for (const name of Object.keys(headers)) {
    const lines = headers[name];
    if (lines === undefined) continue;
    if (!Array.isArray(lines) || hasToJson(lines)) {
      return [`${kindOf(lines)} as multiValueHeaders[${quote(name)}]`, 'an array', fix];
    }
    const fault = lines.length === 0 ? undefined : (nameFault(name) ?? linesFault(name, lines));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The same for `cookies`, each of which becomes a Set-Cookie header. */
export function cookiesFault(cookies: unknown): ResultFault | undefined {
  if (cookies === undefined || cookies === null) return undefined;
  if (Array.isArray(cookies) && !hasToJson(cookies) && cookies.every((cookie) => typeof cookie === 'string')) {
    return linesFault('Set-Cookie', cookies);
  }
  return [
    Array.isArray(cookies) ? 'cookies that are not all strings' : `${kindOf(cookies)} as cookies`,
    'a list of strings',
    'return cookies: ["name=value; HttpOnly"]',
  ];
}

/** An object that holds all that JSON makes of it. */
function isMap(headers: unknown): headers is Readonly<Record<string, unknown>> {
  return isObject(headers) && !hasToJson(headers) && !isExotic(headers);
}

function nameFault(name: string): ResultFault | undefined {
  if (isHeaderName(name)) return undefined;
  return [`the header name ${quote(name)}`, 'letters, digits and hyphens', 'return a name such as "X-Name"'];
}

function linesFault(name: string, lines: readonly unknown[]): ResultFault | undefined {
  for (const line of lines) {
    const fault = valueFault(undefined, name, line);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Numbers and booleans become text in every gateway. */
function valueFault(source: Source | undefined, name: string, value: unknown): ResultFault | undefined {
  if (typeof value === 'string') return textFault(name, value);
  if (Number.isFinite(value) || typeof value === 'boolean') return undefined;
  const found = `${kindOf(value)} as the header ${quote(name)}`;
  return [
    found,
    'a string',
    source !== undefined && Array.isArray(value) ? remedyForList(source, name) : 'return String(value)',
  ];
}

function remedyForList({ readsMultiValue, readsCookies }: Source, name: string): string {
  if (readsMultiValue) return `return multiValueHeaders: { ${quote(name)}: ["a", "b"] }`;
  if (readsCookies && /^set-cookie$/i.test(name)) return 'return cookies: ["a=1", "b=2"]';
  return 'return value.join(", ")';
}

function textFault(name: string, value: string): ResultFault | undefined {
  const at = indexOfForbidden(value);
  if (at < 0) return undefined;
  const code = value.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return [
    `the character U+${code} in the header ${quote(name)}`,
    'only U+0020 to U+00FF and tabs',
    "return encodeURIComponent(value), and a file name as filename*=UTF-8''… (RFC 8187)",
  ];
}

/** Whether a header can have a name: https://www.rfc-editor.org/rfc/rfc9110#name-field-names */
export function isHeaderName(name: string): boolean {
  return isToken(name);
}

/** Whether a header can have a value: https://www.rfc-editor.org/rfc/rfc9110#name-field-values */
export function isHeaderValue(value: string): boolean {
  return indexOfForbidden(value) < 0;
}

/** Where a character is that ends the line, controls something, or is not one byte. A loop is faster than a RegExp. */
function indexOfForbidden(value: string): number {
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code > 0xff || code === 0x7f || (code < 0x20 && code !== 9)) return at;
  }
  return -1;
}
