import { Hono } from 'hono';
import { handle } from 'hono/aws-lambda';
import { cors } from 'hono/cors';
import { findNote } from './handlers.js';
import { HEADERS, MAX_AGE, METHODS, ORIGINS } from './policy.js';

export const name = 'hono/cors, Lambda adapter';
export const role = 'peer';
export const how = 'The three origins for every path; one route.';

function build(options) {
  const app = new Hono();
  app.use('*', cors(options));
  app.get('/notes/:id', (c) => c.json(findNote(c.req.param('id'))));
  return handle(app);
}

export function configured() {
  return build({ origin: ORIGINS, allowMethods: METHODS, allowHeaders: HEADERS, maxAge: MAX_AGE });
}

export function byDefault() {
  return build();
}
