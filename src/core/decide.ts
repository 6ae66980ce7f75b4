import type { CompiledPolicy, Decision } from './policy.js';
import { echoHeaderNames, isToken } from './tokens.js';

/** All that the CORS protocol reads of a request. */
export interface RequestFacts {
  readonly method: string;
  readonly origin: string | undefined;
  /** Access-Control-Request-Method. */
  readonly requestMethod: string | undefined;
  /** Access-Control-Request-Headers. */
  readonly requestHeaders: string | undefined;
}

/**
 * What the response to a request carries. Pure and total; allocates only where the answer depends on the request.
 *
 * `allowed` tells whether the policy allows the request's origin. A static policy's answer to anything but a
 * preflight is the same either way: https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches
 */
export function decide(policy: CompiledPolicy, request: RequestFacts, allowed: boolean): Decision {
  if (isPreflight(request)) {
    return allowed ? allowPreflight(policy, request) : policy.preflightRefused;
  }
  const { actual } = policy;
  if (actual.vary === undefined) return actual;
  return allowed ? withOrigin(actual, request.origin) : policy.actualRefused;
}

/** The decision where no header of the request can change it, so that none has to be looked for. */
export function decideByMethod({ actual }: CompiledPolicy, method: string): Decision | undefined {
  return actual.vary === undefined && method !== 'OPTIONS' ? actual : undefined;
}

/** https://fetch.spec.whatwg.org/#cors-preflight-request: OPTIONS with both headers, and nothing else. */
function isPreflight({ method, origin, requestMethod }: RequestFacts): boolean {
  return method === 'OPTIONS' && origin !== undefined && requestMethod !== undefined;
}

function allowPreflight(policy: CompiledPolicy, request: RequestFacts): Decision {
  const { preflight, allowCredentials, allowMethods, allowHeaders } = policy;
  const { origin, requestMethod = '', requestHeaders = '' } = request;
  const decision = preflight.allowOrigin === undefined ? withOrigin(preflight, origin) : preflight;
  if (!allowCredentials || (allowMethods !== '*' && allowHeaders !== '*')) return decision;
  // With credentials a literal `*` is just a name, so what was asked for is named instead.
  return {
    ...decision,
    allowMethods: allowMethods !== '*' ? decision.allowMethods : isToken(requestMethod) ? requestMethod : undefined,
    allowHeaders: allowHeaders !== '*' ? decision.allowHeaders : echoHeaderNames(requestHeaders),
  };
}

/** The decision with the request's own origin. Written out: V8 is slow to spread what is frozen. */
function withOrigin(decision: Decision, allowOrigin: string | undefined): Decision {
  const { preflight, allowMethods, allowHeaders, allowCredentials, exposeHeaders, maxAge, vary } = decision;
  return { preflight, allowOrigin, allowMethods, allowHeaders, allowCredentials, exposeHeaders, maxAge, vary };
}
