/**
 * `withCorsStreaming`, the policy around a handler of streamed responses. No dependency, and nothing of Node.js.
 *
 * @packageDocumentation
 */
export type { CompiledPolicy, CorsPolicy, OriginFunction } from './core/policy.js';
export { CorsPolicyError, type PolicyIssue } from './core/policy-error.js';
export type { ContextOf } from './wrap/handler.js';
export type { CorsLogger, CorsOptions, RefusedRequest } from './wrap/options.js';
export { type CorsStreamingHandler, type StreamingHandler, withCorsStreaming } from './wrap/streaming.js';
