// What has been recorded or documented of AWS, one row each. Evidence: [L] recorded on AWS by LocalStack's
// aws.validated tests, [D] AWS's documentation, [S] read in the source of AWS's or others' tools.
import { describe, expect, test } from 'vitest';
import type { GatewaySource } from '../../src/gateway.js';
import {
  answerTo,
  ask,
  eventOf,
  type Settings,
  send,
  start,
  values,
  type WireRequest,
  type WireResponse,
} from './wire.js';

const REST_ERROR = { status: 502, body: '{"message":"Internal server error"}' };
const HTTP_ERROR = { status: 500, body: '{"message":"Internal Server Error"}' };
const URL_ERROR = { status: 502, body: 'Internal Server Error' };
const ALB_ERROR = { status: 502, body: expect.stringContaining('<h1>502 Bad Gateway</h1>') };
const LATTICE_ERROR = { status: expect.toSatisfy((status: number) => status >= 500) };

interface ResultRow {
  readonly behaviour: string;
  readonly source: GatewaySource;
  readonly result: unknown;
  readonly request?: WireRequest;
  readonly settings?: Partial<Settings>;
  readonly response: object;
  /** Values of lines, by name. */
  readonly lines?: Readonly<Record<string, readonly string[]>>;
}

const RESULTS: readonly ResultRow[] = [
  // REST API
  { behaviour: '{} is an empty 200 [L]', source: 'rest', result: {}, response: { status: 200, body: '' } },
  {
    behaviour: 'headers alone are an empty 200 with them [L]',
    source: 'rest',
    result: { headers: { 'test-header': 'value' } },
    response: { status: 200, body: '' },
    lines: { 'test-header': ['value'] },
  },
  {
    behaviour: 'a key that it does not know is a 502 [L]',
    source: 'rest',
    result: { statusCode: 200, statusDescription: '200 OK' },
    response: REST_ERROR,
  },
  { behaviour: '"201" is a status [L]', source: 'rest', result: { statusCode: '201' }, response: { status: 201 } },
  { behaviour: '"test" is not a status [L]', source: 'rest', result: { statusCode: 'test' }, response: REST_ERROR },
  {
    behaviour: 'null for headers means no headers [L]',
    source: 'rest',
    result: { statusCode: 200, headers: null, body: 'hi' },
    response: { status: 200, body: 'hi' },
  },
  {
    behaviour: 'a boolean header becomes text [L]',
    source: 'rest',
    result: { headers: { 'Access-Control-Allow-Credentials': true } },
    response: { status: 200 },
    lines: { 'Access-Control-Allow-Credentials': ['true'] },
  },
  {
    behaviour: 'a multi value that is not an array is a 502 [L]',
    source: 'rest',
    result: { multiValueHeaders: { 'X-A': '1' } },
    response: REST_ERROR,
  },
  { behaviour: 'a string is a 502 [L]', source: 'rest', result: 'hello', response: REST_ERROR },
  { behaviour: 'undefined is a 502 [L]', source: 'rest', result: undefined, response: REST_ERROR },
  { behaviour: 'null is a 502 [L]', source: 'rest', result: null, response: REST_ERROR },
  {
    behaviour: 'both header maps are concatenated, whatever the casing [L]',
    source: 'rest',
    result: { headers: { 'test-multi': 'value-solo' }, multiValueHeaders: { 'Test-Multi': ['value-multi'] } },
    response: { status: 200 },
    lines: { 'test-multi': ['value-multi', 'value-solo'] },
  },
  {
    behaviour: 'ACAO in both maps arrives twice, and no browser takes that [L]',
    source: 'rest',
    result: {
      headers: { 'access-control-allow-origin': '*' },
      multiValueHeaders: { 'Access-Control-Allow-Origin': ['https://app.example.com'] },
    },
    response: { status: 200 },
    lines: { 'Access-Control-Allow-Origin': ['https://app.example.com', '*'] },
  },
  {
    behaviour: 'the same pair in both maps arrives once [D]',
    source: 'rest',
    result: { headers: { 'X-A': '1' }, multiValueHeaders: { 'X-A': ['1', '2'] } },
    response: { status: 200 },
    lines: { 'X-A': ['1', '2'] },
  },
  {
    behaviour: 'several cookies are several lines [D]',
    source: 'rest',
    result: { multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] } },
    response: { status: 200 },
    lines: { 'Set-Cookie': ['a=1', 'b=2'] },
  },
  {
    behaviour: 'what says no type is JSON [S]',
    source: 'rest',
    result: { body: 'hi' },
    response: { status: 200 },
    lines: { 'Content-Type': ['application/json'] },
  },
  ...[
    'WWW-Authenticate',
    'Authorization',
    'Connection',
    'Content-MD5',
    'Date',
    'Server',
    'User-Agent',
    'Max-Forwards',
  ].map(
    (name): ResultRow => ({
      behaviour: `${name} is remapped [D]`,
      source: 'rest',
      result: { headers: { [name]: 'x' } },
      response: { status: 200 },
      lines: { [`X-Amzn-Remapped-${name}`]: ['x'], ...(name !== 'Date' && name !== 'Connection' && { [name]: [] }) },
    }),
  ),
  ...['Host', 'TE', 'Trailer', 'Transfer-Encoding', 'Upgrade', 'Expect', 'Proxy-Authenticate', 'Via'].map(
    (name): ResultRow => ({
      behaviour: `${name} is dropped [D]`,
      source: 'rest',
      result: { headers: { [name]: 'x' } },
      response: { status: 200 },
      lines: { [name]: [], [`X-Amzn-Remapped-${name}`]: [] },
    }),
  ),
  {
    behaviour: 'base64 is decoded for a client that accepts a binary type first [D]',
    source: 'rest',
    settings: { binaryMediaTypes: ['image/*'] },
    request: { path: '/notes', headers: [['Accept', 'image/png, */*']] },
    result: { body: 'aGVsbG8=', isBase64Encoded: true },
    response: { status: 200, body: 'hello' },
  },
  {
    behaviour: 'base64 stays base64 for a client that accepts something else first [D]',
    source: 'rest',
    settings: { binaryMediaTypes: ['image/*'] },
    request: { path: '/notes', headers: [['Accept', 'text/html, image/png']] },
    result: { body: 'aGVsbG8=', isBase64Encoded: true },
    response: { status: 200, body: 'aGVsbG8=' },
  },
  {
    behaviour: 'base64 stays base64 where no type is binary [D]',
    source: 'rest',
    request: { path: '/notes', headers: [['Accept', '*/*']] },
    result: { body: 'aGVsbG8=', isBase64Encoded: true },
    response: { status: 200, body: 'aGVsbG8=' },
  },

  // HTTP API, payload format 1.0
  {
    behaviour: 'other keys are ignored [S]',
    source: 'http-1.0',
    result: { statusCode: 200, statusDescription: '200 OK', body: 'hi' },
    response: { status: 200, body: 'hi' },
  },
  { behaviour: 'statusCode is required [S]', source: 'http-1.0', result: { body: 'hi' }, response: HTTP_ERROR },
  { behaviour: 'a string is a 500 [D]', source: 'http-1.0', result: 'hello', response: HTTP_ERROR },
  {
    behaviour: 'several cookies are several lines [D]',
    source: 'http-1.0',
    result: { statusCode: 200, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] } },
    response: { status: 200 },
    lines: { 'Set-Cookie': ['a=1', 'b=2'] },
  },

  // HTTP API, payload format 2.0
  {
    behaviour: 'an object without statusCode is the body of a 200 [D]',
    source: 'http',
    result: { message: 'hi' },
    response: { status: 200, body: '{"message":"hi"}' },
    lines: { 'Content-Type': ['application/json'] },
  },
  {
    behaviour: 'a string is the body of a 200 [D]',
    source: 'http',
    result: 'hello',
    response: { status: 200, body: 'hello' },
    lines: { 'Content-Type': ['application/json'] },
  },
  {
    behaviour: 'headers without statusCode are body too, and so no headers [D]',
    source: 'http',
    result: { headers: { 'Access-Control-Allow-Origin': '*' } },
    response: { status: 200, body: '{"headers":{"Access-Control-Allow-Origin":"*"}}' },
    lines: { 'Access-Control-Allow-Origin': [] },
  },
  {
    behaviour: 'each of cookies is a line [D]',
    source: 'http',
    result: { statusCode: 201, cookies: ['a=1; Secure', 'b=2'] },
    response: { status: 201 },
    lines: { 'Set-Cookie': ['a=1; Secure', 'b=2'] },
  },
  {
    behaviour: 'multiValueHeaders is not among its fields [D]',
    source: 'http',
    result: { statusCode: 200, multiValueHeaders: { 'X-A': ['1'] } },
    response: { status: 200 },
    lines: { 'X-A': [] },
  },
  {
    behaviour: 'base64 is decoded whatever the client accepts [D]',
    source: 'http',
    result: { statusCode: 200, body: 'aGVsbG8=', isBase64Encoded: true },
    response: { status: 200, body: 'hello' },
  },
  {
    behaviour: 'a body that is not a string is a 500 [D]',
    source: 'http',
    result: { statusCode: 200, body: { message: 'hi' } },
    response: HTTP_ERROR,
  },

  // Function URL
  {
    behaviour: 'a string is sent unquoted [L]',
    source: 'url',
    result: 'hello',
    response: { status: 200, body: 'hello' },
    lines: { 'Content-Type': ['application/json'] },
  },
  { behaviour: 'a list becomes JSON [L]', source: 'url', result: [1, 'a'], response: { status: 200, body: '[1,"a"]' } },
  { behaviour: 'a number becomes JSON [L]', source: 'url', result: 42, response: { status: 200, body: '42' } },
  { behaviour: 'a boolean becomes JSON [L]', source: 'url', result: true, response: { status: 200, body: 'true' } },
  {
    behaviour: 'each of cookies is a line [D]',
    source: 'url',
    result: { statusCode: 201, cookies: ['a=1', 'b=2'] },
    response: { status: 201 },
    lines: { 'Set-Cookie': ['a=1', 'b=2'] },
  },

  // Load balancer
  {
    behaviour: 'without multi-value headers only headers count [D]',
    source: 'alb',
    result: { statusCode: 200, headers: { 'X-A': '1' }, multiValueHeaders: { 'X-B': ['2'] } },
    response: { status: 200 },
    lines: { 'X-A': ['1'], 'X-B': [] },
  },
  {
    behaviour: 'with multi-value headers only multiValueHeaders count [D]',
    source: 'alb-multi',
    result: { statusCode: 200, headers: { 'X-A': '1' }, multiValueHeaders: { 'X-B': ['2', '3'] } },
    response: { status: 200 },
    lines: { 'X-A': [], 'X-B': ['2', '3'] },
  },
  {
    behaviour: 'statusDescription is the reason phrase [D]',
    source: 'alb',
    result: { statusCode: 200, statusDescription: '200 Fine', headers: {} },
    response: { status: 200, reason: 'Fine' },
  },
  { behaviour: 'a string is a 502 [D]', source: 'alb', result: 'hello', response: ALB_ERROR },
  { behaviour: 'statusCode is required [D]', source: 'alb', result: { body: 'hi' }, response: ALB_ERROR },
  {
    behaviour: 'hop-by-hop headers are not honoured [D]',
    source: 'alb',
    result: { statusCode: 200, headers: { 'Transfer-Encoding': 'gzip' }, body: 'hi' },
    response: { status: 200, body: 'hi' },
    lines: { 'Transfer-Encoding': [] },
  },

  // VPC Lattice
  ...(['lattice-v1', 'lattice-v2'] as const).flatMap((source): ResultRow[] => [
    {
      behaviour: 'statusCode, headers and a body are an answer [D]',
      source,
      result: { isBase64Encoded: true, statusCode: 201, headers: { 'X-A': '1' }, body: 'aGVsbG8=' },
      response: { status: 201, body: 'hello' },
      lines: { 'X-A': ['1'] },
    },
    { behaviour: 'a string is a 5xx [?]', source, result: 'hello', response: LATTICE_ERROR },
  ]),
];

