import { accept } from './accept.js';
import { inArrays } from './merge.js';
import { isStatus } from './status.js';
import { statusPhrase } from './status-phrase.js';
import { isObject, type OwnResult, type ProxyResult, type Source } from './types.js';

/** A result of our own making, with its headers in the map that the source reads. A body is JSON. */
export function makeResult(
  { map, withoutStatus }: Source,
  statusCode: number,
  headers: OwnResult,
  body?: string,
): OwnResult {
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const result: OwnResult =
    map === 'headers' ? { statusCode, headers } : { statusCode, multiValueHeaders: inArrays(headers) };
  if (body !== undefined) result.body = body;
  if (withoutStatus === 'error') result.isBase64Encoded = false;
  return result;
}

/** The same for a status from 400 on, with nothing but its own phrase. */
export function makeErrorResult(source: Source, statusCode: number): OwnResult {
  return makeMessage(source, statusCode, {}, statusPhrase(statusCode));
}

function makeMessage(source: Source, statusCode: number, headers: OwnResult, message: string): OwnResult {
  return makeResult(source, statusCode, headers, JSON.stringify({ message }));
}

/** An error as a response. `exposed` tells whether the client sees the error itself. */
interface ErrorResult {
  readonly result: OwnResult;
  readonly exposed: boolean;
}

/**
 * An error that has a status keeps it. Its message and headers are only for the client with `expose: true`, as
 * http-errors and Middy set it. A status alone does not say so: clients of other APIs throw errors that have one too,
 * and their messages and headers are somebody else's answer, with keys and internal names in it.
 */
export function errorResult(source: Source, error: unknown): ErrorResult {
  let kept = 500;
  try {
    const { statusCode, status, expose, message, headers, name, cause } = isObject(error) ? error : ({} as ProxyResult);
    const given = [statusCode, status].find((value) => isStatus(value) && value >= 400) as number | undefined;
    // What Middy throws `timeoutEarlyInMillis` before the time limit. Others throw errors of that name too.
    const isMiddyTimeout = name === 'TimeoutError' && Object(cause).package === '@middy/core';
    kept = given ?? (isMiddyTimeout ? 504 : kept);
    if (expose === true && given !== undefined) {
      const text = typeof message === 'string' ? message : statusPhrase(kept);
      const result = makeMessage(source, kept, passable(headers), text);
      if (typeof accept(source, result) !== 'string') return { result, exposed: true };
    }
  } catch {
    // The error's own properties may throw.
  }
  return { result: makeErrorResult(source, kept), exposed: false };
}

/**
 * Headers that never pass: those of a connection that is not ours, https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1,
 * those that only the server itself can set, and those about a body that is not sent.
 */
const KEPT_BACK = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|date|server|content-.*)$/i;

/** The headers of an error that may pass, as strings. */
function passable(headers: unknown): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(isObject(headers) ? headers : {})) {
    if (!KEPT_BACK.test(name) && /string|number|boolean/.test(typeof value)) passed[name] = String(value);
  }
  return passed;
}
