import type { HeaderLines, WireRequest } from '../../browser/types.js';
import { decide } from '../../core/decide.js';
import type { CompiledPolicy } from '../../core/policy.js';
import { CORS_FIELDS } from '../../core/response-headers.js';
import { type Played, response, unknownPlay } from './played.js';

/** What `withCors` answers with a policy: the decision, without the function. */
export function playPolicy(policy: CompiledPolicy, request: WireRequest): Played {
  const header = (name: string) => request.headers.find(([given]) => given.toLowerCase() === name)?.[1];
  const origin = header('origin');
  const { allowOrigins } = policy;
  if (typeof allowOrigins === 'function') return unknownPlay('the policy asks a function about origins');
  const allowed = allowOrigins === '*' || (origin !== undefined && policy.listsOrigin(origin));
  const decision = decide(
    policy,
    {
      method: request.method,
      origin,
      requestMethod: header('access-control-request-method'),
      requestHeaders: header('access-control-request-headers'),
    },
    allowed,
  );
  const lines: HeaderLines = CORS_FIELDS.flatMap(([field, { name }]) => {
    const value = decision[field];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return response(decision.preflight?.status ?? 200, lines);
}