describe('a result', () => {
  test.each(RESULTS)('$source: $behaviour', async ({ source, result, request, settings, response, lines = {} }) => {
    const answer = await answerTo({ source, ...settings }, result, request);
    expect(answer).toMatchObject(response);
    expectLines(answer, lines);
  });
});

function expectLines(answer: WireResponse, lines: Readonly<Record<string, readonly string[]>>): void {
  for (const [name, expected] of Object.entries(lines))
    expect({ [name]: values(answer, name) }).toEqual({ [name]: expected });
}

describe('a thrown error', () => {
  test.each([
    ['rest: 502 with a JSON body [L]', 'rest', REST_ERROR],
    ['http-1.0: 500, in capitals [D]', 'http-1.0', HTTP_ERROR],
    ['http: 500, in capitals [D]', 'http', HTTP_ERROR],
    ['url: 502 with a text body [L]', 'url', URL_ERROR],
    ['alb: 502 [D]', 'alb', ALB_ERROR],
    ['alb-multi: 502 [D]', 'alb-multi', ALB_ERROR],
    ['lattice-v1: 5xx [?]', 'lattice-v1', LATTICE_ERROR],
    ['lattice-v2: 5xx [?]', 'lattice-v2', LATTICE_ERROR],
  ] as const)('%s, and no CORS header', async (_name, source, response) => {
    const answer = await ask({ source }, async () => {
      throw new Error('secret');
    });
    expect(answer).toMatchObject(response);
    expect(answer.body).not.toContain('secret');
    expect(answer.lines.filter(([name]) => /^access-control-/i.test(name))).toEqual([]);
  });
});

