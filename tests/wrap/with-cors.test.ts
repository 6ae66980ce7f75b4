import { STATUS_CODES } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import { type CorsPolicy, compilePolicy, withCors } from '../../src/index.js';
import { cors } from '../../src/middy.js';
import { withCorsStreaming } from '../../src/streaming.js';
import { memoryLogger } from '../support/logger.js';
import { corsLines, sources, type TestSource } from '../support/sources.js';

const A = 'https://a.example';
const B = 'https://b.example';
const get = { method: 'GET', headers: { Origin: A } };
const ANY = { 'Access-Control-Allow-Origin': '*' };

function source(name: string): TestSource {
  const found = sources.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}
const rest = source('REST API');
const http = source('HTTP API, payload format 2.0');
const albMulti = source('ALB with multi-value headers');

// biome-ignore lint/suspicious/noExplicitAny: results of every shape are looked into.
type Any = any;

describe('handlers of every kind', () => {
  const ok = { statusCode: 200, body: 'ok' };
  const kinds: readonly [string, (...args: Any[]) => Any][] = [
    ['async', async () => ok],
    ['sync', () => ok],
    ['a promise', () => Promise.resolve(ok)],
    ['a callback called at once', (_event, _context, callback) => callback(null, ok)],
    ['a callback called later', (_event, _context, callback) => void setTimeout(() => callback(undefined, ok), 1)],
    ['three parameters, but a promise', async (_event, _context, _callback) => ok],
  ];
  test.each(kinds)('%s', async (_name, handler) => {
    const wrapped = withCors(handler);
    expect(wrapped.length).toBeLessThanOrEqual(2);
    expect(await wrapped(rest.event(get), {})).toMatchObject({ ...ok, headers: ANY });
  });

  const failing: readonly [string, (...args: Any[]) => Any][] = [
    ['async', async () => Promise.reject(new Error('x'))],
    [
      'sync',
      () => {
        throw new Error('x');
      },
    ],
    ['a callback with an error', (_event, _context, callback) => callback(new Error('x'))],
    ['a callback with a string', (_event, _context, callback) => void setTimeout(() => callback('x'), 1)],
    ['a callback with an empty string, an error on Lambda too', (_event, _context, callback) => callback('', ok)],
  ];
  test.each(failing)('%s that fails', async (_name, handler) => {
    const result = await withCors(handler, undefined, { logger: memoryLogger() })(rest.event(get), {});
    expect(result).toMatchObject({ statusCode: 500, headers: ANY });
  });

  test('the event and the context arrive as they are', async () => {
    const handler = vi.fn(async (_event: unknown, _context: unknown) => ok);
    const event = rest.event(get);
    const context = { awsRequestId: '1' };
    await withCors(handler)(event, context);
    expect(handler.mock.calls[0]?.[0]).toBe(event);
    expect(handler.mock.calls[0]?.[1]).toBe(context);
  });

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['index.handler', 'string'],
    [{}, 'object'],
  ])('%j is not a handler', (handler, got) => {
    expect(() => withCors(handler as never)).toThrow(
      `withCors needs a function as its handler, but got ${got}; write withCors(handler, policy)`,
    );
  });

  test('a streaming handler is refused when it is wrapped, not when it is called', () => {
    const streaming = Object.assign(async (_event: unknown, _stream: unknown, _context: unknown) => {}, {
      [Symbol.for('aws.lambda.runtime.handler.streaming')]: 'response',
    });
    expect(() => withCors(streaming as never)).toThrow('use withCorsStreaming of lambda-cors/streaming');
  });
});

describe('events that are not HTTP go through untouched', () => {
  const requestContext = { http: { method: 'GET' } };
  const events: readonly [string, unknown][] = [
    ['null', null],
    ['undefined', undefined],
    ['a string', 'ping'],
    ['a number', 5],
    ['an array', [1]],
    ['nothing', {}],
    ['a warm-up ping', { source: 'serverless-plugin-warmup' }],
    ['SQS', { Records: [{ eventSource: 'aws:sqs', body: '{}' }] }],
    ['a schedule', { 'detail-type': 'Scheduled Event', source: 'aws.events' }],
    ['Lambda@Edge', { Records: [{ cf: { request: { method: 'GET', headers: {} } } }] }],
    ['a WebSocket', { requestContext: { connectionId: 'x', eventType: 'CONNECT' }, headers: { Origin: A } }],
    ['a token authorizer', { type: 'TOKEN', methodArn: 'arn:…', authorizationToken: 'x' }],
    ['a request authorizer', { ...rest.event(get), type: 'REQUEST', methodArn: 'arn:…' }],
    ['an HTTP API authorizer', { ...http.event(get), type: 'REQUEST', routeArn: 'arn:…' }],
    ['an HTTP API authorizer, format 1.0', { ...rest.event(get), version: '1.0', type: 'REQUEST', methodArn: 'arn:…' }],
    ['a Bedrock agent', { messageVersion: '1.0', httpMethod: 'GET', apiPath: '/notes' }],
    ['another version', { version: '3.0', requestContext }],
    ['no version', { requestContext }],
    ['AppSync', { info: { fieldName: 'notes' }, request: { headers: { origin: A } } }],
  ];
  test.each(events)('%s', async (_name, event) => {
    const result = { statusCode: 200, headers: { 'access-control-allow-origin': 'mine' } };
    expect(await withCors(async (_event: unknown) => result)(event, {})).toBe(result);
    const error = new Error('x');
    const failing = withCors(async (_event: unknown) => {
      throw error;
    });
    await expect(failing(event, {})).rejects.toBe(error);
  });
});

