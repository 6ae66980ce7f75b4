// Whatever type a handler is declared with, it can be called in process, wrapped or not, as it can behind the gateway.
import type {
  ALBHandler,
  APIGatewayProxyEvent,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  Handler,
  LambdaFunctionURLHandler,
} from 'aws-lambda';
import { inProcess, type Transport } from '../../src/browser.js';
import { createGateway } from '../../src/gateway.js';
import { withCors } from '../../src/index.js';

declare const given: {
  readonly http: APIGatewayProxyHandlerV2;
  readonly url: LambdaFunctionURLHandler;
  readonly alb: ALBHandler;
  readonly anything: Handler;
};

/** As in the README. */
const handler: APIGatewayProxyHandler = withCors(async (event) => ({
  statusCode: 200,
  body: JSON.stringify(event.pathParameters),
}));

export const transports: readonly Transport[] = [
  inProcess(handler),
  inProcess(given.http, { source: 'http' }),
  inProcess(given.url, { source: 'http' }),
  inProcess(given.alb),
  inProcess(given.anything),
  inProcess(async (event: APIGatewayProxyEvent) => ({ statusCode: 200, body: event.path })),
  inProcess((event, _context, callback) => callback(null, { statusCode: 200, body: event.path })),
  inProcess(() => ({ statusCode: 200 })),
];

export const behindGateway = createGateway({ handler, source: 'rest' });

export const notTransports = [
  // @ts-expect-error is not assignable to parameter of type
  inProcess('index.handler'),
  // @ts-expect-error '"alb"' is not assignable to type
  inProcess(handler, { source: 'alb' }),
];
