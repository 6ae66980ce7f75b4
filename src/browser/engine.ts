/** Whose behaviour is asked for: a browser engine's as it is today, or the Fetch Standard's as it is written. */
export type EngineName = 'chromium' | 'firefox' | 'webkit' | 'standard';

/** Where engines differ from the Standard and from each other. */
export interface Engine {
  readonly name: EngineName;
  /**
   * The longest time, in seconds, for which the answer to a preflight is kept; the Standard leaves it open.
   * https://fetch.spec.whatwg.org/#http-access-control-max-age
   */
  readonly maxAgeLimit: number;
  /** `*` in Access-Control-Allow-Headers covers Authorization: https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name */
  readonly wildcardCoversAuthorization: boolean;
  /**
   * The numbers in Access-Control-Max-Age and Range are read as 64-bit integers: a sign is accepted, and what is too
   * large is no number.
   */
  readonly signedNumbers: boolean;
  /**
   * The preflight cache keeps only the last answer for an origin and URL and forgets it when it does not suffice,
   * instead of collecting methods and header names; and it knows the origin by the page, even after a redirect
   * that makes it `null`.
   */
  readonly keepsLastPreflight: boolean;
  /** A page whose origin is `null` is taken for another one at each `fetch()`: nothing is kept from one to the next. */
  readonly forgetsNull: boolean;
  /** Requests with `If-None-Match` and the like do not use what is kept, only renew it. */
  readonly asksForConditionalRequests: boolean;
  /** Client hints of old need no preflight; most of them follow redirects only to the page's own origin. */
  readonly safelistsClientHints: boolean;
  /** No redirect to a URL with a user name or password is followed, not even to the page's own origin. */
  readonly refusesUserInfo: boolean;
  /** Request headers in lower case that are dropped without a word besides the forbidden ones. */
  readonly droppedRequestHeaders: ReadonlySet<string>;
}

const STANDARD: Engine = {
  name: 'standard',
  maxAgeLimit: Number.POSITIVE_INFINITY,
  wildcardCoversAuthorization: false,
  signedNumbers: false,
  keepsLastPreflight: false,
  forgetsNull: false,
  asksForConditionalRequests: false,
  safelistsClientHints: false,
  refusesUserInfo: false,
  droppedRequestHeaders: new Set(),
};

/**
 * Read from Chromium's services/network/cors and blink's platform/loader/cors. Of Firefox and WebKit only what is
 * written here is known to differ.
 */
export const ENGINES: Readonly<Record<EngineName, Engine>> = {
  standard: STANDARD,
  chromium: {
    name: 'chromium',
    maxAgeLimit: 7200,
    wildcardCoversAuthorization: true,
    signedNumbers: true,
    keepsLastPreflight: true,
    forgetsNull: true,
    asksForConditionalRequests: true,
    safelistsClientHints: true,
    // https://chromestatus.com/feature/5669008342777856
    refusesUserInfo: true,
    // https://crbug.com/571722, and what was forbidden for https://wicg.github.io/private-network-access/
    droppedRequestHeaders: new Set(['user-agent', 'access-control-request-private-network']),
  },
  firefox: { ...STANDARD, name: 'firefox', maxAgeLimit: 86400, wildcardCoversAuthorization: true },
  webkit: { ...STANDARD, name: 'webkit', maxAgeLimit: 600, wildcardCoversAuthorization: true },
};
