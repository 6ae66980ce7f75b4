import { quote } from '../core/printable.js';
import { decodeBase64, utf8 } from './bytes.js';
import { type HeaderLines, type HttpResponse, isObject, type Unreadable, withoutHeaders } from './messages.js';

/** A result that has turned out to be an object. */
export type Envelope = Readonly<Record<string, unknown>>;

/** What has been read, or why it cannot be. */
export type Reading<Value> = Value | Unreadable;

export function isUnreadable(reading: Reading<unknown>): reading is Unreadable {
  return typeof reading === 'object' && reading !== null && 'fault' in reading;
}

/** A page of the gateway's own. */
export function jsonPage(status: number, message: string, lines: HeaderLines = []): HttpResponse {
  return { status, lines: [['Content-Type', 'application/json'], ...lines], body: utf8(JSON.stringify({ message })) };
}

/** A response made of its parts, or what is wrong with the first that is. */
export function toResponse(
  status: Reading<number>,
  lines: Reading<HeaderLines>,
  body: Reading<Uint8Array>,
): Reading<HttpResponse> {
  if (isUnreadable(status)) return status;
  if (isUnreadable(lines)) return lines;
  return isUnreadable(body) ? body : { status, lines, body };
}

/** The same response with other lines. */
export function mapLines(
  reading: Reading<HttpResponse>,
  map: (lines: HeaderLines) => HeaderLines,
): Reading<HttpResponse> {
  return isUnreadable(reading) ? reading : { ...reading, lines: map(reading.lines) };
}

/**
 * A status as a number; numbers in strings will do. What is outside of 200 to 599 cannot be the answer to a request:
 * how AWS treats it is not documented, here it is malformed.
 */
export function statusOf(value: unknown): Reading<number> {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599
    ? status
    : { fault: 'statusCode is not an integer from 200 to 599' };
}

/** Header lines of a map with one value per name. */
export function singleLines(map: unknown, key: string): Reading<HeaderLines> {
  if (map === undefined || map === null) return [];
  if (!isObject(map)) return { fault: `${key} is not an object` };
  return checked(
    Object.entries(map).filter(([, value]) => value !== null),
    key,
  );
}

/** Header lines of a map with an array per name. */
export function multiLines(map: unknown, key: string): Reading<HeaderLines> {
  if (map === undefined || map === null) return [];
  if (!isObject(map)) return { fault: `${key} is not an object` };
  const entries = Object.entries(map);
  const wrong = entries.find(([, values]) => !Array.isArray(values));
  if (wrong !== undefined) return { fault: `${key}[${quote(wrong[0])}] is not an array` };
  return checked(
    entries.flatMap(([name, values]) => (values as unknown[]).map((value): [string, unknown] => [name, value])),
    key,
  );
}

export function cookieLines(cookies: unknown): Reading<HeaderLines> {
  if (cookies === undefined || cookies === null) return [];
  if (!Array.isArray(cookies)) return { fault: 'cookies is not an array' };
  return joined(...cookies.map((cookie) => singleLines({ 'Set-Cookie': cookie }, 'cookies')));
}

/** All lines in a row, or the first fault. */
export function joined(...readings: readonly Reading<HeaderLines>[]): Reading<HeaderLines> {
  return readings.find(isUnreadable) ?? (readings as readonly HeaderLines[]).flat();
}

export function isHeaderName(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
}

export function isHeaderValue(value: unknown): boolean {
  return typeof value === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

/**
 * Booleans become text, as recorded on REST APIs. Numbers do too: no recording says otherwise, and the types of
 * `@types/aws-lambda` allow them.
 */
function checked(entries: readonly (readonly [string, unknown])[], key: string): Reading<HeaderLines> {
  const lines: [string, string][] = [];
  for (const [name, value] of entries) {
    const at = `${key}[${quote(name)}]`;
    if (!['string', 'number', 'boolean'].includes(typeof value)) return { fault: `${at} is not a string` };
    if (!isHeaderName(name)) return { fault: `${at} is not a header name` };
    if (!isHeaderValue(String(value))) return { fault: `${at} has a value that no header can have` };
    lines.push([name, String(value)]);
  }
  return lines;
}

export const NOT_AN_OBJECT: Unreadable = { fault: 'the result is not an object' };

/** The bytes of a body. */
export function bodyOf({ body, isBase64Encoded }: Envelope, decode = true): Reading<Uint8Array> {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body !== 'string')
    return { fault: `body is ${Array.isArray(body) ? 'an array' : `of type ${typeof body}`}, not a string` };
  return isBase64Encoded === true && decode ? decodeBase64(body) : utf8(body);
}

const HOP_BY_HOP = ['connection', 'content-length', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Without the headers of the connection, and without the length, which the server counts itself. */
export function endToEnd(lines: HeaderLines): HeaderLines {
  return withoutHeaders(lines, (name) => HOP_BY_HOP.includes(name));
}

export function withContentType(lines: HeaderLines, type: string): HeaderLines {
  return lines.some(([name]) => name.toLowerCase() === 'content-type') ? lines : [...lines, ['Content-Type', type]];
}
