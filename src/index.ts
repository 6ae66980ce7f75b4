export { compilePolicy } from './core/compile.js';
export type { CompiledPolicy, CorsPolicy, OriginFunction } from './core/policy.js';
export { CorsPolicyError, type PolicyIssue } from './core/policy-error.js';
export type { ContextOf, LambdaHandler } from './handler.js';
export type { CorsLogger, CorsOptions } from './options.js';
export { type CorsHandler, withCors } from './with-cors.js';
