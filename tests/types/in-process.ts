// Whatever type a handler is declared with, it can be called in process, wrapped or not, as it can behind the gateway.
import type {
  ALBHandler,
  APIGatewayProxyEvent,
  APIGatewayProxyHandler,
  APIGatewayProxyHandlerV2,
  Handler,
  LambdaFunctionURLHandler,
} from 'aws-lambda';
import type { Transport } from '../../src/browser/types.js';
import { withCors } from '../../src/index.js';
// Not by the barrels: sources that these tests compile have to do without strict too.
import { inProcess } from '../../src/sources/in-process.js';
import type { GatewayHandler } from '../../src/sources/settings.js';

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
  inProcess(given.url, { source: 'url' }),
  inProcess(given.alb, { source: 'alb', nodejs: 24 }),
  inProcess(given.anything),
  inProcess(async (event: APIGatewayProxyEvent) => ({ statusCode: 200, body: event.path })),
  inProcess((event, _context, callback) => callback(null, { statusCode: 200, body: event.path })),
  inProcess(() => ({ statusCode: 200 })),
];

export const behindGateway: GatewayHandler = handler;

export const notTransports = [
  // @ts-expect-error is not assignable to parameter of type
  inProcess('index.handler'),
  // @ts-expect-error '"lambda"' is not assignable to type
  inProcess(handler, { source: 'lambda' }),
];
