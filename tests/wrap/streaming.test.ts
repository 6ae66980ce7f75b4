/** Streamed responses, through the local gateway, which makes the stream and reads the prelude as Lambda does. */
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import middy7 from '@middy/core';
import { executionModeStreamifyResponse } from '@middy/core/StreamifyResponse';
import middy6 from 'middy6';
import { afterEach, describe, expect, test } from 'vitest';
import { createGateway, type Gateway, type GatewayFault, installAwslambda } from '../../src/gateway.js';
import { type CorsPolicy, compilePolicy } from '../../src/index.js';
import { cors } from '../../src/middy.js';
import { withCorsStreaming } from '../../src/streaming.js';
import { cases } from '../conformance/cases.js';
import { memoryLogger } from '../support/logger.js';
import { corsLines, sources } from '../support/sources.js';

// biome-ignore lint/suspicious/noExplicitAny: handlers of every shape go through here.
type Any = any;
declare const awslambda: Any;
installAwslambda();

const A = 'https://a.example';
const B = 'https://b.example';
const OTHER = 'https://other.example';
const policy = compilePolicy({ allowOrigins: [A, B], allowMethods: ['GET', 'PUT'], allowHeaders: ['X-A'], maxAge: 60 });

/** The headers about CORS, in the order of their names. */
const ALLOWED = [
  'access-control-allow-headers: X-A',
  'access-control-allow-methods: GET,PUT',
  `access-control-allow-origin: ${A}`,
  'vary: Origin',
];
const PREFLIGHT_VARY = 'vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers';
const PREFLIGHT = [...ALLOWED.slice(0, 3), 'access-control-max-age: 60', PREFLIGHT_VARY];

const gateways: Gateway[] = [];
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
});

interface Got {
  readonly status: number;
  readonly type: string | null;
  readonly cors: readonly string[];
  readonly headers: Headers;
  /** `undefined` when the response broke off. */
  readonly body: string | undefined;
  readonly faults: readonly GatewayFault[];
}

const SOURCES = ['url', 'rest'] as const;
type Source = (typeof SOURCES)[number];

async function ask(
  source: Source,
  handler: Any,
  { origin = A, ...init }: RequestInit & { readonly origin?: string | undefined } = {},
): Promise<Got> {
  const faults: GatewayFault[] = [];
  const gateway = await createGateway({ handler, source, onError: (fault) => faults.push(fault) }).listen();
  gateways.push(gateway);
  const response = await fetch(`${gateway.url}/x`, { ...init, headers: { ...init.headers, Origin: origin } as Any });
  const { status, headers } = response;
  return {
    status,
    type: headers.get('content-type'),
    headers,
    cors: [...headers].map((line) => line.join(': ')).filter((line) => /^(vary|access-control-)/.test(line)),
    body: await response.text().catch(() => undefined),
    faults,
  };
}

function preflightOf(origin: string): Any {
  return { method: 'OPTIONS', origin, headers: { 'Access-Control-Request-Method': 'PUT' } };
}

function from(stream: Any, prelude: unknown): Any {
  return awslambda.HttpResponseStream.from(stream, prelude);
}

const TEXT = { statusCode: 201, headers: { 'Content-Type': 'text/plain', 'X-Own': '1' } };

/** Handlers whose response is made from a source that fails, and what they do about it. */
function failingPipelines(source: () => AsyncIterable<string>): readonly (readonly [name: string, handler: Any])[] {
  const run = (stream: Any) => pipeline(Readable.from(source()), stream);
  return [
    ['a pipeline whose source fails', (_: Any, stream: Any) => run(from(stream, TEXT))],
    [
      'a pipeline whose source fails, for which nobody waits',
      async (_: Any, stream: Any) => void run(from(stream, TEXT)).catch(() => {}),
    ],
    [
      'a pipeline whose source fails, and what the handler then writes',
      async (_: Any, stream: Any) => {
        const opened = from(stream, TEXT);
        await run(opened).catch(() => opened.end('too late'));
      },
    ],
  ];
}

