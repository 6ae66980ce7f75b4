import type { CredentialsMode, Exchange, Verdict } from '../browser.js';

/** One thing that a browser checks of a response. */
export interface Check {
  readonly check: string;
  readonly outcome: 'passed' | 'failed' | 'not reached';
}

/** What is checked, in the Standard's order, and the reasons for which it fails. */
type Step = readonly [check: string, reasons: RegExp];

const ORIGIN =
  /^(Preflight)?(MissingAllowOriginHeader|MultipleAllowOriginValues|InvalidAllowOriginValue|AllowOriginMismatch|WildcardOriginNotAllowed)$/;
const CREDENTIALS = /^(Preflight)?InvalidAllowCredentials$/;

/**
 * The checks of one response and how each came out. What fails is known from the verdict, so that no rule is written
 * twice: what comes before it has passed, what comes after it was not reached.
 * https://fetch.spec.whatwg.org/#cors-preflight-fetch
 */
export function checksOf(
  { kind, tainting, request, response, preflightReasons }: Exchange,
  { origin, credentials = 'same-origin' }: { readonly origin: string; readonly credentials?: CredentialsMode },
  failed: Verdict | undefined,
): readonly Check[] {
  if (response === undefined || tainting === 'basic') return [];
  const sent = request.headers.find(([name]) => name === 'origin')?.[1] ?? origin;
  const steps: Step[] = [[originStep(sent, credentials), ORIGIN]];
  if (credentials === 'include') steps.push(['Access-Control-Allow-Credentials is true', CREDENTIALS]);
  if (kind === 'preflight') {
    const method = request.headers.find(([name]) => name === 'access-control-request-method')?.[1] ?? '';
    const names = preflightReasons.filter((reason) => reason.kind === 'header').map(({ name }) => name);
    steps.unshift(['it is no redirect', /^PreflightDisallowedRedirect$/]);
    steps.push(
      [`status ${response.status} is from 200 to 299`, /^PreflightInvalidStatus$/],
      [
        'Access-Control-Allow-Methods and -Headers can be read as lists',
        /^InvalidAllow(Methods|Headers)PreflightResponse$/,
      ],
      [`the method ${method} is allowed`, /^MethodDisallowed/],
    );
    if (names.length > 0) steps.push([`the headers ${names.join(', ')} are allowed`, /^HeaderDisallowed/]);
  }
  const reason = failed === undefined || failed.allowed ? undefined : failed.reason;
  const at = reason === undefined ? -1 : steps.findIndex(([, reasons]) => reasons.test(reason));
  if (reason !== undefined && isBelowCors(reason)) return steps.map(([check]) => ({ check, outcome: 'not reached' }));
  return steps.map(([check], index) => ({
    check,
    outcome: at < 0 || index < at ? 'passed' : index === at ? 'failed' : 'not reached',
  }));
}

/** What the network stack refuses, CORS does not get to see. */
function isBelowCors(reason: string): boolean {
  return reason.startsWith('ERR_') && reason !== 'ERR_TOO_MANY_REDIRECTS';
}

function originStep(origin: string, credentials: CredentialsMode): string {
  return `Access-Control-Allow-Origin is ${origin}${credentials === 'include' ? '' : ' or *'}`;
}
