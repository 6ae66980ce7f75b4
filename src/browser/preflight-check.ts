import { corsCheck } from './cors-check.js';
import type { Engine } from './engine.js';
import { extractTokens, getHeader } from './header-lines.js';
import { isSafelistedMethod } from './methods.js';
import type { CorsError, CredentialsMode, Fault, WireResponse } from './types.js';

/** What a preflight asks for. */
export interface PreflightQuestion {
  /** The origin that asks. */
  readonly origin: string;
  /** The mode of the request that it asks for; a preflight itself never carries credentials. */
  readonly credentials: CredentialsMode;
  /** The method that must be allowed. */
  readonly method: string;
  /** Whether the answer comes from the page's own origin, and CORS does not judge it. */
  readonly sameOrigin?: boolean;
  /** The request headers that must be allowed, in lower case. */
  readonly unsafeHeaders: readonly string[];
}

/** What the answer to a preflight grants. It goes into the preflight cache. */
export interface PreflightGrant {
  /** The methods that are allowed. */
  readonly methods: readonly string[];
  /** In lower case. */
  readonly headerNames: readonly string[];
  /** In seconds. */
  readonly maxAge: number;
}

/**
 * What the answer to a preflight grants, or why it does not suffice.
 * https://fetch.spec.whatwg.org/#cors-preflight-fetch
 *
 * @param question What the preflight has asked for.
 * @param response The answer.
 * @param engine Whose rules apply, such as `ENGINES.chromium`.
 * @example
 * const question = { origin: 'https://app.example.com', credentials: 'omit', method: 'PUT', unsafeHeaders: [] } as const
 * const headers = [['access-control-allow-origin', '*']] as const
 * preflightCheck(question, { status: 403, headers }, ENGINES.chromium) // { reason: 'PreflightInvalidStatus', value: '403' }
 * preflightCheck(question, { status: 204, headers }, ENGINES.chromium) // { reason: 'MethodDisallowedByPreflightResponse', value: 'PUT' }
 */
export function preflightCheck(
  question: PreflightQuestion,
  response: WireResponse,
  engine: Engine,
): PreflightGrant | Fault<CorsError> {
  const grant = preflightGrant(question, response, engine);
  return 'reason' in grant ? grant : (insufficiency(question, grant, engine) ?? grant);
}

/**
 * What an answer grants, whether that suffices or not. The checks come in the Standard's order: the CORS check, the
 * status, the syntax of the lists.
 */
export function preflightGrant(
  { origin, credentials, method, sameOrigin = false }: PreflightQuestion,
  { status, headers }: WireResponse,
  engine: Engine,
): PreflightGrant | Fault<CorsError> {
  const badStatus =
    status >= 200 && status <= 299 ? undefined : ({ reason: 'PreflightInvalidStatus', value: String(status) } as const);
  if (badStatus !== undefined && engine.checksStatusFirst) return badStatus;
  const fault = sameOrigin ? undefined : corsCheck(origin, credentials, headers);
  if (fault !== undefined) return { ...fault, reason: `Preflight${fault.reason}` };
  if (badStatus !== undefined) return badStatus;

  const methods = extractTokens(headers, 'access-control-allow-methods');
  if (methods === undefined) return { reason: 'InvalidAllowMethodsPreflightResponse' };
  if (engine.checksMethodFirst && !grantsMethod(methods, method, credentials)) {
    return { reason: 'MethodDisallowedByPreflightResponse', value: method };
  }
  const allowHeaders = extractTokens(headers, 'access-control-allow-headers');
  if (allowHeaders === undefined) return { reason: 'InvalidAllowHeadersPreflightResponse' };
  const headerNames = allowHeaders.map((name) => name.toLowerCase());
  return { methods, headerNames, maxAge: parseMaxAge(getHeader(headers, 'access-control-max-age'), engine) };
}

/** Why what is granted does not suffice: the method, Authorization, the other headers. */
export function insufficiency(
  { credentials, method, unsafeHeaders }: PreflightQuestion,
  { methods, headerNames }: PreflightGrant,
  engine: Engine,
): Fault<CorsError> | undefined {
  if (!grantsMethod(methods, method, credentials)) {
    return { reason: 'MethodDisallowedByPreflightResponse', value: method };
  }
  const refused = refusedHeader(unsafeHeaders, headerNames, credentials, engine);
  return refused === undefined ? undefined : { reason: 'HeaderDisallowedByPreflightResponse', value: refused };
}

function grantsMethod(methods: readonly string[], method: string, credentials: CredentialsMode): boolean {
  return isSafelistedMethod(method) || grants(methods, method, credentials);
}

function grants(list: readonly string[], element: string, credentials: CredentialsMode): boolean {
  return list.includes(element) || (credentials !== 'include' && list.includes('*'));
}

function refusedHeader(
  unsafeHeaders: readonly string[],
  headerNames: readonly string[],
  credentials: CredentialsMode,
  engine: Engine,
): string | undefined {
  const listed = new Set(headerNames);
  // https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
  if (!engine.wildcardCoversAuthorization && unsafeHeaders.includes('authorization') && !listed.has('authorization')) {
    return 'authorization';
  }
  if (credentials !== 'include' && listed.has('*')) return undefined;
  return unsafeHeaders.find((name) => !listed.has(name));
}

/**
 * For how many seconds the answer to a preflight is kept: 5 if the header is missing or not a number.
 * https://fetch.spec.whatwg.org/#http-access-control-max-age
 *
 * @param value The value of Access-Control-Max-Age; `undefined` where it is missing.
 * @param engine Whose limit applies, such as `ENGINES.chromium`.
 * @example
 * parseMaxAge('86400', ENGINES.chromium) // 7200
 * parseMaxAge(undefined, ENGINES.chromium) // 5
 */
export function parseMaxAge(value: string | undefined, engine: Engine): number {
  if (value === undefined || value === '') return DEFAULT_MAX_AGE;
  if (!(engine.signedNumbers ? isInt64(value) : /^\d+$/.test(value))) return engine.badMaxAge;
  return Math.min(Math.max(Number(value), 0), engine.maxAgeLimit);
}

const DEFAULT_MAX_AGE = 5;

function isInt64(text: string): boolean {
  const [, sign = '', digits] = /^([+-]?)0*(\d{1,19})$/.exec(text) ?? [];
  if (digits === undefined) return false;
  return sign === '-' ? BigInt(digits) <= 2n ** 63n : BigInt(digits) < 2n ** 63n;
}
