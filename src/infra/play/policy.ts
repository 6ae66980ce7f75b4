import { policyAnswer } from '../../browser/policy-answer.js';
import type { WireRequest } from '../../browser/types.js';
import type { CompiledPolicy } from '../../core/policy.js';
import { type Played, response, unknownPlay } from './played.js';

/** What `withCors` answers with a policy: the decision, without the function. */
export function playPolicy(policy: CompiledPolicy, request: WireRequest): Played {
  const answer = policyAnswer(policy, request);
  return answer === undefined
    ? unknownPlay('the policy asks a function about origins')
    : response(answer.status, answer.headers);
}
