import type { CompiledPolicy, CorsPolicy } from '../../src/index.js';
import type { Request } from '../support/sources.js';

/** What the client must see: `headers` are the CORS headers and Vary, these and no others. */
export interface Expected {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Default: whatever the handler returned. */
  readonly body?: string | undefined;
  /** Default true. */
  readonly handlerCalled?: boolean;
}

export interface Case {
  readonly name: string;
  readonly policy?: CorsPolicy | CompiledPolicy;
  readonly request: Request;
  /** What the handler returns; a function throws or makes it. Default 200 with a content type. */
  readonly result?: unknown;
  readonly expected: Expected;
}

const A = 'https://a.example';
const B = 'https://b.example';
const EVIL = 'https://evil.example';

const METHODS = 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS';
const HEADERS = 'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent';
const PREFLIGHT_VARY = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers';

function acao(origin: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': METHODS,
    'access-control-allow-headers': HEADERS,
    ...more,
  };
}
const DYNAMIC = { vary: 'Origin' };
const MAX_AGE = { 'access-control-max-age': '7200' };
const CREDENTIALS = { 'access-control-allow-credentials': 'true' };
const ON_PREFLIGHT = { vary: PREFLIGHT_VARY };

function get(origin?: string): Request {
  return { method: 'GET', headers: origin === undefined ? {} : { Origin: origin } };
}
function preflight(origin: string, method = 'PUT', headers?: string): Request {
  return {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': method,
      ...(headers === undefined ? {} : { 'Access-Control-Request-Headers': headers }),
    },
  };
}
const list: CorsPolicy = { allowOrigins: [A, B] };
const credentials: CorsPolicy = { allowOrigins: [A, B], allowCredentials: true };
const REFUSED_BODY = '{"message":"CORS: origin not allowed"}';
const ERROR_BODY = '{"message":"Internal Server Error"}';

export class HttpError extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
    readonly expose?: boolean,
    readonly headers?: Record<string, string>,
  ) {
    super(message);
  }
}

function throws(error: unknown): () => never {
  return () => {
    throw error;
  };
}

