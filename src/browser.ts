/**
 * The browser's half of CORS, for tests: `browse` makes a request as a browser does for a page, and `inProcess` brings it
 * to a handler without a network. The other functions are its parts, each a rule of the Fetch Standard by itself. Nothing
 * of Node.js.
 *
 * @packageDocumentation
 */
export { type BrowseOptions, browse } from './browser/browse.js';
export { corsCheck } from './browser/cors-check.js';
export { ENGINES, type Engine, type EngineName } from './browser/engine.js';
export { isForbiddenRequestHeader } from './browser/forbidden-headers.js';
export { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from './browser/methods.js';
export { type CacheEntry, createPreflightCache, type PreflightCache } from './browser/preflight-cache.js';
export { type PreflightGrant, type PreflightQuestion, parseMaxAge, preflightCheck } from './browser/preflight-check.js';
export { preflightReasons, preflightRequest } from './browser/preflight-request.js';
export { readableHeaders } from './browser/readable.js';
export { requestFault } from './browser/request-fault.js';
export type {
  Allowed,
  Body,
  CheckError,
  CorsError,
  CredentialsMode,
  Exchange,
  Fault,
  HeaderLine,
  HeaderLines,
  NetError,
  Page,
  PageError,
  PageRequest,
  PreflightReason,
  Refused,
  Tainting,
  Transport,
  Verdict,
  WireRequest,
  WireResponse,
} from './browser/types.js';
export { isSameOrigin } from './browser/url.js';
export type { CompiledPolicy, CorsPolicy, OriginFunction } from './core/policy.js';
export { type InProcessOptions, inProcess } from './sources/in-process.js';
export type {
  GatewayAuthorizer,
  GatewayCors,
  GatewayFault,
  GatewayHandler,
  GatewayResponses,
  GatewaySettings,
  GatewaySource,
  NodejsRuntime,
} from './sources/settings.js';
