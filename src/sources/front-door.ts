import type { AuthorizerContext } from './authorizer.js';
import type { Event, HeaderLines, HttpRequest, HttpResponse, Unreadable } from './messages.js';
import type { Routed, Routing } from './router.js';
import type { GatewayAuthorizer, GatewayFault } from './settings.js';

/** What has gone wrong, where the gateway answers instead of the function. */
export type FaultKind = Exclude<
  GatewayFault['kind'],
  'result ignored' | 'foreign host' | 'hook failed' | 'server failed' | 'unreadable request'
>;

/** The options that a source looks at. */
export interface SourceSettings {
  readonly binaryMediaTypes: readonly string[];
}

/** What only requests through an API have. */
export interface Passage {
  readonly route: Routed;
  /** `undefined` where there is no authorizer. */
  readonly authorizer: AuthorizerContext | undefined;
}

/** Which authorizers a source knows, and what it makes of them. */
interface AuthorizerRules {
  readonly kinds: readonly ('claims' | 'lambda' | 'iam')[];
  readonly hasScopes: boolean;
  /** Whether the context of a Lambda authorizer may have objects and lists in it. */
  readonly nestedContext: boolean;
  toContext(authorizer: GatewayAuthorizer): AuthorizerContext;
}

/** One way in which HTTP reaches a function: what it makes of a request, of a result, and of a fault. */
export interface FrontDoor {
  /** As AWS calls it, for messages. */
  readonly name: string;
  /** The stage that a URL has when none is set; `undefined` where there are no stages. */
  readonly stage: string | undefined;
  /** Milliseconds that it waits for the function; `undefined` where only the function's own timeout counts. */
  readonly timeout: number | undefined;
  readonly limits: {
    /** Bytes of all request header names and values. */
    readonly requestHeaders: number;
    readonly requestBody: number;
    /** The same for the response. */
    readonly responseHeaders: number;
    /** Bytes of the result as JSON. */
    readonly result: number;
  };
  /** The headers by which its responses can be told and found in logs, errors included. */
  readonly marks?: (request: HttpRequest) => HeaderLines;
  /** Only where there are routes. */
  readonly routing?: Routing;
  /** Only where there may be an authorizer. */
  readonly authorizer?: AuthorizerRules;
  toEvent(request: HttpRequest, settings: SourceSettings, passage: Passage): Event;
  fromResult(result: unknown, request: HttpRequest, settings: SourceSettings): HttpResponse | Unreadable;
  /** Only where responses can be streamed. */
  readonly streaming?: StreamedStart;
  /** @param streams Whether it is a handler that streams. */
  toFault(kind: FaultKind, request: HttpRequest, streams: boolean): HttpResponse;
}

/** What a source makes of how a streamed response begins. */
export interface StreamedStart {
  /** Whether a stream of that content type begins with a prelude. */
  hasPrelude(contentType: string): boolean;
  /** Bytes within which the prelude ends, its delimiter included. */
  readonly maxPrelude: number;
  /** @param prelude What was parsed; `undefined` where the stream does not begin with a prelude. */
  fromPrelude(prelude: unknown, contentType: string): HttpResponse | Unreadable;
}

/** The content type by which a function URL knows that a stream begins with a prelude. */
export const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';
/** So many zero bytes end a prelude. */
export const PRELUDE_END = 8;

/**
 * What Lambda itself takes and gives in one synchronous invocation: 6 MB, and a little more for the response.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const MAX_EVENT_BYTES = 6_291_456;
export const MAX_RESULT_BYTES = 6_291_556;

export const MEGABYTE = 1024 * 1024;
