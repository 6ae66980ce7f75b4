import { originMatcher } from './origins.js';
import type { CompiledPolicy, CorsPolicy, Decision, NormalPolicy, PreflightAnswer } from './policy.js';
import { CORS_FIELDS, type CorsField, type CorsResponseHeader } from './response-headers.js';
import type { Sound } from './sound-policy.js';
import { validatePolicy } from './validate.js';

const compiled = new WeakSet<object>();

/**
 * Validates a policy once and precomputes what responses carry, so that several handlers can share it.
 *
 * @param policy What the user wrote. Default: any origin, without credentials. A compiled policy is returned as it is.
 * @throws {CorsPolicyError} With every fault of the policy.
 * @example
 * const policy = compilePolicy({ allowOrigins: ['https://app.example.com', 'https://*.example.com'] })
 * export const list = withCors(listNotes, policy)
 * export const create = withCors(createNote, policy)
 */
export function compilePolicy<const P extends CorsPolicy & Sound<P>>(policy?: P): CompiledPolicy {
  const given: CorsPolicy | CompiledPolicy = policy === undefined ? {} : policy;
  if (compiled.has(given)) return given as CompiledPolicy;
  const result = precompute(validatePolicy(withoutPrecomputed(given)));
  compiled.add(result);
  return result;
}

/** A policy that another copy of this module has compiled, as it was written: ES modules and CommonJS have one each. */
function withoutPrecomputed(policy: CorsPolicy | CompiledPolicy): CorsPolicy {
  if (typeof (policy as Partial<CompiledPolicy> | null)?.listsOrigin !== 'function') return policy;
  const { listsOrigin, actual, actualRefused, preflight, preflightRefused, ...written } = policy as CompiledPolicy;
  return written;
}

function precompute(policy: NormalPolicy): CompiledPolicy {
  const { allowOrigins } = policy;
  const actual = decisionOf(policy, undefined);
  const preflight = decisionOf(policy, ALLOWED);
  const { allowOrigin } = actual;
  return Object.freeze({
    ...policy,
    // One string is compared with one other faster than it is hashed.
    listsOrigin:
      allowOrigin === undefined
        ? originMatcher(typeof allowOrigins === 'object' ? allowOrigins : [])
        : (origin) => origin === allowOrigin,
    actual,
    actualRefused: refusalOf(actual, undefined),
    preflight,
    preflightRefused: refusalOf(preflight, REFUSED),
  });
}

/** https://fetch.spec.whatwg.org/#cors-preflight-fetch: a status from 200 to 299 is needed, a body is not. */
const ALLOWED: PreflightAnswer = Object.freeze({ status: 204, message: undefined });
/** To a browser any answer without Access-Control-Allow-Origin refuses; the status says the same to people and logs. */
const REFUSED: PreflightAnswer = Object.freeze({ status: 403, message: 'CORS: origin not allowed' });

function decisionOf(policy: NormalPolicy, preflight: PreflightAnswer | undefined): Decision {
  const elsewhere = preflight === undefined ? 'preflights' : 'other responses';
  return makeDecision(preflight, (_field, { on, value }) =>
    on === elsewhere ? undefined : value(policy, preflight !== undefined),
  );
}

/** The same for an origin that is not allowed: only what keeps caches right, and the handler from allowing it. */
function refusalOf(decision: Decision, preflight: PreflightAnswer | undefined): Decision {
  return makeDecision(preflight, (field, { fromHandler }) => {
    if (fromHandler === 'merged') return decision[field];
    return fromHandler === 'kept' && decision[field] !== undefined ? '' : undefined;
  });
}

function makeDecision(
  preflight: PreflightAnswer | undefined,
  choose: (field: CorsField, row: CorsResponseHeader) => string | undefined,
): Decision {
  const values = CORS_FIELDS.map(([field, row]) => [field, choose(field, row)] as const);
  return Object.freeze({ preflight, ...(Object.fromEntries(values) as Record<CorsField, string | undefined>) });
}
