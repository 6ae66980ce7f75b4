import { isObject } from '../events/types.js';
import type { HeaderLines, HttpResponse } from './messages.js';

/** A result that has turned out to be an object. */
export type Envelope = Readonly<Record<string, unknown>>;

export function utf8(text: string): Uint8Array {
  return Buffer.from(text);
}

/** A page of the gateway's own. */
export function jsonPage(status: number, message: string, lines: HeaderLines = []): HttpResponse {
  return { status, lines: [['Content-Type', 'application/json'], ...lines], body: utf8(JSON.stringify({ message })) };
}

/**
 * A status as a number; numbers in strings will do. What is outside of 200 to 599 cannot be the answer to a request:
 * how AWS treats it is not documented, here it is malformed.
 */
export function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return Number.isInteger(status) && (status as number) >= 200 && (status as number) <= 599
    ? (status as number)
    : undefined;
}

/** Header lines of a map with one value per name, or what is wrong with it. */
export function singleLines(map: unknown, key: string): HeaderLines | string {
  if (map === undefined || map === null) return [];
  if (!isObject(map)) return `${key} is no object`;
  return checked(
    Object.entries(map).filter(([, value]) => value !== null),
    key,
  );
}

/** Header lines of a map with an array per name, or what is wrong with it. */
export function multiLines(map: unknown, key: string): HeaderLines | string {
  if (map === undefined || map === null) return [];
  if (!isObject(map)) return `${key} is no object`;
  const entries = Object.entries(map);
  const wrong = entries.find(([, values]) => !Array.isArray(values));
  if (wrong !== undefined) return `${key}[${JSON.stringify(wrong[0])}] is no array`;
  return checked(
    entries.flatMap(([name, values]) => (values as unknown[]).map((value): [string, unknown] => [name, value])),
    key,
  );
}

export function cookieLines(cookies: unknown): HeaderLines | string {
  if (cookies === undefined || cookies === null) return [];
  if (!Array.isArray(cookies)) return 'cookies is no array';
  const lines = cookies.map((cookie) => singleLines({ 'Set-Cookie': cookie }, 'cookies'));
  return lines.find((line) => typeof line === 'string') ?? (lines as HeaderLines[]).flat();
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
function checked(entries: readonly (readonly [string, unknown])[], key: string): HeaderLines | string {
  const lines: [string, string][] = [];
  for (const [name, value] of entries) {
    const at = `${key}[${JSON.stringify(name)}]`;
    if (!['string', 'number', 'boolean'].includes(typeof value)) return `${at} is no string`;
    if (!isHeaderName(name)) return `${at} is no header name`;
    if (!isHeaderValue(String(value))) return `${at} has a value that no header can have`;
    lines.push([name, String(value)]);
  }
  return lines;
}

/** The bytes of a body, or what is wrong with it. */
export function bodyOf({ body, isBase64Encoded }: Envelope, decode = true): Uint8Array | string {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body !== 'string')
    return `body is ${Array.isArray(body) ? 'an array' : `of type ${typeof body}`}, no string`;
  return isBase64Encoded === true && decode ? Buffer.from(body, 'base64') : utf8(body);
}

const HOP_BY_HOP = ['connection', 'content-length', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** What is between two neighbours on the way, and the length that the server counts itself. */
export function isHopByHop(lowerCased: string): boolean {
  return HOP_BY_HOP.includes(lowerCased);
}

export function withContentType(lines: HeaderLines, type: string): HeaderLines {
  return lines.some(([name]) => name.toLowerCase() === 'content-type') ? lines : [...lines, ['Content-Type', type]];
}
