import { isToken } from '../core/tokens.js';
import { consoleText } from './console-text.js';
import { corsCheck } from './cors-check.js';
import type { FailedRequest } from './failed-request.js';
import { countAllowOrigin } from './firefox-lines.js';
import { getHeader, normalizeValue } from './header-lines.js';
import type { CheckError, Fault, WireResponse } from './types.js';
import { includesCredentials, isHttp, isSameOrigin, originOf, parseUrl } from './url.js';

/** The lines of Firefox's console: https://searchfox.org/mozilla-central/source/dom/locales/en-US/chrome/security/security.properties */
export function firefoxLines(failed: FailedRequest): readonly string[] {
  const { fault, url, cors, exchange, target, needsPreflight } = failed;
  const where = shown(url);
  const { reason, value = '' } = fault;
  if (reason === 'MixedContent' || reason === 'ERR_UNSAFE_PORT') return blockedLines(failed);
  if (reason === 'ERR_ADDRESS_INVALID') return cors ? [failedAt(url), ...(needsPreflight ? [failedAt(url)] : [])] : [];
  if (reason === 'CorsDisabledScheme' || reason === 'ERR_UNSAFE_REDIRECT') return schemeLines(failed, value);
  // A redirect to another origin counts as one.
  if (!cors && reason !== 'RedirectContainsCredentials') return [];
  const redirected = reason === 'PreflightDisallowedRedirect';
  const faults = redirected ? faultsOfRedirect(failed) : [fault];
  const lines = faults.map((one) => reasonOf(one, exchange?.response) ?? DID_NOT_SUCCEED);
  // One more line for the request whose preflight has failed, or whose redirect is not followed.
  const ended = exchange?.kind === 'preflight' || (target !== undefined && lines[0] !== DID_NOT_SUCCEED);
  if (ended) lines.push(DID_NOT_SUCCEED);
  return lines.map((line) => blocked(line.includes('Credential is not supported') ? `‘${where}’` : where, line));
}

function blocked(where: string, line: string): string {
  return `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${where}. ${line}`;
}

/** Lines about a URL that Firefox does not ask, and about the redirect that leads there. */
function blockedLines({ fault, url, from, cors, exchange }: FailedRequest): readonly string[] {
  if (fault.reason === 'ERR_UNSAFE_PORT') return from === undefined || !cors ? [] : [failedAt(from)];
  const line = `Blocked loading mixed active content “${shown(fault.value ?? '')}”`;
  if (exchange?.tainting !== 'cors') return [line];
  return exchange.kind === 'preflight' ? [line, failedAt(url), failedAt(url)] : [line, failedAt(url)];
}

function failedAt(url: string): string {
  return blocked(shown(url), DID_NOT_SUCCEED);
}

/** A URL as Firefox shows it, without an empty fragment. */
function shown(url: string): string {
  return consoleText(url.replace(/#$/, ''));
}

/** Lines about a redirect to a URL that is not http or https. */
function schemeLines({ url, cors, origin, exchange }: FailedRequest, target: string): readonly string[] {
  const [where, there] = [shown(url), shown(target)];
  const failed = blocked(where, DID_NOT_SUCCEED);
  const preflight = exchange?.kind === 'preflight';
  const after = preflight ? [failed, failed] : cors ? [failed] : [];
  const security = `Security Error: Content at ${where} may not load`;
  if (target.startsWith('file:')) return [`${security} or link to ${there}.`, ...after];
  if (target.startsWith('blob:')) {
    return !cors && isSameOrigin(origin, target.slice('blob:'.length))
      ? []
      : [`${security} data from ${there}.`, ...after];
  }
  if (/^(chrome|data|javascript):/.test(target)) return after;
  return preflight ? after : [blocked(there, '(Reason: CORS request not http).'), ...after];
}

const DID_NOT_SUCCEED = '(Reason: CORS request did not succeed). Status code: (null).';

/** Firefox judges a preflight's redirect like any answer, refuses it, and judges it again with the origin it leads to. */
function faultsOfRedirect({ fault, origin, credentials, url, exchange, target }: FailedRequest): readonly Fault[] {
  const headers = exchange?.response?.headers ?? [];
  const check = corsCheck(origin, credentials, headers);
  if (check !== undefined) return [check, { reason: 'ERR_ABORTED' }];
  const there = parseUrl(target ?? '');
  if (there === undefined || !isHttp(there) || includesCredentials(there)) return [{ reason: 'ERR_ABORTED' }];
  const stays = isSameOrigin(originOf(there), url);
  return [fault, corsCheck(stays ? origin : 'null', credentials, headers) ?? { reason: 'PreflightInvalidStatus' }];
}

function reasonOf({ reason, value = '' }: Fault, response: WireResponse | undefined): string | undefined {
  if (response === undefined) return undefined;
  const { status, headers } = response;
  switch (reason) {
    case 'PreflightDisallowedRedirect':
      return '(Reason: CORS request external redirect not allowed).';
    case 'PreflightInvalidStatus':
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
      return countAllowOrigin(headers) > 1
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
