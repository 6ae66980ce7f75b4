import { Router } from '@aws-lambda-powertools/event-handler/http';
import { cors } from '@aws-lambda-powertools/event-handler/http/middleware';
import { findNote } from './handlers.js';
import { HEADERS, MAX_AGE, METHODS, ORIGINS } from './policy.js';

export const name = 'Powertools Router, its cors';
export const role = 'peer';
export const how = 'The three origins for every path; one route, whose result the router makes into JSON.';

function build(options) {
  const app = new Router();
  app.use(cors(options));
  app.get('/notes/:id', ({ params }) => findNote(params.id));
  return (event, context) => app.resolve(event, context);
}

export function configured() {
  return build({ origin: ORIGINS, allowMethods: METHODS, allowHeaders: HEADERS, maxAge: MAX_AGE });
}

export function byDefault() {
  return build();
}