describe.each(SOURCES)('%s', (source) => {
  function streaming(handler: Any, rules: Any = policy, options: Any = {}): Any {
    return withCorsStreaming(handler, rules, options);
  }

  const WAYS: readonly (readonly [name: string, write: (stream: Any) => unknown, body: string])[] = [
    ['write, then end', (stream) => stream.write('one, ') && stream.end('two'), 'one, two'],
    ['end with the body, and no write', (stream) => stream.end('two'), 'two'],
    ['end with nothing at all', (stream) => stream.end(), ''],
    ['an empty write', (stream) => stream.write('') && stream.end(), ''],
    ['bytes', (stream) => stream.end(Buffer.from('two')), 'two'],
    ['a pipeline', (stream) => pipeline(Readable.from(['one, ', 'two']), stream), 'one, two'],
    ['a pipeline of nothing', (stream) => pipeline(Readable.from([]), stream), ''],
    ['pipe', (stream) => void Readable.from(['one, ', 'two']).pipe(stream), 'one, two'],
    ['an end that comes later', (stream) => void setTimeout(() => stream.end('two'), 20), 'two'],
  ];
  test.each(WAYS)('a prelude gets its headers: %s', async (_name, write, body) => {
    const handler = streaming(async (_event: Any, stream: Any) => {
      await write(from(stream, TEXT));
    });
    const got = await ask(source, handler);
    expect(got).toMatchObject({ status: 201, type: 'text/plain', cors: ALLOWED, body, faults: [] });
    expect(got.headers.get('x-own')).toBe('1');
  });

  test.each(WAYS)('without a prelude it gets one: %s', async (_name, write, body) => {
    const handler = streaming(async (_event: Any, stream: Any) => {
      await write(stream);
    });
    const type = 'application/octet-stream';
    expect(await ask(source, handler)).toMatchObject({ status: 200, type, cors: ALLOWED, body, faults: [] });
  });

  test('the content type of a response without a prelude is kept', async () => {
    const handler = streaming(async (_event: Any, stream: Any) => {
      stream.setContentType('text/csv');
      stream.end('a,b');
    });
    expect(await ask(source, handler)).toMatchObject({ status: 200, type: 'text/csv', cors: ALLOWED, body: 'a,b' });
  });

  test('what the handler says about CORS is replaced, cookies and Vary stay', async () => {
    const handler = streaming(async (_event: Any, stream: Any) => {
      from(stream, {
        statusCode: 200,
        headers: { 'ACCESS-control-allow-ORIGIN': 'https://evil.example', vary: 'Accept' },
        cookies: ['a=1', 'b=2'],
      }).end();
    });
    const got = await ask(source, handler);
    expect(got.cors).toEqual([...ALLOWED.slice(0, 3), 'vary: Accept, Origin']);
    expect(got.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  test('the last of two preludes counts', async () => {
    const handler = streaming(async (_event: Any, stream: Any) => {
      from(stream, { statusCode: 404 });
      from(stream, TEXT).end('x');
    });
    expect(await ask(source, handler)).toMatchObject({ status: 201, cors: ALLOWED, body: 'x' });
  });

  test.each(['x', { a: 1 }])('a body in the prelude is ignored: %j', async (body) => {
    const handler = streaming(async (_event: Any, stream: Any) => void from(stream, { ...TEXT, body }).end('one'));
    expect(await ask(source, handler)).toMatchObject({ status: 201, cors: ALLOWED, body: 'one', faults: [] });
  });

  test('a stream that is destroyed after its end has ended well', async () => {
    const handler = streaming(async (_event: Any, stream: Any) => {
      from(stream, TEXT).end('one');
      stream.destroy(new Error('too late'));
    });
    expect(await ask(source, handler)).toMatchObject({ status: 201, cors: ALLOWED, body: 'one', faults: [] });
  });

  test('a prelude without a status is a 200', async () => {
    const handler = streaming(async (_event: Any, stream: Any) => from(stream, { headers: {} }).end('x') && undefined);
    expect(await ask(source, handler)).toMatchObject({ status: 200, cors: ALLOWED, body: 'x' });
  });

  /** For a function URL no limit is documented. */
  const MAX_PRELUDE = source === 'rest' ? 16 * 1024 : 1024 * 1024;
  const P = JSON.stringify(TEXT);
  const ZEROS = '\0'.repeat(8);
  const typed = (stream: Any) => stream.setContentType('application/vnd.awslambda.http-integration-response');
  const BY_HAND: readonly (readonly [name: string, write: (stream: Any) => unknown])[] = [
    ['in two writes', (stream) => [stream.write(P), stream.write(ZEROS), stream.write('one'), stream.end()]],
    ['in one write', (stream) => [stream.write(`${P}${ZEROS}one`), stream.end()]],
    ['in the end', (stream) => stream.end(`${P}${ZEROS}one`)],
    ['in bytes', (stream) => [stream.write(Buffer.from(P)), stream.write(new Uint8Array(8)), stream.end('one')]],
    [
      'byte by byte',
      (stream) => [...Buffer.from(P + ZEROS)].map((byte) => stream.write(Uint8Array.of(byte))) && stream.end('one'),
    ],
    ['in base64', (stream) => [stream.write(btoa(`${P}${ZEROS}on`), 'base64'), stream.end('e')]],
    [
      'as long as one may be',
      (stream) => stream.end(`${JSON.stringify({ ...TEXT, more: 'x'.repeat(MAX_PRELUDE - 500) })}${ZEROS}one`),
    ],
    [
      'waiting for each write',
      async (stream) => {
        for (const chunk of [P, ZEROS, 'one']) await new Promise((resolve) => stream.write(chunk, resolve));
        stream.end();
      },
    ],
  ];
  test.each(BY_HAND)('a prelude that the handler writes itself, as AWS documents it: %s', async (_name, write) => {
    const handler = streaming(async (_event: Any, stream: Any) => {
      typed(stream);
      await write(stream);
    });
    const got = await ask(source, handler);
    expect(got).toMatchObject({ status: 201, type: 'text/plain', cors: ALLOWED, body: 'one', faults: [] });
  });

  test('a prelude that the handler writes itself without its content type: REST APIs expect one', async () => {
    const handler = streaming(async (_event: Any, stream: Any) => {
      stream.write(P);
      stream.write(ZEROS);
      stream.end('one');
    });
    const [status, body] = source === 'rest' ? [201, 'one'] : [200, `${P}${ZEROS}one`];
    expect(await ask(source, handler)).toMatchObject({ status, cors: ALLOWED, body, faults: [] });
  });

  test.each([
    ['JSON that ends', '{"a":1}'],
    ['JSON, a zero byte and more', '{"a":1}\0and more than eight'],
    ['JSON longer than a prelude may be', `{"a":"${'x'.repeat(MAX_PRELUDE)}"}`],
    ['JSON longer than a prelude may be, and zero bytes', `{"a":"${'x'.repeat(MAX_PRELUDE)}"}${'\0'.repeat(8)}x`],
    ['blanks', '  '],
    ['zero bytes', '\0'.repeat(9)],
    ['text', 'text'],
  ])('what is not a prelude is the body: %s', async (_name, body) => {
    const handler = streaming(async (_event: Any, stream: Any) => {
      typed(stream);
      stream.write(body.slice(0, 5));
      stream.write(body.slice(5));
      stream.end();
    });
    const type = 'application/octet-stream';
    expect(await ask(source, handler)).toMatchObject({ status: 200, type, cors: ALLOWED, body, faults: [] });
  });

  test('what is written after it was held is not lost, and the content type can no longer be set', async () => {
    const logger = memoryLogger();
    const handler = streaming(
      async (_event: Any, stream: Any) => {
        typed(stream);
        stream.write('{"a":1}');
        from(stream, TEXT).end('one');
      },
      policy,
      { logger },
    );
    expect(await ask(source, handler)).toMatchObject({ status: 500, cors: ALLOWED, faults: [] });
    expect(String(logger.details[0])).toContain('Cannot set content-type, too late.');
  });

  test.each([
    ['a chunk and a callback', (stream: Any, called: () => void) => stream.end('one', called)],
    ['an encoded chunk and a callback', (stream: Any, called: () => void) => stream.end('b25l', 'base64', called)],
    ['a callback', (stream: Any, called: () => void) => stream.write('one') && stream.end(called)],
  ])('end calls back once: %s', async (_name, end) => {
    let calls = 0;
    const handler = streaming(async (_event: Any, stream: Any) => void end(from(stream, TEXT), () => calls++));
    expect(await ask(source, handler)).toMatchObject({ status: 201, body: 'one', faults: [] });
    expect(calls).toBe(1);
  });

  const none = () => {};
  const CHAINED: readonly (readonly [name: string, write: (stream: Any) => unknown])[] = [
    ['on', (stream) => stream.on('error', none).end('one')],
    ['once', (stream) => stream.once('finish', none).end('one')],
    ['off', (stream) => stream.off('finish', none).end('one')],
    ['setMaxListeners', (stream) => stream.setMaxListeners(20).end('one')],
    ['end', (stream) => stream.end('one').on('error', none)],
    ['pipe', (stream) => finished(Readable.from(['one']).pipe(stream).on('error', none))],
    ['a pipeline to on', (stream) => pipeline(Readable.from(['one']), stream.on('error', none))],
  ];
  test.each(CHAINED)('what is called on the stream returns it: %s', async (_name, write) => {
    const handler = streaming(async (_event: Any, stream: Any) => {
      await write(from(stream, TEXT));
    });
    expect(await ask(source, handler)).toMatchObject({ status: 201, cors: ALLOWED, body: 'one', faults: [] });
  });

  test('wrapped twice, the outer policy counts', async () => {
    const inner = streaming(async (_event: Any, stream: Any) => void from(stream, TEXT).end('one'), {});
    expect(await ask(source, streaming(inner))).toMatchObject({ status: 201, cors: ALLOWED, body: 'one', faults: [] });
    const failing = streaming(
      async () => Promise.reject(Object.assign(new Error('no'), { statusCode: 404, expose: true })),
      {},
    );
    const body = '{"message":"no"}';
    expect(await ask(source, streaming(failing))).toMatchObject({ status: 404, cors: ALLOWED, body, faults: [] });
  });

  test('an origin that is refused gets the response without the headers', async () => {
    const handler = streaming(async (_event: Any, stream: Any) => void from(stream, TEXT).end('x'));
    expect(await ask(source, handler, { origin: OTHER })).toMatchObject({ status: 201, cors: ['vary: Origin'] });
  });

  test.each([
    ['allowed', A, { status: 204, cors: PREFLIGHT, body: '' }],
    [
      'refused',
      OTHER,
      {
        status: 403,
        cors: [PREFLIGHT_VARY],
        body: '{"message":"CORS: origin not allowed"}',
        type: 'application/json',
      },
    ],
  ])('a preflight is answered without the handler: %s', async (_name, origin, expected) => {
    const handler = streaming(() => expect.unreachable());
    expect(await ask(source, handler, preflightOf(origin))).toMatchObject({ ...expected, faults: [] });
  });

  test('an OPTIONS request that is not a preflight reaches the handler', async () => {
    const handler = streaming(async (_event: Any, stream: Any) => void from(stream, TEXT).end('x'));
    expect(await ask(source, handler, { method: 'OPTIONS' })).toMatchObject({ status: 201, cors: ALLOWED });
  });

  describe('a fault before the first write is a response', () => {
    const SECRET = new Error('secret');
    const failing = async function* () {
      yield await Promise.reject(SECRET);
    };
    const FAULTS: readonly (readonly [name: string, handler: Any])[] = [
      ['a rejection', async () => Promise.reject(SECRET)],
      [
        'a throw of a handler that is not async',
        () => {
          throw SECRET;
        },
      ],
      [
        'a throw after the prelude was set',
        async (_event: Any, stream: Any) => {
          from(stream, TEXT);
          throw SECRET;
        },
      ],
      ...failingPipelines(failing),
      [
        'a stream that is destroyed, later',
        async (_event: Any, stream: Any) => void setTimeout(() => from(stream, TEXT).destroy(SECRET), 10),
      ],
      [
        'a throw of a handler that is not async, and then a stream that is destroyed',
        (_event: Any, stream: Any) => {
          setTimeout(() => stream.destroy(new Error('later')), 10);
          throw SECRET;
        },
      ],
      [
        'a stream that is destroyed, and then a throw of a handler that is not async',
        (_event: Any, stream: Any) => {
          stream.destroy(new Error('sooner'));
          throw SECRET;
        },
      ],
      [
        'a throw beside something that still writes',
        (_event: Any, stream: Any) => {
          async function late() {
            for (let turn = 0; turn < 6; turn++) await undefined;
            from(stream, TEXT).end('late');
          }
          return Promise.all([late(), Promise.reject(SECRET)]);
        },
      ],
    ];
    test.each(FAULTS)('%s: 500, and the error is logged', async (_name, handler) => {
      const logger = memoryLogger();
      const got = await ask(source, streaming(handler, policy, { logger }));
      const type = 'application/json';
      expect(got).toMatchObject({
        status: 500,
        type,
        cors: ALLOWED,
        body: '{"message":"Internal Server Error"}',
        faults: [],
      });
      expect(logger.lines).toEqual(['lambda-cors: the handler threw']);
      expect(logger.details).toEqual([SECRET]);
    });

    test('an error with a status keeps it, with its headers', async () => {
      const error = Object.assign(new Error('No tea'), {
        statusCode: 418,
        expose: true,
        headers: { 'Retry-After': '1' },
      });
      const got = await ask(
        source,
        streaming(async () => Promise.reject(error)),
      );
      expect(got).toMatchObject({ status: 418, cors: ALLOWED, body: '{"message":"No tea"}' });
      expect(got.headers.get('retry-after')).toBe('1');
    });

    test('onError may answer instead, in base64 too', async () => {
      const onError = () => ({ statusCode: 503, body: Buffer.from('ä').toString('base64'), isBase64Encoded: true });
      const got = await ask(
        source,
        streaming(async () => Promise.reject(SECRET), policy, { onError }),
      );
      expect(got).toMatchObject({ status: 503, cors: ALLOWED, body: 'ä' });
    });

    test.each([
      ['null', (stream: Any) => stream.write(null)],
      ['undefined', (stream: Any) => stream.write(undefined)],
      ['a function', (stream: Any) => stream.write(() => {})],
      ['a BigInt', (stream: Any) => stream.end(1n)],
    ])('what cannot be written: %s', async (_name, write) => {
      const handler = streaming(async (_event: Any, stream: Any) => void write(from(stream, TEXT)), policy, {
        logger: memoryLogger(),
      });
      expect(await ask(source, handler)).toMatchObject({ status: 500, cors: ALLOWED, faults: [] });
    });

    test('it is one response, however long onError takes and whatever the handler does meanwhile', async () => {
      const onError = async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { statusCode: 503, body: 'closed' };
      };
      const handler = streaming(
        async (_event: Any, stream: Any) => {
          setTimeout(() => from(stream, TEXT).end('late'), 5);
          setTimeout(() => from(stream, TEXT).end('later'), 40);
          throw SECRET;
        },
        policy,
        { onError, logger: memoryLogger() },
      );
      expect(await ask(source, handler)).toMatchObject({ status: 503, cors: ALLOWED, body: 'closed', faults: [] });
      await new Promise((resolve) => setTimeout(resolve, 40));
    });

    test('what the handler has left running does not disturb it', async () => {
      const logger = memoryLogger();
      const handler = streaming(
        async (_event: Any, stream: Any) => {
          setTimeout(() => {
            stream.write('late');
            stream.end();
          }, 10);
          throw SECRET;
        },
        policy,
        { logger },
      );
      expect(await ask(source, handler)).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
      await new Promise((resolve) => setTimeout(resolve, 30));
    });

    test('a malformed prelude is a 500, and the log says what is wrong with it', async () => {
      const logger = memoryLogger();
      const handler = streaming(
        async (_event: Any, stream: Any) => void from(stream, { statusCode: 'abc' }).end('x'),
        policy,
        { logger },
      );
      const body = '{"message":"Internal Server Error"}';
      expect(await ask(source, handler)).toMatchObject({ status: 500, cors: ALLOWED, body, faults: [] });
      expect(logger.lines).toEqual([expect.stringContaining('"abc" as statusCode')]);
    });
  });

  describe('a fault after the first write breaks the response off', () => {
    const late = new Error('late');
    async function* failing() {
      yield 'one';
      throw late;
    }
    const LATE: readonly (readonly [name: string, handler: Any])[] = [
      [
        'a throw',
        async (_event: Any, stream: Any) => {
          from(stream, TEXT).write('one');
          throw late;
        },
      ],
      ...failingPipelines(failing),
    ];
    test.each(LATE)('%s', async (_name, handler) => {
      const { status, cors: lines, body, faults } = await ask(source, streaming(handler));
      expect({ status, lines, body }).toEqual({ status: 201, lines: ALLOWED, body: undefined });
      expect(faults).toEqual([expect.objectContaining({ kind: 'thrown', error: late })]);
    });

    test('as it does without the wrapper', async () => {
      const bare = awslambda.streamifyResponse(LATE[0]?.[1]);
      expect(await ask(source, bare)).toMatchObject({ status: 201, body: undefined, faults: [{ error: late }] });
    });
  });
});

/** A stream that only remembers what is done to it. */
function recorded(): Any {
  const calls: unknown[][] = [];
  const call = (name: string) => (chunk: unknown) => calls.push([name, chunk]) > 0;
  return { calls, setContentType: call('type'), write: call('write'), end: call('end') };
}

describe('the same outcome as withCors has, for every case', () => {
  const both = sources.filter(({ name }) => name === 'REST API' || name === 'function URL');
  // Whatever a handler writes is a body.
  const streamable = cases.filter(({ name }) => name !== 'a body that is not a string');
  describe.each(both)('$name', (source) => {
    test.each(streamable)(
      '$name',
      async ({ policy: rules, request, result = { statusCode: 200, body: 'x' }, expected }) => {
        const handler = withCorsStreaming(
          async (_event: Any, stream: Any) => {
            const { body, ...prelude } = (typeof result === 'function' ? result() : result) as Any;
            from(stream, prelude).end(body);
          },
          rules,
          { logger: memoryLogger() },
        );
        const stream = recorded();
        await handler(source.event(request), stream, {});
        const written = stream.calls.filter(([name]: Any) => name === 'write').map(([, chunk]: Any) => chunk);
        const [prelude, body] = written.join('').split('\0'.repeat(8));
        const response = source.response({ ...JSON.parse(prelude), body });
        expect(response.status).toBe(expected.status);
        expect(corsLines(response)).toEqual(Object.entries(expected.headers).sort());
        if (expected.body !== undefined) expect(response.body).toBe(expected.body);
      },
    );
  });
});

describe('what goes to Lambda', () => {
  const event = { version: '2.0', requestContext: { http: { method: 'GET' }, domainName: 'x.lambda-url.y.on.aws' } };
  const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';

  test('is a content type, a prelude with a status, eight zero bytes, and then the body', async () => {
    const stream = recorded();
    await withCorsStreaming(async (_event: Any, writable: Any) => void from(writable, {}).end('x'))(event, stream, {});
    expect(stream.calls).toEqual([
      ['type', PRELUDE_TYPE],
      ['type', PRELUDE_TYPE],
      ['write', expect.stringMatching(/^\{"statusCode":200,"headers":\{"Access-Control-Allow-Origin":"\*",.*\}\0{8}$/)],
      ['write', 'x'],
      ['end', undefined],
    ]);
  });

  test.each(['function URL', 'REST API'])(
    'JSON lines are not held when the content type says that they are not a prelude: %s',
    async (kind) => {
      const stream = recorded();
      const written: number[] = [];
      const lines = async (_event: Any, writable: Any) => {
        writable.setContentType('application/x-ndjson');
        for (let line = 0; line < 3; line++) {
          writable.write(`{"line":${line}}\n`);
          written.push(stream.calls.filter(([name]: Any) => name === 'write').length);
        }
        writable.end();
      };
      const rest = { httpMethod: 'GET', requestContext: {}, headers: {} };
      await withCorsStreaming(lines)(kind === 'REST API' ? rest : event, stream, {});
      // With the prelude.
      expect(written).toEqual([2, 3, 4]);
    },
  );

  test('ends with an error response: a write after the end would end the process', async () => {
    const stream = recorded();
    const failing = async () => Promise.reject(Object.assign(new Error('x'), { status: 400, expose: true }));
    await withCorsStreaming(failing)(event, stream, {});
    stream.setContentType('text/plain');
    expect([stream.write('late'), stream.end()]).toEqual([true, stream]);
    expect(stream.calls.slice(-2)).toEqual([
      ['write', Buffer.from('{"message":"x"}')],
      ['end', undefined],
    ]);
  });
});

describe('what goes to Lambda by rarer ways', () => {
  const event = { version: '2.0', requestContext: { http: { method: 'GET' }, domainName: 'x.lambda-url.y.on.aws' } };
  const prelude = expect.stringMatching(/^\{"statusCode":200,.*\}\0{8}$/);

  test.each<[string, unknown[]]>([
    ['nothing', []],
    ['null', [null]],
    ['undefined', [undefined]],
  ])('an end with %s is a prelude without a body', async (_name, args) => {
    const stream = recorded();
    await withCorsStreaming(async (_event: Any, writable: Any) => void writable.end(...args))(event, stream, {});
    expect(stream.calls.filter(([name]: Any) => name !== 'type')).toEqual([
      ['write', prelude],
      ['end', undefined],
    ]);
  });

  test('one byte that was held is not lost', async () => {
    const stream = recorded();
    await withCorsStreaming(async (_event: Any, writable: Any) => {
      writable.setContentType('application/vnd.awslambda.http-integration-response');
      writable.write('{');
      writable.end();
    })(event, stream, {});
    expect(stream.calls.filter(([name]: Any) => name !== 'type')).toEqual([
      ['write', prelude],
      ['write', new Uint8Array([0x7b])],
      ['end', undefined],
    ]);
  });

  test('behind a prelude that was held, the content type is Lambda’s business', async () => {
    const stream = recorded();
    await withCorsStreaming(async (_event: Any, writable: Any) => {
      writable.setContentType('application/vnd.awslambda.http-integration-response');
      writable.write(`{}${'\0'.repeat(8)}`);
      writable.setContentType('text/plain');
      writable.end();
    })(event, stream, {});
    expect(stream.calls).toContainEqual(['type', 'text/plain']);
  });

  test('a stream that takes no content type is given none', async () => {
    const { setContentType: _, ...stream } = recorded();
    await withCorsStreaming(async (_event: Any, writable: Any) => {
      writable.setContentType('text/plain');
      writable.end('x');
    })(event, stream, {});
    expect(stream.calls[0]).toEqual(['write', expect.stringContaining('"Content-Type":"text/plain"')]);
  });

  test('what is written after a failure is dropped', async () => {
    const stream = recorded();
    const failing = withCorsStreaming(async (_event: Any, writable: Any) => {
      writable.write('x');
      throw new Error('x');
    });
    await expect(failing(event, stream, {})).rejects.toThrow('x');
    const before = [...stream.calls];
    stream.write('late');
    stream.setContentType('text/plain');
    expect(stream.calls).toEqual(before);
  });

  test('methods that do not return a stream return what they did', async () => {
    const other = { write: true };
    const stream = Object.assign(recorded(), { count: () => 5, list: () => [other], other: () => other, self: 'x' });
    const returned: unknown[] = [];
    await withCorsStreaming(async (_event: Any, writable: Any) => {
      returned.push(writable.count(), writable.list(), writable.other() === writable, writable.self);
      writable.end();
    })(event, stream, {});
    expect(returned).toEqual([5, [other], true, 'x']);
  });
});

describe('the wrapped handler', () => {
  const marks = (handler: object) =>
    Object.getOwnPropertySymbols(handler).map((symbol) => [symbol.description, (handler as Any)[symbol]]);

  test('is marked as one that streams, with awslambda.streamifyResponse around the handler or not', () => {
    const plain = async () => {};
    const marked = awslambda.streamifyResponse(async () => {});
    const expected = [['aws.lambda.runtime.handler.streaming', 'response']];
    expect(marks(withCorsStreaming(plain))).toEqual(expected);
    expect(marks(withCorsStreaming(marked))).toEqual(expected);
    expect(marks(plain)).toEqual([]);
  });

  test('keeps the highWaterMark', () => {
    const handler = withCorsStreaming(awslambda.streamifyResponse(async () => {}, { highWaterMark: 5 }));
    expect(marks(handler)).toContainEqual(['aws.lambda.runtime.handler.streaming.highWaterMark', 5]);
  });

  test('passes on events that are not HTTP, with the same stream, result and error', async () => {
    const stream = Object.freeze({});
    const context = {};
    const handler = withCorsStreaming(async (...args: unknown[]) => args);
    expect(await handler({ Records: [] }, stream, context)).toEqual([{ Records: [] }, stream, context]);
    const error = new Error('x');
    await expect(withCorsStreaming(async () => Promise.reject(error))({ Records: [] }, stream, context)).rejects.toBe(
      error,
    );
  });

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['index.handler', 'string'],
    [{}, 'object'],
  ])('cannot be made of %s', (handler, got) => {
    expect(() => withCorsStreaming(handler as never)).toThrow(
      `withCorsStreaming needs a handler, a function of (event, responseStream, context), but got ${got}`,
    );
  });

  test('cannot be made with a malformed policy', () => {
    expect(() => withCorsStreaming(async () => {}, { allowOrigins: ['https://a.example/'] })).toThrow(
      'allowOrigins[0]',
    );
  });

  test('two invocations at the same time do not disturb each other', async () => {
    const handler = withCorsStreaming(async (event: Any, stream: Any) => {
      const { origin } = event.headers;
      await new Promise((resolve) => setTimeout(resolve, origin === A ? 20 : 0));
      from(stream, TEXT).end(origin);
    }, policy);
    const gateway = await createGateway({ handler, source: 'url' }).listen();
    gateways.push(gateway);
    const asked = [A, B, A, B].map(async (origin) => {
      const response = await fetch(gateway.url, { headers: { Origin: origin } });
      return [origin, await response.text(), response.headers.get('access-control-allow-origin')];
    });
    expect(await Promise.all(asked)).toEqual([A, B, A, B].map((origin) => [origin, origin, origin]));
  });
});

describe.each([
  ['Middy 6', (handler: Any) => (middy6 as Any)(handler, { streamifyResponse: true })],
  ['Middy 7', (handler: Any) => (middy7 as Any)(handler, { executionMode: executionModeStreamifyResponse })],
])('%s in its streaming mode', (_version, middy) => {
  const rules: CorsPolicy = { allowOrigins: [A, B], allowMethods: ['GET', 'PUT'], allowHeaders: ['X-A'], maxAge: 60 };
  const BODIES: readonly (readonly [
    name: string,
    result: () => unknown,
    status: number,
    type: string,
    body: string,
  ])[] = [
    ['text', () => ({ ...TEXT, body: 'one, two' }), 201, 'text/plain', 'one, two'],
    ['no body', () => TEXT, 201, 'text/plain', ''],
    ['a stream of Node.js', () => ({ ...TEXT, body: Readable.from(['one, ', 'two']) }), 201, 'text/plain', 'one, two'],
    [
      'a web stream',
      () => ({ ...TEXT, body: Readable.toWeb(Readable.from([Buffer.from('one')])) }),
      201,
      'text/plain',
      'one',
    ],
    ['a stream as the whole result', () => Readable.from(['one']), 200, 'application/octet-stream', 'one'],
  ];
  describe.each(SOURCES)('%s', (source) => {
    test.each(BODIES)('cors() adds its headers: %s', async (_name, result, status, type, body) => {
      const got = await ask(source, middy(async () => result()).use(cors(rules)));
      expect(got).toMatchObject({ status, type, cors: ALLOWED, body, faults: [] });
    });

    test('cors() answers preflights', async () => {
      const handler = middy(() => expect.unreachable()).use(cors(rules));
      expect(await ask(source, handler, preflightOf(A))).toMatchObject({ status: 204, cors: PREFLIGHT, body: '' });
    });

    test('cors() makes errors responses', async () => {
      const logger = memoryLogger();
      const handler = middy(async () => Promise.reject(new Error('x'))).use(cors(rules, { logger }));
      const got = await ask(source, handler);
      expect(got).toMatchObject({ status: 500, cors: ALLOWED, body: '{"message":"Internal Server Error"}' });
    });

    test('cookies beside a streamed body: the prelude of a REST API has them too', async () => {
      const handler = middy(async () => ({ statusCode: 201, cookies: ['a=1'], body: Readable.from(['one']) })).use(
        cors(rules),
      );
      const got = await ask(source, handler);
      expect(got).toMatchObject({ status: 201, cors: ALLOWED, body: 'one', faults: [] });
      expect(got.headers.getSetCookie()).toEqual(['a=1']);
    });

    test('a middleware that answers early gets the headers too', async () => {
      const early = { before: () => ({ statusCode: 401, body: 'no' }) };
      const handler = middy(() => expect.unreachable())
        .use(cors(rules))
        .use(early);
      expect(await ask(source, handler)).toMatchObject({ status: 401, cors: ALLOWED, body: 'no' });
    });
  });
});

test('a stream is not a body in withCors, nor in Middy behind a source that cannot stream', async () => {
  const logger = memoryLogger();
  const result = async () => ({ statusCode: 200, body: Readable.from(['x']) });
  const handler = (middy7 as Any)(result).use(cors(policy, { logger }));
  const event = { version: '2.0', requestContext: { http: { method: 'GET' } }, headers: {} };
  expect(await handler(event, {})).toMatchObject({ statusCode: 500 });
  expect(logger.lines).toEqual([expect.stringContaining('as body')]);
});
