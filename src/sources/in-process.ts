import type { Transport } from '../browser/types.js';
import { httpEvent, restEvent } from './in-process-event.js';
import { gatewayError, httpResponse, restResponse } from './in-process-response.js';

/** What the events look like that the handler gets. */
export interface InProcessOptions {
  /** A REST API's events, or an HTTP API's (payload format 2.0), which are a function URL's too. Default `rest`. */
  readonly source?: 'rest' | 'http';
  /** The context that the handler gets. Default an empty object. */
  readonly context?: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: a handler for any kind of event and context.
type Handler = (event: any, context: any, callback: any) => unknown;

/**
 * A transport that calls a handler, without a network: each request becomes an event, each result a response. For
 * everything that a gateway does besides, use `lambda-cors/gateway` and real HTTP.
 *
 * @param handler A handler of any kind but streaming, wrapped in `withCors` or not: it may answer by a promise, by what it
 *   returns, or, with three parameters, by a promise or its callback, which is waited for without a limit.
 * @throws {TypeError} When the handler is none or streams its responses, or the source is another.
 * @example
 * const page = await browse(
 *   { origin: 'https://app.example.com', url: 'https://api.example.com/notes' },
 *   inProcess(withCors(async (event) => ({ statusCode: 200, body: event.rawPath })), { source: 'http' }),
 * )
 * page.verdict // { allowed: true, status: 200, body: '/notes', … }
 */
export function inProcess(handler: Handler, options: InProcessOptions = {}): Transport {
  if (typeof handler !== 'function') {
    throw new TypeError(
      `inProcess needs a handler, a function of (event, context), but got ${handler === null ? 'null' : typeof handler}`,
    );
  }
  if (Symbol.for('aws.lambda.runtime.handler.streaming') in handler) {
    throw new TypeError('inProcess cannot call a streaming handler: use createGateway of lambda-cors/gateway');
  }
  const { source = 'rest', context = {} } = options;
  if (source !== 'rest' && source !== 'http') {
    throw new TypeError(
      `inProcess knows no source ${JSON.stringify(source)}, only rest and http (a function URL sends the events of http); for the others use createGateway of lambda-cors/gateway`,
    );
  }
  const rest = source === 'rest';
  return async (request) => {
    const event = rest ? restEvent(request) : httpEvent(request);
    try {
      const result = await call(handler, event, context);
      return (rest ? restResponse(result) : httpResponse(result)) ?? gatewayError(rest);
    } catch {
      return gatewayError(rest);
    }
  };
}

/** With three parameters only a promise or the callback is an answer, as on Lambda up to Node.js 22. */
function call(handler: Handler, event: unknown, context: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const returned = handler(event, context, (error: unknown, result: unknown) =>
      error === undefined || error === null ? resolve(result) : reject(error),
    );
    // Not simply resolved with: the callback may still come before the promise.
    if (handler.length < 3 || isThenable(returned)) Promise.resolve(returned).then(resolve, reject);
  });
}

function isThenable(value: unknown): boolean {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
