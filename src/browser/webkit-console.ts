import { addressSpaceOf } from './address-space.js';
import { consoleText } from './console-text.js';
import type { FailedRequest } from './failed-request.js';
import { getHeader } from './header-lines.js';
import type { CheckError } from './types.js';
import { isSameOrigin, parseUrl, withoutFragment } from './url.js';

/** The lines of WebKit's console: CrossOriginAccessControl.cpp, NetworkLoadChecker.cpp and ThreadableLoader.cpp. */
export function webkitLines(failed: FailedRequest): readonly string[] {
  const { fault, url, firstUrl, from, origin, needsPreflight } = failed;
  // The fragment of a Location stays.
  const shown = consoleText(url === firstUrl ? withoutFragment(url) : url);
  if (fault.reason === 'ERR_UNSAFE_PORT' || fault.reason === 'ERR_ADDRESS_INVALID') {
    const what = fault.reason === 'ERR_UNSAFE_PORT' ? `port ${fault.value}` : `host "${fault.value}"`;
    return url !== firstUrl && needsPreflight
      ? ['CORS-preflight request was blocked', `Fetch API cannot load ${shown} due to access control checks.`]
      : [`Not allowed to use restricted network ${what}: ${shown}`];
  }
  if (fault.reason === 'MixedContent') {
    // The rest of the sentence is for other hosts only; "localhost." is one of them.
    const { hostname = '' } = parseUrl(url) ?? {};
    const isLocal = addressSpaceOf(hostname) === 'loopback' && !hostname.endsWith('.');
    const rest = isLocal ? '' : ' be served over HTTPS.';
    return [
      `[blocked] The page at ${consoleText(origin)}/ requested insecure content from ${shown}. ` +
        `This content was blocked and must${rest}`,
      ...(url === firstUrl ? ['Not allowed to request resource'] : []),
      `Fetch API cannot load ${from === undefined ? shown : consoleText(from)} due to access control checks.`,
    ];
  }
  const why = reasonOf(failed);
  const { target = url } = failed;
  const where = why === NOT_HTTP ? target : why === NO_FTP ? failed.firstUrl : url;
  return why === undefined ? [] : [why, `Fetch API cannot load ${consoleText(where)} due to access control checks.`];
}

function reasonOf(failed: FailedRequest): string | undefined {
  const { fault, exchange, written, cors } = failed;
  const { reason, value = '' } = fault;
  const response = exchange?.response;
  switch (reason) {
    case 'PreflightInvalidStatus':
    case 'PreflightDisallowedRedirect':
      return `Preflight response is not successful. Status code: ${response?.status}`;
    case 'InvalidAllowMethodsPreflightResponse':
      return invalidValue('Access-Control-Allow-Methods', failed);
    case 'InvalidAllowHeadersPreflightResponse':
      return invalidValue('Access-Control-Allow-Headers', failed);
    case 'MethodDisallowedByPreflightResponse':
      return `Method ${consoleText(value)} is not allowed by Access-Control-Allow-Methods.`;
    case 'HeaderDisallowedByPreflightResponse':
      return `Request header field ${consoleText(written(value))} is not allowed by Access-Control-Allow-Headers.`;
    case 'ERR_TOO_MANY_REDIRECTS':
      return 'Load cannot follow more than 20 redirections';
    case 'RedirectContainsCredentials':
      return denied(failed, `redirection URL ${consoleText(locationOf(failed))} has credentials`);
    case 'ERR_INVALID_REDIRECT':
      return cors ? denied(failed, NO_CORS_SCHEME) : undefined;
    case 'CorsDisabledScheme':
    case 'ERR_UNSAFE_REDIRECT':
      return schemeReason(failed);
    default: {
      const check = checkReason(reason.replace(/^Preflight/, '') as CheckError, failed);
      return check === undefined || exchange?.kind === 'preflight' ? check : denied(failed, check);
    }
  }
}

const NO_CORS_SCHEME = 'not allowed to follow a cross-origin CORS redirection with non CORS scheme';
const NO_FTP = 'FTP URLs are disabled';
const NOT_HTTP = 'Redirection to URL with a scheme that is not HTTP(S).';

function schemeReason(failed: FailedRequest): string {
  const { cors, target = '', origin } = failed;
  if (target.startsWith('ftp:')) return NO_FTP;
  if (cors || !/^(blob|file):/.test(target)) return denied(failed, NO_CORS_SCHEME);
  if (isSameOrigin(origin, target.replace('blob:', ''))) return NOT_HTTP;
  return `Not allowed to load local resource: ${consoleText(target)}`;
}

function checkReason(reason: CheckError, { fault, sentOrigin, exchange }: FailedRequest): string | undefined {
  switch (reason) {
    case 'MissingAllowOriginHeader':
    case 'MultipleAllowOriginValues':
    case 'InvalidAllowOriginValue':
    case 'AllowOriginMismatch':
      return fault.value?.includes(',')
        ? 'Access-Control-Allow-Origin cannot contain more than one origin.'
        : `Origin ${consoleText(sentOrigin)} is not allowed by Access-Control-Allow-Origin. Status code: ${exchange?.response?.status}`;
    case 'WildcardOriginNotAllowed':
      return 'Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.';
    case 'InvalidAllowCredentials':
      return 'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".';
    default:
      return undefined;
  }
}

/** What WebKit says of a response that redirects. */
function denied({ target }: FailedRequest, why: string): string {
  if (target === undefined) return why;
  return `Cross-origin redirection to ${consoleText(withoutUserInfo(target))} denied by Cross-Origin Resource Sharing policy: ${why}`;
}

/** Without the fragment of the URL that redirects. */
function locationOf({ exchange, url }: FailedRequest): string {
  return parseUrl(getHeader(exchange?.response?.headers ?? [], 'location') ?? '', url)?.href ?? '';
}

function withoutUserInfo(url: string): string {
  const { username = '', password = '' } = parseUrl(url) ?? {};
  const userInfo = password === '' ? username : `${username}:${password}`;
  return userInfo === '' ? url : url.replace(`${userInfo}@`, '');
}

function invalidValue(header: string, { exchange }: FailedRequest): string {
  const value = getHeader(exchange?.response?.headers ?? [], header) ?? '';
  return `Header ${header} has an invalid value: ${consoleText(value)}`;
}
