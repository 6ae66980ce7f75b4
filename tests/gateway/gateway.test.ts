// The server itself: where it listens, what a handler gets, what the hooks are told.
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  createGateway,
  GATEWAY_SOURCES,
  type GatewayExchange,
  type GatewayFault,
  type GatewayHandler,
  type GatewaySource,
} from '../../src/gateway.js';
import { answerTo, ask, HOST, send, start } from './wire.js';

async function ok(): Promise<object> {
  return { statusCode: 200 };
}

const streams: GatewayHandler = Object.assign(
  async (_event: unknown, stream: { end(body: string): void }) => stream.end('hi'),
  { [Symbol.for('aws.lambda.runtime.handler.streaming')]: 'response' },
);

describe('listening', () => {
  test('is on loopback and any free port by default', async () => {
    const { url } = await start({ source: 'http', handler: ok });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('has no URL before it begins', () => {
    expect(() => createGateway({ source: 'http', handler: ok }).url).toThrow(
      'the gateway has no URL: it does not listen',
    );
  });

  test('on a port in use fails with an error that names it, and can be tried again', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { readonly port: number };
    const gateway = createGateway({ source: 'http', handler: ok, allowHosts: [HOST] });
    await expect(gateway.listen({ port })).rejects.toThrow(`cannot listen on port ${port} of 127.0.0.1: it is in use`);
    await new Promise((resolve) => other.close(resolve));
    await gateway.listen({ port });
    expect(await send(gateway.url)).toMatchObject({ status: 200 });
    await gateway.close();
  });

  test('on an address that this machine has not fails with an error that names it', async () => {
    const gateway = createGateway({ source: 'http', handler: ok });
    await expect(gateway.listen({ host: '192.0.2.1' })).rejects.toThrow(/^cannot listen on port 0 of 192\.0\.2\.1: /);
  });

  test('ends with close, idle and busy connections included', async () => {
    const gateway = createGateway({
      source: 'rest',
      handler: () => new Promise(() => undefined),
      allowHosts: [HOST],
    });
    const { url } = await gateway.listen();
    const idle = connect(Number(new URL(url).port), '127.0.0.1');
    const closed = new Promise((resolve) => idle.once('close', resolve));
    const busy = send(url).catch((error: NodeJS.ErrnoException) => error.code);
    await wait(50);
    await gateway.close();
    await closed;
    expect(await busy).toBe('ECONNRESET');
    await expect(send(url)).rejects.toThrow('ECONNREFUSED');
  });

  test('close can come twice, or before listen', async () => {
    const gateway = createGateway({ source: 'rest', handler: ok });
    await gateway.close();
    await gateway.listen();
    await Promise.all([gateway.close(), gateway.close()]);
  });
});

describe('listen', () => {
  test('is refused while the gateway listens, and begins to', async () => {
    const gateway = createGateway({ source: 'rest', handler: ok });
    const first = gateway.listen();
    await expect(gateway.listen()).rejects.toThrow('the gateway listens already; close it first');
    await first;
    await expect(gateway.listen()).rejects.toThrow('the gateway listens already; close it first');
    await gateway.close();
    await gateway.listen();
    await gateway.close();
  });

  test('does not outlive a close that comes before it has ended', async () => {
    const gateway = createGateway({ source: 'rest', handler: ok });
    const listening = gateway.listen();
    await gateway.close();
    await listening;
    expect(() => gateway.url).toThrow('the gateway has no URL: it does not listen');
  });
});

describe('createGateway refuses', () => {
  test('a source that it does not know', () => {
    expect(() => createGateway({ source: 'lambda' as never, handler: ok })).toThrow(
      'createGateway knows no source "lambda", only rest, http, http-1.0, url, alb, alb-multi, lattice-v1, lattice-v2',
    );
    expect(() => createGateway({ source: 'toString' as never, handler: ok })).toThrow('knows no source');
    expect(() => createGateway({ handler: ok } as never)).toThrow('createGateway needs a source: write one of rest, ');
  });

  test.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [{}, 'object'],
  ])('%j as handler', (handler, kind) => {
    expect(() => createGateway({ source: 'rest', handler: handler as never })).toThrow(`but got ${kind}`);
  });

  test('a callback-style handler on Node.js 24', () => {
    const handler: GatewayHandler = (_event, _context, callback) => callback(null, {});
    expect(() => createGateway({ source: 'rest', handler, nodejs: 24 })).toThrow('Runtime.CallbackHandlerDeprecated');
  });
});