describe('inference', () => {
  test.each([
    ['a string', 'hello', 'hello'],
    ['a string of JSON', '{"a":1}', '{"a":1}'],
    ['an object', { a: 1 }, '{"a":1}'],
    ['an array', [1, 2], '[1,2]'],
    ['a number', 5, '5'],
    ['false', false, 'false'],
    ['null', null, 'null'],
    ['undefined', undefined, 'null'],
    ['an object whose status is undefined', { statusCode: undefined, body: 'x' }, '{"body":"x"}'],
  ])('%s is the body of a 200 on HTTP APIs and function URLs', async (_name, result, body) => {
    for (const inferring of sources.filter(({ infers }) => infers)) {
      const answer: Any = await withCors(async (_event: unknown) => result)(inferring.event(get), {});
      expect(answer).toMatchObject({ statusCode: 200, body, headers: { 'Content-Type': 'application/json', ...ANY } });
    }
  });

  const circular: Record<string, unknown> = {};
  circular.self = circular;
  test.each([
    ['a bigint', 5n],
    ['a circle', circular],
  ])('%s is a 500 with CORS headers and a line in the log', async (_name, result) => {
    const logger = memoryLogger();
    const answer = await withCors(async (_event: unknown) => result, {}, { logger })(http.event(get), {});
    expect(answer).toMatchObject({ statusCode: 500, headers: ANY });
    expect(logger.lines).toEqual([expect.stringMatching(/what the handler returned cannot be made into JSON/)]);
  });
});

const circle: Record<string, unknown> = {};
circle.circle = circle;

