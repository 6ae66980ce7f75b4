// What browsers ask, and what the policy of the example has them be told. Every expected header is written out
// here from the Fetch Standard and that policy; nothing is computed by lambda-cors.

/** The environment of the functions, as a template would give it. */
export const ALLOWED_ORIGINS = 'https://app.example,https://*.preview.example';

const ALLOWED = 'https://app.example';
const REFUSED = 'https://evil.example';

const READABLE = {
  'access-control-allow-origin': 'https://app.example',
  'access-control-allow-methods': 'GET,POST,DELETE',
  'access-control-allow-headers': 'Content-Type',
  'access-control-expose-headers': 'Location,Retry-After',
  vary: 'Origin',
};
const PREFLIGHT_ALLOWED = {
  'access-control-allow-origin': 'https://app.example',
  'access-control-allow-methods': 'GET,POST,DELETE',
  'access-control-allow-headers': 'Content-Type',
  'access-control-max-age': '600',
  vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
};
const HIDDEN = { vary: 'Origin' };
const PREFLIGHT_REFUSED = { vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers' };

const ASK_FOR_POST = {
  'Access-Control-Request-Method': 'POST',
  'Access-Control-Request-Headers': 'content-type',
};

/**
 * The conversation with one deployment: each request, and what must come back. `body` and `log` are what the body and
 * the log have to contain; without `log` nothing may be logged. `note` is the text of the
 * note that is created, made of letters, digits and dashes.
 */
export function exchangesFor(note) {
  return [
    {
      title: 'preflight, POST /notes',
      request: { method: 'OPTIONS', path: '/notes', headers: { Origin: ALLOWED, ...ASK_FOR_POST } },
      expected: { status: 204, cors: PREFLIGHT_ALLOWED, body: /^$/ },
      outcome: 'sends the POST',
    },
    {
      title: 'POST /notes',
      request: {
        method: 'POST',
        path: '/notes',
        headers: { Origin: ALLOWED, 'Content-Type': 'application/json' },
        body: JSON.stringify({ text: note }),
      },
      expected: { status: 201, cors: READABLE, body: new RegExp(note) },
      outcome: 'page reads it',
    },
    {
      title: 'GET /notes',
      request: { method: 'GET', path: '/notes', headers: { Origin: ALLOWED } },
      expected: { status: 200, cors: READABLE, body: new RegExp(note) },
      outcome: 'page reads it',
    },
    {
      title: 'GET /notes, refused origin',
      request: { method: 'GET', path: '/notes', headers: { Origin: REFUSED } },
      expected: { status: 200, cors: HIDDEN, body: new RegExp(note) },
      outcome: 'hides it from page',
    },
    {
      title: 'preflight, refused origin',
      request: { method: 'OPTIONS', path: '/notes', headers: { Origin: REFUSED, ...ASK_FOR_POST } },
      expected: { status: 403, cors: PREFLIGHT_REFUSED, body: /origin not allowed/ },
      outcome: 'sends no POST',
    },
    {
      title: 'GET /fail, which throws',
      request: { method: 'GET', path: '/fail', headers: { Origin: ALLOWED } },
      expected: {
        status: 500,
        cors: READABLE,
        body: /^\{"message":"Internal Server Error"\}$/,
        log: /This route always fails/,
      },
      outcome: 'page reads the 500',
    },
    {
      title: 'OPTIONS, no preflight',
      request: { method: 'OPTIONS', path: '/notes', headers: { Origin: ALLOWED } },
      expected: { status: 405, cors: READABLE, body: /not allowed here/ },
      outcome: 'page reads the 405',
    },
  ];
}