describe('a request', () => {
  const TWICE: WireRequest = {
    method: 'POST',
    path: '/a%2Fb/%C3%A9?x=1&x=%202&y=a+b&z',
    headers: [
      ['X-Twice', 'one'],
      ['X-Twice', 'two'],
      ['tEsT', 'aValUE'],
      ['Cookie', 'a=1; b=2'],
      ['authorization', 'Bearer x'],
      ['Content-Type', 'application/json'],
    ],
    body: '{"é":1}',
  };

  test('rest: names keep the client’s casing, but Authorization and User-Agent [L]', async () => {
    const { headers } = await eventOf({ source: 'rest' }, TWICE);
    expect(headers).toMatchObject({ tEsT: 'aValUE', Authorization: 'Bearer x', 'X-Twice': 'two', Cookie: 'a=1; b=2' });
    expect(Object.keys(headers)).not.toContain('Content-Length');
  });

  test('rest: every line is in multiValueHeaders, the last one in headers [D]', async () => {
    const { headers, multiValueHeaders } = await eventOf({ source: 'rest' }, TWICE);
    expect([headers['X-Twice'], multiValueHeaders['X-Twice']]).toEqual(['two', ['one', 'two']]);
  });

  test('rest: the path keeps its encoding and loses the stage, which requestContext.path has [L]', async () => {
    const event = await eventOf({ source: 'rest', stage: 'test' }, TWICE);
    expect(event).toMatchObject({
      path: '/a%2Fb/%C3%A9',
      resource: '/{proxy+}',
      pathParameters: { proxy: 'a%2Fb/%C3%A9' },
      requestContext: { path: '/test/a%2Fb/%C3%A9', stage: 'test', resourcePath: '/{proxy+}' },
    });
  });

  test('rest: of several slashes at the start, before the stage or after it, one counts [L]', async () => {
    expect(await eventOf({ source: 'rest', stage: 'test' }, { path: '//notes' })).toMatchObject({
      path: '/notes',
      pathParameters: { proxy: 'notes' },
      requestContext: { path: '/test//notes' },
    });
    const { url } = await start({ source: 'rest', stage: 'test', handler: async (event) => ({ body: event.path }) });
    const { hostname, port } = new URL(url);
    expect(await send(`http://${hostname}:${port}`, { path: '//test/notes' })).toMatchObject({ body: '/notes' });
  });

  test('rest: parameters are decoded, of several the last one counts, and all are in the multi-value map [L]', async () => {
    expect(await eventOf({ source: 'rest' }, TWICE)).toMatchObject({
      queryStringParameters: { x: ' 2', y: 'a b', z: '' },
      multiValueQueryStringParameters: { x: ['1', ' 2'], y: ['a b'], z: [''] },
    });
  });

  test('rest: a parameter may be called __proto__', async () => {
    const event = await eventOf({ source: 'rest' }, { path: '/notes?__proto__=1' });
    expect(JSON.stringify(event.multiValueQueryStringParameters)).toBe('{"__proto__":["1"]}');
    expect(JSON.stringify(event.queryStringParameters)).toBe('{"__proto__":"1"}');
  });

  test('rest: what is absent is null [L]', async () => {
    expect(await eventOf({ source: 'rest' }, { path: '/' })).toMatchObject({
      resource: '/',
      path: '/',
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
  });

  test('rest: a trailing slash stays in the path and not in the parameter [L]', async () => {
    expect(await eventOf({ source: 'rest' }, { path: '/test-path/' })).toMatchObject({
      path: '/test-path/',
      pathParameters: { proxy: 'test-path' },
    });
  });

  test('rest: a body of a binary type is base64, any other is text [D]', async () => {
    const settings: Settings = { source: 'rest', binaryMediaTypes: ['image/*'] };
    const png: WireRequest = { method: 'PUT', path: '/p', headers: [['Content-Type', 'image/png']], body: 'hello' };
    expect(await eventOf(settings, png)).toMatchObject({ body: 'aGVsbG8=', isBase64Encoded: true });
    expect(await eventOf(settings, TWICE)).toMatchObject({ body: '{"é":1}', isBase64Encoded: false });
  });

  test('http: names are lower-cased, lines joined by commas, cookies in a list [D]', async () => {
    const event = await eventOf({ source: 'http' }, TWICE);
    expect(event.headers).toMatchObject({ test: 'aValUE', 'x-twice': 'one,two', authorization: 'Bearer x' });
    expect(event.cookies).toEqual(['a=1', 'b=2']);
    expect([event.headers.cookie, event.multiValueHeaders]).toEqual([undefined, undefined]);
  });

  test('http: parameters are decoded and joined by commas, the raw string is as it was sent [D]', async () => {
    expect(await eventOf({ source: 'http' }, TWICE)).toMatchObject({
      rawQueryString: 'x=1&x=%202&y=a+b&z',
      queryStringParameters: { x: '1, 2', y: 'a b', z: '' },
    });
  });

  test('http: what is absent has no key [D]', async () => {
    const event = await eventOf({ source: 'http' }, { path: '/' });
    expect(Object.keys(event).sort()).toEqual([
      'headers',
      'isBase64Encoded',
      'rawPath',
      'rawQueryString',
      'requestContext',
      'routeKey',
      'version',
    ]);
    expect(event.rawQueryString).toBe('');
  });

  test('http: the path is decoded (captured on AWS: honojs/hono#2156)', async () => {
    expect(await eventOf({ source: 'http' }, TWICE)).toMatchObject({
      rawPath: '/a/b/é',
      requestContext: { http: { path: '/a/b/é' } },
    });
  });

  test('http: a stage other than $default is in the URL and in rawPath [D]', async () => {
    expect(await eventOf({ source: 'http', stage: 'dev' }, { path: '/notes' })).toMatchObject({
      rawPath: '/dev/notes',
      requestContext: { stage: 'dev', http: { path: '/dev/notes' } },
    });
  });

  test('http-1.0: names are lower-cased, and both maps are there [D]', async () => {
    const { version, headers, multiValueHeaders } = await eventOf({ source: 'http-1.0' }, TWICE);
    expect([version, headers['x-twice'], multiValueHeaders['x-twice']]).toEqual(['1.0', 'two', ['one', 'two']]);
    expect(headers.cookie).toBe('a=1; b=2');
  });

  test('url: format 2.0 with accountId "anonymous", a .lambda-url. domain and the path encoded [D]', async () => {
    expect(await eventOf({ source: 'url' }, TWICE)).toMatchObject({
      version: '2.0',
      rawPath: '/a%2Fb/%C3%A9',
      cookies: ['a=1', 'b=2'],
      requestContext: {
        accountId: 'anonymous',
        domainName: expect.stringContaining('.lambda-url.'),
        stage: '$default',
        http: { method: 'POST' },
      },
    });
  });

  test.each(['http', 'http-1.0', 'url'] as const)('%s: a form is base64, JSON is text [D]', async (source) => {
    const form: WireRequest = {
      method: 'POST',
      path: '/f',
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: 'a=1',
    };
    expect(await eventOf({ source }, form)).toMatchObject({ body: 'YT0x', isBase64Encoded: true });
    expect(await eventOf({ source }, TWICE)).toMatchObject({ body: '{"é":1}', isBase64Encoded: false });
  });

  test('alb: names lower-cased, the last value counts, parameters are not decoded [D]', async () => {
    const event = await eventOf({ source: 'alb' }, TWICE);
    expect(event).toMatchObject({
      headers: { test: 'aValUE', 'x-twice': 'two' },
      queryStringParameters: { x: '%202', y: 'a+b', z: '' },
      path: '/a%2Fb/%C3%A9',
    });
    expect(Object.keys(event)).not.toContain('multiValueHeaders');
  });

  test('alb-multi: the multi-value keys instead of the others [D]', async () => {
    const event = await eventOf({ source: 'alb-multi' }, TWICE);
    expect(event).toMatchObject({
      multiValueHeaders: { test: ['aValUE'], 'x-twice': ['one', 'two'] },
      multiValueQueryStringParameters: { x: ['1', '%202'] },
    });
    expect([event.headers, event.queryStringParameters]).toEqual([undefined, undefined]);
  });

  test.each(['alb', 'alb-multi'] as const)('%s: X-Amzn-Trace-Id and X-Forwarded-* are added [D]', async (source) => {
    const { headers, multiValueHeaders } = await eventOf({ source });
    expect(Object.keys(headers ?? multiValueHeaders)).toEqual(
      expect.arrayContaining(['x-amzn-trace-id', 'x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto']),
    );
  });

  test.each([
    ['text/csv', false],
    ['application/json', false],
    ['application/javascript', false],
    ['application/xml; charset=utf-8', false],
    ['application/x-www-form-urlencoded', true],
    ['image/png', true],
  ])('alb: whether a body of type %s is base64: %s [D]', async (type, isBase64Encoded) => {
    const request: WireRequest = { method: 'POST', path: '/f', headers: [['Content-Type', type]], body: 'hello' };
    expect(await eventOf({ source: 'alb' }, request)).toMatchObject({
      body: isBase64Encoded ? 'aGVsbG8=' : 'hello',
      isBase64Encoded,
    });
  });

  test('lattice-v1: raw_path with the query, header values as strings, no requestContext [D]', async () => {
    const event = await eventOf({ source: 'lattice-v1' }, TWICE);
    expect(event).toMatchObject({
      raw_path: '/a%2Fb/%C3%A9?x=1&x=%202&y=a+b&z',
      method: 'POST',
      headers: { 'x-twice': 'one,two', test: 'aValUE' },
      is_base64_encoded: false,
      body: '{"é":1}',
    });
    expect(event.requestContext).toBeUndefined();
  });

  test('lattice-v2: version "2.0" without .http, header values as arrays, the query in the path [D]', async () => {
    const event = await eventOf({ source: 'lattice-v2' }, TWICE);
    expect(event).toMatchObject({
      version: '2.0',
      path: '/a%2Fb/%C3%A9?x=1&x=%202&y=a+b&z',
      method: 'POST',
      headers: { 'x-twice': ['one', 'two'], test: ['aValUE'] },
      queryStringParameters: { x: ['1', ' 2'] },
      requestContext: { serviceArn: expect.stringContaining(':service/') },
    });
    expect(event.requestContext.http).toBeUndefined();
  });
});

// Not established for AWS: what is done here is a choice, and these rows say which.
describe('what nobody has recorded [?]', () => {
  test.each([
    ['rest', { headers: { 'Access-Control-Max-Age': 60 } }],
    ['http', { statusCode: 200, headers: { 'Access-Control-Max-Age': 60 } }],
    ['url', { statusCode: 200, headers: { 'Access-Control-Max-Age': 60 } }],
  ] as const)('%s: a number as header value becomes text', async (source, result) => {
    expect(values(await answerTo({ source }, result), 'Access-Control-Max-Age')).toEqual(['60']);
  });

  test.each(['http', 'url'] as const)('%s: the result null is a body like any other', async (source) => {
    expect(await answerTo({ source }, null)).toMatchObject({ status: 200, body: 'null' });
  });

  test('url: multiValueHeaders is ignored', async () => {
    const answer = await answerTo({ source: 'url' }, { statusCode: 200, multiValueHeaders: { 'X-A': ['1'] } });
    expect(values(answer, 'X-A')).toEqual([]);
  });

  test.each(['lattice-v1', 'lattice-v2'] as const)('%s: an array as header value is malformed', async (source) => {
    expect(await answerTo({ source }, { statusCode: 200, headers: { 'X-A': ['1'] } })).toMatchObject(LATTICE_ERROR);
  });

  test.each(['rest', 'http', 'alb'] as const)('%s: a status below 200 is malformed', async (source) => {
    expect((await answerTo({ source }, { statusCode: 103 })).status).toBeGreaterThanOrEqual(500);
  });
});

describe('the gateway’s own errors', () => {
  test.each([
    ['rest', 'prod', { status: 403, body: '{"message":"Forbidden"}' }],
    ['http', 'dev', { status: 404, body: '{"message":"Not Found"}' }],
  ] as const)('%s: a URL without the stage /%s is refused [D]', async (source, stage, response) => {
    const { url } = await start({ source, stage, handler: async () => ({ statusCode: 200 }) });
    expect(url).toMatch(new RegExp(`/${stage}$`));
    expect(await send(new URL(url).origin, { path: `/${stage}ish/notes` })).toMatchObject(response);
    expect(await send(url)).toMatchObject({ status: 200 });
  });

  test('rest: a URL without the stage has no gateway responses, which are a part of what is deployed to it', async () => {
    const headers = { 'Access-Control-Allow-Origin': '*' };
    const gatewayResponses = { DEFAULT_4XX: headers, DEFAULT_5XX: headers };
    const { url } = await start({ source: 'rest', handler: async () => ({ statusCode: 200 }), gatewayResponses });
    const elsewhere = await send(new URL(url).origin, { path: '/dev/notes' });
    expect([elsewhere.status, values(elsewhere, 'Access-Control-Allow-Origin')]).toEqual([403, []]);
  });

  test('rest: gateway responses add their headers to 4xx and 5xx, and not to the function’s answers [D]', async () => {
    const settings: Settings = {
      source: 'rest',
      gatewayResponses: { DEFAULT_5XX: { 'Access-Control-Allow-Origin': '*' } },
    };
    expect(values(await answerTo(settings, 'malformed'), 'Access-Control-Allow-Origin')).toEqual(['*']);
    expect(values(await answerTo(settings, { statusCode: 500 }), 'Access-Control-Allow-Origin')).toEqual([]);
  });
});
