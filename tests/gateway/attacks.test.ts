// Whatever a client, a handler or a hook does: one answer or a closed connection, onError is told, and the next request
// is answered.
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createGateway,
  GATEWAY_SOURCES,
  type GatewayFault,
  type GatewayHandler,
  type GatewayOptions,
  installAwslambda,
} from '../../src/gateway.js';
import { withCors } from '../../src/index.js';
import { withCorsStreaming } from '../../src/streaming.js';
import { HOST, raw, send, start } from './wire.js';

// biome-ignore lint/suspicious/noExplicitAny: handlers see events and streams of any shape.
type Any = any;

const strays: unknown[] = [];
const collect = (error: unknown) => void strays.push(error);

beforeEach(() => {
  strays.length = 0;
  process.on('unhandledRejection', collect);
  process.on('uncaughtException', collect);
});

afterEach(async () => {
  // A rejection that nobody handles is reported in a later turn.
  await wait(5);
  process.off('unhandledRejection', collect);
  process.off('uncaughtException', collect);
  expect(strays).toEqual([]);
});

function get(target: string, ...lines: readonly string[]): string {
  return [`GET ${target} HTTP/1.1`, `Host: ${HOST}`, 'Connection: close', ...lines, '', ''].join('\r\n');
}

const ok: GatewayHandler = async () => ({ statusCode: 200, body: 'hi' });

const TARGETS = [
  ...['//', '///', '//evil.example', '/\\', '/%', '/%zz', '/%00', '/..', '/../..', '/?', '/?&=', '/?%', '/#', '/;'],
  ...[
    '*',
    '?',
    '/?__proto__=1&constructor=2',
    '/__proto__',
    '/constructor',
    'http://127.0.0.1/a?b',
    'http://',
    'HTTP://x',
  ],
  ...['https://evil.example//', `/${'a/'.repeat(2000)}`, `/?${'a=1&'.repeat(2000)}`, '/\u00e9', '/a:b@c', '/[', '/{}'],
];

