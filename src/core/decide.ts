import { echoHeaderNames, echoMethod } from './echo.js';
import type { CompiledPolicy, Decision } from './policy.js';

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
 * https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * `allowed` tells whether the policy allows the request's origin. A static policy answers anything but a preflight the
 * same either way: https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches
 */
export function decide(policy: CompiledPolicy, request: RequestFacts, allowed: boolean): Decision {
  if (isPreflight(request)) {
    return allowed ? allowPreflight(policy, request) : policy.preflightRefused;
  }
  const { actual } = policy;
  if (actual.vary === undefined) return actual;
  return allowed ? withOrigin(actual, request.origin) : policy.actualRefused;
}

/** The same for what cannot be a preflight, unless a function decides: no header but `origin` is looked at. */
export function decideByOrigin(policy: CompiledPolicy, origin: string | undefined): Decision {
  return (origin === undefined ? undefined : policy.decisionFor(origin)) ?? policy.actualRefused;
}

/**
 * OPTIONS with both headers, and nothing else: https://fetch.spec.whatwg.org/#cors-preflight-request
 * Not every OPTIONS request: a page may send OPTIONS itself, and then with an `Origin` too.
 */
export function isPreflight({ method, origin, requestMethod }: Omit<RequestFacts, 'requestHeaders'>): boolean {
  return method === 'OPTIONS' && origin !== undefined && requestMethod !== undefined;
}

/**
 * The answer names all that the policy allows, whatever was asked for, so that the browser's console can name the
 * method or header at fault. To answer 403 for those would hide it behind a failed CORS check, which comes first:
 * https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
function allowPreflight(policy: CompiledPolicy, request: RequestFacts): Decision {
  const { preflight, allowCredentials, allowMethods, allowHeaders } = policy;
  const { origin, requestMethod = '', requestHeaders = '' } = request;
  const decision = preflight.allowOrigin === undefined ? withOrigin(preflight, origin) : preflight;
  if (!allowCredentials || (allowMethods !== '*' && allowHeaders !== '*')) return decision;
  // With credentials `*` is a name like any other to a browser, so what was asked for is named instead:
  // https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
  return {
    ...decision,
    allowMethods: allowMethods === '*' ? echoMethod(requestMethod) : decision.allowMethods,
    allowHeaders: allowHeaders === '*' ? echoHeaderNames(requestHeaders) : decision.allowHeaders,
  };
}

/**
 * The decision with the request's own origin, byte by byte, as the CORS check compares it:
 * https://fetch.spec.whatwg.org/#cors-check
 * Unrolled, because V8 is slow to spread a frozen object.
 */
export function withOrigin(decision: Decision, allowOrigin: string | undefined): Decision {
  const { preflight, allowMethods, allowHeaders, allowCredentials, exposeHeaders, maxAge, vary } = decision;
  return { preflight, allowOrigin, allowMethods, allowHeaders, allowCredentials, exposeHeaders, maxAge, vary };
}
