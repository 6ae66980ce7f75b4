import { checkKeys } from '../core/options.js';
import { isPlain } from '../core/plain.js';
import { printable, show } from '../core/printable.js';
import type { Body, PageRequest, WireResponse } from './types.js';

/**
 * Refuses what is not a request at all, and keys that nobody reads. Whether a page can make it is another question.
 * Returns the request with headers that can be read several times, which a generator's cannot.
 *
 * @throws {TypeError} That names the key.
 */
export function checkedRequest(request: PageRequest): PageRequest {
  checkKeys('browse', request, REQUEST_KEYS, `browse(${EXAMPLE}, transport)`);
  const { origin, url, method, headers, cookie } = request;
  const lines =
    typeof headers === 'object' && headers !== null && Symbol.iterator in headers ? [...headers] : undefined;
  // fetch() takes a URL too.
  const faults = Object.entries({ origin, url: (url as unknown) instanceof URL ? '' : url, method, cookie })
    .filter(([key, value]) => typeof value !== 'string' && (value !== undefined || key === 'origin' || key === 'url'))
    .map(([key, value]) => `${key} is ${kindOf(value)}, not text`);
  if (headers !== undefined && (typeof headers !== 'object' || headers === null)) {
    faults.push(`headers is ${kindOf(headers)}, not an object or a list of lines`);
  } else if (lines?.every(isPair) === false) {
    faults.push('headers has a line that is not a name and a value, such as ["x-id", "1"]');
  }
  if (faults.length > 0) throw new TypeError(`browse needs a request such as ${EXAMPLE}: ${faults.join('; ')}`);
  return lines === undefined ? request : { ...request, headers: lines };
}

const REQUEST_KEYS: readonly (keyof PageRequest)[] = [
  'origin',
  'url',
  'method',
  'headers',
  'credentials',
  'body',
  'cookie',
];

const EXAMPLE = '{ origin: "https://app.example.com", url: "https://api.example.com/" }';

function isPair(line: unknown): boolean {
  return Array.isArray(line) && line.length === 2 && typeof line[0] === 'string';
}

/** @throws {TypeError} Unless it is text or bytes. `fetch()` would send an object as `[object Object]`. */
export function checkBody(body: unknown): asserts body is Body | undefined {
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return;
  const kind = kindOf(body);
  const remedy = Object.hasOwn(BODY_REMEDIES, kind) ? BODY_REMEDIES[kind] : 'write what goes over the wire';
  throw new TypeError(`browse takes text or a Uint8Array as body, but got ${kind}; ${remedy}`);
}

const BODY_REMEDIES: Readonly<Record<string, string>> = {
  null: 'leave it out',
  'an object': 'write JSON.stringify(body), as for fetch()',
  'an Array': 'write JSON.stringify(body), as for fetch()',
  'an ArrayBuffer': 'write new Uint8Array(body)',
  'a URLSearchParams':
    'write String(body), with the header content-type: application/x-www-form-urlencoded;charset=UTF-8',
};

/** @throws {TypeError} Unless a cache is one, and its clock can be asked. */
export function checkState(cache: unknown, now: unknown): void {
  if (!Array.isArray((cache as { readonly entries?: unknown } | null)?.entries)) {
    throw new TypeError(`browse needs createPreflightCache() as cache, but got ${kindOf(cache)}`);
  }
  if (typeof now !== 'function') {
    throw new TypeError(`browse needs a function such as () => 0 as now, but got ${kindOf(now)}`);
  }
}

/**
 * A mistake in a test has to fail it: as a verdict, a refusal, it would pass a test that expects one.
 *
 * @throws {TypeError} Unless it is a function.
 */
export function checkTransport(transport: unknown): void {
  if (typeof transport === 'function') return;
  throw new TypeError(`browse needs a transport, such as inProcess(handler), but got ${kindOf(transport)}`);
}

/** @throws {TypeError} Unless a transport has answered with a response. A handler answers otherwise. */
export function checkAnswer(answer: unknown): asserts answer is WireResponse {
  const { status, statusCode, headers, body } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof status === 'number' && Array.isArray(headers)) {
    const wrong = headers.find((line) => !isPair(line) || typeof line[1] !== 'string');
    if (wrong !== undefined) {
      throw new TypeError(
        `browse needs each header of a response as a name and a value, such as ["content-type", "text/plain"], but the transport gave ${printable(cut(show(wrong)))}`,
      );
    }
    if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) return;
    throw new TypeError(
      `browse needs the body of a response as text or a Uint8Array, but the transport gave ${kindOf(body)}`,
    );
  }
  if (typeof status === 'number') {
    throw new TypeError(
      `browse needs the headers of a response as a list, such as [["content-type", "text/plain"]], but the transport gave ${kindOf(headers)}`,
    );
  }
  const what = statusCode === undefined ? printable(cut(show(answer))) : 'an object with statusCode, as a handler does';
  throw new TypeError(
    `browse needs a transport, but the function that it was given answered with ${what}; if it is a handler, write browse(request, inProcess(handler))`,
  );
}

/** What an error of a transport says, if it is one in the code; empty for one of the network. */
export function programmingError(error: unknown): string {
  const isOne = error instanceof TypeError || error instanceof ReferenceError;
  return isOne && !('code' in error) && error.cause === undefined ? String(error) : '';
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  if (isPlain(value)) return 'an object';
  const name = (value.constructor as { readonly name?: unknown } | undefined)?.name;
  return typeof name === 'string' && /^\w+$/.test(name) ? `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}` : 'an object';
}