describe('a result that the source would refuse becomes a 500, and the log says what to change', () => {
  const bad: readonly [string, TestSource, unknown, RegExp][] = [
    ['nothing', rest, undefined, /returned undefined, which a REST API does not accept: return \{ statusCode/],
    ['null', rest, null, /returned null/],
    ['a string', rest, 'hello', /of type String/],
    ['an array', rest, [], /a value of type Array/],
    [
      'an unknown key',
      rest,
      { statusCode: 200, cookies: [] },
      /the key "cookies", which a REST API does not accept: return only statusCode/,
    ],
    ['an unknown key with a line break', rest, { 'a\nERROR b': 1 }, /the key "a\\nERROR b"/],
    ['a status that is not one', rest, { statusCode: 'test' }, /"test" as statusCode/],
    ['a status with a line break', rest, { statusCode: '200\nERROR' }, /"200\\nERROR" as statusCode/],
    ['a body that is an object', rest, { body: {} }, /of type Object as body.*JSON\.stringify/],
    ['a body that is a number', http, { statusCode: 200, body: 5 }, /of type Number as body/],
    ['headers that are an array', http, { statusCode: 200, headers: [] }, /a value of type Array as headers/],
    ['multi-value headers without arrays', rest, { multiValueHeaders: { 'X-A': 'b' } }, /multiValueHeaders/],
    [
      'multi-value headers without arrays',
      albMulti,
      { statusCode: 200, multiValueHeaders: { 'X-A': 'b' } },
      /multiValueHeaders/,
    ],
    ['no status', albMulti, { body: '' }, /"undefined" as statusCode/],
    ['no status', source('ALB'), { body: '' }, /"undefined" as statusCode/],
    ['no status', source('VPC Lattice, version 1'), {}, /"undefined" as statusCode/],
    ['nothing', source('VPC Lattice, version 2'), undefined, /undefined/],
    ['a BigInt', http, { statusCode: 200, count: 1n }, /what the handler returned cannot be made into JSON/],
    ['a circle', source('ALB'), { statusCode: 200, circle }, /what the handler returned cannot be made into JSON/],
    ['a circle in the cookies', http, { statusCode: 200, cookies: [circle] }, /cannot be made into JSON/],
    [
      'a circle in a header',
      rest,
      { statusCode: 200, headers: { 'X-A': [circle] } },
      /what the handler returned cannot be made into JSON/,
    ],
    [
      'a circle in the multi-value headers',
      rest,
      { multiValueHeaders: { 'X-A': [circle] } },
      /cannot be made into JSON/,
    ],
    [
      'a Response',
      rest,
      new Response(null, { status: 404 }),
      /a value of type Response, which a REST API does not accept: return \{ statusCode/,
    ],
    ['a Response', source('HTTP API, payload format 1.0'), new Response(null), /a value of type Response/],
    ['a header that is an object', rest, { statusCode: 200, headers: { 'X-A': {} } }, /as the header "X-A"/],
  ];
  test.each(bad)('%s', async (_name, from, result, line) => {
    const logger = memoryLogger();
    const answer: Any = await withCors(async (_event: unknown) => result, {}, { logger })(from.event(get), {});
    const response = from.response(answer);
    expect(response.status).toBe(500);
    expect(response.body).toBe('{"message":"Internal Server Error"}');
    expect(response.lines).toContainEqual(['access-control-allow-origin', '*']);
    expect(logger.lines).toEqual([expect.stringMatching(line)]);
    expect(logger.lines[0]).not.toContain('\n');
  });

  test.each([
    ['an empty object', rest, {}],
    ['unknown keys', source('HTTP API, payload format 1.0'), { statusCode: 200, cookies: ['a=b'] }],
    ['an unknown key without a value', rest, { statusCode: 200, cookies: undefined }],
    ['a status text', source('ALB'), { statusCode: 200, statusDescription: '200 OK', isBase64Encoded: false }],
    ['a boolean header', rest, { statusCode: 200, headers: { 'X-A': true } }],
    ['multiValueHeaders null', rest, { statusCode: 200, multiValueHeaders: null }],
    ['body null', rest, { statusCode: 200, body: null }],
    ['a URL as a header', rest, { statusCode: 302, headers: { Location: new URL('https://a.example/') } }],
    ['a date as a header', http, { statusCode: 200, headers: { Expires: new Date(0) } }],
    ['a key that JSON leaves out', rest, { statusCode: 200, toString: (): string => 'x' }],
    ['a multi-value header without a value', rest, { statusCode: 200, multiValueHeaders: { 'Set-Cookie': undefined } }],
    ['what JSON can hold under an unknown key', http, { statusCode: 200, more: { items: [1] } }],
  ])('%s is fine', async (_name, from, result) => {
    const answer: Any = await withCors(async (_event: unknown) => result)(from.event(get), {});
    const asJson = JSON.parse(JSON.stringify(answer));
    const expected = JSON.parse(JSON.stringify(result));
    expect(asJson).toMatchObject(expected);
    expect(Object.keys(asJson).sort()).toEqual(
      [...new Set([...Object.keys(expected), 'headers', 'statusCode'])].sort(),
    );
    expect(from.response(asJson).lines).toContainEqual(['access-control-allow-origin', '*']);
  });

  test('inherited properties are not keys: JSON leaves them out too', async () => {
    const result = Object.create({ inherited: 1 }, { statusCode: { value: 201, enumerable: true } });
    const answer: Any = await withCors(async (_event: unknown) => result)(rest.event(get), {});
    expect(answer).toMatchObject({ statusCode: 201, headers: ANY });
  });

  test.each([rest, http])('a result with its own toJSON: $name', async (from) => {
    class Answer {
      toJSON() {
        return { statusCode: 201, body: 'made' };
      }
    }
    const answer: Any = await withCors(async (_event: unknown) => new Answer())(from.event(get), {});
    expect(from.response(answer)).toMatchObject({ status: 201, body: 'made' });
    expect(answer.headers).toMatchObject(ANY);
  });

  test('an HTTP API with payload format 1.0 is told the status that the handler left out', async () => {
    const from = source('HTTP API, payload format 1.0');
    const answer = await withCors(async (_event: unknown) => ({ body: 'x' }))(from.event(get), {});
    expect(answer).toMatchObject({ statusCode: 200, body: 'x', headers: ANY });
  });
});

describe('one spelling, one line, one map', () => {
  const own = {
    statusCode: 200,
    headers: { 'access-control-allow-origin': 'x', 'X-Kept': '1' },
    multiValueHeaders: {
      'Access-Control-Allow-Origin': ['y', 'z'],
      'ACCESS-CONTROL-ALLOW-CREDENTIALS': ['true'],
      'Set-Cookie': ['a=1', 'b=2'],
    },
    body: '',
  };

  test('a REST API reads both maps: the header is in `headers`, once', async () => {
    const answer: Any = await withCors(async (_event: unknown) => own, { allowOrigins: [A, B] })(rest.event(get), {});
    expect(answer.multiValueHeaders).toEqual({ 'Set-Cookie': ['a=1', 'b=2'] });
    expect(corsLines(rest.response(answer)).filter(([name]) => name === 'access-control-allow-origin')).toEqual([
      ['access-control-allow-origin', A],
    ]);
  });

  test('a load balancer with multi-value headers gets arrays, and the map that it does not read has none', async () => {
    const answer: Any = await withCors(async (_event: unknown) => own, { allowOrigins: [A, B] })(
      albMulti.event(get),
      {},
    );
    expect(answer.headers).toEqual({ 'X-Kept': '1' });
    expect(answer.multiValueHeaders).toMatchObject({ 'Access-Control-Allow-Origin': [A], Vary: ['Origin'] });
    expect(answer.multiValueHeaders['Set-Cookie']).toEqual(['a=1', 'b=2']);
  });

  test("the handler's exposed headers stay when the policy has none, in one line", async () => {
    const result = {
      statusCode: 200,
      headers: { 'access-control-expose-headers': 'X-A' },
      multiValueHeaders: { 'Access-Control-Expose-Headers': ['X-B'] },
      body: '',
    };
    const answer: Any = await withCors(async (_event: unknown) => result)(rest.event(get), {});
    const exposed = corsLines(rest.response(answer)).filter(([name]) => name.includes('expose'));
    expect(exposed).toEqual([['access-control-expose-headers', 'X-A, X-B']]);
  });

  test.each(sources.map((source) => [source.name, source] as const))(
    'exposed headers that no header can have, in a map that is not read, do not get into one that is: %s',
    async (_name, source) => {
      const result = {
        statusCode: 200,
        headers: { 'Access-Control-Expose-Headers': 'X-A' },
        multiValueHeaders: { 'Access-Control-Expose-Headers': ['X-B\r\nX-C: d', '€'] },
        body: '',
      };
      const handler = withCors(async (_event: unknown) => result, {}, { logger: memoryLogger() });
      const response = source.response(await handler(source.event(get), {}));
      expect(response.lines.map(([, value]) => value).join()).not.toMatch(/[\r\n€]/);
      expect(corsLines(response)).toContainEqual(['access-control-allow-origin', '*']);
    },
  );

  test("the handler's exposed headers give way when the policy has some", async () => {
    const result = { statusCode: 200, headers: { 'access-control-expose-headers': 'X-A' }, body: '' };
    const answer: Any = await withCors(async (_event: unknown) => result, { exposeHeaders: ['X-B'] })(
      rest.event(get),
      {},
    );
    expect(answer.headers).toMatchObject({ 'Access-Control-Expose-Headers': 'X-B' });
    expect(Object.keys(answer.headers)).not.toContain('access-control-expose-headers');
  });
});

describe('Vary', () => {
  const list: CorsPolicy = { allowOrigins: [A, B] };
  test.each([
    ['none', undefined, 'Origin'],
    ['another', { Vary: 'Accept' }, 'Accept, Origin'],
    ['the same in lower case', { vary: 'origin' }, 'origin'],
    ['several with repetitions', { VARY: 'Accept, accept,,Accept-Encoding' }, 'Accept, Accept-Encoding, Origin'],
    ['everything', { vary: '*' }, '*'],
    ['two spellings', { vary: 'Accept', Vary: 'Cookie' }, 'Accept, Cookie, Origin'],
    ['no string', { Vary: 5 }, 'Origin'],
  ])("the handler's %s", async (_name, headers, expected) => {
    const result = { statusCode: 200, ...(headers === undefined ? {} : { headers }), body: '' };
    const answer: Any = await withCors(async (_event: unknown) => result as Any, list)(rest.event(get), {});
    expect(corsLines(rest.response(answer)).filter(([name]) => name === 'vary')).toEqual([['vary', expected]]);
  });

  test('of both maps in one line', async () => {
    const result = { statusCode: 200, headers: { Vary: 'Accept' }, multiValueHeaders: { vary: ['Cookie', 'X-A'] } };
    const answer: Any = await withCors(async (_event: unknown) => result, list)(rest.event(get), {});
    expect(answer.headers.Vary).toBe('Accept, Cookie, X-A, Origin');
    expect(answer.multiValueHeaders).toEqual({});
  });

  test('a static policy leaves the handler’s alone', async () => {
    const result = { statusCode: 200, headers: { vary: 'Accept' }, multiValueHeaders: { Vary: ['Cookie'] } };
    const answer: Any = await withCors(async (_event: unknown) => result)(rest.event(get), {});
    expect(answer.headers).toMatchObject({ vary: 'Accept' });
    expect(answer.headers).not.toHaveProperty('Vary');
    expect(answer.multiValueHeaders).toEqual({ Vary: ['Cookie'] });
  });
});

describe('only CORS headers are touched', () => {
  test('status, body, cookies, casing, unknown keys', async () => {
    const result = {
      statusCode: 201,
      headers: { 'x-Mixed-CASE': 'a', 'content-type': 'text/html', 'x-number': 5, 'x-null': null },
      cookies: ['a=1; HttpOnly', 'b=2'],
      body: 'aGk=',
      isBase64Encoded: true,
      custom: { deep: [1] },
    };
    const answer: Any = await withCors(async (_event: unknown) => result as Any)(http.event(get), {});
    const { headers, ...others } = answer;
    const { headers: before, ...othersBefore } = result;
    expect(others).toEqual(othersBefore);
    expect(headers).toMatchObject(before);
  });

  test('a header named __proto__ stays an ordinary header', async () => {
    const headers = JSON.parse('{"__proto__":"x","X-A":"1","vary":"Accept"}') as Record<string, string>;
    const result = { statusCode: 200, headers, body: '' };
    const answer: Any = await withCors(async (_event: unknown) => result, { allowOrigins: [A, B] })(
      rest.event(get),
      {},
    );
    expect(Object.entries(answer.headers)).toContainEqual(['__proto__', 'x']);
    expect(Object.getPrototypeOf(answer.headers)).toBe(Object.prototype);
  });
});

describe('errors', () => {
  function thrower(error: unknown) {
    return async (_event: unknown, _context: unknown): Promise<unknown> => {
      throw error;
    };
  }

  test('an unexpected error goes to the log with its stack, and nothing of it to the client', async () => {
    const logger = memoryLogger();
    const error = new Error('secret');
    const answer: Any = await withCors(thrower(error), {}, { logger })(rest.event(get), {});
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(logger.lines).toEqual(['lambda-cors: the handler threw']);
    expect(logger.details).toEqual([error]);
  });

  /** An error as a client sees it, and the log's line about it. */
  async function shown(error: unknown, from: TestSource = rest) {
    const logger = memoryLogger();
    const response = from.response(await withCors(thrower(error), {}, { logger })(from.event(get), {}));
    expect(response.lines).toContainEqual(['access-control-allow-origin', '*']);
    return { status: response.status, body: response.body, log: logger.entries, lines: response.lines };
  }
  function withFields(fields: object): Error {
    return Object.assign(new Error('secret'), fields);
  }
  const THREW = 'lambda-cors: the handler threw';

  test.each([
    [{ statusCode: 404, expose: true }, 404, 'secret'],
    [{ status: 502, expose: true }, 502, 'secret'],
    [{ statusCode: 404, expose: true, message: 5 }, 404, 'Not Found'],
  ])('%j is shown, and not logged', async (fields, status, message) => {
    expect(await shown(withFields(fields))).toMatchObject({ status, body: JSON.stringify({ message }), log: [] });
  });

  test.each([
    [{ statusCode: 404 }, 404, 'Not Found'],
    [{ status: 401 }, 401, 'Unauthorized'],
    [{ statusCode: 418, expose: false }, 418, 'Bad Request'],
    [{ statusCode: 404, expose: 1 }, 404, 'Not Found'],
    [{ statusCode: 404, expose: 'true' }, 404, 'Not Found'],
    [{ statusCode: '500', status: 403 }, 403, 'Forbidden'],
    [{ statusCode: 200, status: 403 }, 403, 'Forbidden'],
    [{ statusCode: 502 }, 502, 'Bad Gateway'],
    [{ status: 503, expose: false }, 503, 'Service Unavailable'],
    [{ statusCode: 499 }, 499, 'Bad Request'],
    [{ statusCode: 599 }, 599, 'Internal Server Error'],
    [{ statusCode: 600, expose: true }, 500, 'Internal Server Error'],
    [{ statusCode: 399, expose: true }, 500, 'Internal Server Error'],
    [{ statusCode: 404.5, expose: true }, 500, 'Internal Server Error'],
    [{ expose: true }, 500, 'Internal Server Error'],
    [{ statusCode: 404, expose: true, headers: { 'X-A': 'a\nb' } }, 404, 'Not Found'],
    [{ statusCode: 404, expose: true, headers: { 'not a token': 'a' } }, 404, 'Not Found'],
  ])('%j keeps its status, if it is one of an error, and is logged', async (fields, status, message) => {
    const error = withFields(fields);
    expect(await shown(error)).toMatchObject({
      status,
      body: JSON.stringify({ message }),
      log: [{ level: status < 500 ? 'warn' : 'error', message: THREW, details: [error] }],
    });
  });

  test('a status alone does not make headers pass: they are those of another server', async () => {
    const headers = { 'transfer-encoding': 'chunked', connection: 'keep-alive', 'x-internal': '1', 'Retry-After': '5' };
    for (const from of [rest, http, albMulti]) {
      const { lines } = await shown(withFields({ status: 429, headers }), from);
      const names = lines.map(([name]) => name);
      for (const name of Object.keys(headers)) expect(names).not.toContain(name.toLowerCase());
    }
  });

  test('every status has the phrase that Node.js has for it; if that is hardly used, that of its class', async () => {
    const rare = [418, 424, 425, 506, 507, 508, 509, 510];
    for (let statusCode = 400; statusCode < 600; statusCode += 1) {
      const first = statusCode < 500 ? 400 : 500;
      const message = STATUS_CODES[rare.includes(statusCode) ? first : statusCode] ?? STATUS_CODES[first];
      expect(await shown(withFields({ statusCode }))).toMatchObject({
        status: statusCode,
        body: JSON.stringify({ message }),
      });
    }
  });

  test('an HTTP error that is shown keeps its headers, except those of a connection, a server or a body', async () => {
    const headers = {
      'Retry-After': 5,
      'content-type': 'text/html',
      'Content-Length': '3',
      'content-disposition': 'inline',
      'Access-Control-Allow-Origin': 'https://evil.example',
      Connection: 'keep-alive',
      'Keep-Alive': 'timeout=5',
      'Proxy-Authenticate': 'Basic',
      TE: 'trailers',
      Trailer: 'X-A',
      'transfer-encoding': 'chunked',
      Upgrade: 'h2c',
      DATE: 'Thu, 01 Jan 1970 00:00:00 GMT',
      server: 'nginx',
      Vary: 'Cookie',
      'X-Object': {},
    };
    const error = Object.assign(new Error('slow'), { statusCode: 429, expose: true, headers });
    const policy = { allowOrigins: [A, B] };
    for (const from of [rest, http, albMulti]) {
      const response = from.response(await withCors(thrower(error), policy)(from.event(get), {}));
      expect(response.status).toBe(429);
      expect(response.lines).toContainEqual(['retry-after', '5']);
      expect(response.lines).toContainEqual(['content-type', 'application/json']);
      expect(response.lines).toContainEqual(['vary', 'Cookie, Origin']);
      expect(corsLines(response).filter(([name]) => name.endsWith('origin'))).toEqual([
        ['access-control-allow-origin', A],
      ]);
      const kept = ['retry-after', 'content-type', 'vary'];
      const others = response.lines.map(([name]) => name).filter((name) => !name.startsWith('access-control-'));
      expect(others.sort()).toEqual(kept.sort());
    }
  });

  describe('onError', () => {
    const error = new Error('x');
    test('may answer instead, with CORS headers', async () => {
      const logger = memoryLogger();
      const seen: unknown[] = [];
      const event = rest.event(get);
      const onError = async (...args: unknown[]) => {
        seen.push(...args);
        return { statusCode: 418, body: 'teapot' };
      };
      const answer = await withCors(thrower(error), {}, { onError, logger })(event, {});
      expect(answer).toMatchObject({ statusCode: 418, body: 'teapot', headers: ANY });
      expect(seen).toEqual([error, event]);
      expect(logger.lines).toEqual([]);
    });

    test.each([
      { nothing: undefined, from: rest },
      { nothing: null, from: rest },
      { nothing: null, from: http },
    ])('that answers $nothing leaves the error to the default: $from.name', async ({ nothing, from }) => {
      const logger = memoryLogger();
      const answer = await withCors(thrower(error), {}, { onError: () => nothing, logger })(from.event(get), {});
      expect(answer).toMatchObject({ statusCode: 500, headers: ANY });
      expect(logger.details).toEqual([error]);
    });

    test('that throws falls back to the 500; both errors are logged', async () => {
      const logger = memoryLogger();
      const second = new Error('second');
      const onError = () => {
        throw second;
      };
      const answer = await withCors(thrower(error), {}, { onError, logger })(rest.event(get), {});
      expect(answer).toMatchObject({ statusCode: 500, headers: ANY });
      expect(logger.details).toEqual([second, error]);
    });

    test('that answers what the source refuses falls back to the 500', async () => {
      const logger = memoryLogger();
      const answer = await withCors(thrower(error), {}, { onError: () => 'oops', logger })(rest.event(get), {});
      expect(answer).toMatchObject({ statusCode: 500, headers: ANY });
      expect(logger.lines).toEqual(['lambda-cors: onError failed', 'lambda-cors: the handler threw']);
      expect(String(logger.details[0])).toMatch(
        /onError returned a value of type String, which a REST API does not accept/,
      );
    });
  });

  test.each([
    [
      'a property that throws',
      Object.defineProperty(new Error('x'), 'statusCode', {
        get() {
          throw new Error('y');
        },
      }),
    ],
    ['a revoked proxy', revoked()],
  ])('an error with %s is a 500 as any other', async (_name, error) => {
    const logger = memoryLogger();
    const answer = await withCors(thrower(error), {}, { logger })(rest.event(get), {});
    expect(answer).toMatchObject({ statusCode: 500, headers: ANY });
    expect(logger.lines).toEqual(['lambda-cors: the handler threw']);
  });

  test('a logger that rejects breaks nothing', async () => {
    const rejecting = async () => Promise.reject(new Error('log'));
    const handler = withCors(thrower(new Error('x')), {}, { logger: { error: rejecting, warn: rejecting } });
    expect(await handler(rest.event(get), {})).toMatchObject({ statusCode: 500 });
    // An unhandled rejection would fail the run.
    await new Promise((resolve) => setTimeout(resolve));
  });

  test('a logger that throws breaks nothing', async () => {
    const broken = {
      error() {
        throw new Error('log');
      },
      warn() {
        throw new Error('log');
      },
    };
    expect(await withCors(thrower(new Error('x')), {}, { logger: broken })(rest.event(get), {})).toMatchObject({
      statusCode: 500,
    });
  });

  test('the default logger is console', async () => {
    const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
    const error = new Error('x');
    await withCors(thrower(error))(rest.event(get), {});
    expect(spy).toHaveBeenCalledWith('lambda-cors: the handler threw', error);
    spy.mockRestore();
  });
});

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const SOUND =
  '{ onError: (error, event) => result, onRefused: (request, event) => …, timeoutEarlyInMillis: 50, logger: console }, or some of them';

test.each<[unknown, string]>([
  ['log', 'options: "log" is not an object'],
  [null, 'options: null is not an object'],
  [[], 'options: [] is not an object'],
  // As if it were `onError`.
  [() => ({ statusCode: 502 }), 'options: function is not an object'],
  [{ onerror() {} }, 'onerror: function is not an option'],
  [{ '\u001b\u202e': '\u009b' }, '\\u001b\\u202e: "\\u009b" is not an option'],
  [{ onRefused: 'log' }, 'onRefused: "log" is not a function'],
  ...[-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 900_001, 2 ** 31, '50', null].map(
    (timeoutEarlyInMillis): [unknown, string] => [
      { timeoutEarlyInMillis },
      `timeoutEarlyInMillis: ${timeoutEarlyInMillis === '50' ? '"50"' : timeoutEarlyInMillis} is not a whole number from 0 to 900000`,
    ],
  ),
  [{ onError: 5 }, 'onError: 5 is not a function'],
  [{ logger: {} }, 'logger: {} has no error()'],
  [{ logger: { error() {} } }, 'logger: {} has no warn()'],
  [{ logger: null }, 'logger: null has no error()'],
])('faulty options throw when a wrapper is made: %j', (options, message) => {
  for (const make of [
    () => withCors(async () => 1, {}, options as never),
    () => withCorsStreaming(async () => 1, {}, options as never),
    () => cors({}, options as never),
  ]) {
    expect(make).toThrow(new TypeError(`${message}; write ${SOUND}`));
  }
});

describe('the policy', () => {
  test('is checked when the wrapper is made', () => {
    expect(() => withCors(async () => 1, { allowOrigins: ['https://a.example/'] })).toThrow('has a path');
  });

  test('may be compiled, and shared', async () => {
    const policy = compilePolicy({ allowOrigins: [A, B] });
    const answer: Any = await withCors(async (_event: unknown) => ({ statusCode: 200 }), policy)(rest.event(get), {});
    expect(answer.headers['Access-Control-Allow-Origin']).toBe(A);
  });

  test('compiled by another copy of the package is compiled again', async () => {
    const { listsOrigin, ...others } = compilePolicy({ allowOrigins: [A], maxAge: 5 });
    const foreign = Object.freeze({ ...others, listsOrigin: () => true });
    const handler = withCors(async (_event: unknown) => ({ statusCode: 200 }), foreign as never);
    expect(corsLines(rest.response(await handler(rest.event(get), {})))).toContainEqual([
      'access-control-allow-origin',
      A,
    ]);
    const evil = { method: 'OPTIONS', headers: { Origin: B, 'Access-Control-Request-Method': 'PUT' } };
    expect(rest.response(await handler(rest.event(evil), {})).status).toBe(403);
  });

  test('does not change once the wrapper is made', async () => {
    const origins = [A, B];
    const handler = withCors(async (_event: unknown) => ({ statusCode: 200 }), { allowOrigins: origins });
    origins[0] = 'https://evil.example';
    const evil = { method: 'GET', headers: { Origin: 'https://evil.example' } };
    expect(corsLines(rest.response(await handler(rest.event(evil), {})))).toEqual([['vary', 'Origin']]);
  });

  test('a function is asked even if the global Promise is not the one of async functions', async () => {
    const native = globalThis.Promise;
    globalThis.Promise = class extends (native as Any) {} as Any;
    try {
      const handler = withCors(
        async () => expect.unreachable(),
        { allowOrigins: () => false },
        {
          logger: memoryLogger(),
        },
      );
      const preflight = { method: 'OPTIONS', headers: { Origin: A, 'Access-Control-Request-Method': 'PUT' } };
      expect(await handler(rest.event(preflight), {})).toMatchObject({ statusCode: 403 });
    } finally {
      globalThis.Promise = native;
    }
  });

  test('a function sees the origin and the event', async () => {
    const allowOrigins = vi.fn((_origin: string, _event: unknown) => true);
    const event = rest.event(get);
    await withCors(async (_event: unknown) => ({ statusCode: 200 }), { allowOrigins })(event, {});
    expect(allowOrigins).toHaveBeenCalledExactlyOnceWith(A, event);
  });

  test('a function is not asked about requests without an Origin', async () => {
    const allowOrigins = vi.fn(() => true);
    await withCors(async (_event: unknown) => ({ statusCode: 200 }), { allowOrigins })(
      rest.event({ method: 'GET' }),
      {},
    );
    expect(allowOrigins).not.toHaveBeenCalled();
  });
});

describe('header names are found whatever their case and in either map', () => {
  const headersOf: readonly [string, unknown, unknown][] = [
    ['usual', { Origin: B }, null],
    ['lower', { origin: B }, null],
    ['upper', { ORIGIN: B }, null],
    ['mixed', { oRiGiN: B }, undefined],
    ['multi only', null, { Origin: [B] }],
    ['multi, mixed', null, { ORIgin: [B] }],
    ['multi empty', { Origin: B }, {}],
    ['multi, a string', { Origin: B }, { Origin: B }],
    ['an array in headers', { Origin: [B] }, null],
  ];
  test.each(headersOf)('%s', async (_name, headers, multiValueHeaders) => {
    const event = { ...rest.event(get), headers, multiValueHeaders };
    const answer: Any = await withCors(async (_event: unknown) => ({ statusCode: 200 }), { allowOrigins: [A, B] })(
      event,
      {},
    );
    expect(answer.headers['Access-Control-Allow-Origin']).toBe(B);
  });

  const noneOf: readonly [string, unknown, unknown][] = [
    ['null', null, null],
    ['absent', undefined, undefined],
    ['no object', 'Origin: x', 5],
    ['no string', { Origin: 5 }, { Origin: [5] }],
    ['an empty list', {}, { Origin: [] }],
    ['an object', { Origin: Object.create(null) }, null],
    ['another header that is as long', { 'X-Orig': B }, null],
  ];
  test.each(noneOf)('not found: %s', async (_name, headers, multiValueHeaders) => {
    const event = { ...rest.event(get), headers, multiValueHeaders };
    const answer: Any = await withCors(async (_event: unknown) => ({ statusCode: 200 }), { allowOrigins: [A, B] })(
      event,
      {},
    );
    expect(answer.headers).toEqual({ Vary: 'Origin' });
  });
});

test.each<[string, CorsPolicy]>([
  ['any origin', {}],
  ['one origin', { allowOrigins: A }],
])('%s: no header is looked for where none can change the answer, however many there are', async (_name, policy) => {
  const event = { ...rest.event(get) };
  const read = vi.fn(() => ({ Origin: A }));
  for (const map of ['headers', 'multiValueHeaders']) Object.defineProperty(event, map, { get: read });
  const handler = withCors(async (_event: unknown) => ({ statusCode: 200 }), policy);
  await handler(event, {});
  expect(read).not.toHaveBeenCalled();
  await handler(Object.assign(event, { httpMethod: 'OPTIONS' }), {});
  expect(read).toHaveBeenCalled();
});
