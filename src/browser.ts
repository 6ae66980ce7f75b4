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
export { type InProcessOptions, inProcess } from './sources/in-process.js';
