import type { Decision } from '../core/policy.js';
import { mergeVary } from '../core/vary.js';
import { isObject, type OwnResult, type ProxyResult, type Source } from './types.js';

type Headers = Record<string, unknown>;

/** Values that the handler set and that stay, each in one line. */
interface FromHandler {
  exposeHeaders?: string;
  vary?: string;
}

/**
 * The result with the CORS headers of the decision, each once, in the one map that the source reads; those that the
 * handler set, in any casing and in either map, are gone. Nothing else changes. The result is one of ours, and is
 * changed.
 *
 * To set a header beside the handler's own spelling of it would send two lines, and a browser joins them into a value
 * that fails the CORS check: https://fetch.spec.whatwg.org/#concept-header-list-get
 */
export function mergeHeaders({ map }: Source, result: OwnResult, decision: Decision): ProxyResult {
  const fromHandler: FromHandler = {};
  for (const headers of [result.headers, result.multiValueHeaders]) {
    if (!isObject(headers)) continue;
    for (const [name, value] of Object.entries(headers)) {
      if (takes(name.toLowerCase(), value, decision, fromHandler)) delete (headers as Headers)[name];
    }
  }
  const ours = addTo({}, decision, fromHandler);
  result[map] = { ...Object(result[map]), ...(map === 'headers' ? ours : inArrays(ours)) };
  return result;
}

/** Whether the decision is about a header. What stays of the handler's value is noted. */
function takes(lowerCase: string, value: unknown, decision: Decision, fromHandler: FromHandler): boolean {
  switch (lowerCase) {
    case 'access-control-allow-origin':
    case 'access-control-allow-methods':
    case 'access-control-allow-headers':
    case 'access-control-allow-credentials':
    case 'access-control-max-age':
      return true;
    case 'access-control-expose-headers':
      if (decision.exposeHeaders === undefined) fromHandler.exposeHeaders = append(fromHandler.exposeHeaders, value);
      return true;
    case 'vary':
      // With nothing to merge it with, the handler's line stays as it is.
      if (decision.vary === undefined) return false;
      fromHandler.vary = append(fromHandler.vary, value);
      return true;
    default:
      return false;
  }
}

function append(line: string | undefined, value: unknown): string {
  return [line, value]
    .flat()
    .filter((part) => typeof part === 'string' && part !== '')
    .join(', ');
}

/** Adds the headers of the decision to a map of ours. Unrolled: V8 is slow to set properties by a name it must look up. */
function addTo(headers: Headers, decision: Decision, fromHandler: FromHandler): Headers {
  const { allowOrigin, allowMethods, allowHeaders, allowCredentials, maxAge, vary } = decision;
  const exposeHeaders = decision.exposeHeaders ?? fromHandler.exposeHeaders;
  if (allowOrigin !== undefined) headers['Access-Control-Allow-Origin'] = allowOrigin;
  if (allowMethods !== undefined) headers['Access-Control-Allow-Methods'] = allowMethods;
  if (allowHeaders !== undefined) headers['Access-Control-Allow-Headers'] = allowHeaders;
  if (allowCredentials !== undefined) headers['Access-Control-Allow-Credentials'] = allowCredentials;
  if (exposeHeaders) headers['Access-Control-Expose-Headers'] = exposeHeaders;
  if (maxAge !== undefined) headers['Access-Control-Max-Age'] = maxAge;
  if (vary !== undefined) headers.Vary = mergeVary(fromHandler.vary, vary);
  return headers;
}

/** Each value as the only line of its header. */
export function inArrays(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}
