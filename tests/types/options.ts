// The options: loggers that people have, and onError with the event of the handler.
import { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayProxyEvent, APIGatewayProxyHandler } from 'aws-lambda';
import { type CorsLogger, type CorsOptions, withCors } from '../../src/index.js';
import { cors } from '../../src/middy.js';

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
];

export const refused = [
  // @ts-expect-error 'log' does not exist in type 'CorsOptions'
  withCors(handler, {}, { log: console }),
  // @ts-expect-error Property 'error' is missing
  withCors(handler, {}, { logger: { warn: () => undefined } }),
  // @ts-expect-error 'onerror' does not exist in type
  cors({}, { onerror: () => undefined }),
  // @ts-expect-error Type 'string' is not assignable
  withCors(handler, {}, { onError: 'log' }),
];

/** What is thrown can be anything, so that it must be looked at before it is used. */
// @ts-expect-error 'error' is of type 'unknown'
export const thrown: CorsOptions = { onError: (error) => error.message };
