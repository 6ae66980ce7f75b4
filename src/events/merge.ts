import type { Decision } from '../core/policy.js';
import { mergeVary } from '../core/vary.js';
import { indexOfForbidden } from './result-fault.js';
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
      if (takes(name, value, decision, fromHandler)) delete (headers as Headers)[name];
    }
  }
  const { exposeHeaders = fromHandler.exposeHeaders, vary } = decision;
  const ours = addTo({}, { ...decision, exposeHeaders, vary: vary && mergeVary(fromHandler.vary, vary) });
  result[map] = { ...Object(result[map]), ...(map === 'headers' ? ours : inArrays(ours)) };
  return result;
}

/** The headers that are the policy's alone: the handler's own would contradict it. */
const OWNED = /^access-control-(allow-(origin|methods|headers|credentials)|max-age)$/i;

/** Whether the decision is about a header. What stays of the handler's value is noted. */
function takes(name: string, value: unknown, decision: Decision, fromHandler: FromHandler): boolean {
  if (OWNED.test(name)) return true;
  const lowerCase = name.toLowerCase();
  if (lowerCase === 'access-control-expose-headers') {
    fromHandler.exposeHeaders = append(fromHandler.exposeHeaders, value);
    return true;
  }
  // With nothing to merge it with, the handler's line stays as it is.
  if (lowerCase !== 'vary' || decision.vary === undefined) return false;
  fromHandler.vary = append(fromHandler.vary, value);
  return true;
}

/** A map that the source does not read may hold what no header can, and nobody has complained. */
function append(line: string | undefined, value: unknown): string {
  return [line, value]
    .flat()
    .filter((part) => typeof part === 'string' && part !== '' && indexOfForbidden(part) < 0)
    .join(', ');
}

/** Adds the headers of the decision to a map of ours. Unrolled: V8 is slow to set properties by a name it must look up. */
export function addTo(headers: Headers, decision: Decision): Headers {
  const { allowOrigin, allowMethods, allowHeaders, allowCredentials, exposeHeaders, maxAge, vary } = decision;
  if (allowOrigin !== undefined) headers['Access-Control-Allow-Origin'] = allowOrigin;
  if (allowMethods !== undefined) headers['Access-Control-Allow-Methods'] = allowMethods;
  if (allowHeaders !== undefined) headers['Access-Control-Allow-Headers'] = allowHeaders;
  if (allowCredentials !== undefined) headers['Access-Control-Allow-Credentials'] = allowCredentials;
  if (exposeHeaders) headers['Access-Control-Expose-Headers'] = exposeHeaders;
  if (maxAge !== undefined) headers['Access-Control-Max-Age'] = maxAge;
  if (vary !== undefined) headers.Vary = vary;
  return headers;
}

/** Each value as the only line of its header. */
export function inArrays(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}
