import { createRequire } from 'node:module';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { API, Request, Response } from 'lambda-api';
import { FAULT, HELLO } from './routes.js';

/** Its types are those of CommonJS, and an ES module that imports it would not compile. */
const createApi: () => API = createRequire(import.meta.url)('lambda-api');

export function lambdaApiHandler() {
  const app = createApi();
  app.get('/hello', (_request: Request, response: Response) => {
    for (const [name, value] of Object.entries({ ...HELLO.headers, ...HELLO.stale })) response.header(name, value);
    for (const cookie of HELLO.cookies) response.header('Set-Cookie', cookie, true);
    response.json(HELLO.body);
  });
  app.post('/orders', (request: Request, response: Response) => response.status(201).json({ received: request.body }));
  app.get('/broken', () => {
    throw new Error(FAULT);
  });
  return async (event: APIGatewayProxyEvent, context: Context) => app.run(event, context);
}
