import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { FAULT, HELLO } from './routes.js';

export function honoHandler() {
  const app = new Hono();
  app.get('/hello', (c) => {
    for (const [name, value] of Object.entries({ ...HELLO.headers, ...HELLO.stale })) c.header(name, value);
    for (const cookie of HELLO.cookies) c.header('Set-Cookie', cookie, { append: true });
    return c.json(HELLO.body);
  });
  app.post('/orders', async (c) => c.json({ received: await c.req.json() }, 201));
  app.get('/broken', () => {
    throw new Error(FAULT);
  });
  return handle(app);
}
