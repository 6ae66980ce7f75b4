import type { HeaderLines } from '../sources/messages.js';
import type {
  GatewayFault,
  GatewayHandler,
  GatewaySettings,
  GatewaySource,
  NodejsRuntime,
} from '../sources/settings.js';

/** One request and its response. */
export interface GatewayExchange {
  /** What is in front of the function. */
  readonly source: GatewaySource;
  /** The request. */
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
  /** What went over the wire, without `Date` and `Connection`. */
  readonly response: {
    readonly status: number;
    readonly headers: HeaderLines;
    /** Empty for a response that is streamed: it is still to be written. */
    readonly body: Uint8Array;
  };
  /** Why the gateway answered instead of the function. */
  readonly fault?: GatewayFault;
  /** How long it took. */
  readonly milliseconds: number;
}

/** The handler, what is in front of it, and what both are set to. */
export interface GatewayOptions extends GatewaySettings {
  /**
   * Names by which requests may reach the gateway, as their `Host` header says it, besides addresses and `localhost`:
   * `api.test`, or `*` for any. Default none, so that no other site can make its own name lead here and read your API.
   */
  readonly allowHosts?: readonly string[] | undefined;
  /** The handler. */
  readonly handler: GatewayHandler;
  /** What is in front of it. */
  readonly source: GatewaySource;
  /**
   * The stage of an API, the first segment of its URLs unless it is `$default`. Default: `prod` for REST APIs,
   * `$default` for HTTP APIs; the other sources have none.
   */
  readonly stage?: string | undefined;
  /**
   * The Node.js runtime whose ways with handlers are followed. 22, the default, passes a callback, has `succeed`, `fail`
   * and `done` on the context, and ignores what a handler returns unless it is a promise; 24 has none of these and
   * refuses handlers with three parameters.
   */
  readonly nodejs?: NodejsRuntime | undefined;
  /**
   * Is told of errors, time-outs, malformed results, exceeded limits, and responses that cannot be sent. Default: nobody
   * is; nothing is printed.
   */
  readonly onError?: ((fault: GatewayFault, event: unknown) => void) | undefined;
  /** Is told of every request and its response, just before the response is sent. What it throws goes to `onError`. */
  readonly onExchange?: ((exchange: GatewayExchange) => void) | undefined;
}

/** Where a gateway listens. */
export interface GatewayAddress {
  /** Default 0: any port that is free. */
  readonly port?: number | undefined;
  /** Default `127.0.0.1`: nobody but this machine. */
  readonly host?: string | undefined;
}

/** A local gateway. */
export interface Gateway {
  /** Where it listens, with the stage and without a slash at the end. Throws before `listen`. */
  readonly url: string;
  /** Starts to listen. Rejects with an `Error` that names the port when that is in use. */
  listen(address?: GatewayAddress): Promise<Gateway>;
  /** Stops, open connections included. */
  close(): Promise<void>;
}
