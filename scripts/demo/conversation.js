// What browsers ask, and the answers that follow from the policy of the example. Every expected header is written out
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

/**
 * The conversation with one deployment: what pages ask, and the expected answer to each request that their browser then
 * sends. `body` and `log` are what the body and the log must contain; without `log` nothing may be logged. `verdict` is
 * the browser's: a status with the headers that scripts may read, or Chromium's reason. `note` is the text of the note
 * that is created, made of letters, digits and dashes.
 */
export function conversation(note) {
  const json = { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ text: note }) };
  return [
    {
      page: { origin: ALLOWED, method: 'POST', path: '/notes', ...json },
      exchanges: [
        { title: 'preflight, POST /notes', status: 204, cors: PREFLIGHT_ALLOWED, body: /^$/ },
        { title: 'POST /notes', status: 201, cors: READABLE, body: new RegExp(note) },
      ],
      verdict: { status: 201, readable: ['content-length', 'content-type', 'location'] },
    },
    {
      page: { origin: ALLOWED, method: 'GET', path: '/notes' },
      exchanges: [{ title: 'GET /notes', status: 200, cors: READABLE, body: new RegExp(note) }],
      verdict: { status: 200, readable: ['content-length', 'content-type'] },
    },
    {
      page: { origin: REFUSED, method: 'GET', path: '/notes' },
      exchanges: [{ title: 'GET /notes, refused origin', status: 200, cors: HIDDEN, body: new RegExp(note) }],
      verdict: { reason: 'MissingAllowOriginHeader' },
    },
    {
      page: { origin: REFUSED, method: 'POST', path: '/notes', ...json },
      exchanges: [
        { title: 'preflight, refused origin', status: 403, cors: PREFLIGHT_REFUSED, body: /origin not allowed/ },
      ],
      verdict: { reason: 'PreflightMissingAllowOriginHeader' },
    },
    {
      page: { origin: ALLOWED, method: 'DELETE', path: '/notes/none', headers: { 'X-Trace': '1' } },
      exchanges: [{ title: 'preflight, unlisted header', status: 204, cors: PREFLIGHT_ALLOWED, body: /^$/ }],
      verdict: { reason: 'HeaderDisallowedByPreflightResponse' },
    },
    {
      page: { origin: ALLOWED, method: 'GET', path: '/fail' },
      exchanges: [
        {
          title: 'GET /fail, which throws',
          status: 500,
          cors: READABLE,
          body: /^\{"message":"Internal Server Error"\}$/,
          log: /This route always fails/,
        },
      ],
      verdict: { status: 500, readable: ['content-length', 'content-type'] },
    },
    {
      // No page can: its browser would send a preflight, and the policy does not list the method.
      curl: { method: 'OPTIONS', path: '/notes', headers: [['Origin', ALLOWED]] },
      exchanges: [{ title: 'OPTIONS, no preflight', status: 405, cors: READABLE, body: /not allowed here/ }],
    },
  ];
}
