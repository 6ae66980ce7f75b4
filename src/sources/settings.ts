/** What can be in front of a function; see `GATEWAY_SOURCES`. */
export type GatewaySource = 'rest' | 'http' | 'http-1.0' | 'url' | 'alb' | 'alb-multi' | 'lattice-v1' | 'lattice-v2';

/** Any Lambda handler. One that streams, as `withCorsStreaming` makes it, goes behind `rest` and `url` only. */
// biome-ignore lint/suspicious/noExplicitAny: users annotate their handlers with the types of their events.
export type GatewayHandler = (event: any, context: any, callback: any) => unknown;

/**
 * The CORS feature of the gateway itself: `CorsConfiguration` of an HTTP API, or `Cors` of a function URL, with the
 * names of both.
 */
export interface GatewayCors {
  /** Exact origins or `*`; an HTTP API also knows `https://*` and `http://*`. */
  readonly allowOrigins?: readonly string[] | undefined;
  /** Methods, or `*`. */
  readonly allowMethods?: readonly string[] | undefined;
  /** Request headers, or `*`. */
  readonly allowHeaders?: readonly string[] | undefined;
  /** Response headers that scripts may read, or `*`. */
  readonly exposeHeaders?: readonly string[] | undefined;
  /** Whether credentials are allowed. */
  readonly allowCredentials?: boolean | undefined;
  /** Seconds. */
  readonly maxAge?: number | undefined;
}

/** Headers that a REST API's gateway responses add to the errors of its own, by name. */
export interface GatewayResponses {
  /** For the statuses from 400 to 499. */
  readonly DEFAULT_4XX?: Readonly<Record<string, string>> | undefined;
  /** For the statuses from 500 to 599. */
  readonly DEFAULT_5XX?: Readonly<Record<string, string>> | undefined;
}

/**
 * What the authorizer in front of the function has passed on, in one of three forms. It goes where the source has it:
 * `claims` of a token to `requestContext.authorizer.claims` of a REST API and `.jwt.claims` of an HTTP API; what a
 * Lambda authorizer returned as its context to `requestContext.authorizer` and `.lambda`; `iam` to `.iam`.
 */
export interface GatewayAuthorizer {
  /** The payload of a token; what is not text in it becomes text, as on AWS. REST and HTTP APIs. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /** HTTP APIs, beside `claims`: the scopes that the route asks for. */
  readonly scopes?: readonly string[] | undefined;
  /** The context that a Lambda authorizer returned. REST and HTTP APIs. */
  readonly lambda?: Readonly<Record<string, unknown>> | undefined;
  /** Who has signed the request. HTTP APIs with payload format 2.0, and function URLs. */
  readonly iam?: Readonly<Record<string, unknown>> | undefined;
}

/** What has gone wrong between the gateway and the function. */
export interface GatewayFault {
  /**
   * After `result ignored` the gateway still answers with what it got. The last four are of the local gateway alone: a
   * request for a host that is not allowed, a hook that threw, a server that reports an error, and what a client sent
   * that is not HTTP.
   */
  readonly kind:
    | 'thrown'
    | 'malformed'
    | 'function timeout'
    | 'gateway timeout'
    | 'no such stage'
    | 'no such route'
    | 'request headers too large'
    | 'request body too large'
    | 'response too large'
    | 'result ignored'
    | 'foreign host'
    | 'hook failed'
    | 'server failed'
    | 'unreadable request';
  /** What happened, in one line. */
  readonly message: string;
  /** What the handler threw. */
  readonly error?: unknown;
}

/** The Node.js runtime whose ways with handlers are followed. */
export type NodejsRuntime = 22 | 24;

/** What a function and the source in front of it are set to. */
export interface GatewaySettings {
  /**
   * REST and HTTP APIs: the routes that lead to the function, such as `GET /notes/{id}`, `ANY /{proxy+}` or, on HTTP
   * APIs, `$default`. The event names the route and the values of its variables; a request for which there is no route
   * gets the gateway's own answer. Default: all requests reach the function, by `{proxy+}` or by `$default`.
   */
  readonly routes?: readonly string[] | undefined;
  /**
   * What an authorizer has passed on. Every request is one that it has let through, except `OPTIONS`, which needs to be
   * without an authorizer for CORS. Default: there is no authorizer.
   */
  readonly authorizer?: GatewayAuthorizer | undefined;
  /** REST APIs: the media types that are binary, such as `image/*`. Default none. */
  readonly binaryMediaTypes?: readonly string[] | undefined;
  /** REST APIs: headers on the gateway's own errors. Default none, as on AWS. */
  readonly gatewayResponses?: GatewayResponses | undefined;
  /** HTTP APIs and function URLs: the gateway's own CORS feature. Default: off. */
  readonly cors?: GatewayCors | undefined;
  /** Milliseconds that the function may take. Default 900000, the most that Lambda allows. */
  readonly timeout?: number | undefined;
  /** Milliseconds that the gateway waits. Default: 29000 for REST APIs, 30000 for HTTP APIs, otherwise no limit. */
  readonly gatewayTimeout?: number | undefined;
  /** For the context. Default `local`. */
  readonly functionName?: string | undefined;
  /** Megabytes, for the context. Default 128. */
  readonly memorySize?: number | undefined;
}
