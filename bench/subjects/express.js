import cors from 'cors';
import express from 'express';
import serverless from 'serverless-http';
import { findNote } from './handlers.js';
import { HEADERS, MAX_AGE, METHODS, ORIGINS } from './policy.js';

export const name = 'Express cors, serverless-http';
export const role = 'peer';
export const how = 'The three origins for every path; one route. Nothing is tuned off (ETag, X-Powered-By).';

function build(options) {
  const app = express();
  app.use(cors(options));
  app.get('/notes/:id', (req, res) => {
    res.json(findNote(req.params.id));
  });
  return serverless(app);
}

export function configured() {
  return build({ origin: ORIGINS, methods: METHODS, allowedHeaders: HEADERS, maxAge: MAX_AGE });
}

export function byDefault() {
  return build();
}
