import { consoleText } from './console-text.js';
import type { Place } from './failed-request.js';
import type { CorsError, Fault, NetError } from './types.js';
import { withoutFragment } from './url.js';

/** A fault in the words of Chromium's console (blink's cors_error_string.cc). */
export function chromiumLine({ reason, value = '' }: Fault, { origin, method, url, firstUrl }: Place): string {
  if (isNetError(reason)) return consoleText(`${method} ${url} net::${reason}`);
  if (reason === 'MixedContent') {
    // The fragment of a Location stays.
    return mixedContent(consoleText(origin), consoleText(url === firstUrl ? withoutFragment(url) : url));
  }
  const redirected = url === firstUrl ? '' : `(redirected from '${consoleText(firstUrl)}') `;
  const about = isCheckOfPreflight(reason) ? "Response to preflight request doesn't pass access control check: " : '';
  return (
    `Access to fetch at '${consoleText(url)}' ${redirected}from origin '${consoleText(origin)}' ` +
    `has been blocked by CORS policy: ${about}${SENTENCES[withoutPreflight(reason)](consoleText(value))}`
  );
}

function isNetError(reason: Fault['reason']): reason is NetError {
  return reason.startsWith('ERR_');
}

/** Blink's mixed_content_checker.cc. Chromium shows the page's whole URL, of which only the origin is known here. */
function mixedContent(origin: string, url: string): string {
  return (
    `Mixed Content: The page at '${origin}/' was loaded over HTTPS, but requested an insecure resource '${url}'. ` +
    'This request has been blocked; the content must be served over HTTPS.'
  );
}

/** Faults that Chromium introduces as the preflight's. The sentences about methods and headers name it themselves. */
function isCheckOfPreflight(reason: CorsError): boolean {
  return reason.startsWith('Preflight');
}

type Sentence = Exclude<CorsError, `Preflight${string}`> | 'InvalidStatus' | 'DisallowedRedirect';

function withoutPreflight(reason: CorsError): Sentence {
  return reason.replace(/^Preflight/, '') as Sentence;
}

const ALLOW_ORIGIN = "The 'Access-Control-Allow-Origin' header";
const VALID_VALUE = ' Have the server send the header with a valid value.';

const SENTENCES: Readonly<Record<Sentence, (value: string) => string>> = {
  MissingAllowOriginHeader: () => "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  MultipleAllowOriginValues: (value) =>
    `${ALLOW_ORIGIN} contains multiple values '${value}', but only one is allowed.${VALID_VALUE}`,
  InvalidAllowOriginValue: (value) => `${ALLOW_ORIGIN} contains the invalid value '${value}'.${VALID_VALUE}`,
  AllowOriginMismatch: (value) =>
    `${ALLOW_ORIGIN} has a value '${value}' that is not equal to the supplied origin.${VALID_VALUE}`,
  WildcardOriginNotAllowed: () =>
    "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' " +
    "when the request's credentials mode is 'include'.",
  InvalidAllowCredentials: (value) =>
    `The value of the 'Access-Control-Allow-Credentials' header in the response is '${value}' ` +
    "which must be 'true' when the request's credentials mode is 'include'.",
  InvalidStatus: () => 'It does not have HTTP ok status.',
  DisallowedRedirect: () => 'Redirect is not allowed for a preflight request.',
  InvalidAllowMethodsPreflightResponse: () =>
    'Cannot parse Access-Control-Allow-Methods response header field in preflight response.',
  InvalidAllowHeadersPreflightResponse: () =>
    'Cannot parse Access-Control-Allow-Headers response header field in preflight response.',
  MethodDisallowedByPreflightResponse: (value) =>
    `Method ${value} is not allowed by Access-Control-Allow-Methods in preflight response.`,
  HeaderDisallowedByPreflightResponse: (value) =>
    `Request header field ${value} is not allowed by Access-Control-Allow-Headers in preflight response.`,
  // The list is Chrome's.
  CorsDisabledScheme: () =>
    'Cross origin requests are only supported for protocol schemes: ' +
    'chrome, chrome-extension, chrome-untrusted, data, http, https, isolated-app.',
  // Chromium does not fill in the location.
  RedirectContainsCredentials: () =>
    "Redirect location '' contains a username and password, which is disallowed for cross-origin requests.",
};
