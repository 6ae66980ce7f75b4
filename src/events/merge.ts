import { mergeVary } from '../core/headers.js';
import type { Decision } from '../core/policy.js';
import { type HeaderMap, isObject, type ProxyResult, type Source } from './types.js';

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
  const single = withoutCors(result.headers, decision, kept);
  const multi = withoutCors(result.multiValueHeaders, decision, kept);
  const headers = (source.map === 'headers' ? single : multi) ?? {};

  function set(name: string, value: string): void {
    headers[name] = source.map === 'headers' ? value : [value];
  }
  if (decision.origin !== undefined) set('Access-Control-Allow-Origin', decision.origin);
  for (const name in decision.headers) set(name, decision.headers[name] as string);
  if (decision.vary !== undefined) set('Vary', mergeVary(kept.vary, decision.vary));
  if (kept.expose !== '') set('Access-Control-Expose-Headers', kept.expose);

  const other: HeaderMap = source.map === 'headers' ? 'multiValueHeaders' : 'headers';
  const otherHeaders = source.map === 'headers' ? multi : single;
  return otherHeaders === undefined
    ? { ...result, [source.map]: headers }
    : { ...result, [other]: otherHeaders, [source.map]: headers };
}

/** A copy of a header map without what the decision is about to say; `undefined` for what is no map. */
function withoutCors(map: unknown, decision: Decision, kept: Kept): Headers | undefined {
  if (!isObject(map)) return undefined;
  const copy: Headers = { ...map };
  for (const name in copy) {
    if (name.length !== 4 && !name.startsWith('-', 6)) continue;
    switch (name.toLowerCase()) {
      case 'access-control-allow-origin':
      case 'access-control-allow-methods':
      case 'access-control-allow-headers':
      case 'access-control-allow-credentials':
      case 'access-control-max-age':
        break;
      case 'access-control-expose-headers':
        if (!decision.ownsExpose) kept.expose = join(kept.expose, copy[name]);
        break;
      case 'vary':
        if (decision.vary === undefined) continue;
        kept.vary = join(kept.vary, copy[name]);
        break;
      default:
        continue;
    }
    delete copy[name];
  }
  return copy;
}

function join(line: string, value: unknown): string {
  return [line, ...(Array.isArray(value) ? value : [value])]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(', ');
}
