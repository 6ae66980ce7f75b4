/**
 * `withCors`, a CORS policy around a Lambda handler, and the policy itself. No dependency, and nothing of Node.js.
 *
 * @packageDocumentation
 */
export { compilePolicy } from './core/compile.js';
export type { CompiledPolicy, CorsPolicy, OriginFunction } from './core/policy.js';
export { CorsPolicyError, type PolicyIssue } from './core/policy-error.js';
export type { ContextOf, LambdaHandler } from './wrap/handler.js';
export type { CorsLogger, CorsOptions, RefusedRequest } from './wrap/options.js';
export { type CorsHandler, withCors } from './wrap/with-cors.js';
