import { decide, decideByOrigin, type RequestFacts } from '../core/decide.js';
import { isOrigin } from '../core/origins.js';
import type { CompiledPolicy, Decision, OriginFunction, PreflightAnswer } from '../core/policy.js';
import { type Accepted, accept, acceptPrelude } from '../events/accept.js';
import { mergeCommon } from '../events/common-result.js';
import { errorResult, makeErrorResult, makeResult } from '../events/error-result.js';
import { addTo, mergeHeaders } from '../events/merge.js';
import { readMethod, readOrigin, readRequest } from '../events/read.js';
import { exactSource, kindOfSource } from '../events/source.js';
import type { HttpEvent, ProxyResult, Source } from '../events/types.js';
import { type CorsOptions, tell } from './options.js';
import { tellRefused } from './refused.js';

/** A request over HTTP: all that is needed to answer it. Made once per invocation, never changed. */
export interface CorsRequest {
  /** That of an HTTP API also for a function URL: see `exactSource`. */
  readonly source: Source;
  readonly event: HttpEvent;
  readonly decision: Decision;
  readonly options: CorsOptions;
}

/** What a framework may still do with a result. */
export interface Surroundings {
  /** It streams a body that is a stream, if the source takes that. */
  readonly streams: boolean;
  /** What to add to the log about a result that is refused. */
  readonly hint: string;
}

/** `undefined` for an event that is not HTTP; a promise only where a function decides about origins. */
export function readCorsRequest(
  policy: CompiledPolicy,
  options: CorsOptions,
  given: unknown,
): CorsRequest | Promise<CorsRequest> | undefined {
  const source = kindOfSource(given);
  if (source === undefined) return undefined;
  const event = given as HttpEvent;
  const method = readMethod(event);
  // The answer may be the same for a refused origin, but `onRefused` wants to hear of it.
  if (method !== 'OPTIONS' && options.onRefused === undefined) {
    const { allowOrigins, actual } = policy;
    if (actual.vary === undefined) return { source, event, decision: actual, options };
    if (typeof allowOrigins === 'object') {
      return { source, event, decision: decideByOrigin(policy, readOrigin(event)), options };
    }
  }
  const facts = readRequest(method, event, policy.allowHeaders === '*' || options.onRefused !== undefined);
  return decideByAll(policy, options, source, event, facts);
}

function decideByAll(
  policy: CompiledPolicy,
  options: CorsOptions,
  source: Source,
  event: HttpEvent,
  facts: RequestFacts,
): CorsRequest | Promise<CorsRequest> {
  const { allowOrigins } = policy;
  const { origin } = facts;
  function decided(allowed: boolean): CorsRequest {
    const decision = decide(policy, facts, allowed);
    if (!allowed && origin !== undefined && options.onRefused) tellRefused(options, event, facts, decision);
    return { source, event, decision, options };
  }
  if (typeof allowOrigins === 'function') return askOrigin(allowOrigins, origin, event, options).then(decided);
  // Not `listsOrigin`, which remembers nothing.
  return decided(allowOrigins === '*' || (origin !== undefined && policy.decisionFor(origin) !== undefined));
}

/** The function sees only what a browser could send, so that its own string matching cannot be tricked by the rest. */
async function askOrigin(
  allowOrigins: OriginFunction,
  origin: string | undefined,
  event: HttpEvent,
  options: CorsOptions,
): Promise<boolean> {
  if (!isOrigin(origin)) return false;
  try {
    const answer: unknown = await allowOrigins(origin, event);
    if (typeof answer !== 'boolean') {
      tell(options, 'warn', `allowOrigins answered with a value of type ${typeof answer}; only true allows an origin`);
    }
    return answer === true;
  } catch (error) {
    tell(options, 'error', 'allowOrigins threw, so the origin is refused', error);
    return false;
  }
}

/** The whole response to a preflight: https://fetch.spec.whatwg.org/#cors-preflight-fetch */
export function answerPreflight({ source, decision }: CorsRequest, { status, body }: PreflightAnswer): ProxyResult {
  return makeResult(source, status, addTo({}, decision), body);
}

/**
 * What a handler returned, with its CORS headers, whatever its status; a 500 in place of what the source would not
 * accept. https://fetch.spec.whatwg.org/#http-responses
 */
export function finish(request: CorsRequest, result: unknown, surroundings?: Surroundings): ProxyResult {
  try {
    const common = request.source.map === 'headers' ? mergeCommon(result, request.decision) : undefined;
    return common ?? finishAccepted(request, acceptIn(request, result, surroundings), result, surroundings?.hint);
  } catch (error) {
    return replaceUnreadable(request, error);
  }
}

/** The same for status and headers that a handler sets before it streams the body. */
export function finishPrelude(request: CorsRequest, prelude: unknown): ProxyResult {
  return finishAccepted(request, acceptPrelude(exactSource(request.source, request.event), prelude), prelude);
}

function finishAccepted(
  { source, decision, options }: CorsRequest,
  accepted: Accepted,
  returned: unknown,
  hint = '',
): ProxyResult {
  if (typeof accepted === 'string') {
    tell(options, 'error', `the handler returned ${accepted}${hint}`);
    return mergeHeaders(source, makeErrorResult(source, 500), decision);
  }
  if (returned === undefined) {
    tell(
      options,
      'warn',
      'the handler returned undefined, which is sent as "null": return { statusCode: 204 } to send nothing',
    );
  }
  return mergeHeaders(source, accepted, decision);
}

/** The same for a result that others may still change: what the source would not accept stays as it is. */
export function merge(request: CorsRequest, result: unknown, surroundings?: Surroundings): unknown {
  try {
    const accepted = acceptIn(request, result, surroundings);
    return typeof accepted === 'string' ? result : mergeHeaders(request.source, accepted, request.decision);
  } catch (error) {
    return replaceUnreadable(request, error);
  }
}

function acceptIn({ source, event }: CorsRequest, result: unknown, surroundings?: Surroundings): Accepted {
  return accept(exactSource(source, event), result, surroundings?.streams);
}

/** The response in place of one that throws when it is read, or that JSON cannot hold. */
function replaceUnreadable({ source, decision, options }: CorsRequest, error: unknown): ProxyResult {
  tell(options, 'error', 'what the handler returned cannot be made into JSON', error);
  return mergeHeaders(source, makeErrorResult(source, 500), decision);
}

/** The response to an error. The gateway's own error page has no CORS headers, so a browser would hide the error. */
export async function recover(request: CorsRequest, error: unknown): Promise<ProxyResult> {
  const { source, event, decision, options } = request;
  let { result, exposed } = errorResult(source, error);
  try {
    const own = await options.onError?.(error, event);
    if (own !== undefined && own !== null) {
      const accepted = acceptIn(request, own);
      if (typeof accepted !== 'string') return mergeHeaders(source, accepted, decision);
      throw new TypeError(`onError returned ${accepted}`);
    }
  } catch (thrown) {
    tell(options, 'error', 'onError failed', thrown);
    result = makeErrorResult(source, 500);
    exposed = false;
  }
  if (!exposed) tell(options, (result.statusCode as number) < 500 ? 'warn' : 'error', 'the handler threw', error);
  return mergeHeaders(source, result, decision);
}
