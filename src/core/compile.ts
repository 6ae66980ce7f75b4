import { indexOrigins } from './origins.js';
import type { CompiledPolicy, CorsPolicy, Decision, NormalPolicy, Sound } from './policy.js';
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
export function compilePolicy<const P extends CorsPolicy>(policy?: P & Sound<P>): CompiledPolicy {
  const given: CorsPolicy | CompiledPolicy = policy === undefined ? {} : policy;
  if (compiled.has(given)) return given as CompiledPolicy;
  const result = precompute(validatePolicy(given as CorsPolicy));
  compiled.add(result);
  return result;
}

function precompute(policy: NormalPolicy): CompiledPolicy {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge } = policy;
  const list = Array.isArray(allowOrigins) ? allowOrigins : [];
  // https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches: one value for everyone is always sent, without Vary.
  const [first, ...others] = allowOrigins === '*' ? ['*'] : list;
  const origin = others.length > 0 || (first?.includes('*') && first !== '*') ? undefined : first;

  const both: Record<string, string> = {};
  function add(name: string, value: string): void {
    if (value !== '') both[name] = value;
  }
  // With credentials `*` is just a name to a browser: preflights then echo what was asked for.
  add('Access-Control-Allow-Methods', allowMethods === '*' ? (allowCredentials ? '' : '*') : allowMethods.join(','));
  // The wildcard does not cover Authorization: https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
  add(
    'Access-Control-Allow-Headers',
    allowHeaders === '*' ? (allowCredentials ? '' : '*,Authorization') : allowHeaders.join(','),
  );
  if (allowCredentials) add('Access-Control-Allow-Credentials', 'true');

  const exposed = exposeHeaders === '*' ? '*' : exposeHeaders.join(',');
  const actual: Decision = {
    preflight: false,
    origin,
    headers: exposed === '' ? both : { ...both, 'Access-Control-Expose-Headers': exposed },
    vary: origin === undefined ? 'Origin' : undefined,
    ownsExpose: exposed !== '',
  };
  const preflight: Decision = {
    preflight: true,
    origin,
    headers: { ...both, 'Access-Control-Max-Age': String(maxAge) },
    vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    ownsExpose: true,
  };
  return Object.freeze({
    ...policy,
    origins: indexOrigins(list),
    actual: freeze(actual),
    actualRefused: freeze({ ...actual, origin: undefined, headers: {} }),
    preflight: freeze(preflight),
    preflightRefused: freeze({ ...preflight, origin: undefined, headers: {} }),
  });
}

function freeze(decision: Decision): Decision {
  Object.freeze(decision.headers);
  return Object.freeze(decision);
}
