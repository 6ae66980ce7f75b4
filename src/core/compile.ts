import { withOrigin } from './decide.js';
import { originMatcher } from './origins.js';
import { isPlain } from './plain.js';
import type { CompiledPolicy, CorsPolicy, Decision, NormalPolicy, PreflightAnswer } from './policy.js';
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
  const isCopy = typeof (given as Partial<CompiledPolicy> | null)?.listsOrigin === 'function';
  const result = precompute(validatePolicy(isCopy ? withoutPrecomputed(given as CompiledPolicy) : given));
  compiled.add(result);
  return result;
}

/** A policy that another copy of this module has compiled, as it was written: ES modules and CommonJS have one each. */
function withoutPrecomputed(policy: CompiledPolicy): CorsPolicy {
  // What only inherits from one has other keys than it seems to have: it must not lose them, and allow everyone.
  const { listsOrigin, decisionFor, actual, actualRefused, preflight, preflightRefused, ...written } = policy;
  return isPlain(policy) ? written : policy;
}

function precompute(policy: NormalPolicy): CompiledPolicy {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } = policy;
  const listed = typeof allowOrigins === 'object' ? allowOrigins : [];
  const only = listed.length === 1 && !listed[0]?.includes('*') ? listed[0] : undefined;
  // Where there is one value for everyone, everyone gets it. To send it only to those who send that origin would need
  // `Vary: Origin` for nothing: https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches
  const allowOrigin = allowOrigins === '*' ? '*' : only;
  const actual: Decision = {
    preflight: undefined,
    allowOrigin,
    // With credentials a browser takes `*` for a name like any other, so it is not sent, and preflights name what was
    // asked for: https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
    allowMethods: join(allowMethods, allowCredentials ? undefined : '*'),
    // The wildcard does not cover Authorization: https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
    allowHeaders: join(allowHeaders, allowCredentials ? undefined : '*,Authorization'),
    // `false` would mean the same as nothing: https://fetch.spec.whatwg.org/#http-access-control-allow-credentials
    allowCredentials: allowCredentials ? 'true' : undefined,
    exposeHeaders: join(exposeHeaders, '*'),
    maxAge: undefined,
    // Also on responses that carry no other CORS header: a cache would hand those to the next origin.
    vary: allowOrigin === undefined ? 'Origin' : undefined,
  };
  const preflight: Decision = {
    ...actual,
    preflight: ALLOWED,
    exposeHeaders: undefined,
    maxAge: String(maxAge),
    vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  };
  // One string is compared with one other faster than it is hashed.
  const listsOrigin = allowOrigin === undefined ? originMatcher(listed) : (origin: string) => origin === only;
  const remembered = new Map<string, Decision>();
  // Most requests come from the same few pages, and to compare two strings is faster than to hash one. An origin has
  // its place by its length and by what follows `https://`, so that there is one to compare it with.
  const recent = Array.from<Decision | undefined>({ length: RECENT });
  function decisionFor(origin: string): Decision | undefined {
    const at = (origin.length + origin.charCodeAt(8)) & (RECENT - 1);
    const latest = recent[at];
    if (latest !== undefined && latest.allowOrigin === origin) return latest;
    let decision = remembered.get(origin);
    if (decision === undefined) {
      if (!listsOrigin(origin)) return undefined;
      decision = withOrigin(actual, origin);
      if (remembered.size < MAX_REMEMBERED) remembered.set(origin, decision);
    }
    recent[at] = decision;
    return decision;
  }
  return Object.freeze({
    ...policy,
    listsOrigin,
    decisionFor,
    actual: Object.freeze(actual),
    actualRefused: refusalOf(actual, undefined),
    preflight: Object.freeze(preflight),
    preflightRefused: refusalOf(preflight, REFUSED),
  });
}

/** Real traffic has a handful of origins. A pattern allows any number, so what is remembered is then left alone. */
const MAX_REMEMBERED = 64;
/** A power of two. */
const RECENT = 16;

/** https://fetch.spec.whatwg.org/#cors-preflight-fetch: a status from 200 to 299 is needed, a body is not. */
const ALLOWED: PreflightAnswer = Object.freeze({ status: 204, body: undefined });
/** To a browser any answer without Access-Control-Allow-Origin refuses; the status says the same to people and logs. */
const REFUSED: PreflightAnswer = Object.freeze({ status: 403, body: '{"message":"CORS: origin not allowed"}' });

/** The same for an origin that is not allowed: only what keeps caches right, and the handler from allowing it. */
function refusalOf({ exposeHeaders, vary }: Decision, preflight: PreflightAnswer | undefined): Decision {
  return Object.freeze({
    preflight,
    allowOrigin: undefined,
    allowMethods: undefined,
    allowHeaders: undefined,
    allowCredentials: undefined,
    exposeHeaders: exposeHeaders && '',
    maxAge: undefined,
    vary,
  });
}

function join(names: '*' | readonly string[], wildcard: string | undefined): string | undefined {
  return (names === '*' ? wildcard : names.join(',')) || undefined;
}
