import express from 'express';
import serverless from 'serverless-http';
import { FAULT, HELLO } from './routes.js';

export function expressHandler() {
  return serverless(expressApp());
}

export function expressApp() {
  const app = express();
  // As on Lambda. Otherwise Express answers errors with their stack.
  app.set('env', 'production');
  app.use(express.json());
  app.get('/hello', (_request, response) => {
    response.set({ ...HELLO.headers, ...HELLO.stale });
    for (const cookie of HELLO.cookies) response.append('Set-Cookie', cookie);
    // A second line of the same name: serverless-http then fills both header maps with it.
    response.append('Vary', 'Accept-Encoding');
    response.json(HELLO.body);
  });
  app.post('/orders', (request, response) => {
    response.status(201).json({ received: request.body });
  });
  app.get('/broken', () => {
    throw new Error(FAULT);
  });
  return app;
}
