import { decide, type RequestFacts } from '../../core/decide.js';
import type { CompiledPolicy, Decision } from '../../core/policy.js';
import { CORS_FIELDS } from '../../core/response-headers.js';
import { exactOnly, onlyOrigin, originsOf } from './checks.js';
import type { Target } from './output.js';

/** The header maps themselves, for functions in any language. */
export const headers: Target = {
  formats: ['json', 'yaml'],
  checks: exactOnly('write that decision in code: in Node.js, withCors does it'),
  write(policy) {
    const only = onlyOrigin(policy);
    if (only !== undefined) {
      return {
        document: answers(policy, only, true),
        head: 'What to send with every response: `preflight` answers OPTIONS requests that have Origin and Access-Control-Request-Method, with status 204 and no body; `response` goes on all others, errors included.',
      };
    }
    const each = originsOf(policy) as readonly string[];
    return {
      document: {
        origins: Object.fromEntries(each.map((origin) => [origin, answers(policy, origin, true)])),
        others: answers(policy, undefined, false),
      },
      head: 'What to send with every response, by the Origin header of the request, compared as a whole; `others` when it is not here or there is none. `preflight` answers OPTIONS requests that have Origin and Access-Control-Request-Method, with status 204 (others: 403) and no body; `response` goes on all others, errors included.',
    };
  },
};

function answers(policy: CompiledPolicy, origin: string | undefined, allowed: boolean): unknown {
  // A preflight has an origin, whoever's it is.
  const preflight: RequestFacts = {
    method: 'OPTIONS',
    origin: origin ?? 'https://other.invalid',
    requestMethod: 'GET',
    requestHeaders: undefined,
  };
  const actual: RequestFacts = { method: 'GET', origin, requestMethod: undefined, requestHeaders: undefined };
  return {
    preflight: headerMap(decide(policy, preflight, allowed)),
    response: headerMap(decide(policy, actual, allowed)),
  };
}

function headerMap(decision: Decision): Record<string, string> {
  const lines = CORS_FIELDS.map(([field, { name }]) => [name, decision[field]] as const);
  return Object.fromEntries(lines.filter((line): line is [string, string] => Boolean(line[1])));
}
