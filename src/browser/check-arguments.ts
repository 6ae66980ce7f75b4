import { isPlain } from '../core/plain.js';
import { printable, show } from '../core/printable.js';
import type { Body, WireResponse } from './types.js';

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
  const { status, statusCode, headers } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof status === 'number' && Array.isArray(headers)) return;
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
