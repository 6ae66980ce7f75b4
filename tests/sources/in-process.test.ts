import { describe, expect, test } from 'vitest';
import { type InProcessOptions, inProcess } from '../../src/browser.js';
import { sourceOf } from '../../src/events/source.js';
import { createGateway, GATEWAY_SOURCES, type GatewaySource, httpTransport } from '../../src/gateway.js';

// biome-ignore lint/suspicious/noExplicitAny: events as handlers see them.
type Any = any;

async function eventOf(source: GatewaySource, request: Partial<Parameters<ReturnType<typeof inProcess>>[0]> = {}) {
  let event: Any;
  const transport = inProcess(
    async (given) => {
      event = given;
      return { statusCode: 200 };
    },
    { source },
  );
  await transport({ method: 'GET', url: 'https://api.example.com/', headers: [], ...request });
  return event;
}

async function respond(result: unknown, source: InProcessOptions['source'] = 'rest') {
  return inProcess(async () => result, { source })({ method: 'GET', url: 'https://api.example.com/', headers: [] });
}

const NAMES: Readonly<Record<GatewaySource, RegExp>> = {
  rest: /^a REST API$/,
  http: /^an HTTP API$/,
  'http-1.0': /^an HTTP API/,
  url: /^an HTTP API|a function URL/,
  alb: /^a load balancer/,
  'alb-multi': /^a load balancer/,
  'lattice-v1': /Lattice/,
  'lattice-v2': /Lattice/,
};

describe('events', () => {
  test.each(GATEWAY_SOURCES)('of %s are recognized', async (source) => {
    expect(sourceOf(await eventOf(source))?.name).toMatch(NAMES[source]);
  });

  const request = {
    method: 'POST',
    url: 'https://api.example.com:8443/a%20b/c?x=1&y=%C3%A9&x=2+3&z',
    headers: [
      ['Cookie', 'a=1; b=2'],
      ['X-A', '1'],
      ['x-a', '2'],
      ['content-type', 'text/plain'],
    ] as const,
    body: 'text',
  };

  test('of a REST API', async () => {
    expect(await eventOf('rest', request)).toMatchObject({
      httpMethod: 'POST',
      path: '/a%20b/c',
      headers: { host: 'api.example.com:8443', cookie: 'a=1; b=2', 'x-a': '1, 2', 'User-Agent': 'Mozilla/5.0' },
      multiValueHeaders: { 'x-a': ['1, 2'] },
      queryStringParameters: { x: '2 3', y: 'é', z: '' },
      multiValueQueryStringParameters: { x: ['1', '2 3'], y: ['é'], z: [''] },
      body: 'text',
      isBase64Encoded: false,
    });
    expect(await eventOf('rest')).toMatchObject({ queryStringParameters: null, body: null });
  });

  test('of an HTTP API', async () => {
    const event = await eventOf('http', request);
    expect(event).toMatchObject({
      version: '2.0',
      rawPath: '/a b/c',
      rawQueryString: 'x=1&y=%C3%A9&x=2+3&z',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { x: '1,2 3', y: 'é', z: '' },
      requestContext: { domainName: 'api.example.com', http: { method: 'POST', path: '/a b/c' } },
      body: 'text',
    });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(await eventOf('http')).not.toHaveProperty('body');
  });

  test('bytes become base64; invalid percent-encoding stays as it is', async () => {
    const event = await eventOf('http', { url: 'https://a.example/%ff?%zz=%', body: new Uint8Array([0, 255]) });
    expect(event).toMatchObject({ rawPath: '/%ff', body: 'AP8=', isBase64Encoded: true });
    expect(event.queryStringParameters).toEqual({ '%zz': '%' });
  });

  test('the handler gets the context that it is given', async () => {
    const context = { awsRequestId: '1' };
    let seen: unknown;
    const transport = inProcess(
      async (_event, given) => {
        seen = given;
      },
      { context },
    );
    await transport({ method: 'GET', url: 'https://a.example/', headers: [] });
    expect(seen).toBe(context);
  });
});

const request = { method: 'GET', url: 'https://a.example/', headers: [] };

