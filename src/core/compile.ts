import { originMatcher } from './origins.js';
import type { CompiledPolicy, CorsPolicy, Decision, NormalPolicy, PreflightAnswer } from './policy.js';
import type { Sound } from './sound-policy.js';
import { validatePolicy } from './validate.js';

const compiled = new WeakSet<object>();

/**
 * Validates a policy once and precomputes what responses carry, so that several handlers can share it.
 *
 * @param policy What the user wrote; any origin without credentials when left out. A compiled policy is returned as it is.
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

/** The policy as it was written, of one that another copy of this module has compiled: ES modules and CommonJS have one each. */
function withoutPrecomputed(policy: CorsPolicy | CompiledPolicy): CorsPolicy {
  if (typeof (policy as Partial<CompiledPolicy> | null)?.listsOrigin !== 'function') return policy;
  const { listsOrigin, actual, actualRefused, preflight, preflightRefused, ...written } = policy as CompiledPolicy;
  return written;
}

function precompute(policy: NormalPolicy): CompiledPolicy {
  const { allowOrigins, allowCredentials, maxAge } = policy;
  const listed = typeof allowOrigins === 'object' ? allowOrigins : [];
  // With credentials `*` is just a name to a browser: preflights then echo what was asked for. And it does not cover
  // Authorization: https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
  const allowMethods = join(policy.allowMethods, allowCredentials ? '' : '*');
  const allowHeaders = join(policy.allowHeaders, allowCredentials ? '' : '*,Authorization');
  const allowOrigin = allowOrigins === '*' ? '*' : onlyOrigin(listed);

  const actual: Decision = {
    preflight: undefined,
    allowOrigin,
    allowMethods,
    allowHeaders,
    allowCredentials: allowCredentials ? 'true' : undefined,
    exposeHeaders: join(policy.exposeHeaders, '*'),
    maxAge: undefined,
    // https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches: one value for everyone needs no Vary.
    vary: allowOrigin === undefined ? 'Origin' : undefined,
  };
  const preflight: Decision = {
    ...actual,
    preflight: ALLOWED,
    exposeHeaders: '',
    maxAge: String(maxAge),
    vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  };
  return Object.freeze({
    ...policy,
    // No hash has to be made of a string that is compared with one other.
    listsOrigin: allowOrigin === undefined ? originMatcher(listed) : (origin) => origin === allowOrigin,
    actual: Object.freeze(actual),
    actualRefused: refuse(actual),
    preflight: Object.freeze(preflight),
    preflightRefused: refuse(preflight),
  });
}

/** https://fetch.spec.whatwg.org/#cors-preflight-fetch: any status from 200 to 299 passes. */
const ALLOWED: PreflightAnswer = Object.freeze({ status: 204, message: undefined });
/** A browser would refuse any answer without Access-Control-Allow-Origin; the status tells people the same. */
const REFUSED: PreflightAnswer = Object.freeze({ status: 403, message: 'CORS: origin not allowed' });

/** The one origin of a policy that has just one and no pattern. */
function onlyOrigin([first, ...others]: readonly string[]): string | undefined {
  return others.length > 0 || first?.includes('*') ? undefined : first;
}

function join(names: '*' | readonly string[], wildcard: string): string | undefined {
  return (names === '*' ? wildcard : names.join(',')) || undefined;
}

/** The same for an origin that is not allowed: nothing but what keeps caches and the handler right. */
function refuse({ preflight, vary, exposeHeaders }: Decision): Decision {
  return Object.freeze({
    preflight: preflight && REFUSED,
    allowOrigin: undefined,
    allowMethods: undefined,
    allowHeaders: undefined,
    allowCredentials: undefined,
    exposeHeaders: exposeHeaders && '',
    maxAge: undefined,
    vary,
  });
}
