export type { CompiledPolicy, CorsPolicy, OriginFunction } from './core/policy.js';
export { CorsPolicyError, type PolicyIssue } from './core/policy-error.js';
export { type CorsMiddleware, cors } from './wrap/middy.js';
export type { CorsLogger, CorsOptions, RefusedRequest } from './wrap/options.js';