describe('createGateway refuses what no gateway can be set to', () => {
  test.each<readonly [source: GatewaySource, settings: object, message: string]>([
    [
      'http',
      { cors: { allowOrigin: '*' } },
      'cors.allowOrigin: "*" is not a key of cors; write allowOrigins, or remove it',
    ],
    ['http', { cors: null }, 'cors: null is not an object; write { allowOrigins: ["https://…"] }'],
    ['http', { cors: ['*'] }, 'cors: ["*"] is not an object; write'],
    ['url', { cors: { allowOrigins: '*' } }, 'cors.allowOrigins: "*" is not a list; write an array of strings'],
    [
      'url',
      { cors: { allowCredentials: 'true' } },
      'cors.allowCredentials: "true" is not a boolean; write true or false',
    ],
    ['url', { cors: { maxAge: '600' } }, 'cors.maxAge: "600" is not an integer; write a number of seconds'],
    ['url', { cors: { maxAge: Number.NaN } }, 'cors.maxAge: NaN is not an integer'],
    [
      'url',
      { cors: { allowMethods: 'GET', expose: [] } },
      '"GET" is not a list; write an array of strings\ncors.expose: [] is',
    ],
    ['rest', { gatewayResponses: null }, 'gatewayResponses: null is not an object; write'],
    [
      'rest',
      { gatewayResponses: { DEFAULT_5XX: 'X-A: 1' } },
      'gatewayResponses.DEFAULT_5XX: "X-A: 1" is not an object; write',
    ],
    [
      'rest',
      { gatewayResponses: { UNAUTHORIZED: { 'X-A': '1' } } },
      'gatewayResponses.UNAUTHORIZED: {"X-A":"1"} is not a response that can be set here; write DEFAULT_4XX or DEFAULT_5XX',
    ],
  ])('%s, %j', (source, settings, message) => {
    expect(() => createGateway({ source, handler: ok, ...settings })).toThrow(message);
  });

  test('but not what is left undefined', () => {
    const cors = { allowOrigins: ['*'], maxAge: undefined, exposeHeaders: undefined };
    createGateway({ source: 'url', handler: ok, cors, gatewayResponses: { DEFAULT_4XX: undefined } });
    createGateway({ source: 'url', handler: ok, cors: undefined, gatewayResponses: undefined });
  });
});

describe('createGateway refuses options that it does not have', () => {
  test.each([
    [{ timeOut: 10 }, 'timeOut is not an option of createGateway; write timeout, or remove it'],
    [{ allowHost: ['a'] }, 'allowHost is not an option of createGateway; write allowHosts, or remove it'],
    [{ onexchange: ok }, 'onexchange is not an option of createGateway; write onExchange, or remove it'],
    [{ port: 3000 }, 'port is not an option of createGateway; remove it; the keys are handler, source, stage, nodejs,'],
    [{ a: 1, memory: 2 }, /^a is not an .*\nmemory is not an option of createGateway; write memorySize, or remove it$/],
    [{ 'x\u001b[2J\u202e': undefined }, 'x\\u001b[2J\\u202e is not an option'],
  ])('%j', (options, message) => {
    expect(() => createGateway({ source: 'rest', handler: ok, ...options })).toThrow(message);
  });

  test.each([
    [undefined, 'but got undefined; write createGateway({ handler, source: "rest" })'],
    [null, 'but got null'],
    ['rest', 'but got "rest"'],
    [ok, 'createGateway needs its options as an object, but got a function'],
    [[ok], 'but got an array; write createGateway('],
  ])('%o', (options, message) => {
    expect(() => createGateway(options as never)).toThrow(message);
  });
});

