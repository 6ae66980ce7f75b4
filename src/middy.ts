/**
 * `cors`, the policy as a middleware for Middy 6 and 7. No dependency besides your Middy.
 *
 * @packageDocumentation
 */
export type { CompiledPolicy, CorsPolicy, OriginFunction } from './core/policy.js';
export { CorsPolicyError, type PolicyIssue } from './core/policy-error.js';
export { type CorsMiddleware, cors, type MiddyRequest } from './wrap/middy.js';
export type { CorsLogger, CorsMiddlewareOptions, CorsOptions, RefusedRequest } from './wrap/options.js';
