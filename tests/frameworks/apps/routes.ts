// One small API that every framework in this folder serves in its own way.

/** GET /hello: some headers, two cookies, and the headers of a CORS plugin that someone forgot to remove. */
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