export const cases: readonly Case[] = [
  // Static policies
  { name: 'any origin: a CORS request', request: get(A), expected: { status: 200, headers: acao('*') } },
  { name: 'any origin: no Origin', request: get(), expected: { status: 200, headers: acao('*') } },
  { name: 'any origin: Origin null', request: get('null'), expected: { status: 200, headers: acao('*') } },
  {
    name: 'any origin: a preflight',
    request: preflight(A),
    expected: { status: 204, headers: acao('*', { ...MAX_AGE, ...ON_PREFLIGHT }), handlerCalled: false },
  },
  {
    name: 'one origin: a request from it',
    policy: { allowOrigins: A },
    request: get(A),
    expected: { status: 200, headers: acao(A) },
  },
  {
    name: 'one origin: the response to another origin names the allowed one',
    policy: { allowOrigins: A },
    request: get(EVIL),
    expected: { status: 200, headers: acao(A) },
  },
  {
    name: 'one origin: no Origin',
    policy: { allowOrigins: [A] },
    request: get(),
    expected: { status: 200, headers: acao(A) },
  },
  {
    name: 'one origin: a preflight from it',
    policy: { allowOrigins: [A] },
    request: preflight(A),
    expected: { status: 204, headers: acao(A, { ...MAX_AGE, ...ON_PREFLIGHT }), handlerCalled: false },
  },
  {
    name: 'one origin: a preflight from another',
    policy: { allowOrigins: [A] },
    request: preflight(EVIL),
    expected: { status: 403, headers: ON_PREFLIGHT, body: REFUSED_BODY, handlerCalled: false },
  },
  {
    name: 'one origin with credentials',
    policy: { allowOrigins: A, allowCredentials: true },
    request: get(A),
    expected: { status: 200, headers: acao(A, CREDENTIALS) },
  },
  // Dynamic policies
  {
    name: 'a list: the second origin',
    policy: list,
    request: get(B),
    expected: { status: 200, headers: acao(B, DYNAMIC) },
  },
  { name: 'a list: a refused origin', policy: list, request: get(EVIL), expected: { status: 200, headers: DYNAMIC } },
  { name: 'a list: no Origin', policy: list, request: get(), expected: { status: 200, headers: DYNAMIC } },
  { name: 'a list: Origin null', policy: list, request: get('null'), expected: { status: 200, headers: DYNAMIC } },
  {
    name: 'a list as one string, as in an environment variable',
    policy: { allowOrigins: `${A}, ${B}` },
    request: get(B),
    expected: { status: 200, headers: acao(B, DYNAMIC) },
  },
  {
    name: 'a list: a preflight',
    policy: list,
    request: preflight(A),
    expected: { status: 204, headers: acao(A, { ...MAX_AGE, ...ON_PREFLIGHT }), handlerCalled: false },
  },
  {
    name: 'a list: a refused preflight',
    policy: list,
    request: preflight(EVIL),
    expected: { status: 403, headers: ON_PREFLIGHT, body: REFUSED_BODY, handlerCalled: false },
  },
  {
    name: 'a preflight for a method that is not allowed is answered with the full lists',
    policy: { allowOrigins: [A, B], allowMethods: ['GET'], allowHeaders: ['X-One'], maxAge: 0 },
    request: preflight(A, 'DELETE', 'x-two'),
    expected: {
      status: 204,
      headers: {
        'access-control-allow-origin': A,
        'access-control-allow-methods': 'GET',
        'access-control-allow-headers': 'X-One',
        'access-control-max-age': '0',
        ...ON_PREFLIGHT,
      },
      handlerCalled: false,
    },
  },
  {
    name: 'a pattern: a subdomain',
    policy: { allowOrigins: 'https://*.example.com' },
    request: get('https://x.y.example.com'),
    expected: { status: 200, headers: acao('https://x.y.example.com', DYNAMIC) },
  },
  {
    name: 'a pattern: the apex is not included',
    policy: { allowOrigins: 'https://*.example.com' },
    request: get('https://example.com'),
    expected: { status: 200, headers: DYNAMIC },
  },
  {
    name: 'a pattern: any port',
    policy: { allowOrigins: 'http://localhost:*' },
    request: get('http://localhost:5173'),
    expected: { status: 200, headers: acao('http://localhost:5173', DYNAMIC) },
  },
  {
    name: 'a function that allows',
    policy: { allowOrigins: (origin) => origin === A },
    request: get(A),
    expected: { status: 200, headers: acao(A, DYNAMIC) },
  },
  {
    name: 'a function that refuses',
    policy: { allowOrigins: async (origin) => origin === A },
    request: get(B),
    expected: { status: 200, headers: DYNAMIC },
  },
  {
    name: 'a function: a preflight',
    policy: { allowOrigins: async (origin) => origin === A },
    request: preflight(A),
    expected: { status: 204, headers: acao(A, { ...MAX_AGE, ...ON_PREFLIGHT }), handlerCalled: false },
  },
  {
    name: 'a function: a refused preflight',
    policy: { allowOrigins: () => false },
    request: preflight(A),
    expected: { status: 403, headers: ON_PREFLIGHT, body: REFUSED_BODY, handlerCalled: false },
  },
  // Credentials, wildcards, exposed headers
  {
    name: 'credentials',
    policy: credentials,
    request: get(A),
    expected: { status: 200, headers: acao(A, { ...CREDENTIALS, ...DYNAMIC }) },
  },
  {
    name: 'credentials: nothing for a refused origin',
    policy: credentials,
    request: get(EVIL),
    expected: { status: 200, headers: DYNAMIC },
  },
  {
    name: 'wildcards without credentials are sent, and Authorization is named',
    policy: { allowMethods: '*', allowHeaders: '*', exposeHeaders: '*' },
    request: preflight(A, 'PURGE', 'x-any'),
    expected: {
      status: 204,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': '*',
        'access-control-allow-headers': '*,Authorization',
        ...MAX_AGE,
        ...ON_PREFLIGHT,
      },
      handlerCalled: false,
    },
  },
  {
    name: 'wildcards without credentials on the response itself',
    policy: { allowMethods: '*', allowHeaders: '*', exposeHeaders: '*' },
    request: get(A),
    expected: {
      status: 200,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': '*',
        'access-control-allow-headers': '*,Authorization',
        'access-control-expose-headers': '*',
      },
    },
  },
  {
    name: 'wildcards with credentials: a preflight names what was asked for',
    policy: { ...credentials, allowMethods: '*', allowHeaders: '*' } as CorsPolicy,
    request: preflight(A, 'PURGE', 'authorization,x-a, x-b,,X-A'),
    expected: {
      status: 204,
      headers: {
        'access-control-allow-origin': A,
        'access-control-allow-methods': 'PURGE',
        'access-control-allow-headers': 'authorization,x-a,x-b',
        ...CREDENTIALS,
        ...MAX_AGE,
        ...ON_PREFLIGHT,
      },
      handlerCalled: false,
    },
  },
  {
    name: 'wildcards with credentials: other responses carry neither list',
    policy: { ...credentials, allowMethods: '*', allowHeaders: '*' } as CorsPolicy,
    request: get(A),
    expected: { status: 200, headers: { 'access-control-allow-origin': A, ...CREDENTIALS, ...DYNAMIC } },
  },
  {
    name: 'exposed headers on responses',
    policy: { exposeHeaders: ['X-Total', 'ETag'] },
    request: get(A),
    expected: { status: 200, headers: acao('*', { 'access-control-expose-headers': 'X-Total,ETag' }) },
  },
  {
    name: 'exposed headers are not on preflights',
    policy: { exposeHeaders: ['X-Total'] },
    request: preflight(A),
    expected: { status: 204, headers: acao('*', { ...MAX_AGE, ...ON_PREFLIGHT }), handlerCalled: false },
  },
  {
    name: 'empty lists send no empty header',
    policy: { allowMethods: [], allowHeaders: [], exposeHeaders: [] },
    request: get(A),
    expected: { status: 200, headers: { 'access-control-allow-origin': '*' } },
  },
  // Requests that are not preflights
  {
    name: 'OPTIONS without Access-Control-Request-Method reaches the handler',
    request: { method: 'OPTIONS', headers: { Origin: A } },
    expected: { status: 200, headers: acao('*') },
  },
  {
    name: 'OPTIONS without Origin reaches the handler',
    policy: list,
    request: { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'GET' } },
    expected: { status: 200, headers: DYNAMIC },
  },
  {
    name: 'another method with Access-Control-Request-Method reaches the handler',
    request: { method: 'POST', headers: { Origin: A, 'Access-Control-Request-Method': 'GET' } },
    expected: { status: 200, headers: acao('*') },
  },
  {
    name: 'a private network preflight gets no answer about private networks',
    request: {
      method: 'OPTIONS',
      headers: { Origin: A, 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Private-Network': 'true' },
    },
    expected: { status: 204, headers: acao('*', { ...MAX_AGE, ...ON_PREFLIGHT }), handlerCalled: false },
  },
  // Answers of the handler
  {
    name: 'a redirect',
    result: { statusCode: 302, headers: { Location: '/elsewhere' }, body: '' },
    request: get(A),
    expected: { status: 302, headers: acao('*') },
  },
  {
    name: 'a 404 of the handler',
    result: { statusCode: 404, body: '{"message":"Not Found"}' },
    policy: list,
    request: get(A),
    expected: { status: 404, headers: acao(A, DYNAMIC) },
  },
  {
    name: 'no headers at all',
    result: { statusCode: 204 },
    request: get(A),
    expected: { status: 204, headers: acao('*') },
  },
  {
    name: 'headers null',
    result: { statusCode: 200, headers: null, body: 'x' },
    request: get(A),
    expected: { status: 200, headers: acao('*') },
  },
  {
    name: 'a status as a string',
    result: { statusCode: '201', body: 'x' },
    request: get(A),
    expected: { status: 201, headers: acao('*') },
  },
  // Ownership
  {
    name: "the handler's CORS headers are replaced, whatever their casing",
    policy: list,
    result: {
      statusCode: 200,
      headers: {
        'access-control-allow-origin': '*',
        'ACCESS-CONTROL-ALLOW-METHODS': 'TRACE',
        'Access-control-allow-Headers': 'X-Old',
        'access-control-allow-credentials': 'true',
        'Access-Control-Max-Age': '5',
      },
      body: '',
    },
    request: get(A),
    expected: { status: 200, headers: acao(A, DYNAMIC) },
  },
  {
    name: "the handler's CORS headers do not help a refused origin",
    policy: list,
    result: {
      statusCode: 200,
      headers: { 'access-control-allow-origin': '*', 'Access-Control-Allow-Credentials': 'true' },
      body: '',
    },
    request: get(EVIL),
    expected: { status: 200, headers: DYNAMIC },
  },
  // Errors
  {
    name: 'a thrown error reveals nothing',
    result: throws(new Error('password=hunter2')),
    policy: list,
    request: get(A),
    expected: { status: 500, headers: acao(A, DYNAMIC), body: ERROR_BODY },
  },
  {
    name: 'a thrown error, refused origin',
    result: throws(new Error('x')),
    policy: list,
    request: get(EVIL),
    expected: { status: 500, headers: DYNAMIC, body: ERROR_BODY },
  },
  {
    name: 'an HTTP error that may be shown keeps its status and its message',
    result: throws(new HttpError(404, 'No such note', true)),
    request: get(A),
    expected: { status: 404, headers: acao('*'), body: '{"message":"No such note"}' },
  },
  {
    name: 'an HTTP error that must not be shown',
    result: throws(new HttpError(403, 'wrong password for bob', false)),
    request: get(A),
    expected: { status: 403, headers: acao('*'), body: '{"message":"Forbidden"}' },
  },
  {
    name: 'an error of an HTTP client: its status, and nothing else of it',
    result: throws(
      new HttpError(401, '401 Incorrect API key provided: sk-1', undefined, {
        'transfer-encoding': 'chunked',
        'x-internal': 'upstream-7',
      }),
    ),
    request: get(A),
    expected: { status: 401, headers: acao('*'), body: '{"message":"Unauthorized"}' },
  },
  {
    name: 'an HTTP error of the server keeps its status but not its message',
    result: throws(new HttpError(503, 'db-17 is down')),
    request: get(A),
    expected: { status: 503, headers: acao('*'), body: '{"message":"Service Unavailable"}' },
  },
  {
    name: 'an HTTP error of the server that may be shown',
    result: throws(new HttpError(503, 'Back at noon', true)),
    request: get(A),
    expected: { status: 503, headers: acao('*'), body: '{"message":"Back at noon"}' },
  },
  {
    name: 'an error with a status that is not one of an error',
    result: throws(new HttpError(200, 'x')),
    request: get(A),
    expected: { status: 500, headers: acao('*'), body: ERROR_BODY },
  },
  {
    name: 'an error with `status` instead of `statusCode`',
    result: throws(Object.assign(new Error('secret'), { status: 410 })),
    request: get(A),
    expected: { status: 410, headers: acao('*'), body: '{"message":"Gone"}' },
  },
  {
    name: 'a thrown string',
    result: throws('boom'),
    request: get(A),
    expected: { status: 500, headers: acao('*'), body: ERROR_BODY },
  },
  {
    name: 'a thrown null',
    result: throws(null),
    request: get(A),
    expected: { status: 500, headers: acao('*'), body: ERROR_BODY },
  },
  // Results that no source accepts
  {
    name: 'a body that is not a string',
    result: { statusCode: 200, body: { a: 1 } },
    request: get(A),
    expected: { status: 500, headers: acao('*'), body: ERROR_BODY },
  },
  {
    name: 'an invalid status',
    result: { statusCode: 'test', body: '' },
    request: get(A),
    expected: { status: 500, headers: acao('*'), body: ERROR_BODY },
  },
  {
    name: 'a status out of range',
    result: { statusCode: 42, body: '' },
    request: get(A),
    expected: { status: 500, headers: acao('*'), body: ERROR_BODY },
  },
  {
    name: 'headers that are not an object',
    result: { statusCode: 200, headers: 'X: y', body: '' },
    policy: list,
    request: get(A),
    expected: { status: 500, headers: acao(A, DYNAMIC), body: ERROR_BODY },
  },
  {
    name: 'a header that JSON cannot hold',
    result: () => ({ statusCode: 200, headers: { 'X-Total-Count': 10n }, body: '' }),
    request: get(A),
    expected: { status: 500, headers: acao('*'), body: ERROR_BODY },
  },
  {
    name: 'a header that is an object',
    result: { statusCode: 200, headers: { 'X-A': {} }, body: '' },
    request: get(A),
    expected: { status: 500, headers: acao('*'), body: ERROR_BODY },
  },
];
