import { httpEvent, restEvent } from './in-process-event.js';
import { gatewayError, httpResponse, restResponse } from './in-process-response.js';
import type { Transport } from './types.js';

/** What the events look like that the handler gets. */
export interface InProcessOptions {
  /** A REST API's events, or an HTTP API's (payload format 2.0), which are a function URL's too. Default `rest`. */
  readonly source?: 'rest' | 'http';
  /** The context that the handler gets. Default an empty object. */
  readonly context?: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: a handler for any kind of event and context.
type Handler = (event: any, context: any) => unknown;

/**
 * A transport that calls a handler, without a network: each request becomes an event, each result a response. For
 * everything that a gateway does besides, use `lambda-cors/gateway` and real HTTP.
 *
 * @param handler A handler that returns its result or a promise of it, wrapped in `withCors` or not.
 * @throws {TypeError} When the handler streams its responses.
 * @example
 * const page = await browse(
 *   { origin: 'https://app.example.com', url: 'https://api.example.com/notes' },
 *   inProcess(withCors(async (event) => ({ statusCode: 200, body: event.rawPath })), { source: 'http' }),
 * )
 * page.verdict // { allowed: true, status: 200, body: '/notes', … }
 */
export function inProcess(handler: Handler, options: InProcessOptions = {}): Transport {
  if (Symbol.for('aws.lambda.runtime.handler.streaming') in handler) {
    throw new TypeError('inProcess cannot call a streaming handler: use createGateway of lambda-cors/gateway');
  }
  const { source = 'rest', context = {} } = options;
  const rest = source === 'rest';
  return async (request) => {
    const event = rest ? restEvent(request) : httpEvent(request);
    try {
      const result: unknown = await handler(event, context);
      return (rest ? restResponse(result) : httpResponse(result)) ?? gatewayError(rest);
    } catch {
      return gatewayError(rest);
    }
  };
}
