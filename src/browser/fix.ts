import { cacheEvidence, sendsVaryOrigin } from './cached.js';
import { consoleText } from './console-text.js';
import { ENGINES } from './engine.js';
import { normalizeMethod } from './methods.js';
import { isMixedContent } from './mixed-content.js';
import type { Fault, WireResponse } from './types.js';
import { parseUrl } from './url.js';

/** The circumstances in which a request failed. */
interface Circumstances {
  /** The page's origin. */
  readonly origin: string;
  /** Whether a redirect has made the Origin header `null`. */
  readonly tainted: boolean;
  readonly response: WireResponse | undefined;
  /** Whether the request has been redirected to where it failed. */
  readonly redirected?: boolean;
  /** Whether the policy that the API is meant to have lets the request pass. */
  readonly allowedByPolicy?: boolean;
}

/** What to change, in the terms of a lambda-cors policy. */
export function fixFor({ reason, value = '' }: Fault, circumstances: Circumstances): string {
  return FIXES[reason](consoleText(value), circumstances);
}

type Fix = (value: string, circumstances: Circumstances) => string;

const ROUTE_OPTIONS =
  'let OPTIONS reach the function: route OPTIONS (or ANY) to it, without an authorizer or API key, and put withCors around it';
const ONE_OWNER =
  "let only one part of the system set it: remove the function URL's own Cors, or the header that is written by hand outside withCors";

const allowOrigin: Fix = (_value, circumstances) => {
  const { origin, tainted, response, allowedByPolicy } = circumstances;
  if (tainted) {
    return 'answer without redirecting to another origin: after that the Origin header is "null", which only allowOrigins: "*" allows';
  }
  if (origin === 'null') {
    return 'serve the page over http(s), not as a file or in a sandboxed frame: only allowOrigins: "*" allows the origin "null"';
  }
  const varies = response !== undefined && sendsVaryOrigin(response);
  if (varies && allowedByPolicy) return elsewhere(circumstances);
  if (varies) return addOrigin(_value, circumstances);
  const remedy =
    'put withCors around the whole handler: this response was made without it, by the handler itself, the gateway or an authorizer';
  return allowedByPolicy ? remedy : `${remedy}; and add "${origin}" to allowOrigins if it is missing there`;
};

const allowOriginOfPreflight: Fix = (value, circumstances) => {
  const fix = allowOrigin(value, circumstances);
  if (!fix.startsWith('put withCors')) return fix;
  return circumstances.allowedByPolicy
    ? ROUTE_OPTIONS
    : `${ROUTE_OPTIONS}; and add "${circumstances.origin}" to allowOrigins`;
};

function overTls(url: string): string {
  return url.replace(/^http:/, 'https:');
}

/** What to do where the policy allows what a response does not. */
function elsewhere({ origin, response }: Circumstances): string {
  const cached = response && cacheEvidence(response, origin);
  return cached === undefined
    ? 'leave the policy as it is, since it allows this, and look for what answered instead: a gateway with CORS of its own, another version of the function, or a cache'
    : `leave the policy as it is, since it allows this, and ${KEY_BY_ORIGIN}: this response is from a cache (${consoleText(cached)})`;
}

const KEY_BY_ORIGIN =
  'put Origin into the key of the cache in front of the function, then empty it (CloudFront ignores Vary: its cache policy has to name the header Origin)';

/** A fix of the policy, unless it is there already. */
function unlessAllowed(fix: Fix): Fix {
  return (value, circumstances) =>
    circumstances.allowedByPolicy ? elsewhere(circumstances) : fix(value, circumstances);
}

const nameOrigins = unlessAllowed(
  (_value, { origin }) =>
    `set allowOrigins: ["${origin}"] and allowCredentials: true; or send no cookies, with credentials: "same-origin"`,
);

