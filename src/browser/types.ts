/** One line of a header: `['content-type', 'text/plain']`. A header may have several lines. */
export type HeaderLine = readonly [name: string, value: string];

/** Header lines in their order; a name may come more than once. */
export type HeaderLines = readonly HeaderLine[];

/** https://fetch.spec.whatwg.org/#concept-request-credentials-mode; the default of `fetch()` is `same-origin`. */
export type CredentialsMode = 'omit' | 'same-origin' | 'include';

/** https://fetch.spec.whatwg.org/#concept-request-response-tainting: what a page may see of a response. */
export type Tainting = 'basic' | 'cors';

/** A body: text, or bytes. */
export type Body = string | Uint8Array;

/** A request as it goes over the wire. */
export interface WireRequest {
  /** The method, in its final spelling. */
  readonly method: string;
  /** Absolute, without fragment. */
  readonly url: string;
  /** Every header that the browser sends, except those of the connection (`Host`, `Content-Length`, …). */
  readonly headers: HeaderLines;
  /** The body, where there is one. */
  readonly body?: Body;
}

/** A response as it comes over the wire. */
export interface WireResponse {
  /** The status. */
  readonly status: number;
  /** Every line as it arrived: two lines of one header stay two. */
  readonly headers: HeaderLines;
  /** The body, where there is one. */
  readonly body?: Body;
}

/** What carries a request to the server and the response back. It must not follow redirects. */
export type Transport = (request: WireRequest) => Promise<WireResponse>;

/** What a page asks for with `fetch(url, { method, headers, credentials, body })`. */
export interface PageRequest {
  /**
   * The page's origin, such as `https://app.example.com`; `null` for a sandboxed frame or a file. `null` does not tell
   * whether the page is secure, so mixed content is not judged then.
   */
  readonly origin: string;
  /** The absolute URL to fetch. */
  readonly url: string;
  /** Default `GET`. */
  readonly method?: string;
  /** An object, a list of lines, a `Headers` or a `Map`. */
  readonly headers?: Readonly<Record<string, string>> | Iterable<HeaderLine>;
  /** Default `same-origin`. */
  readonly credentials?: CredentialsMode;
  /** Text is sent as `text/plain;charset=UTF-8` unless the headers have a content-type. */
  readonly body?: Body;
  /**
   * The `Cookie` header that the browser holds for the URL's host; sent where the credentials mode allows it. Whether
   * `SameSite` and `Secure` allow it too is not judged.
   */
  readonly cookie?: string;
}

/** One request and its response. */
export interface Exchange {
  /** Whether it is the preflight or the request itself. */
  readonly kind: 'preflight' | 'request';
  /** What was sent. */
  readonly request: WireRequest;
  /** `undefined` when the transport failed. */
  readonly response: WireResponse | undefined;
  /** `cors` if CORS judges the response, `basic` if it is same-origin. */
  readonly tainting: Tainting;
  /** Why a preflight is needed; empty for a simple or a same-origin request. */
  readonly preflightReasons: readonly PreflightReason[];
  /** Whether a preflight was needed, and its answer was still in the preflight cache. */
  readonly preflightCached: boolean;
}

/** Why a request needs a preflight. */
export interface PreflightReason {
  /** Whether the method or a header is the reason. */
  readonly kind: 'method' | 'header';
  /** The method, or the header's name in lower case. */
  readonly name: string;
  /** The rule of the Standard that it breaks. */
  readonly rule:
    | 'method'
    | 'name'
    | 'length'
    | 'total-length'
    | 'unsafe-byte'
    | 'content-type'
    | 'language'
    | 'range'
    | 'redirect';
  /** The same in words. */
  readonly why: string;
}

/** Chromium's names for the faults that CORS finds. */
export type CorsError =
  | CheckError
  | `Preflight${CheckError}`
  | 'PreflightInvalidStatus'
  | 'PreflightDisallowedRedirect'
  | 'InvalidAllowMethodsPreflightResponse'
  | 'InvalidAllowHeadersPreflightResponse'
  | 'MethodDisallowedByPreflightResponse'
  | 'HeaderDisallowedByPreflightResponse'
  | 'RedirectContainsCredentials'
  | 'CorsDisabledScheme';

/** The faults that the CORS check finds: https://fetch.spec.whatwg.org/#cors-check */
export type CheckError =
  | 'MissingAllowOriginHeader'
  | 'MultipleAllowOriginValues'
  | 'InvalidAllowOriginValue'
  | 'AllowOriginMismatch'
  | 'WildcardOriginNotAllowed'
  | 'InvalidAllowCredentials';

/** What a browser refuses to ask because of the page's own security: https://w3c.github.io/webappsec-mixed-content/ */
export type PageError = 'MixedContent';

/** Chromium's names for what fails below CORS. */
export type NetError =
  | 'ERR_FAILED'
  | 'ERR_UNSAFE_PORT'
  | 'ERR_ADDRESS_INVALID'
  | 'ERR_ABORTED'
  | 'ERR_INVALID_RESPONSE'
  | 'ERR_TOO_MANY_REDIRECTS'
  | 'ERR_INVALID_REDIRECT'
  | 'ERR_UNSAFE_REDIRECT'
  | 'ERR_UNEXPECTED_PROXY_AUTH'
  | 'ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION'
  | 'ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION';

/** A fault, with the value at fault where there is one. */
export interface Fault<Reason = CorsError | PageError | NetError> {
  /** Chromium's name for it. */
  readonly reason: Reason;
  /** What is at fault, such as the header's value. */
  readonly value?: string;
}

/** What the page gets: a response that it may read. */
export interface Allowed {
  /** Always `true`. */
  readonly allowed: true;
  /** `cors` if CORS judged it, `basic` if it is same-origin. */
  readonly type: Tainting;
  /** The URL of the response, after redirects. */
  readonly url: string;
  /** Whether redirects were followed. */
  readonly redirected: boolean;
  /** The status. */
  readonly status: number;
  /** The headers that scripts may read: names in lower case, several lines joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body; `undefined` where there can be none. */
  readonly body: Body | undefined;
}

/** What the page gets instead: `TypeError: Failed to fetch`. */
export interface Refused {
  /** Always `false`. */
  readonly allowed: false;
  /** Chromium's name for the fault. */
  readonly reason: Fault['reason'];
  /** What the engine's console says; in Firefox and WebKit it can have several lines. */
  readonly message: string;
  /** What to change, in the terms of a policy. */
  readonly fix: string;
  /** The value that the transport threw. */
  readonly cause?: unknown;
}

/** What the page gets: a response, or a `TypeError`. */
export type Verdict = Allowed | Refused;

/** The outcome of a page's request. */
export interface Page {
  /** What the page gets. */
  readonly verdict: Verdict;
  /** `undefined` if the page may read the response, otherwise the console's sentence and what to change. */
  readonly problem: string | undefined;
  /** Every request that was sent, in order, with its response. */
  readonly exchanges: readonly Exchange[];
}