describe('handlers answer', () => {
  const result = { statusCode: 200, body: 'hi' };
  const answered = { status: 200, body: 'hi' };
  const ERROR = { status: 502, body: '{"message":"Internal server error"}' };

  test.each<readonly [how: string, handler: Parameters<typeof inProcess>[0], response: object]>([
    ['by a promise', async () => result, answered],
    ['by what is returned, as on Node.js 24', () => result, answered],
    // biome-ignore lint/suspicious/noThenProperty: some promises are not Promise's own.
    ['by a thenable', () => ({ then: (resolve: (value: unknown) => void) => resolve(result) }), answered],
    ['by the callback', (_event, _context, callback) => callback(null, result), answered],
    [
      'by the callback, later',
      (_event, _context, callback) => {
        setTimeout(callback, 1, null, result);
        return 'not heard';
      },
      answered,
    ],
    ['by a promise in spite of a callback', async (_event, _context, _callback) => result, answered],
    [
      'by the callback before the promise, as on Node.js 22',
      async (_event, _context, callback) => {
        await null;
        callback(undefined, result);
      },
      answered,
    ],
    ['by a callback that is not among the parameters', (...all) => void all[2](null, result), answered],
    ['with an error', (_event, _context, callback) => callback('no'), ERROR],
    [
      'by throwing, callback or not',
      (_event, _context, _callback) => {
        throw new Error('no');
      },
      ERROR,
    ],
  ])('%s', async (_, handler, response) => {
    expect(await inProcess(handler)(request)).toMatchObject(response);
  });
});

/** What was wrong before the two shared their rules: each row is a result, and what both make of it. */
describe('the local gateway and inProcess agree on', () => {
  const ERROR = { status: 502 };
  test.each<readonly [what: string, source: GatewaySource, result: object, response: object]>([
    ['a header that is undefined', 'rest', { headers: { 'X-A': undefined } }, { status: 200, lines: [] }],
    ['a header that is null', 'rest', { headers: { 'X-A': null } }, { status: 200, lines: [] }],
    [
      'one header in both maps',
      'rest',
      { headers: { 'X-A': '1', 'x-a': '2' }, multiValueHeaders: { 'X-A': ['1', '3'] } },
      { status: 200, lines: ['X-A: 1', 'X-A: 3', 'x-a: 2'] },
    ],
    [
      'a date as a header',
      'http',
      { headers: { 'X-A': new Date(0) } },
      { status: 200, lines: ['X-A: 1970-01-01T00:00:00.000Z'] },
    ],
    ['the header Date', 'url', { headers: { Date: 'now' } }, { status: 200, lines: ['x-amzn-Remapped-Date: now'] }],
    ['space around a value', 'alb', { headers: { 'X-A': ' 1\t' } }, { status: 200, lines: ['X-A: 1'] }],
    [
      'base64 on a REST API without binary media types',
      'rest',
      { body: 'aGk=', isBase64Encoded: true },
      { status: 200, lines: [], body: 'aGk=' },
    ],
    ['status 101', 'rest', { statusCode: 101 }, ERROR],
    ['status 199', 'http', { statusCode: 199 }, { status: 500 }],
    ['status 600', 'url', { statusCode: 600 }, ERROR],
    ['a status without a body', 'lattice-v1', { statusCode: 204, body: 'hi' }, { status: 204, lines: [], body: '' }],
    ['an array in headers', 'rest', { headers: { 'X-A': ['1'] } }, ERROR],
    ['an unknown key', 'rest', { extra: 1 }, ERROR],
  ])('%s', async (_what, source, rest, expected) => {
    const handler = async () => ({ statusCode: 200, ...rest });
    const inside = await inProcess(handler, { source })(request);
    const gateway = await createGateway({ handler, source, stage: '$default' }).listen();
    const outside = await httpTransport()({ ...request, url: `${gateway.url}/` }).finally(gateway.close);
    for (const { status, headers, body } of [inside, outside]) {
      const lines = headers
        .filter(
          ([name]) => !/^(content-.*|date|connection|x-amzn-requestid|x-amz-apigw-id|apigw-requestid)$/i.test(name),
        )
        .map((line) => line.join(': '));
      expect({ status, lines, body }).toMatchObject(expected);
    }
  });
});

async function fn() {
  return { statusCode: 200 };
}

const REST_ERROR = { status: 502, body: '{"message":"Internal server error"}' };
const HTTP_ERROR = { status: 500, body: '{"message":"Internal Server Error"}' };

