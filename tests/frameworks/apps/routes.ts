// One small API, which every framework of this folder serves in its own way.

/** GET /hello: headers of its own, two cookies, and what a CORS plugin that was left in would set. */
export const HELLO = {
  body: { message: 'hello' },
  headers: { 'X-Request-Cost': '1', Vary: 'Accept-Encoding' },
  cookies: ['session=1; Path=/; HttpOnly', 'theme=dark; Path=/'],
  stale: {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Credentials': 'false',
    'Access-Control-Expose-Headers': 'X-Stale',
  },
} as const;

/** POST /orders answers with the order that it parsed. */
export const ORDER = { id: 7, items: ['tea', 'coffee'] } as const;

/** GET /broken throws this. */
export const FAULT = 'the database is down';
