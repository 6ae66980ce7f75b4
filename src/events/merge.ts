import type { Decision } from '../core/policy.js';
import { mergeVary } from '../core/tokens.js';
import { isObject, type ProxyResult, type Source } from './types.js';

type Headers = Record<string, unknown>;

/** Values that the handler set and that are kept, each in one line. */
interface Kept {
  vary: string;
  expose: string;
}

/**
 * A copy of the result with the CORS headers of the decision, each once, in the one map that the source reads;
 * those that the handler set, in any casing and in either map, are gone. Nothing else changes.
 */
export function mergeHeaders(source: Source, result: ProxyResult, decision: Decision): ProxyResult {
  const kept: Kept = { vary: '', expose: '' };
  const headers = withoutCors(result.headers, decision, kept);
  const multiValueHeaders = withoutCors(result.multiValueHeaders, decision, kept);

  const merged: Record<string, unknown> = { ...result };
  if (headers !== undefined) merged.headers = headers;
  if (multiValueHeaders !== undefined) merged.multiValueHeaders = multiValueHeaders;
  if (source.map === 'headers') merged.headers = withCors(headers ?? {}, decision, kept);
  else merged.multiValueHeaders = { ...multiValueHeaders, ...inArrays(withCors({}, decision, kept)) };
  return merged;
}

/**
 * A copy of a header map without what the decision speaks of; `undefined` for what is no map. Made name by name: to add
 * to an object that was spread costs V8 of Node.js 20 a microsecond.
 */
function withoutCors(map: unknown, decision: Decision, kept: Kept): Headers | undefined {
  if (!isObject(map)) return undefined;
  const copy: Headers = {};
  for (const name of Object.keys(map)) {
    const value = map[name];
    // `Vary` and `access-control-…` are told from nearly all others without a copy in lower case.
    if ((name.length === 4 || name[6] === '-') && takes(name.toLowerCase(), value, decision, kept)) continue;
    if (name !== '__proto__') copy[name] = value;
    else Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return copy;
}

/** Whether the decision speaks of a header; a value of the handler's that stays is kept. */
function takes(name: string, value: unknown, { exposeHeaders, vary }: Decision, kept: Kept): boolean {
  switch (name) {
    case 'access-control-allow-origin':
    case 'access-control-allow-methods':
    case 'access-control-allow-headers':
    case 'access-control-allow-credentials':
    case 'access-control-max-age':
      return true;
    case 'access-control-expose-headers':
      if (exposeHeaders === undefined) kept.expose = append(kept.expose, value);
      return true;
    case 'vary':
      if (vary !== undefined) kept.vary = append(kept.vary, value);
      return vary !== undefined;
    default:
      return false;
  }
}

function append(line: string, value: unknown): string {
  return [line, value]
    .flat()
    .filter((part) => typeof part === 'string' && part !== '')
    .join(', ');
}

/** Adds the headers of the decision to a map of ours. */
function withCors(headers: Headers, decision: Decision, kept: Kept): Headers {
  const { allowOrigin, allowMethods, allowHeaders, allowCredentials, maxAge, vary } = decision;
  const exposeHeaders = decision.exposeHeaders ?? kept.expose;
  if (allowOrigin !== undefined) headers['Access-Control-Allow-Origin'] = allowOrigin;
  if (allowMethods !== undefined) headers['Access-Control-Allow-Methods'] = allowMethods;
  if (allowHeaders !== undefined) headers['Access-Control-Allow-Headers'] = allowHeaders;
  if (allowCredentials !== undefined) headers['Access-Control-Allow-Credentials'] = allowCredentials;
  if (exposeHeaders !== '') headers['Access-Control-Expose-Headers'] = exposeHeaders;
  if (maxAge !== undefined) headers['Access-Control-Max-Age'] = maxAge;
  if (vary !== undefined) headers.Vary = mergeVary(kept.vary, vary);
  return headers;
}

/** Each value as the only line of its header. */
export function inArrays(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}
