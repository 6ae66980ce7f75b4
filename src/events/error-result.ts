import { inArrays } from './merge.js';
import { isStatus } from './status.js';
import { isObject, type ProxyResult, type Source } from './types.js';

/** A result of our own making, with its headers in the map that the source reads. */
export function makeResult(
  source: Source,
  statusCode: number,
  message: string,
  headers?: Readonly<Record<string, unknown>>,
): ProxyResult {
  const all = { ...headers, 'Content-Type': 'application/json' };
  const inMap = source.map === 'headers' ? { headers: all } : { multiValueHeaders: inArrays(all) };
  return { statusCode, ...inMap, body: JSON.stringify({ message }), ...source.required };
}

/**
 * An error as a response. One that says it is an HTTP error, as http-errors and others make them, keeps its status
 * and headers, and its message when that is meant for the client. Of any other nothing is told.
 */
export function errorResult(source: Source, error: unknown): ProxyResult {
  try {
    return httpErrorResult(source, error) ?? makeResult(source, 500, SERVER_ERROR);
  } catch {
    // The error's own properties may throw.
    return makeResult(source, 500, SERVER_ERROR);
  }
}

function httpErrorResult(source: Source, error: unknown): ProxyResult | undefined {
  const { statusCode, status, expose, message, headers } = isObject(error) ? error : ({} as ProxyResult);
  const kept = statusCode ?? status;
  if (!isStatus(kept) || kept < 400) return undefined;
  const shown = typeof message === 'string' && (expose ?? kept < 500) === true;
  const hidden = kept < 500 ? 'Client Error' : SERVER_ERROR;
  return makeResult(source, kept, shown ? message : hidden, isObject(headers) ? withoutContent(headers) : undefined);
}

/** What a client may know of a fault that is not its own. */
export const SERVER_ERROR = 'Internal Server Error';

/** The headers of an error, less those about a body that is not ours, as strings. */
function withoutContent(headers: ProxyResult): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(
        ([name, value]) =>
          !/^content-(type|length|encoding)$/i.test(name) && /string|number|boolean/.test(typeof value),
      )
      .map(([name, value]) => [name, String(value)]),
  );
}
