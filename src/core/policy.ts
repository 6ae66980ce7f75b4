/** Asks whether an origin may read responses. Only `true` allows it; whatever else it answers or throws refuses. */
export type OriginFunction = (
  origin: string,
  // The event is whatever the source sent; annotate the parameter with the type of your own handler's event.
  // biome-ignore lint/suspicious/noExplicitAny: `unknown` would refuse that annotation.
  event: any,
) => boolean | Promise<boolean>;

/**
 * Who may call the API from a browser, and how.
 *
 * The names are those of `AWS::Serverless::HttpApi` `CorsConfiguration` and of a function URL's `Cors`, in
 * camel case. Every key is optional; `{}` allows any origin without credentials.
 *
 * @example
 * const policy: CorsPolicy = {
 *   allowOrigins: ['https://app.example.com', 'https://*.example.com', 'http://localhost:*'],
 *   allowMethods: ['GET', 'POST'],
 *   allowCredentials: true,
 * }
 */
export interface CorsPolicy {
  /**
   * Who may read responses. Default `'*'`, anyone.
   *
   * Exact origins (`https://app.example.com`), patterns (`https://*.example.com` for one or more labels,
   * `http://localhost:*` for any port), a string of these with commas or line breaks between them (so that an
   * environment variable can be passed as it is), or a function. The origin `null` is never allowed except by `'*'`.
   */
  readonly allowOrigins?: '*' | string | readonly string[] | OriginFunction;
  /** Methods that other origins may use. Default `GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS`. */
  readonly allowMethods?: '*' | readonly string[];
  /**
   * Request headers that other origins may send, besides the safelisted ones. Default
   * `Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent`: the API Gateway
   * console's, and what AWS's SDKs send in browsers.
   */
  readonly allowHeaders?: '*' | readonly string[];
  /** Response headers that scripts may read, besides the safelisted ones. Default none. */
  readonly exposeHeaders?: '*' | readonly string[];
  /** Whether requests may carry cookies or HTTP authentication; only for origins that are named. Default `false`. */
  readonly allowCredentials?: boolean;
  /** Seconds that a browser may remember a preflight, 0 to 86400. Default 7200. */
  readonly maxAge?: number;
  /** Allows credentials from plain-`http` origins that are not loopback. Default `false`. */
  readonly dangerouslyAllowInsecureOrigins?: boolean;
}

/**
 * A policy that has been validated, with every default filled in, everything spelled one way, and everything that
 * responses need precomputed: frozen data, independent of the object it came from. Made by `compilePolicy`.
 */
export interface CompiledPolicy {
  /** Who may read responses; a string of several origins has become a list. */
  readonly allowOrigins: '*' | readonly string[] | OriginFunction;
  /** Methods that other origins may use. */
  readonly allowMethods: '*' | readonly string[];
  /** Request headers that other origins may send, besides the safelisted ones. */
  readonly allowHeaders: '*' | readonly string[];
  /** Response headers that scripts may read, besides the safelisted ones. */
  readonly exposeHeaders: '*' | readonly string[];
  /** Whether requests may carry cookies or HTTP authentication. */
  readonly allowCredentials: boolean;
  /** Seconds that a browser may remember a preflight. */
  readonly maxAge: number;
  /** Whether credentials from plain-`http` origins are allowed. */
  readonly dangerouslyAllowInsecureOrigins: boolean;
  /** Whether `allowOrigins`, when it is a list, has an origin or a pattern for it. */
  readonly listsOrigin: (origin: string) => boolean;
  /** @internal What responses other than preflights carry to an origin, if `allowOrigins` is a list that has it; remembered. */
  readonly decisionFor: (origin: string) => Decision | undefined;
  /** @internal What responses other than preflights carry: to every request of a static policy, to allowed origins of others. */
  readonly actual: Decision;
  /** @internal The same for an origin that is refused. */
  readonly actualRefused: Decision;
  /** @internal The answer to a preflight. */
  readonly preflight: Decision;
  /** @internal The answer to a preflight whose origin is refused. */
  readonly preflightRefused: Decision;
}

/** What of a compiled policy says the same as the policy that it was made of. */
export type NormalPolicy = Pick<CompiledPolicy, keyof CorsPolicy>;

/**
 * What the response to one request carries: the values of the headers in response-headers.ts; `undefined` is not sent.
 */
export interface Decision {
  /** Present for a preflight: the answer, in whose place the handler is not called. */
  readonly preflight: PreflightAnswer | undefined;
  /** `undefined` when the origin is refused. */
  readonly allowOrigin: string | undefined;
  readonly allowMethods: string | undefined;
  readonly allowHeaders: string | undefined;
  readonly allowCredentials: string | undefined;
  /** `undefined` leaves the header to the handler, `''` removes it. */
  readonly exposeHeaders: string | undefined;
  readonly maxAge: string | undefined;
  /** `undefined` when the response is the same for every origin. */
  readonly vary: string | undefined;
}

/** A field of a decision that holds the value of a header. */
export type CorsField = Exclude<keyof Decision, 'preflight'>;

/** The status of a preflight's answer, and the text of one that refuses. It echoes nothing of the request. */
export interface PreflightAnswer {
  readonly status: 204 | 403;
  readonly body: string | undefined;
}
