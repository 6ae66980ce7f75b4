import type { Decision } from '../core/policy.js';
import { mergeVary } from '../core/vary.js';
import { indexOfForbidden } from './result-fault.js';
import { isText, type OwnResult, type ProxyResult, type Source } from './types.js';

type Headers = Record<string, unknown>;

/** What the decision is about. The handler's own would contradict it, and two lines of a header would be one wrong one. */
const OURS = /^(access-control-(allow-(origin|methods|headers|credentials)|expose-headers|max-age)|vary)$/i;

/**
 * The result with the CORS headers of the decision, each once, in the one map that the source reads; those that the
 * handler set, in any casing and in either map, are gone. Nothing else changes. The result is one of ours, and is
 * changed.
 *
 * To set a header beside the handler's own spelling of it would send two lines, and a browser joins them into a value
 * that fails the CORS check: https://fetch.spec.whatwg.org/#concept-header-list-get
 */
export function mergeHeaders({ map }: Source, result: OwnResult, decision: Decision): ProxyResult {
  const { vary } = decision;
  const lines: Record<string, unknown[]> = {};
  for (const headers of [result.headers, result.multiValueHeaders] as Headers[]) {
    for (const [name, value] of Object.entries(headers ?? {})) {
      const key = name.toLowerCase();
      // With nothing to merge it with, the handler's `Vary` stays as it is.
      if (!OURS.test(name) || (key === 'vary' && vary === undefined)) continue;
      delete headers[name];
      lines[key] = [lines[key] ?? [], value].flat(2);
    }
  }
  /** What stays of the handler's. A map that the source does not read may hold what no header can. */
  function lineOf(key: string): string {
    return (lines[key] ?? []).filter((part) => isText(part) && part && indexOfForbidden(part) < 0).join(', ');
  }
  const exposeHeaders = decision.exposeHeaders ?? lineOf('access-control-expose-headers');
  const ours = addTo({}, { ...decision, exposeHeaders, vary: vary && mergeVary(lineOf('vary'), vary) });
  result[map] = { ...(result[map] as Headers), ...(map === 'headers' ? ours : inArrays(ours)) };
  return result;
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
