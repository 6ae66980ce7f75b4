import { getHeader } from './header-lines.js';
import type { CheckError, CredentialsMode, Fault, HeaderLines } from './types.js';
import { parseUrl } from './url.js';

/**
 * Why a response may not be shared with an origin; `undefined` if it may.
 * https://fetch.spec.whatwg.org/#cors-check
 *
 * @param origin The value of the request's `Origin` header.
 * @param credentials The request's credentials mode.
 * @param headers The header lines of the response.
 * @example
 * corsCheck('https://app.example.com', 'omit', [['access-control-allow-origin', '*']]) // undefined
 * corsCheck('https://app.example.com', 'omit', []) // { reason: 'MissingAllowOriginHeader' }
 */
export function corsCheck(
  origin: string,
  credentials: CredentialsMode,
  headers: HeaderLines,
): Fault<CheckError> | undefined {
  const allowOrigin = getHeader(headers, 'access-control-allow-origin');
  if (allowOrigin === undefined) return { reason: 'MissingAllowOriginHeader' };
  if (allowOrigin === '*') return credentials === 'include' ? { reason: 'WildcardOriginNotAllowed' } : undefined;
  if (allowOrigin !== origin) return { reason: mismatch(allowOrigin), value: allowOrigin };
  if (credentials !== 'include') return undefined;
  const allowCredentials = getHeader(headers, 'access-control-allow-credentials');
  if (allowCredentials === 'true') return undefined;
  return { reason: 'InvalidAllowCredentials', value: allowCredentials ?? '' };
}

/** The Standard has one failure for all of these; Chromium distinguishes them for the developer. */
function mismatch(allowOrigin: string): CheckError {
  if (/[ ,]/.test(allowOrigin)) return 'MultipleAllowOriginValues';
  if (allowOrigin === 'null' || parseUrl(allowOrigin) !== undefined) return 'AllowOriginMismatch';
  return 'InvalidAllowOriginValue';
}
