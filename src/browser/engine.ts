/** A browser engine as it behaves today, or the Fetch Standard as it is written. */
export type EngineName = 'chromium' | 'firefox' | 'webkit' | 'standard';

/** A browser engine, or the Standard: one of `ENGINES`. */
export interface Engine {
  /** Its name. */
  readonly name: EngineName;
}

/** @internal Where engines differ from the Standard and from each other: for this package alone, as that changes often. */
export interface Engine {
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
  /** For how many seconds an answer is kept whose Access-Control-Max-Age is not a number. */
  readonly badMaxAge: number;
  /** The first number that is too large for a Range that needs no preflight. */
  readonly rangeLimit: bigint | undefined;
  /** Looks at the status of a preflight's answer before it looks at the headers. */
  readonly checksStatusFirst: boolean;
  /** Looks for the method before it reads Access-Control-Allow-Headers. */
  readonly checksMethodFirst: boolean;
  /**
   * The preflight cache does not collect methods and header names. It keeps only the last answer for an origin and
   * URL, and forgets it when it does not suffice.
   */
  readonly keepsLastPreflight: boolean;
  /** Keeps an answer even when it does not allow the method or a header that was asked for. */
  readonly keepsInsufficientAnswers: boolean;
  /** A request that fails makes it forget the answers for its URL, or for the URL that redirects it to a bad port. */
  readonly forgetsAfterFailure: boolean;
  /** For which requests a kept `*` is a wildcard. */
  readonly keptWildcard: 'all' | 'none' | 'without-credentials' | 'if-kept-without-credentials';
  /** A kept `*` covers Authorization. */
  readonly keptWildcardCoversAuthorization: boolean;
  /** HEAD needs a preflight unless the kept answer names it. */
  readonly asksForHead: boolean;
  /**
   * What stands for the origin in the preflight cache when a redirect has made the Origin header `null`. The request:
   * answers are then kept until it is over, for further redirects.
   */
  readonly taintedKey: 'null' | 'page' | 'request';
  /** Gives a page whose origin is `null` a new origin at each `fetch()`, so that nothing is kept from one to the next. */
  readonly forgetsNull: boolean;
  /** Answers that were given to a request with credentials are kept for such requests only. */
  readonly separatesCredentials: boolean;
  /** A request that needed a preflight, or had headers that need one, needs one after every redirect, too. */
  readonly asksAfterRedirects: boolean;
  /** A preflight after a redirect asks for all headers that the page has set, even for those that stay behind. */
  readonly asksForAllHeaders: boolean;
  /**
   * A preflight names the page's origin, even where the Origin header of the request is `null`. CORS does not judge its
   * answer if it comes from there.
   */
  readonly asksAsPage: boolean;
  /**
   * Whether headers of a body that a redirect took away come back with the next redirect. Elsewhere: with one to or from
   * another origin; within the page's own only Content-Type does, with 307 and 308.
   */
  readonly restoresBodyHeaders: 'never' | 'elsewhere' | 'always';
  /**
   * Whether a redirect takes away the headers of a body depends on the method that the page has used. A preflight asks
   * for them all the same, unless that redirect makes it a GET.
   */
  readonly stripsByFirstMethod: boolean;
  /** Checks redirects of a request that began at the page's own origin as if its credentials were still sent. */
  readonly checksRedirectsWithCredentials: boolean;
  /** A GET that a redirect has made of a POST still has the Origin header of the POST. */
  readonly keepsOriginHeader: boolean;
  /** Takes `/a#` for `/a`, also in the preflight cache, which keeps URLs with their fragments. */
  readonly dropsEmptyFragment: boolean;
  /** Judges each line of a request header, and names the header as often in Access-Control-Request-Headers. */
  readonly judgesLines: boolean;
  /** Bytes above 0x7F need a preflight in Accept and Content-Type. */
  readonly nonAsciiIsUnsafe: boolean;
  /** Responses with these have no body: https://fetch.spec.whatwg.org/#null-body-status */
  readonly nullBodyStatuses: ReadonlySet<number>;
  /** Of several lines of a response header, those without a value do not count. */
  readonly ignoresEmptyLines: boolean;
  /** A `*` in Access-Control-Expose-Headers counts even if something after it is not a name. */
  readonly exposesAllBeforeFault: boolean;
  /** Keeps the bytes of a redirect's target that are not ASCII, instead of reading each as a character. */
  readonly keepsLocationBytes: boolean;
  /** Looks where a redirect leads before it checks whether the page may know of it. */
  readonly resolvesRedirectsFirst: boolean;
  /** Schemes that it will not load, wherever the redirect to them comes from; it looks at them first, too. */
  readonly unloadableSchemes: ReadonlySet<string>;
  /** A response with status 407 that no proxy has sent is an error. */
  readonly refusesProxyAuthentication: boolean;
  /** Response headers that make a response invalid when they have several values. */
  readonly singleResponseHeaders: ReadonlySet<string>;
  /** The elements of a list in Content-Disposition are several values. */
  readonly splitsDisposition: boolean;
  /** Requests with `If-None-Match` and the like do not use kept answers. They only renew them. */
  readonly asksForConditionalRequests: boolean;
  /** The old client hints need no preflight. Most of them follow redirects only to the page's own origin. */
  readonly safelistsClientHints: boolean;
  /** Follows no redirect to a URL with a user name or password, not even to the page's own origin. */
  readonly refusesUserInfo: boolean;
  /** Looks for mixed content in the target of a redirect before it checks whether the page may know of the target. */
  readonly blocksMixedTargetsFirst: boolean;
  /** After a redirect, sends the preflight of a request that it then blocks as mixed content. */
  readonly preflightsMixedContent: boolean;
  /** Ports that it connects to although the Standard calls them bad: https://fetch.spec.whatwg.org/#bad-port */
  readonly allowedBadPorts: ReadonlySet<number>;
  /** Addresses that it does not connect to, although other engines take them for the computer itself. */
  readonly refusedHosts: ReadonlySet<string>;
  /** Looks at the host before the port. */
  readonly looksAtHostFirst: boolean;
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
  badMaxAge: 5,
  rangeLimit: undefined,
  checksStatusFirst: false,
  checksMethodFirst: false,
  keepsLastPreflight: false,
  keepsInsufficientAnswers: false,
  forgetsAfterFailure: false,
  keptWildcard: 'all',
  keptWildcardCoversAuthorization: false,
  asksForHead: false,
  taintedKey: 'null',
  forgetsNull: false,
  separatesCredentials: false,
  asksAfterRedirects: false,
  asksForAllHeaders: false,
  asksAsPage: false,
  restoresBodyHeaders: 'never',
  stripsByFirstMethod: false,
  checksRedirectsWithCredentials: false,
  keepsOriginHeader: false,
  dropsEmptyFragment: false,
  judgesLines: false,
  nonAsciiIsUnsafe: false,
  nullBodyStatuses: new Set([204, 205, 304]),
  ignoresEmptyLines: false,
  exposesAllBeforeFault: false,
  keepsLocationBytes: false,
  resolvesRedirectsFirst: false,
  unloadableSchemes: new Set(),
  refusesProxyAuthentication: true,
  singleResponseHeaders: new Set(['location', 'content-disposition']),
  splitsDisposition: true,
  asksForConditionalRequests: false,
  safelistsClientHints: false,
  refusesUserInfo: false,
  blocksMixedTargetsFirst: false,
  preflightsMixedContent: false,
  allowedBadPorts: new Set(),
  refusedHosts: new Set(),
  looksAtHostFirst: false,
  blocksLoopback: false,
  asksForLocalNetwork: false,
  loopbackProhibitsMixedContent: true,
  droppedRequestHeaders: new Set(),
};