describe('results', () => {
  test('both header maps of a REST API, each line', async () => {
    const result = { statusCode: '201', headers: { 'X-A': 1 }, multiValueHeaders: { 'x-A': ['2', '3'] }, body: 'x' };
    expect(await respond(result)).toEqual({
      status: 201,
      headers: [
        ['x-A', '2'],
        ['x-A', '3'],
        ['X-A', '1'],
        ['Content-Type', 'application/json'],
        ['Content-Length', '1'],
      ],
      body: 'x',
    });
    expect(await respond({})).toMatchObject({ status: 200, body: '' });
  });

  test.each<[result: unknown]>([
    [undefined],
    [null],
    ['text'],
    [[]],
    [{ statusCode: 'x' }],
    [{ statusCode: 99 }],
    [{ statusCode: 200, body: {} }],
    [{ statusCode: 200, headers: 'x' }],
    [{ statusCode: 200, multiValueHeaders: { a: '1' } }],
    [{ statusCode: 200, other: 1 }],
  ])('of a REST API, malformed: %j', async (result) => expect(await respond(result)).toMatchObject(REST_ERROR));

  test.each<[result: unknown, body: string]>([
    ['text', 'text'],
    [{ a: 1 }, '{"a":1}'],
    [undefined, 'null'],
    [[1], '[1]'],
  ])('of an HTTP API without statusCode: %j', async (result, body) => {
    const headers = [
      ['Content-Type', 'application/json'],
      ['Content-Length', String(body.length)],
    ];
    expect(await respond(result, 'http')).toEqual({ status: 200, headers, body });
  });

  test('of an HTTP API: cookies are lines, the other map and unknown keys are not read', async () => {
    const result = { statusCode: 200, cookies: ['a=1', 'b=2'], multiValueHeaders: { a: ['1'] }, other: 1 };
    expect(await respond(result, 'http')).toEqual({
      status: 200,
      headers: [
        ['Content-Type', 'text/plain;charset=UTF-8'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['Content-Length', '0'],
      ],
      body: '',
    });
    expect(await respond({ statusCode: 0 }, 'http')).toMatchObject(HTTP_ERROR);
  });

  test('base64 is decoded: to text where it is text, otherwise to bytes', async () => {
    const encoded = { statusCode: 200, body: 'AP8=', isBase64Encoded: true };
    expect((await respond(encoded, 'http')).body).toEqual(new Uint8Array([0, 255]));
    expect((await respond({ ...encoded, body: 'aGk=' }, 'http')).body).toBe('hi');
    expect((await respond({ ...encoded, body: '=' }, 'http')).body).toBe('');
  });

  test('an error is the gateway’s own answer, without CORS headers', async () => {
    const fail = () => {
      throw new Error('x');
    };
    expect(await inProcess(fail)(request)).toMatchObject(REST_ERROR);
    expect(await inProcess(fail, { source: 'http' })(request)).toMatchObject(HTTP_ERROR);
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    expect(await respond(circular, 'http')).toMatchObject(HTTP_ERROR);
  });

  test.each<readonly [handler: unknown, source: unknown, message: string]>([
    [undefined, 'rest', 'inProcess needs a handler, a function of (event, context), but got undefined'],
    [null, 'rest', 'but got null'],
    ['index.handler', 'rest', 'but got string'],
    [fn, 'lambda', 'inProcess knows no source "lambda", only rest, http, http-1.0, url, alb, alb-multi, lattice-v1'],
    [fn, 'toString', 'inProcess knows no source "toString"'],
    [fn, null, 'inProcess knows no source null'],
  ])('%o behind %o is refused at once', (handler, source, message) => {
    expect(() => inProcess(handler as never, { source: source as never })).toThrow(message);
  });

  test.each<readonly [options: unknown, message: string]>([
    [{ soucre: 'http' }, 'soucre is not an option of inProcess; remove it; the keys are source, context, nodejs,'],
    [{ binaryMediaType: [] }, 'binaryMediaType is not an option of inProcess; write binaryMediaTypes, or remove it'],
    [{ stage: 'prod' }, 'stage is not an option of inProcess'],
    [{ handler: fn }, 'handler is not an option of inProcess'],
    ['http', 'inProcess needs its options as an object, but got "http"; write inProcess(handler, { source: "http" })'],
    [null, 'but got null'],
    [{ timeout: Number.NaN }, 'timeout: NaN is not a time'],
    [{ gatewayTimeout: Number.POSITIVE_INFINITY }, 'gatewayTimeout: Infinity is not a time'],
    [{ timeout: 2 ** 31 }, 'timeout: 2147483648 is not a time'],
    [{ onError: 'log' }, 'onError: "log" is not a function; write one, or leave it out'],
  ])('the options %o are refused at once', (options, message) => {
    expect(() => inProcess(fn, options as never)).toThrow(message);
  });

  test('a streaming handler is refused at once', () => {
    const handler = Object.assign(async () => {}, { [Symbol.for('aws.lambda.runtime.handler.streaming')]: 'response' });
    expect(() => inProcess(handler)).toThrow('use createGateway of lambda-cors/gateway');
  });
});
