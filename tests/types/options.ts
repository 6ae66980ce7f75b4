// The options: loggers that people have, and onError with the event of the handler.
import { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEvent, APIGatewayProxyHandler } from 'aws-lambda';
import { type CorsLogger, type CorsOptions, withCors } from '../../src/index.js';
import { cors } from '../../src/middy.js';
import { withCorsStreaming } from '../../src/streaming.js';

declare const handler: APIGatewayProxyHandler;

export const loggers: readonly CorsLogger[] = [console, new Logger({ serviceName: 'shop' })];

export const accepted = [
  withCors(handler, {}, { logger: console }),
  withCors(handler, undefined, { logger: new Logger() }),
  cors(undefined, { logger: new Logger() }),
  withCors(handler, {}, { logger: { error: () => undefined, warn: () => undefined } }),
  withCors(handler, {}, { onError: (error) => ({ statusCode: 502, body: String(error) }) }),
  withCors(
    handler,
    {},
    { onError: async (_error, event: APIGatewayProxyEvent) => ({ statusCode: 502, body: event.path }) },
  ),
  cors({}, { onError: () => undefined }),
  withCors(handler, {}, { onRefused: ({ origin, preflight }) => console.warn(origin.slice(0, 9), preflight === true) }),
  withCors(handler, {}, { onRefused: async (_request, event: APIGatewayProxyEvent) => event.path }),
  withCorsStreaming(async () => {}, {}, { onRefused: () => undefined, timeoutEarlyInMillis: 50 }),
  cors({}, { onRefused: () => undefined }),
  withCors(handler, {}, { timeoutEarlyInMillis: 50 }),
];

export const refused = [
  // @ts-expect-error 'log' does not exist in type 'CorsOptions'
  withCors(handler, {}, { log: console }),
  // @ts-expect-error Property 'error' is missing
  withCors(handler, {}, { logger: { warn: () => undefined } }),
  // @ts-expect-error 'onerror' does not exist in type 'CorsMiddlewareOptions'
  cors({}, { onerror: () => undefined }),
  // @ts-expect-error Type 'string' is not assignable
  withCors(handler, {}, { onError: 'log' }),
  // @ts-expect-error Property 'host' does not exist on type 'RefusedRequest'
  withCors(handler, {}, { onRefused: (request) => request.host }),
  // @ts-expect-error Type 'string' is not assignable
  withCors(handler, {}, { timeoutEarlyInMillis: '50' }),
  // @ts-expect-error 'timeoutEarlyInMillis' does not exist in type 'CorsMiddlewareOptions'
  cors({}, { timeoutEarlyInMillis: 50 }),
];

/** What is thrown can be anything, so that it must be looked at before it is used. */
// @ts-expect-error 'error' is of type 'unknown'
export const thrown: CorsOptions = { onError: (error) => error.message };