describe('listen refuses', () => {
  test.each<readonly [address: unknown, message: string]>([
    [{ prot: 3000 }, 'prot is not an option of listen; remove it; the keys are port, host'],
    [3000, 'listen needs its options as an object, but got 3000; write listen({ port: 3000 })'],
    ...[Number.NaN, Number.POSITIVE_INFINITY, -1, 65_536, 1.5, '3000'].map((port): [unknown, string] => [
      { port },
      'is not a port; write an integer from 0, which is any that is free, to 65535',
    ]),
    // Node.js would listen on every address.
    [{ host: '' }, 'host: "" is not a host; write one such as "127.0.0.1"'],
  ])('%o', async (address, message) => {
    await expect(createGateway({ source: 'rest', handler: ok }).listen(address as never)).rejects.toThrow(message);
  });
});

describe('createGateway refuses times that no timer can wait:', () => {
  const TIMES = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 0, 2 ** 31, '10', 10n];
  test.each(['timeout', 'gatewayTimeout'].flatMap((key) => TIMES.map((value) => [key, value] as const)))(
    '%s %s',
    (key, value) => {
      expect(() => createGateway({ source: 'rest', handler: ok, [key]: value })).toThrow(
        new RegExp(`^${key}: .* is not a time; write milliseconds, more than 0 and at most 2147483647$`),
      );
    },
  );
});

describe('createGateway refuses what no response could carry', () => {
  test.each([
    [
      'url',
      { cors: { exposeHeaders: ['x-a', 'a\nb'] } },
      'cors.exposeHeaders[1]: "a\\nb" is not a header value; write',
    ],
    ['http', { cors: { allowOrigins: ['https://ł.example'] } }, 'cors.allowOrigins[0]: "https://ł.example" is not a'],
    ['http', { cors: { allowMethods: ['GET\r'] } }, 'cors.allowMethods[0]: "GET\\r" is not a header value'],
    [
      'http',
      { cors: { allowMethods: 'GET' as never } },
      'cors.allowMethods: "GET" is not a list; write an array of strings',
    ],
    ['url', { cors: { allowHeaders: ['\0'] } }, 'cors.allowHeaders[0]: "\\u0000" is not a header value'],
    [
      'rest',
      { gatewayResponses: { DEFAULT_5XX: { 'X-A': 'a\nb' } } },
      'gatewayResponses.DEFAULT_5XX["X-A"]: "a\\nb" is not a header value; write',
    ],
    [
      'rest',
      { gatewayResponses: { DEFAULT_4XX: { 'X A': '1' } } },
      'gatewayResponses.DEFAULT_4XX: "X A" is not a header name; write',
    ],
  ] as const)('%s, %j', (source, settings, message) => {
    expect(() => createGateway({ source, handler: ok, ...settings })).toThrow(message);
  });
});