/**
 * Every engine, by its name.
 *
 * `npm run oracle` compares this with the browsers: Chromium 147, Firefox 153 ESR, WebKitGTK 2.50. It was read from
 * their sources: Chromium's services/network/cors and blink/renderer/platform/loader/cors; Gecko's
 * nsCORSListenerProxy.cpp; WebKit's CrossOriginAccessControl.cpp, CrossOriginPreflightResultCache.cpp and
 * NetworkLoadChecker.cpp.
 */
export const ENGINES: Readonly<Record<EngineName, Engine>> = {
  standard: STANDARD,
  chromium: {
    ...STANDARD,
    name: 'chromium',
    maxAgeLimit: 7200,
    wildcardCoversAuthorization: true,
    signedNumbers: true,
    rangeLimit: 2n ** 63n,
    keepsLastPreflight: true,
    keptWildcard: 'if-kept-without-credentials',
    taintedKey: 'page',
    forgetsNull: true,
    asksForConditionalRequests: true,
    keepsLocationBytes: true,
    resolvesRedirectsFirst: true,
    safelistsClientHints: true,
    // https://chromestatus.com/feature/5669008342777856
    refusesUserInfo: true,
    allowedBadPorts: new Set([4190, 6679]),
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
    badMaxAge: 0,
    rangeLimit: 2n ** 64n,
    checksMethodFirst: true,
    forgetsAfterFailure: true,
    keptWildcard: 'none',
    asksForHead: true,
    taintedKey: 'page',
    separatesCredentials: true,
    asksForConditionalRequests: true,
    asksAfterRedirects: true,
    asksAsPage: true,
    restoresBodyHeaders: 'always',
    stripsByFirstMethod: true,
    dropsEmptyFragment: true,
    judgesLines: true,
    nonAsciiIsUnsafe: true,
    ignoresEmptyLines: true,
    exposesAllBeforeFault: true,
    keepsLocationBytes: true,
    resolvesRedirectsFirst: true,
    blocksMixedTargetsFirst: true,
    unloadableSchemes: new Set(['blob:', 'chrome:', 'data:', 'file:', 'javascript:']),
    refusesProxyAuthentication: false,
    splitsDisposition: false,
    // Seen without a proxy: it connects to no address that stands for all.
    refusedHosts: new Set(['0.0.0.0', '[::]']),
    loopbackProhibitsMixedContent: false,
  },
  webkit: {
    ...STANDARD,
    name: 'webkit',
    maxAgeLimit: 600,
    wildcardCoversAuthorization: true,
    signedNumbers: true,
    rangeLimit: 2n ** 64n,
    checksStatusFirst: true,
    keepsLastPreflight: true,
    keepsInsufficientAnswers: true,
    keptWildcard: 'without-credentials',
    keptWildcardCoversAuthorization: true,
    taintedKey: 'request',
    asksAfterRedirects: true,
    asksForAllHeaders: true,
    restoresBodyHeaders: 'elsewhere',
    preflightsMixedContent: true,
    checksRedirectsWithCredentials: true,
    keepsOriginHeader: true,
    nullBodyStatuses: new Set([204, 304]),
    unloadableSchemes: new Set(['ftp:']),
    refusesProxyAuthentication: false,
    singleResponseHeaders: new Set(),
    refusedHosts: new Set(['0.0.0.0']),
    looksAtHostFirst: true,
    // https://bugs.webkit.org/show_bug.cgi?id=171934
    blocksLoopback: true,
    loopbackProhibitsMixedContent: false,
  },
};
