import createAPI from 'lambda-api';
import { findNote } from './handlers.js';
import { HEADERS, MAX_AGE, METHODS, ORIGINS } from './policy.js';

export const name = 'lambda-api, res.cors()';
export const role = 'peer';
export const how =
  'It sends one origin that the user chooses, so the look-up in the list and Vary are written by hand in a middleware; a wildcard OPTIONS route answers preflights, as its manual shows.';

function build(setCors) {
  const api = createAPI();
  api.use((req, res, next) => {
    setCors(req, res);
    next();
  });
  api.options('/*', (_req, res) => res.status(204).send(''));
  api.get('/notes/:id', (req) => findNote(req.params.id));
  return (event, context) => api.run(event, context);
}

export function configured() {
  const [methods, headers] = [METHODS.join(','), HEADERS.join(',')];
  return build((req, res) => {
    res.header('Vary', 'Origin');
    const { origin } = req.headers;
    if (ORIGINS.includes(origin)) res.cors({ origin, methods, headers, maxAge: MAX_AGE * 1000 });
  });
}

export function byDefault() {
  return build((_req, res) => res.cors());
}
