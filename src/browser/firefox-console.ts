import { isToken } from '../core/tokens.js';
import type { FailedRequest } from './console.js';
import { consoleText } from './console-text.js';
import { getHeader, normalizeValue } from './header-lines.js';
import type { CheckError, Fault, WireResponse } from './types.js';

/** The lines of Firefox's console: https://searchfox.org/mozilla-central/source/dom/locales/en-US/chrome/security/security.properties */
export function firefoxLines({ fault, url, cors, exchange }: FailedRequest): readonly string[] {
  const { reason } = fault;
  if (reason === 'MixedContent') return [`Blocked loading mixed active content “${consoleText(url)}”`];
  if (!cors) return [];
  const response = exchange?.response;
  const why = response === undefined ? undefined : reasonOf(fault, response);
  const lines = why === undefined ? [] : [why];
  // A request whose preflight fails is told of, too.
  if (exchange?.kind === 'preflight' || why === undefined) lines.push(DID_NOT_SUCCEED);
  if (reason === 'PreflightDisallowedRedirect') lines.unshift('(Reason: CORS request external redirect not allowed).');
  return lines.map((line) => {
    const shown = line.includes('Credential is not supported') ? `‘${consoleText(url)}’` : consoleText(url);
    return `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${shown}. ${line}`;
  });
}

const DID_NOT_SUCCEED = '(Reason: CORS request did not succeed). Status code: (null).';

function reasonOf({ reason, value = '' }: Fault, { status, headers }: WireResponse): string | undefined {
  switch (reason) {
    case 'PreflightInvalidStatus':
    case 'PreflightDisallowedRedirect':
      return `(Reason: CORS preflight response did not succeed). Status code: ${status}.`;
    case 'InvalidAllowMethodsPreflightResponse':
      return invalidToken('Access-Control-Allow-Methods', headers);
    case 'InvalidAllowHeadersPreflightResponse':
      return invalidToken('Access-Control-Allow-Headers', headers);
    case 'MethodDisallowedByPreflightResponse':
      return '(Reason: Did not find method in CORS header ‘Access-Control-Allow-Methods’).';
    case 'HeaderDisallowedByPreflightResponse':
      return `(Reason: header ‘${consoleText(value)}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).`;
    default:
      return checkReason(reason.replace(/^Preflight/, '') as CheckError, value, status, headers);
  }
}

function checkReason(
  reason: CheckError,
  value: string,
  status: number,
  headers: WireResponse['headers'],
): string | undefined {
  switch (reason) {
    case 'MissingAllowOriginHeader':
      return `(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: ${status}.`;
    case 'MultipleAllowOriginValues':
    case 'InvalidAllowOriginValue':
    case 'AllowOriginMismatch':
      return headers.filter(([name]) => name.toLowerCase() === 'access-control-allow-origin').length > 1
        ? '(Reason: Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).'
        : `(Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘${consoleText(value)}’).`;
    case 'WildcardOriginNotAllowed':
      return '(Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).';
    case 'InvalidAllowCredentials':
      return '(Reason: expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).';
    default:
      return undefined;
  }
}

function invalidToken(header: string, headers: WireResponse['headers']): string {
  const elements = (getHeader(headers, header) ?? '').split(',').map(normalizeValue);
  const invalid = elements.find((element) => element !== '' && !isToken(element)) ?? '';
  return `(Reason: invalid token ‘${consoleText(invalid)}’ in CORS header ‘${header}’).`;
}
