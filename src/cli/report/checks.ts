import type { CredentialsMode, Exchange, Verdict } from '../../browser.js';
import { headerOf } from '../evidence/headers.js';

/** One of the checks that a browser makes of a response. */
export interface Check {
  /** What must hold. */
  readonly check: string;
  readonly outcome: 'passed' | 'failed' | 'not reached';
  /** What does not hold; only if the check failed. */
  readonly problem?: string;
}

/** What must hold, the same where it does not hold, and the reasons with which it fails. */
type Step = readonly [check: string, problem: string, reasons: RegExp];

const ORIGIN =
  /^(Preflight)?(MissingAllowOriginHeader|MultipleAllowOriginValues|InvalidAllowOriginValue|AllowOriginMismatch|WildcardOriginNotAllowed)$/;
const CREDENTIALS: Step = [
  'Access-Control-Allow-Credentials is true',
  'Access-Control-Allow-Credentials is not true',
  /^(Preflight)?InvalidAllowCredentials$/,
];
const REDIRECT: Step = ['it is not a redirect', 'it is a redirect', /^PreflightDisallowedRedirect$/];
const LISTS: Step = [
  'Access-Control-Allow-Methods and -Headers are lists of names',
  'Access-Control-Allow-Methods or -Headers is not a list of names',
  /^InvalidAllow(Methods|Headers)PreflightResponse$/,
];

/**
 * The checks of one response, in the Standard's order, and their outcomes. No rule is written twice: the verdict says
 * which check failed, so the checks before it have passed, and those after it were not reached.
 * https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function checksOf(
  { kind, tainting, request, response, preflightReasons }: Exchange,
  { origin, credentials = 'same-origin' }: { readonly origin: string; readonly credentials?: CredentialsMode },
  verdict: Verdict | undefined,
): readonly Check[] {
  if (response === undefined || tainting === 'basic') return [];
  const sent = headerOf(request, 'origin') ?? origin;
  const names = preflightReasons.filter((reason) => reason.kind === 'header').map(({ name }) => name);
  const steps = [
    ...(kind === 'preflight' ? [REDIRECT] : []),
    originStep(sent, credentials),
    ...(credentials === 'include' ? [CREDENTIALS] : []),
    ...(kind === 'preflight' ? [statusStep(response.status), LISTS] : []),
    ...(kind === 'preflight' ? [methodStep(headerOf(request, 'access-control-request-method') ?? '')] : []),
    ...(kind === 'preflight' && names.length > 0 ? [headersStep(names)] : []),
  ];
  if (verdict === undefined || verdict.allowed) return steps.map(([check]) => ({ check, outcome: 'passed' }));
  const { reason } = verdict;
  if (isBelowCors(reason)) return steps.map(([check]) => ({ check, outcome: 'not reached' }));
  const at = steps.findIndex(([, , reasons]) => reasons.test(reason));
  return steps.map(([check, problem], index) => {
    if (at < 0 || index < at) return { check, outcome: 'passed' };
    return index === at ? { check, outcome: 'failed', problem } : { check, outcome: 'not reached' };
  });
}

/** Faults of the network, which come before any check; except those of the next URL after a redirect. */
function isBelowCors(reason: string): boolean {
  return reason.startsWith('ERR_') && reason !== 'ERR_TOO_MANY_REDIRECTS' && reason !== 'ERR_UNSAFE_PORT';
}

function originStep(origin: string, credentials: CredentialsMode): Step {
  const name = 'Access-Control-Allow-Origin';
  return credentials === 'include'
    ? [`${name} is ${origin}`, `${name} is not ${origin}`, ORIGIN]
    : [`${name} is ${origin} or *`, `${name} is neither ${origin} nor *`, ORIGIN];
}

function statusStep(status: number): Step {
  const name = `the status ${status}`;
  return [`${name} is between 200 and 299`, `${name} is not between 200 and 299`, /^PreflightInvalidStatus$/];
}

function methodStep(method: string): Step {
  return [`the method ${method} is allowed`, `the method ${method} is not allowed`, /^MethodDisallowed/];
}

function headersStep(names: readonly string[]): Step {
  const list = names.join(', ');
  return names.length === 1
    ? [`the header ${list} is allowed`, `the header ${list} is not allowed`, /^HeaderDisallowed/]
    : [`the headers ${list} are allowed`, `not all of the headers ${list} are allowed`, /^HeaderDisallowed/];
}