describe('a handler', () => {
  test('gets a context', async () => {
    // biome-ignore lint/suspicious/noExplicitAny: whatever the handler is given.
    let context: any;
    const before = Date.now();
    await ask({ source: 'rest', functionName: 'notes', memorySize: 256, timeout: 5000 }, async (_event, given) => {
      context = given;
      await wait(20);
      return { statusCode: 200, headers: { 'X-Remaining': String(given.getRemainingTimeInMillis()) } };
    });
    const { getRemainingTimeInMillis, ...rest } = context;
    expect(rest).toEqual({
      callbackWaitsForEmptyEventLoop: true,
      succeed: expect.any(Function),
      fail: expect.any(Function),
      done: expect.any(Function),
      functionVersion: '$LATEST',
      functionName: 'notes',
      memoryLimitInMB: '256',
      logGroupName: '/aws/lambda/notes',
      logStreamName: expect.stringMatching(/^\d{4}\/\d{2}\/\d{2}\/\[\$LATEST\][0-9a-f]{32}$/),
      clientContext: undefined,
      identity: undefined,
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:notes',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const remaining = getRemainingTimeInMillis();
    expect(remaining).toBeLessThanOrEqual(5000 - 15);
    expect(remaining).toBeGreaterThanOrEqual(5000 - (Date.now() - before) - 5);
  });

  test('answers through its callback, as on Node.js 22', async () => {
    const good: GatewayHandler = (_event, _context, callback) => void setTimeout(callback, 5, null, { body: 'hi' });
    const bad: GatewayHandler = (_event, _context, callback) => callback(new Error('no'));
    expect(await ask({ source: 'rest' }, good)).toMatchObject({ status: 200, body: 'hi' });
    expect(await ask({ source: 'rest' }, bad)).toMatchObject({ status: 502 });
  });

  test('that returns no promise is not heard on Node.js 22, and is told so; on Node.js 24 it is heard', async () => {
    const handler: GatewayHandler = () => ({ statusCode: 200, body: 'hi' });
    const faults: GatewayFault[] = [];
    const onError = (fault: GatewayFault) => faults.push(fault);
    expect(await ask({ source: 'rest', onError }, handler)).toMatchObject({ status: 502 });
    expect(await ask({ source: 'url', onError }, handler)).toMatchObject({ status: 200, body: 'null' });
    expect(faults.map(({ kind }) => kind)).toEqual(['malformed', 'result ignored']);
    for (const { message } of faults) expect(message).toContain('make the handler async');
    expect(await ask({ source: 'rest', nodejs: 24 }, handler)).toMatchObject({ status: 200, body: 'hi' });
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['rejects with nothing', () => Promise.reject()],
    ['returns what is not JSON', async () => ({ statusCode: 200, body: 1n })],
    [
      'returns a circle',
      async () => {
        const circle: Record<string, unknown> = {};
        circle.body = circle;
        return circle;
      },
    ],
  ] as [string, GatewayHandler][])('that %s gives the source’s own answer', async (_name, handler) => {
    const faults: GatewayFault[] = [];
    expect(await ask({ source: 'rest', onError: (fault) => faults.push(fault) }, handler)).toMatchObject({
      status: 502,
    });
    expect(faults).toMatchObject([{ kind: 'thrown' }]);
  });

  test('speaks JSON: what JSON leaves out does not count', async () => {
    const result = { statusCode: 200, headers: { 'X-A': undefined, 'X-B': '1' }, cookies: undefined, extra: () => 1 };
    const answer = await answerTo({ source: 'rest' }, result);
    expect([answer.status, answer.lines.map(([name]) => name)]).toEqual([200, ['X-B', 'Content-Type']]);
  });

  test('cannot change what the hooks are told of its event', async () => {
    const exchanges: GatewayExchange[] = [];
    await ask({ source: 'rest', onExchange: (exchange) => exchanges.push(exchange) }, async (event) => {
      event.path = '/changed';
      return {};
    });
    expect(exchanges[0]?.event).toMatchObject({ path: '/notes' });
  });
});

describe('responses', () => {
  test.each([
    ['HEAD', 200, '5', ''],
    ['GET', 200, '5', 'hello'],
    ['GET', 204, undefined, ''],
    ['GET', 304, undefined, ''],
  ] as const)('%s %i: length %s, body "%s"', async (method, statusCode, length, body) => {
    const answer = await answerTo({ source: 'rest' }, { statusCode, body: 'hello' }, { method, path: '/notes' });
    expect(answer).toMatchObject({ status: statusCode, length, body });
  });

  test.each([
    ['a line break', { headers: { 'X-A': 'a\r\nSet-Cookie: b=1' } }],
    ['no Latin-1', { headers: { 'X-A': '✓' } }],
    ['no name', { headers: { 'X A': '1' } }],
    ['an object', { headers: { 'X-A': {} } }],
  ])('cannot carry a header with %s', async (_name, result) => {
    expect(await answerTo({ source: 'rest' }, result)).toMatchObject({ status: 502 });
  });
});

test.each([
  ['that is streamed', streams],
  ['that is not', ok],
])('a response that cannot be sent, one %s, ends the connection, and onError is told', async (_name, handler) => {
  const faults: GatewayFault[] = [];
  const exposeHeaders: string[] = [];
  const cors = { allowOrigins: ['*'], exposeHeaders };
  const { url } = await start({ source: 'url', handler, cors, onError: (fault) => faults.push(fault) });
  // After they have been checked.
  exposeHeaders.push('a\nb');
  await expect(send(url, { headers: [['Origin', 'https://a.example']] })).rejects.toThrow('socket hang up');
  expect(faults).toEqual([
    expect.objectContaining({
      kind: 'malformed',
      message: expect.stringContaining('the response cannot be sent: TypeError'),
    }),
  ]);
});

describe('hooks', () => {
  test('onExchange is told of both sides before the client has its answer', async () => {
    const exchanges: GatewayExchange[] = [];
    const { url } = await start({
      source: 'url',
      handler: async () => ({ statusCode: 201, headers: { 'X-A': '1' }, body: 'hello' }),
      onExchange: (exchange) => exchanges.push(exchange),
    });
    await send(url, { method: 'POST', path: '/notes?a=1', headers: [['Origin', 'https://a.example']], body: 'hi' });
    expect(exchanges).toEqual([
      {
        source: 'url',
        request: {
          method: 'POST',
          url: '/notes?a=1',
          headers: [
            ['Host', 'api.example.com'],
            ['Origin', 'https://a.example'],
            ['Content-Length', '2'],
            ['Connection', 'close'],
          ],
          body: Buffer.from('hi'),
        },
        event: expect.objectContaining({ rawPath: '/notes', rawQueryString: 'a=1' }),
        result: { statusCode: 201, headers: { 'X-A': '1' }, body: 'hello' },
        response: {
          status: 201,
          headers: [
            ['X-A', '1'],
            ['Content-Type', 'application/json'],
            ['Content-Length', '5'],
          ],
          body: Buffer.from('hello'),
        },
        milliseconds: expect.any(Number),
      },
    ]);
  });

  test('onExchange is shown no body where none is sent', async () => {
    const bodies: Uint8Array[] = [];
    const settings = {
      source: 'rest',
      onExchange: ({ response }: GatewayExchange) => bodies.push(response.body),
    } as const;
    await answerTo(settings, { body: 'hello' }, { method: 'HEAD', path: '/notes' });
    await answerTo(settings, { statusCode: 204, body: 'hello' });
    expect(bodies.map(({ length }) => length)).toEqual([0, 0]);
  });

  test('onError gets what was thrown, and the event', async () => {
    const error = new Error('no');
    const calls: [GatewayFault, unknown][] = [];
    const onError = (fault: GatewayFault, event: unknown) => calls.push([fault, event]);
    await ask({ source: 'rest', onError }, () => Promise.reject(error));
    expect(calls).toEqual([
      [{ kind: 'thrown', message: 'the handler threw Error: no', error }, expect.objectContaining({ path: '/notes' })],
    ]);
  });

  test('onError says what a source could not read', async () => {
    const faults: GatewayFault[] = [];
    const onError = (fault: GatewayFault) => faults.push(fault);
    await answerTo({ source: 'rest', onError }, { statusCode: 200, cookies: [] });
    await answerTo({ source: 'http', onError }, { statusCode: 200, body: {} });
    await answerTo({ source: 'alb', onError }, { statusCode: 200, headers: { a: [] } });
    expect(faults.map(({ message }) => message)).toEqual([
      'a REST API cannot read the result: the result has the key "cookies", which no REST API knows',
      'an HTTP API cannot read the result: body is of type object, not a string',
      'a load balancer cannot read the result: headers["a"] is not a string',
    ]);
  });
});

test.each(GATEWAY_SOURCES)('%s: headers named like what every object has are ordinary headers', async (source) => {
  const seen: Record<string, unknown>[] = [];
  const gateway = createGateway({
    source,
    handler: async (event) => {
      seen.push(event.headers ?? event.multiValueHeaders);
      return { statusCode: 200 };
    },
  });
  const { url } = await gateway.listen();
  const { status } = await fetch(`${url}/`, { headers: { constructor: 'x', tostring: 'y' } });
  await gateway.close();
  expect(status).toBe(200);
  expect([seen[0]?.constructor].flat()).toEqual(['x']);
});