/** For a response that names another origin. A cache may have kept it for another page. */
const addOrigin: Fix = (value, circumstances) => {
  const { origin, tainted, response, allowedByPolicy } = circumstances;
  if (tainted || origin === 'null') return allowOrigin(value, circumstances);
  if (allowedByPolicy) return elsewhere(circumstances);
  const add = `add "${origin}" to allowOrigins`;
  const cached = response && cacheEvidence(response, origin);
  if (response === undefined || cached === undefined) return add;
  const fromCache = `this response is from a cache (${consoleText(cached)})`;
  return sendsVaryOrigin(response)
    ? `${KEY_BY_ORIGIN}: ${fromCache}, made for another page; and ${add} if it is missing there`
    : `${add}; if it is there, ${KEY_BY_ORIGIN}: ${fromCache}`;
};

const oneOwner: Fix = () => ONE_OWNER;
const allowCredentials = unlessAllowed(() => 'set allowCredentials: true');

const FIXES: Readonly<Record<Fault['reason'], Fix>> = {
  MissingAllowOriginHeader: allowOrigin,
  MultipleAllowOriginValues: oneOwner,
  InvalidAllowOriginValue: oneOwner,
  AllowOriginMismatch: addOrigin,
  WildcardOriginNotAllowed: nameOrigins,
  InvalidAllowCredentials: allowCredentials,
  PreflightMissingAllowOriginHeader: allowOriginOfPreflight,
  PreflightMultipleAllowOriginValues: oneOwner,
  PreflightInvalidAllowOriginValue: oneOwner,
  PreflightAllowOriginMismatch: addOrigin,
  PreflightWildcardOriginNotAllowed: nameOrigins,
  PreflightInvalidAllowCredentials: allowCredentials,
  PreflightInvalidStatus: (value) => `${ROUTE_OPTIONS}; the preflight was answered with status ${value}`,
  PreflightDisallowedRedirect: (value, { origin }) => {
    const target = parseUrl(value);
    const mixed = target !== undefined && isMixedContent(origin, target, ENGINES.chromium);
    return `request "${mixed ? overTls(value) : value}" in the first place, where the preflight is redirected to`;
  },
  InvalidAllowMethodsPreflightResponse: () => `${ONE_OWNER}: Access-Control-Allow-Methods is not a list of methods`,
  InvalidAllowHeadersPreflightResponse: () =>
    `${ONE_OWNER}: Access-Control-Allow-Headers is not a list of header names`,
  MethodDisallowedByPreflightResponse: unlessAllowed((value) =>
    normalizeMethod(value) === value.toUpperCase() || value === value.toUpperCase()
      ? `add "${value}" to allowMethods`
      : `write the method as "${value.toUpperCase()}", which fetch() does only for DELETE, GET, HEAD, OPTIONS, POST and PUT`,
  ),
  HeaderDisallowedByPreflightResponse: unlessAllowed((value) => `add "${value}" to allowHeaders`),
  RedirectContainsCredentials: () => 'redirect to a URL without user name and password',
  CorsDisabledScheme: (value) => `redirect to an http(s) URL instead of "${value}"`,
  MixedContent: (value, { redirected }) =>
    redirected
      ? `redirect to "${overTls(value)}" instead: what builds the URL learns from X-Forwarded-Proto that the browser used https`
      : `request "${overTls(value)}" instead, and let the API answer over https`,
  ERR_UNSAFE_PORT: (value) =>
    `let the API listen on another port than ${value}, such as 443: browsers keep pages from it`,
  ERR_ADDRESS_INVALID: (value) => `request localhost instead of ${value}, to which Firefox and Safari do not connect`,
  ERR_FAILED: (value) =>
    value === ''
      ? 'check that the server can be reached'
      : `repair the transport, which threw "${value}"; if it is a handler, write browse(request, inProcess(handler))`,
  ERR_ABORTED: () => 'redirect to a URL without user name and password',
  ERR_INVALID_RESPONSE: () => 'answer with a status from 200 to 599',
  ERR_TOO_MANY_REDIRECTS: () => 'redirect at most twenty times',
  ERR_INVALID_REDIRECT: (value) => `redirect to a valid URL instead of "${value}"`,
  ERR_UNSAFE_REDIRECT: (value) => `redirect to an http(s) URL instead of "${value}"`,
  ERR_UNEXPECTED_PROXY_AUTH: () => 'answer with a status other than 407, which only proxies may send',
  ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION: () => 'send one Content-Disposition header',
  ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION: () => 'send one Location header',
};
