import { decide, decideByMethod } from '../core/decide.js';
import { isOrigin } from '../core/origins.js';
import type { CompiledPolicy, Decision, OriginFunction, PreflightAnswer } from '../core/policy.js';
import { accept } from '../events/accept.js';
import { errorResult, makeResult, SERVER_ERROR } from '../events/error-result.js';
import { mergeHeaders } from '../events/merge.js';
import { readRequest } from '../events/read.js';
import type { HttpEvent, ProxyResult, Source } from '../events/types.js';
import { type CorsOptions, tell } from './options.js';

/** What the policy says about the request in an event; a promise only where a function decides about origins. */
export function decideFor(
  policy: CompiledPolicy,
  source: Source,
  event: HttpEvent,
  options: CorsOptions,
): Decision | Promise<Decision> {
  const method = source.method(event);
  const decision = decideByMethod(policy, method);
  if (decision !== undefined) return decision;
  const request = readRequest(method, event);
  const { origin } = request;
  const { allowOrigins } = policy;
  if (typeof allowOrigins === 'function') {
    return askOrigin(allowOrigins, origin, event, options).then((allowed) => decide(policy, request, allowed));
  }
  return decide(policy, request, allowOrigins === '*' || (origin !== undefined && policy.listsOrigin(origin)));
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
    if (typeof answer !== 'boolean')
      tell('warn', options, `allowOrigins answered with type ${typeof answer}; only true allows`);
    return answer === true;
  } catch (error) {
    tell('error', options, 'allowOrigins threw, so the origin is refused', error);
    return false;
  }
}

/** The whole response to a preflight: https://fetch.spec.whatwg.org/#cors-preflight-fetch */
export function answerPreflight(source: Source, decision: Decision, preflight: PreflightAnswer): ProxyResult {
  const { status, message } = preflight;
  const result =
    message === undefined ? { statusCode: status, ...source.required } : makeResult(source, status, message);
  return mergeHeaders(source, result, decision);
}

/** What a handler returned, with its CORS headers; a 500 instead of what the source would not accept. */
export function finish(
  source: Source,
  decision: Decision,
  result: unknown,
  options: CorsOptions,
  streams?: boolean,
): ProxyResult {
  const accepted = accept(source, result, streams);
  if (accepted.fault === undefined) return mergeHeaders(source, accepted.result, decision);
  tell('error', options, `the handler returned ${accepted.fault}`);
  return mergeHeaders(source, makeResult(source, 500, SERVER_ERROR), decision);
}

/** The same for what may not be the last word: what the source would not accept stays as it is. */
export function merge(source: Source, decision: Decision, result: unknown, streams?: boolean): unknown {
  const accepted = accept(source, result, streams);
  return accepted.fault === undefined ? mergeHeaders(source, accepted.result, decision) : result;
}

/** The response to an error. The gateway's own error page has no CORS headers, and a browser would hide the error. */
export async function recover(
  source: Source,
  event: HttpEvent,
  decision: Decision,
  error: unknown,
  options: CorsOptions,
): Promise<ProxyResult> {
  let result = errorResult(source, error);
  try {
    const own = await options.onError?.(error, event);
    if (own !== undefined && own !== null) {
      const accepted = accept(source, own);
      if (accepted.fault === undefined) return mergeHeaders(source, accepted.result, decision);
      throw new TypeError(`onError returned ${accepted.fault}`);
    }
  } catch (thrown) {
    tell('error', options, 'onError failed', thrown);
    result = makeResult(source, 500, SERVER_ERROR);
  }
  if ((result.statusCode as number) >= 500) tell('error', options, 'the handler threw', error);
  return mergeHeaders(source, result, decision);
}
