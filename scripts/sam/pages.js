// What pages ask the local APIs, and the verdict of their browser: the status that the page reads, or the reason why it
// reads nothing.

const json = ['--header', 'Content-Type: application/json', '--body', '{"text":"Buy milk"}'];

export const PAGES = [
  { title: 'GET /notes', path: '/notes', verdict: 200 },
  { title: 'POST /notes, with a preflight', path: '/notes', options: ['--method', 'POST', ...json], verdict: 201 },
  { title: 'DELETE /notes/none, with a preflight', path: '/notes/none', options: ['--method', 'DELETE'], verdict: 404 },
  { title: 'GET /fail, which throws', path: '/fail', verdict: 500 },
  { title: 'GET /notes from a preview', origin: 'https://pr-7.preview.example.com', path: '/notes', verdict: 200 },
  {
    title: 'GET /notes from another site',
    origin: 'https://evil.example',
    path: '/notes',
    verdict: 'MissingAllowOriginHeader',
  },
  {
    title: 'POST /notes from another site',
    origin: 'https://evil.example',
    path: '/notes',
    options: ['--method', 'POST', ...json],
    verdict: 'PreflightMissingAllowOriginHeader',
  },
  {
    title: 'PUT /notes, which the policy does not list',
    path: '/notes',
    options: ['--method', 'PUT'],
    verdict: 'MethodDisallowedByPreflightResponse',
  },
];
