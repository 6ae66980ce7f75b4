import type { Decision } from '../core/policy.js';
import { isToken } from '../core/tokens.js';
import { addTo } from './merge.js';
import { indexOfForbidden } from './result-fault.js';
import { isStatus } from './status.js';
import type { ProxyResult } from './types.js';

// Most results by the shortest way. tests/property/fast-path.test.ts holds the answers equal to those of accept.ts and
// merge.ts. Unrolled, and with literals in place of spreads, because V8 is several times as fast at that.

/**
 * A result with the headers of the decision, if it is what nearly all handlers return: a status, a text, and headers
 * that are strings and that CORS has nothing to do with; otherwise `undefined`. The source must read `headers`. Each
 * property is read once.
 */
export function mergeCommon(result: unknown, decision: Decision): ProxyResult | undefined {
  if (!isOrdinary(result)) return undefined;
  const { statusCode, headers, body, isBase64Encoded } = result;
  if (typeof body !== 'string' || !isStatus(statusCode)) return undefined;
  if (headers !== undefined && !isOrdinary(headers)) return undefined;
  if (isBase64Encoded !== undefined && typeof isBase64Encoded !== 'boolean') return undefined;
  // A bit for each key that must be there, since JSON has only those that can be enumerated.
  let unseen = 3 + (headers === undefined ? 0 : 4) + (isBase64Encoded === undefined ? 0 : 8);
  for (const key in result) {
    if (key === 'statusCode') unseen &= ~1;
    else if (key === 'body') unseen &= ~2;
    else if (key === 'headers') unseen &= ~4;
    else if (key === 'isBase64Encoded') unseen &= ~8;
    else return undefined;
  }
  if (unseen !== 0) return undefined;

  const copy: Record<string, unknown> = { ...(headers as ProxyResult | undefined) };
  for (const name in copy) {
    const value = copy[name];
    if (value !== 'application/json' && (typeof value !== 'string' || indexOfForbidden(value) >= 0)) return undefined;
    if (name !== 'Content-Type' && !seen.has(name) && !isIndifferent(name)) return undefined;
  }
  addTo(copy, decision);
  return isBase64Encoded === undefined
    ? { statusCode, headers: copy, body }
    : { statusCode, headers: copy, body, isBase64Encoded };
}

/**
 * Made by a literal, so that it inherits nothing, and not one that says itself what JSON makes of it. In this order: V8
 * knows the prototype of what it has just read a property of.
 */
function isOrdinary(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as ProxyResult).toJSON === undefined &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}

/** Names of headers that have been looked at, so many and no more: a function sets few. */
const seen = new Set<string>();
const MAX_SEEN = 64;

/** Whether a name is that of a header that no policy says anything about. */
function isIndifferent(name: string): boolean {
  const lowerCase = name.toLowerCase();
  if (lowerCase === 'vary' || lowerCase.startsWith('access-control-') || !isToken(name)) return false;
  if (seen.size < MAX_SEEN) seen.add(name);
  return true;
}
