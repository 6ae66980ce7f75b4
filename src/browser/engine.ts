/** A browser engine as it behaves today, or the Fetch Standard as it is written. */
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
   * Reads the numbers in Access-Control-Max-Age and Range as signed 64-bit integers: accepts a sign, and ignores a
   * number that is too large.
   */
  readonly signedNumbers: boolean;
  /** Accepts a plus sign in Access-Control-Max-Age. */
  readonly plusInMaxAge: boolean;
  /**
   * The preflight cache does not collect methods and header names. It keeps only the last answer for an origin and
   * URL, and forgets it when it does not suffice. The origin is the page's, even after a redirect that makes the
   * Origin header `null`.
   */
  readonly keepsLastPreflight: boolean;
  /** Gives a page whose origin is `null` a new origin at each `fetch()`, so that nothing is kept from one to the next. */
  readonly forgetsNull: boolean;
  /** Answers that were given to a request with credentials are kept for such requests only. */
  readonly separatesCredentials: boolean;
  /** Requests with `If-None-Match` and the like do not use kept answers. They only renew them. */
  readonly asksForConditionalRequests: boolean;
  /** The old client hints need no preflight. Most of them follow redirects only to the page's own origin. */
  readonly safelistsClientHints: boolean;
  /** Follows no redirect to a URL with a user name or password, not even to the page's own origin. */
  readonly refusesUserInfo: boolean;
  /** Ports that it connects to although the Standard calls them bad: https://fetch.spec.whatwg.org/#bad-port */
  readonly allowedBadPorts: ReadonlySet<number>;
  /** Secure pages cannot ask http URLs of the computer itself, although those are potentially trustworthy. */
  readonly blocksLoopback: boolean;
  /**
   * Secure pages can ask http URLs of private addresses and `.local` names if the user lets them:
   * https://wicg.github.io/local-network-access/#mixed-content
   */
  readonly asksForLocalNetwork: boolean;
  /** An http page of the computer itself, which is potentially trustworthy, cannot ask other http URLs either. */
  readonly loopbackProhibitsMixedContent: boolean;
  /** Request headers, in lower case, that are dropped silently in addition to the forbidden ones. */
  readonly droppedRequestHeaders: ReadonlySet<string>;
}

const STANDARD: Engine = {
  name: 'standard',
  maxAgeLimit: Number.POSITIVE_INFINITY,
  wildcardCoversAuthorization: false,
  signedNumbers: false,
  plusInMaxAge: false,
  keepsLastPreflight: false,
  forgetsNull: false,
  separatesCredentials: false,
  asksForConditionalRequests: false,
  safelistsClientHints: false,
  refusesUserInfo: false,
  allowedBadPorts: new Set(),
  blocksLoopback: false,
  asksForLocalNetwork: false,
  loopbackProhibitsMixedContent: true,
  droppedRequestHeaders: new Set(),
};

/**
 * Chromium's behaviour is read from its services/network/cors and blink's platform/loader/cors, and `npm run oracle`
 * compares it with the browser. Firefox and WebKit differ from the Standard in what is written here, as seen in
 * Firefox 153 ESR and WebKitGTK 2.50; other differences may exist.
 */
export const ENGINES: Readonly<Record<EngineName, Engine>> = {
  standard: STANDARD,
  chromium: {
    name: 'chromium',
    maxAgeLimit: 7200,
    wildcardCoversAuthorization: true,
    signedNumbers: true,
    plusInMaxAge: true,
    keepsLastPreflight: true,
    forgetsNull: true,
    separatesCredentials: false,
    asksForConditionalRequests: true,
    safelistsClientHints: true,
    // https://chromestatus.com/feature/5669008342777856
    refusesUserInfo: true,
    allowedBadPorts: new Set([4190]),
    blocksLoopback: false,
    // Since 142: https://developer.chrome.com/blog/local-network-access
    asksForLocalNetwork: true,
    loopbackProhibitsMixedContent: false,
    // https://crbug.com/571722, and what was forbidden for https://wicg.github.io/private-network-access/
    droppedRequestHeaders: new Set(['user-agent', 'access-control-request-private-network']),
  },
  firefox: {
    ...STANDARD,
    name: 'firefox',
    maxAgeLimit: 86400,
    wildcardCoversAuthorization: true,
    separatesCredentials: true,
    asksForConditionalRequests: true,
    loopbackProhibitsMixedContent: false,
  },
  webkit: {
    ...STANDARD,
    name: 'webkit',
    maxAgeLimit: 600,
    wildcardCoversAuthorization: true,
    plusInMaxAge: true,
    // https://bugs.webkit.org/show_bug.cgi?id=171934
    blocksLoopback: true,
    loopbackProhibitsMixedContent: false,
  },
};
