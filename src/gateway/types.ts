import type { HeaderLines } from '../sources/messages.js';
import type { FaultKind } from '../sources/rules.js';

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
  readonly allowMethods?: readonly string[] | undefined;
  readonly allowHeaders?: readonly string[] | undefined;
  readonly exposeHeaders?: readonly string[] | undefined;
  readonly allowCredentials?: boolean | undefined;
  /** Seconds. */
  readonly maxAge?: number | undefined;
}

/** Headers that a REST API's gateway responses add to the errors of its own, by name. */
export interface GatewayResponses {
  readonly DEFAULT_4XX?: Readonly<Record<string, string>> | undefined;
  readonly DEFAULT_5XX?: Readonly<Record<string, string>> | undefined;
}

/** What has gone wrong between the gateway and the function. */
export interface GatewayFault {
  /** `result ignored` is the one after which the gateway still answers with what it got. */
  readonly kind: FaultKind | 'result ignored';
  /** What happened, in one line. */
  readonly message: string;
  /** What the handler threw. */
  readonly error?: unknown;
}

/** One request and its response. */
export interface GatewayExchange {
  readonly source: GatewaySource;
  readonly request: {
    readonly method: string;
    /** Path and query string as they were sent. */
    readonly url: string;
    readonly headers: HeaderLines;
    readonly body: Uint8Array;
  };
  /** What the function was given; absent when it was not called. */
  readonly event?: unknown;
  /** What it returned, as JSON has it; absent when it was not called, did not return, or streams. */
  readonly result?: unknown;
  /** What went over the wire, less `Date` and `Connection`. */
  readonly response: {
    readonly status: number;
    readonly headers: HeaderLines;
    /** Empty for a response that is streamed: it is still to be written. */
    readonly body: Uint8Array;
  };
  /** Why the gateway answered instead of the function. */
  readonly fault?: GatewayFault;
  readonly milliseconds: number;
}

export interface GatewayOptions {
  readonly handler: GatewayHandler;
  readonly source: GatewaySource;
  /**
   * The stage of an API, the first segment of its URLs unless it is `$default`. Default: `prod` for REST APIs,
   * `$default` for HTTP APIs; the other sources have none.
   */
  readonly stage?: string | undefined;
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
  /**
   * The Node.js runtime whose ways with handlers are followed. 22, the default, takes callbacks, and ignores what a
   * handler returns that is no promise; 24 refuses handlers with three parameters.
   */
  readonly nodejs?: 22 | 24 | undefined;
  /** For the context. Default `local`. */
  readonly functionName?: string | undefined;
  /** Megabytes, for the context. Default 128. */
  readonly memorySize?: number | undefined;
  /**
   * Is told of errors, time-outs, malformed results, exceeded limits, and responses that cannot be sent. Default: nobody
   * is; nothing is printed.
   */
  readonly onError?: ((fault: GatewayFault, event: unknown) => void) | undefined;
  /** Is told of every request and its response, just before the response is sent. What hooks throw is not caught. */
  readonly onExchange?: ((exchange: GatewayExchange) => void) | undefined;
}

export interface GatewayAddress {
  /** Default 0: any port that is free. */
  readonly port?: number | undefined;
  /** Default `127.0.0.1`: nobody but this machine. */
  readonly host?: string | undefined;
}

export interface Gateway {
  /** Where it listens, with the stage and without a slash at the end. Throws before `listen`. */
  readonly url: string;
  /** Starts to listen. Rejects with an `Error` that names the port when that is in use. */
  listen(address?: GatewayAddress): Promise<Gateway>;
  /** Stops, open connections included. */
  close(): Promise<void>;
}
