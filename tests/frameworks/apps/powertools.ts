import { Router } from '@aws-lambda-powertools/event-handler/http';
import type { Context } from 'aws-lambda';
import { FAULT, HELLO } from './routes.js';

export function powertoolsHandler() {
  const app = new Router();
  app.get('/hello', () => ({
    statusCode: 200,
    headers: { ...HELLO.headers, ...HELLO.stale },
    multiValueHeaders: { 'Set-Cookie': [...HELLO.cookies] },
    body: JSON.stringify(HELLO.body),
  }));
  app.post('/orders', async ({ req }) => Response.json({ received: await req.json() }, { status: 201 }));
  app.get('/broken', () => {
    throw new Error(FAULT);
  });
  return async (event: unknown, context: Context) => app.resolve(event, context);
}
