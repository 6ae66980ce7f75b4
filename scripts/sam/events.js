// What the functions must answer to the events in examples/sam/events. Every expected header is written out here from
// the Fetch Standard and the policy of the example; nothing is computed by lambda-cors.
import { readdirSync } from 'node:fs';

/** As `--parameter-overrides` gives it to the template. */
export const ALLOWED_ORIGINS = 'https://app.example.com,https://*.preview.example.com';

const READABLE = {
  'access-control-allow-origin': 'https://app.example.com',
  'access-control-allow-methods': 'GET,POST,DELETE',
  'access-control-allow-headers': 'Content-Type',
  'access-control-expose-headers': 'Location,Retry-After',
  vary: 'Origin',
};
const PREFLIGHT_ALLOWED = {
  'access-control-allow-origin': 'https://app.example.com',
  'access-control-allow-methods': 'GET,POST,DELETE',
  'access-control-allow-headers': 'Content-Type',
  'access-control-max-age': '600',
  vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
};
const PREFLIGHT_REFUSED = { vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers' };

const ANSWERS = {
  get: { status: 200, cors: READABLE, body: /Water the plants/ },
  post: { status: 201, cors: READABLE, body: /Buy milk/ },
  preflight: { status: 204, cors: PREFLIGHT_ALLOWED, body: /^$/ },
  'preflight-refused': { status: 403, cors: PREFLIGHT_REFUSED, body: /origin not allowed/ },
  fail: { status: 500, cors: READABLE, body: /^\{"message":"Internal Server Error"\}$/ },
  'not-found': { status: 404, cors: READABLE, body: /There is nothing here/ },
};

const EVERY = Object.keys(ANSWERS);
const SOURCES = [
  { source: 'rest', functionName: 'NotesApi', cases: EVERY },
  { source: 'http', functionName: 'NotesMiddy', cases: EVERY },
  { source: 'url', functionName: 'NotesStream', cases: ['get', 'preflight', 'preflight-refused'] },
  // The template does not deploy these. They show what the same functions do there. NotesStream answers every GET, so
  // behind a function URL another function has to fail.
  { source: 'url', functionName: 'NotesApi', cases: ['fail', 'not-found'] },
  { source: 'http-1.0', functionName: 'NotesMiddy', cases: EVERY },
  { source: 'alb', functionName: 'NotesApi', cases: EVERY },
  { source: 'alb-multi', functionName: 'NotesApi', cases: EVERY },
  { source: 'lattice-v1', functionName: 'NotesApi', cases: EVERY },
  { source: 'lattice-v2', functionName: 'NotesApi', cases: EVERY },
];
const METHOD_REFUSED = { status: 405, cors: READABLE, body: /not allowed here/ };

/** One for each file in examples/sam/events, named `<source>-<case>.json`. */
export const EVENTS = [
  ...SOURCES.flatMap(({ source, functionName, cases }) =>
    cases.map((each) => ({ event: `${source}-${each}`, functionName, expected: ANSWERS[each] })),
  ),
  { event: 'url-post', functionName: 'NotesStream', expected: METHOD_REFUSED },
];

/** Files in the folder without an expected answer. */
export function untriedEvents() {
  const tried = new Set(EVENTS.map(({ event }) => `${event}.json`));
  return readdirSync('examples/sam/events').filter((file) => !tried.has(file));
}
