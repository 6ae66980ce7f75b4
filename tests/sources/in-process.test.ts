import { describe, expect, test } from 'vitest';
import { type InProcessOptions, inProcess } from '../../src/browser.js';
import { sourceOf } from '../../src/events/source.js';

// biome-ignore lint/suspicious/noExplicitAny: events as handlers see them.
type Any = any;

async function eventOf(source: 'rest' | 'http', request: Partial<Parameters<ReturnType<typeof inProcess>>[0]> = {}) {
  let event: Any;
  const transport = inProcess(
    (given) => {
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

describe('events', () => {
  test('are recognized as what they are', async () => {
    expect(sourceOf(await eventOf('rest'))?.name).toBe('a REST API');
    expect(sourceOf(await eventOf('http'))?.name).toBe('an HTTP API');
  });

  const request = {
    method: 'POST',
    url: 'https://api.example.com:8443/a%20b/c?x=1&y=%C3%A9&x=2+3&z',
    headers: [
      ['Cookie', 'a=1; b=2'],
      ['X-A', '1'],
      ['x-a', '2'],
    ] as const,
    body: 'text',
  };

  test('of a REST API', async () => {
    expect(await eventOf('rest', request)).toMatchObject({
      httpMethod: 'POST',
      path: '/a%20b/c',
      headers: { host: 'api.example.com:8443', cookie: 'a=1; b=2', 'x-a': '1, 2', 'user-agent': 'Mozilla/5.0' },
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

  test('bytes are base64; what is no percent-encoding stays', async () => {
    const event = await eventOf('http', { url: 'https://a.example/%ff?%zz=%', body: new Uint8Array([0, 255]) });
    expect(event).toMatchObject({ rawPath: '/%ff', body: 'AP8=', isBase64Encoded: true });
    expect(event.queryStringParameters).toEqual({ '%zz': '%' });
  });

  test('the handler gets the context that it is given', async () => {
    const context = { awsRequestId: '1' };
    let seen: unknown;
    const transport = inProcess(
      (_event, given) => {
        seen = given;
      },
      { context },
    );
    await transport({ method: 'GET', url: 'https://a.example/', headers: [] });
    expect(seen).toBe(context);
  });
});

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
    const request = { method: 'GET', url: 'https://a.example/', headers: [] };
    expect(await inProcess(handler)(request)).toMatchObject(response);
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
        ['x-a', '1'],
        ['x-a', '2'],
        ['x-a', '3'],
      ],
      body: 'x',
    });
    expect(await respond({})).toEqual({ status: 200, headers: [] });
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
    const headers = [['content-type', 'application/json']];
    expect(await respond(result, 'http')).toEqual({ status: 200, headers, body });
  });

  test('of an HTTP API: cookies are lines, the other map and unknown keys are not read', async () => {
    const result = { statusCode: 200, cookies: ['a=1', 'b=2'], multiValueHeaders: { a: ['1'] }, other: 1 };
    expect(await respond(result, 'http')).toEqual({
      status: 200,
      headers: [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
    });
    expect(await respond({ statusCode: 0 }, 'http')).toMatchObject(HTTP_ERROR);
  });

  test('base64 is decoded to bytes, and what is none stays', async () => {
    const encoded = { statusCode: 200, body: 'AP8=', isBase64Encoded: true };
    expect((await respond(encoded)).body).toEqual(new Uint8Array([0, 255]));
    expect((await respond({ ...encoded, body: '=' })).body).toBe('=');
  });

  test('an error is the gateway’s own answer, without CORS headers', async () => {
    const fail = () => {
      throw new Error('x');
    };
    const request = { method: 'GET', url: 'https://a.example/', headers: [] };
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
    [fn, 'alb', 'inProcess knows no source "alb", only rest and http (a function URL'],
    [fn, 'url', 'sends the events of http); for the others use createGateway of lambda-cors/gateway'],
    [fn, 'toString', 'inProcess knows no source "toString"'],
    [fn, null, 'inProcess knows no source null'],
  ])('%o behind %o is refused at once', (handler, source, message) => {
    expect(() => inProcess(handler as never, { source: source as never })).toThrow(message);
  });

  test('a streaming handler is refused at once', () => {
    const handler = Object.assign(async () => {}, { [Symbol.for('aws.lambda.runtime.handler.streaming')]: 'response' });
    expect(() => inProcess(handler)).toThrow('use createGateway of lambda-cors/gateway');
  });
});
