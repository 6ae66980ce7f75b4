import { decide } from '../core/decide.js';
import type { CompiledPolicy } from '../core/policy.js';
import { CORS_FIELDS } from '../core/response-headers.js';
import { corsCheck } from './cors-check.js';
import type { Engine } from './engine.js';
import { getHeader } from './header-lines.js';
import { preflightCheck } from './preflight-check.js';
import { headerNames } from './preflight-request.js';
import type { CredentialsMode, Exchange, HeaderLine, WireRequest, WireResponse } from './types.js';

/** Whether an exchange would have passed if the policy had answered; `false` if that cannot be known. */
export function policyAllows(
  policy: CompiledPolicy,
  { kind, request, tainting, preflightReasons }: Exchange,
  credentials: CredentialsMode,
  engine: Engine,
): boolean {
  const answer = tainting === 'cors' ? policyAnswer(policy, request) : undefined;
  const origin = getHeader(request.headers, 'origin');
  if (answer === undefined || origin === undefined) return false;
  if (kind === 'request') return corsCheck(origin, credentials, answer.headers) === undefined;
  const method = getHeader(request.headers, 'access-control-request-method') ?? '';
  const question = { origin, credentials, method, unsafeHeaders: headerNames(preflightReasons) };
  return !('reason' in preflightCheck(question, answer, engine));
}

/**
 * What `withCors` with that policy answers to a request, as far as CORS goes. `undefined` where a function of the policy
 * decides: it may need the event, which is not known here.
 */
export function policyAnswer(policy: CompiledPolicy, { method, headers }: WireRequest): WireResponse | undefined {
  if (typeof policy.allowOrigins === 'function') return undefined;
  const origin = getHeader(headers, 'origin');
  const allowed = policy.allowOrigins === '*' || (origin !== undefined && policy.listsOrigin(origin));
  const request = {
    method,
    origin,
    requestMethod: getHeader(headers, 'access-control-request-method'),
    requestHeaders: getHeader(headers, 'access-control-request-headers'),
  };
  const decision = decide(policy, request, allowed);
  const lines = CORS_FIELDS.flatMap(([field, { name }]): HeaderLine[] => {
    const value = decision[field];
    return value ? [[name, value]] : [];
  });
  return { status: decision.preflight?.status ?? 200, headers: lines };
}