describe.each(GATEWAY_SOURCES)('behind %s', (source) => {
  test('every request target gets one answer', async () => {
    const { url } = await start({ source, stage: '$default', handler: withCors(ok) });
    for (const target of TARGETS) {
      const answer = await raw(url, Buffer.from(get(target), 'latin1'));
      expect(answer, target).toMatch(/^HTTP\/1\.1 \d{3} /);
      expect(answer.match(/HTTP\/1\.1 \d{3} /g), target).toHaveLength(1);
    }
    expect(await send(url)).toMatchObject({ status: 200, body: 'hi' });
  });

  test('what is not HTTP, and what breaks off, ends its connection alone', async () => {
    const { url } = await start({ source, handler: ok, stage: '$default' });
    const requests = [
      '\r\n\r\n',
      '\0\0\0\0',
      'GET\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: ${HOST}\r\nX: \0\r\n\r\n`,
      `POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
      `POST / HTTP/1.1\r\nHost: ${HOST}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n`,
      `CONNECT evil.example:443 HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: ${HOST}\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n`,
      `POST / HTTP/1.1\r\nHost: ${HOST}\r\nExpect: the-worst\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: ${HOST}\r\n${'X: y\r\n'.repeat(3000)}\r\n`,
    ];
    await Promise.all(requests.map((request) => raw(url, request, 200)));
    for (const broken of [`POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 100\r\n\r\nhel`, 'GE'])
      await raw(url, broken, 20);
    expect(await send(url)).toMatchObject({ status: 200, body: 'hi' });
  });
});

/** What has no text, or whose text throws. */
const TEXTLESS: readonly (readonly [string, unknown])[] = [
  ['an object without a prototype', Object.create(null)],
  [
    'an object whose toString throws',
    {
      toString: () => {
        throw new Error('no text');
      },
    },
  ],
  ['a symbol', Symbol('x')],
  ['a function', () => {}],
  ['null', null],
  [
    'an error whose message throws',
    Object.defineProperty(new Error(), 'message', {
      get: () => {
        throw new Error('no text');
      },
    }),
  ],
  ['an error whose name has no text', Object.assign(new Error('x'), { name: Object.create(null) })],
  ['a revoked proxy', revoked()],
];

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function withThen(descriptor: PropertyDescriptor): object {
  return Object.defineProperty({}, 'then', descriptor);
}

function fail(): never {
  throw new Error('no');
}

const silent = { error: () => {}, warn: () => {} };
installAwslambda();
const { awslambda } = globalThis as Any;

function streaming(handler: (event: unknown, stream: Any) => unknown): GatewayHandler {
  return awslambda.streamifyResponse(handler);
}

describe.each(TEXTLESS)('a handler that throws %s', (_what, thrown) => {
  test.each<readonly [string, GatewayHandler, status: number, told: boolean]>([
    ['as it is', () => Promise.reject(thrown), 502, true],
    [
      'in withCors',
      withCors(() => Promise.reject(thrown), undefined, { logger: silent }) as GatewayHandler,
      500,
      false,
    ],
    ['streaming', streaming(() => Promise.reject(thrown)), 502, true],
    [
      'in withCorsStreaming',
      withCorsStreaming(streaming(() => Promise.reject(thrown)) as Any, undefined, {
        logger: silent,
      }) as GatewayHandler,
      500,
      false,
    ],
  ])('%s, gets one answer', async (_name, handler, status, told) => {
    const faults: GatewayFault[] = [];
    const { url } = await start({ source: 'url', handler, onError: (fault) => faults.push(fault) });
    for (const _ of [1, 2]) expect((await send(url)).status).toBe(status);
    expect(faults.map(({ kind, error }) => [kind, error === thrown])).toEqual(
      told
        ? [
            ['thrown', true],
            ['thrown', true],
          ]
        : [],
    );
  });

  test('after the first write, closes the connection', async () => {
    const faults: GatewayFault[] = [];
    const handler = streaming(async (_event, stream) => {
      awslambda.HttpResponseStream.from(stream, { statusCode: 200 }).write('one');
      throw thrown;
    });
    const { url } = await start({ source: 'url', handler, onError: (fault) => faults.push(fault) });
    await expect(send(url)).rejects.toThrow();
    expect(faults.map(({ kind, error }) => [kind, error === thrown])).toEqual([['thrown', true]]);
  });
});

describe('odd handlers', () => {
  test.each<readonly [string, GatewayHandler]>([
    ['a then that throws when read', async () => withThen({ get: fail })],
    ['a then that throws when called', () => withThen({ value: fail })],
    [
      'a then that answers twice',
      () =>
        withThen({
          value: (resolve: Any, reject: Any) => {
            reject(new Error('a'));
            resolve({});
          },
        }),
    ],
    [
      'a toJSON that throws',
      async () => ({
        toJSON: () => {
          throw new Error('no');
        },
      }),
    ],
    ['a revoked proxy', async () => revoked()],
    [
      'an answer and then an error',
      (_event, context) => {
        context.succeed({ statusCode: 200 });
        throw new Error('no');
      },
    ],
    [
      'the callback twice',
      (_event, _context, callback) => {
        callback(null, { statusCode: 200 });
        callback(new Error('no'));
      },
    ],
  ])('one that returns %s gets one answer', async (_name, handler) => {
    const { url } = await start({ source: 'rest', handler });
    for (const _ of [1, 2]) expect((await send(url)).status).toBeGreaterThanOrEqual(200);
  });

  test.each<readonly [string, (stream: Any) => unknown]>([
    [
      'ends twice',
      async (stream) => {
        stream.end('a');
        stream.end('b');
      },
    ],
    [
      'writes after the end',
      async (stream) => {
        stream.end('a');
        stream.write('b');
      },
    ],
    [
      'emits an error',
      async (stream) => {
        stream.emit('error', new Error('x'));
        stream.end();
      },
    ],
    [
      'removes all listeners and ends twice',
      async (stream) => {
        stream.removeAllListeners();
        stream.on('x', () => {}).removeAllListeners();
        stream.end('a');
        stream.end('b');
        stream.destroy({});
      },
    ],
    [
      'emits what a stream emits itself',
      async (stream) => {
        for (const name of ['close', 'finish', 'end', 'readable', 'data', 'drain', 'pipe']) stream.emit(name);
        stream.end('a');
      },
    ],
    [
      'destroys twice',
      async (stream) => {
        stream.destroy();
        stream.destroy(new Error('x'));
      },
    ],
    [
      'writes null',
      async (stream) => {
        stream.write(null);
      },
    ],
    [
      'sets an odd content type',
      async (stream) => {
        stream.setContentType('a\nb');
      },
    ],
    [
      'sets a hook that is not a function',
      async (stream) => {
        stream._onBeforeFirstWrite = 1;
        stream.write('x');
      },
    ],
    [
      'has a prelude that JSON cannot hold',
      async (stream) => {
        awslambda.HttpResponseStream.from(stream, { x: 1n }).write('');
      },
    ],
    [
      'has a prelude with a bad header',
      async (stream) => {
        awslambda.HttpResponseStream.from(stream, { headers: { 'a b': '\n' } }).write('');
      },
    ],
    [
      'says a length that is too short',
      async (stream) => {
        awslambda.HttpResponseStream.from(stream, { headers: { 'content-length': '1' } }).end('');
      },
    ],
  ])('a streaming one that %s ends its own request alone', async (_name, handler) => {
    for (const source of ['url', 'rest'] as const) {
      const { url } = await start({ source, timeout: 200, handler: streaming((_event, stream) => handler(stream)) });
      const outcomes = [1, 2].map(() =>
        send(url).then(
          ({ status }) => status,
          () => 'closed',
        ),
      );
      for (const outcome of await Promise.all(outcomes)) expect([200, 500, 502, 'closed']).toContain(outcome);
    }
  });
});

describe('hooks', () => {
  test.each<readonly [string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('hook');
      },
    ],
    [
      'throws what has no text',
      () => {
        throw Object.create(null);
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('hook');
      },
    ],
    ['returns a then that throws', () => withThen({ get: fail })],
  ])('onExchange that %s: the answer goes out, and onError is told', async (_name, onExchange) => {
    const faults: GatewayFault[] = [];
    const { url } = await start({
      source: 'rest',
      handler: ok,
      onExchange: onExchange as () => void,
      onError: (fault) => faults.push(fault),
    });
    for (const _ of [1, 2]) expect(await send(url)).toMatchObject({ status: 200, body: 'hi' });
    expect(faults.map(({ kind }) => kind)).toEqual(['hook failed', 'hook failed']);
    expect(faults[0]?.message).toMatch(/^onExchange threw /);
  });

  test.each<readonly [string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('hook');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('hook');
      },
    ],
  ])('onError that %s: the answer goes out, and Node.js warns', async (_name, onError) => {
    const { url } = await start({
      source: 'rest',
      handler: () => Promise.reject(new Error('no')),
      onError: onError as () => void,
    });
    const warned = once(process, 'warning');
    expect(await send(url)).toMatchObject({ status: 502 });
    expect(String((await warned)[0])).toContain(
      'onError of createGateway threw Error: hook; it was told: the handler threw',
    );
    expect(await send(url)).toMatchObject({ status: 502 });
  });
});

describe('what is not a request', () => {
  const TLS = Buffer.from('160301020001000001fc0303', 'hex');
  test.each<readonly [what: string, sent: string | Buffer, answer: string, message: RegExp]>([
    ['a handshake of TLS', TLS, '400 Bad Request', /^a request cannot be read: it is for https:/],
    ['no HTTP', 'hello\r\n\r\n', '400 Bad Request', /^a request cannot be read: Parse Error: Invalid method/],
    ['bytes in a path', get('/\xe9'), '400 Bad Request', /^a request cannot be read: Parse Error: Invalid char/],
    ['two lengths', get('/', 'Content-Length: 1', 'Content-Length: 2'), '400 Bad Request', /^a request cannot be read/],
    [
      'a giant header',
      get('/', `X-A: ${'a'.repeat(16 * 1024 * 1024)}`),
      '431 Request Header Fields',
      /^a request cannot be read/,
    ],
  ])('%s: is answered, and onError is told', async (_, sent, answer, message) => {
    const faults: GatewayFault[] = [];
    const { url } = await start({ source: 'http', handler: ok, onError: (fault) => void faults.push(fault) });
    expect(await raw(url, typeof sent === 'string' ? Buffer.from(sent, 'latin1') : sent)).toMatch(
      new RegExp(`^HTTP/1\\.1 ${answer}.*\r\nConnection: close\r\n\r\n$`),
    );
    expect(faults).toEqual([
      { kind: 'unreadable request', message: expect.stringMatching(message), error: expect.any(Error) },
    ]);
    expect(await send(url)).toMatchObject({ status: 200 });
  });

  test('a client that sends for ever is cut off, and told of once', async () => {
    const faults: GatewayFault[] = [];
    const { url } = await start({ source: 'http', handler: ok, onError: (fault) => void faults.push(fault) });
    // Half open: it does not stop when the answer ends.
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    const sending = setInterval(() => socket.write('hello\r\n\r\n'), 20);
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    const started = performance.now();
    await new Promise((resolve) => socket.on('close', resolve));
    clearInterval(sending);
    expect(performance.now() - started).toBeGreaterThan(500);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(faults).toHaveLength(1);
  });

  test('a client that goes away is not told of', async () => {
    const faults: GatewayFault[] = [];
    const { url } = await start({ source: 'http', handler: ok, onError: (fault) => void faults.push(fault) });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc');
    await wait(20);
    socket.resetAndDestroy();
    await wait(20);
    expect(faults).toEqual([]);
  });
});

describe('createGateway refuses', () => {
  test.each<readonly [settings: object, message: string]>([
    [{ binaryMediaTypes: '*/*' }, 'binaryMediaTypes: "*/*" is not a list; write an array of strings'],
    [{ binaryMediaTypes: ['image'] }, 'binaryMediaTypes[0]: "image" is not a media type; write one such as "image/*"'],
    [{ binaryMediaTypes: [1] }, 'binaryMediaTypes[0]: 1 is not a media type'],
    [{ timeout: '5' }, 'timeout: "5" is not a time; write milliseconds'],
    [{ timeout: Number.NaN }, 'timeout: NaN is not a time'],
    [{ timeout: 0 }, 'timeout: 0 is not a time'],
    [{ gatewayTimeout: Number.POSITIVE_INFINITY }, 'gatewayTimeout: Infinity is not a time'],
    [{ stage: 1 }, 'stage: 1 is not a stage; write letters, digits, hyphens and underscores, or "$default"'],
    [{ stage: '' }, 'stage: "" is not a stage'],
    [{ stage: '/prod' }, 'stage: "/prod" is not a stage'],
    [{ stage: 'a b' }, 'stage: "a b" is not a stage'],
    [{ stage: 'a/../b' }, 'stage: "a/../b" is not a stage'],
    [{ functionName: null }, 'functionName: null is not a text'],
    [{ memorySize: -1 }, 'memorySize: -1 is not an integer; write megabytes'],
    [{ nodejs: '24' }, 'nodejs: "24" is not a runtime; write 22 or 24'],
    [{ onError: 'log' }, 'onError: "log" is not a function'],
    [{ onExchange: {} }, 'onExchange: {} is not a function'],
    [{ allowHosts: 'api.test' }, 'allowHosts: "api.test" is not a list'],
    [
      { allowHosts: ['https://api.test'] },
      'allowHosts[0]: "https://api.test" is not a host name; write one such as "api.test"',
    ],
    [{ allowHosts: ['api.test:80'] }, 'without a scheme or a port'],
  ])('%j', (settings, message) => {
    expect(() => createGateway({ source: 'rest', handler: ok, ...settings } as GatewayOptions)).toThrow(message);
  });
});

describe('the Host of a request', () => {
  const HOSTS: readonly (readonly [host: string, allowed: boolean])[] = [
    ['127.0.0.1', true],
    ['127.0.0.1:8421', true],
    ['[::1]:80', true],
    ['192.168.1.5', true],
    ['localhost', true],
    ['LOCALHOST:3000', true],
    ['localhost.', true],
    ['app.localhost', true],
    ['named.test', true],
    ['NAMED.test:99', true],
    ['evil.example', false],
    ['evil.example:8421', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example', false],
    ['sub.named.test', false],
    ['named.test.evil.example', false],
    ['notlocalhost', false],
    ['127.0.0.1@evil.example', false],
    ['evil.example/127.0.0.1', false],
    ['[::1].evil.example', false],
    ['2130706433', false],
    ['', false],
  ];

  test.each(HOSTS)('%j is allowed: %s', async (host, allowed) => {
    let called = 0;
    const faults: GatewayFault[] = [];
    const handler = async () => ({ statusCode: 200, body: String(++called) });
    const { url } = await start({
      source: 'http',
      handler,
      allowHosts: ['named.test'],
      onError: (fault) => faults.push(fault),
    });
    const answer = await raw(url, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(allowed ? /^HTTP\/1\.1 200 / : /^HTTP\/1\.1 403 /);
    expect(called).toBe(allowed ? 1 : 0);
    expect(faults.map(({ kind }) => kind)).toEqual(allowed ? [] : ['foreign host']);
    if (!allowed) expect(answer).not.toMatch(/access-control/i);
  });

  test('is any with *', async () => {
    const { url } = await start({ source: 'http', handler: ok, allowHosts: ['*'] });
    expect(await raw(url, get('/').replace(HOST, 'evil.example'))).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('may be missing in HTTP/1.0, which no browser speaks', async () => {
    const { url } = await start({ source: 'http', handler: ok });
    expect(await raw(url, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe('clients that go away', () => {
  test.each(['url', 'rest'] as const)('as a stream begins leave no handler of %s waiting', async (source) => {
    const total = 60;
    let begun = 0;
    let ended = 0;
    const handler = streaming(async (_event, stream) => {
      begun++;
      const response = awslambda.HttpResponseStream.from(stream, { statusCode: 200 });
      for (let at = 0; at < 20; at++) {
        if (!response.write('x'.repeat(16_384))) await once(response, 'drain');
      }
      response.end();
      ended++;
    });
    const { url } = await start({ source, handler, stage: '$default' });
    const clients = Array.from({ length: total }, async (_, at) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.on('error', () => {});
      socket.write(get('/'));
      // At once, in the same turn, a little later, and with the first bytes.
      if (at % 4 === 0) await once(socket, 'data');
      else if (at % 4 === 1) await wait(at % 5);
      else if (at % 4 === 2) await new Promise(setImmediate);
      socket.destroy();
    });
    await Promise.all(clients);
    for (let tries = 0; tries < 100 && ended < begun; tries++) await wait(20);
    expect(begun).toBeGreaterThan(total / 4);
    expect(ended).toBe(begun);
    expect((await send(url)).status).toBe(200);
  });

  test('in the middle of a body leave the gateway as it was', async () => {
    let called = 0;
    const { url } = await start({
      source: 'rest',
      stage: '$default',
      handler: async () => ({ statusCode: 200, body: String(++called) }),
    });
    await Promise.all(
      Array.from({ length: 20 }, () =>
        raw(url, `POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 99\r\n\r\nabc`, 20),
      ),
    );
    expect(await send(url)).toMatchObject({ status: 200, body: '1' });
  });
});

test.each([
  ['that nobody reads any more', false],
  ['after its end', true],
])('a stream %s may fail, and onError is told', async (_what, reads) => {
  const faults: GatewayFault[] = [];
  const error = new Error('late');
  let gone: (value?: unknown) => void = () => {};
  const left = new Promise((resolve) => {
    gone = resolve;
  });
  const handler = streaming(async (_event, stream) => {
    awslambda.HttpResponseStream.from(stream, { statusCode: 200 }).write('one');
    if (reads) stream.end();
    await left;
    await wait(20);
    throw error;
  });
  const { url } = await start({ source: 'url', handler, onError: (fault) => faults.push(fault) });
  if (reads) await send(url);
  else {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(get('/'));
    await once(socket, 'data');
    socket.destroy();
  }
  gone();
  for (let tries = 0; tries < 50 && faults.length === 0; tries++) await wait(10);
  expect(faults).toEqual([{ kind: 'thrown', message: 'the handler threw Error: late', error }]);
});

test('a prelude in pieces of 16 bytes costs no more than its length', async () => {
  const text = JSON.stringify({ statusCode: 201, headers: { 'X-A': '1' }, padding: 'x'.repeat(1_000_000) });
  const handler = streaming(async (_event, stream) => {
    stream.setContentType('application/vnd.awslambda.http-integration-response');
    for (let at = 0; at < text.length; at += 16) stream.write(text.slice(at, at + 16));
    stream.write('\0'.repeat(8));
    stream.end('body');
  });
  const { url } = await start({ source: 'url', handler });
  const started = performance.now();
  expect(await send(url)).toMatchObject({ status: 201, body: 'body' });
  expect(performance.now() - started).toBeLessThan(5000);
});

test.each([1, 3, 7, 8, 9])('a delimiter that comes in pieces of %i bytes is found', async (size) => {
  const text = `${JSON.stringify({ statusCode: 201 })}${'\0'.repeat(8)}\0\0body`;
  const handler = streaming(async (_event, stream) => {
    for (let at = 0; at < text.length; at += size) stream.write(text.slice(at, at + size));
    stream.end();
  });
  const { url } = await start({ source: 'rest', handler });
  expect(await send(url)).toMatchObject({ status: 201, body: '\0\0body' });
});
