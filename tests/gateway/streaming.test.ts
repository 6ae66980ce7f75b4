// Handlers that stream, without anything of ours around them: as they behave under AWS's runtime client.
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
import { once } from 'node:events';
import { get } from 'node:http';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createGateway, type GatewayFault, type GatewaySource, installAwslambda } from '../../src/gateway.js';
import { ask, send, start, values } from './wire.js';

// biome-ignore lint/suspicious/noExplicitAny: the stream is an object of the runtime's own.
type Any = any;
declare const awslambda: Any;
installAwslambda();

function streaming(handler: Any): Any {
  return awslambda.streamifyResponse(handler);
}

function from(stream: Any, prelude: unknown = { statusCode: 201, headers: { 'X-A': '1' }, cookies: ['a=b'] }): Any {
  return awslambda.HttpResponseStream.from(stream, prelude);
}

describe.each(['url', 'rest'] as const)('%s', (source) => {
  test('status, headers and cookies of the prelude, and the body in chunks', async () => {
    const response = await ask(
      { source },
      streaming(async (_event: unknown, stream: Any) => pipeline(Readable.from(['one, ', 'two']), from(stream))),
    );
    expect(response).toMatchObject({ status: 201, body: 'one, two', length: undefined });
    expect(values(response, 'x-a')).toEqual(['1']);
    expect(values(response, 'set-cookie')).toEqual(['a=b']);
    expect(values(response, 'transfer-encoding')).toEqual(['chunked']);
  });

  test('the first bytes are there before the last are written', async () => {
    let goOn: (value?: unknown) => void = () => {};
    const asked = new Promise((resolve) => {
      goOn = resolve;
    });
    const handler = streaming(async (_event: unknown, stream: Any) => {
      const response = from(stream);
      response.write('first');
      await asked;
      response.end('last');
    });
    const { url } = await start({ source, handler });
    const [response] = await once(get(url), 'response');
    const chunks: string[] = [];
    for await (const chunk of response) {
      chunks.push(String(chunk));
      goOn();
    }
    expect(chunks).toEqual(['first', 'last']);
  });

  test('the head alone goes out with an empty write', async () => {
    const handler = streaming(async (_event: unknown, stream: Any) => {
      from(stream).write('');
      await new Promise(() => {});
    });
    const { url } = await start({ source, handler });
    const request = get(url);
    const [response] = await once(request, 'response');
    expect(response.statusCode).toBe(201);
    request.destroy();
  });

  test.each([
    ['throws before the first write', async () => Promise.reject(new Error('x')), 'thrown', 'Error: x'],
    ['is not async', () => {}, 'thrown', 'Streaming does not support non-async handlers.'],
    [
      'ends without a write, and so without its prelude',
      async (_: Any, stream: Any) => void from(stream).end('x'),
      'malformed',
      'prelude',
    ],
    [
      'sets an impossible status',
      async (_: Any, stream: Any) => void from(stream, { statusCode: 99 }).write(''),
      'malformed',
      'statusCode',
    ],
    ['never ends', () => new Promise(() => {}), 'function timeout', 'Task timed out'],
    [
      'destroys the stream',
      async (_: Any, stream: Any) => void stream.destroy(new Error('x')),
      'thrown',
      'destroyed the stream: Error: x',
    ],
  ])('the gateway answers for a handler that %s', async (_name, handler, kind, message) => {
    const faults: GatewayFault[] = [];
    const onError = (fault: GatewayFault) => faults.push(fault);
    const response = await ask({ source, timeout: 100, onError }, streaming(handler));
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
    expect(response.status).toBe(source === 'rest' && kind === 'malformed' ? 500 : 502);
    expect(faults).toEqual([expect.objectContaining({ kind, message: expect.stringContaining(message) })]);
  });

  test('a handler goes on after a prelude that is malformed, to the end of a large body', async () => {
    let ended: (value?: unknown) => void = () => {};
    const end = new Promise((resolve) => {
      ended = resolve;
    });
    const handler = streaming(async (_event: unknown, stream: Any) => {
      const response = from(stream, { statusCode: 99 });
      await pipeline(Readable.from(Array.from({ length: 50 }, () => 'x'.repeat(10_000))), response);
      ended();
    });
    const { url } = await start({ source, handler });
    expect((await send(url)).status).toBe(source === 'rest' ? 500 : 502);
    await end;
  });

  test.each([
    [
      'throws',
      async (_: Any, stream: Any) => {
        from(stream).write('one');
        throw new Error('x');
      },
      'thrown',
    ],
    [
      'never ends',
      async (_: Any, stream: Any) => {
        from(stream).write('one');
        await new Promise(() => {});
      },
      'function timeout',
    ],
  ])('a response breaks off when its handler %s after the first write', async (_name, handler, kind) => {
    const faults: GatewayFault[] = [];
    const { url } = await start({
      source,
      timeout: 100,
      handler: streaming(handler),
      onError: (fault) => faults.push(fault),
    });
    await expect(send(url)).rejects.toThrow('aborted');
    expect(faults).toEqual([expect.objectContaining({ kind })]);
  });

  test('a handler goes on when the client has gone away, and the gateway serves the next one', async () => {
    let ended: (value?: unknown) => void = () => {};
    const end = new Promise((resolve) => {
      ended = resolve;
    });
    const handler = streaming(async (_event: unknown, stream: Any) => {
      const response = from(stream);
      for (let count = 0; count < 50; count++) {
        if (!response.write('x'.repeat(10_000))) await once(response, 'drain');
      }
      response.end(ended);
    });
    const { url } = await start({ source, handler });
    const request = get(url);
    await once(request, 'response');
    request.destroy();
    await end;
    expect((await send(url)).body).toHaveLength(500_000);
  });

  test('and when it has gone away before the first write', async () => {
    let called: (value?: unknown) => void = () => {};
    const call = new Promise((resolve) => {
      called = resolve;
    });
    let gone: (value?: unknown) => void = () => {};
    const leave = new Promise((resolve) => {
      gone = resolve;
    });
    let ended: (value?: unknown) => void = () => {};
    const end = new Promise((resolve) => {
      ended = resolve;
    });
    const handler = streaming(async (_event: unknown, stream: Any) => {
      called();
      await leave;
      await pipeline(Readable.from(Array.from({ length: 50 }, () => 'x'.repeat(10_000))), from(stream));
      ended();
    });
    const faults: GatewayFault[] = [];
    const { url } = await start({ source, handler, onError: (fault) => faults.push(fault) });
    const request = get(url).on('error', () => {});
    await call;
    request.destroy();
    await wait(50);
    gone();
    await end;
    expect(faults).toEqual([]);
  });

  test('a HEAD request has no body', async () => {
    const handler = streaming(async (_event: unknown, stream: Any) => {
      from(stream).write('x');
      stream.end();
    });
    expect(await ask({ source }, handler, { method: 'HEAD' })).toMatchObject({ status: 201, body: '' });
  });

  test('what is told of an exchange has no body yet, and no result', async () => {
    const told: Any[] = [];
    const onExchange = (exchange: unknown) => told.push(exchange);
    await ask(
      { source, onExchange },
      streaming(async (_event: unknown, stream: Any) => {
        from(stream).write('x');
        stream.end();
      }),
    );
    expect(told).toEqual([
      expect.objectContaining({ response: expect.objectContaining({ status: 201, body: new Uint8Array() }) }),
    ]);
    expect(told[0]).not.toHaveProperty('result');
    expect(told[0]).not.toHaveProperty('stream');
  });
});

describe('without HttpResponseStream.from', () => {
  test('a function URL answers 200 with the content type of the stream, a REST API with an error', async () => {
    const handler = streaming(async (_event: unknown, stream: Any) => {
      stream.setContentType('text/csv');
      stream.write('a,b');
      stream.end();
    });
    const url = await ask({ source: 'url' }, handler);
    expect(url).toMatchObject({ status: 200, body: 'a,b' });
    expect(values(url, 'content-type')).toEqual(['text/csv']);
    expect(await ask({ source: 'rest' }, handler)).toMatchObject({ status: 500 });
  });

  // As in the guide of API Gateway, without a content type.
  const byHand = streaming(async (_event: unknown, stream: Any) => {
    stream.write('{"statusCode": 202, "headers": {"hdr-x": "val-x"}}');
    stream.write('\x00'.repeat(8));
    stream.write('FIRST ');
    stream.end();
  });

  test('a REST API reads a prelude that is written by hand', async () => {
    const response = await ask({ source: 'rest' }, byHand);
    expect(response).toMatchObject({ status: 202, body: 'FIRST ' });
    expect(values(response, 'hdr-x')).toEqual(['val-x']);
  });

  test('a function URL passes it on as body, unless the content type says what it is', async () => {
    expect(await ask({ source: 'url' }, byHand)).toMatchObject({ status: 200, body: expect.stringMatching(/^{.*\0F/) });
    const typed = streaming(async (_event: unknown, stream: Any) => {
      stream.setContentType('application/vnd.awslambda.http-integration-response');
      return byHand(_event, stream);
    });
    expect(await ask({ source: 'url' }, typed)).toMatchObject({ status: 202, body: 'FIRST ' });
  });
});

describe('behind a REST API', () => {
  test.each([
    ['in one piece', 16_376, 201, (stream: Any, prelude: string) => stream.write(`${prelude}${'\0'.repeat(8)}`)],
    ['in one piece', 16_377, 500, (stream: Any, prelude: string) => stream.write(`${prelude}${'\0'.repeat(8)}`)],
    ['in two pieces', 16_376, 201, (stream: Any, prelude: string) => from(stream, JSON.parse(prelude)).write('')],
    ['in two pieces', 20_000, 500, (stream: Any, prelude: string) => from(stream, JSON.parse(prelude)).write('')],
  ])('a prelude ends within the first 16 KB: %s, of %i bytes, leads to %i', async (_name, bytes, status, write) => {
    const empty = JSON.stringify({ statusCode: 201, headers: { a: '' } });
    const prelude = empty.replace('""', `"${'x'.repeat(bytes - empty.length)}"`);
    const handler = streaming(async (_event: unknown, stream: Any) => {
      write(stream, prelude);
      stream.end();
    });
    const { url } = await start({ source: 'rest', handler });
    expect((await send(url)).status).toBe(status);
  });

  test.each([
    ['Content-Length', '6', '6', undefined],
    ['content-length', 6, '6', undefined],
    ['Transfer-Encoding', 'chunked', undefined, 'chunked'],
  ])('%s: %j is kept', async (name, value, length, encoding) => {
    const handler = streaming(async (_event: unknown, stream: Any) =>
      pipeline(Readable.from(['one', 'two']), from(stream, { headers: { [name]: value } })),
    );
    const response = await ask({ source: 'rest' }, handler);
    expect(response).toMatchObject({ status: 200, body: 'onetwo', length });
    expect(values(response, 'transfer-encoding')).toEqual(encoding === undefined ? [] : [encoding]);
    expect(values(response, 'x-amzn-remapped-content-length')).toEqual([]);
  });

  test('HEAD has the Content-Length and no body', async () => {
    const handler = streaming(async (_event: unknown, stream: Any) =>
      pipeline(Readable.from(['one', 'two']), from(stream, { headers: { 'Content-Length': '6' } })),
    );
    expect(await ask({ source: 'rest' }, handler, { method: 'HEAD' })).toMatchObject({
      status: 200,
      body: '',
      length: '6',
    });
  });

  test.each([
    ['two lengths', { multiValueHeaders: { 'Content-Length': ['6', '7'] } }],
    ['a length that is not a number', { headers: { 'Content-Length': 'six' } }],
  ])('%s are malformed', async (_name, prelude) => {
    const handler = streaming(
      async (_event: unknown, stream: Any) => from(stream, prelude).write('onetwo') && stream.end(),
    );
    expect(await ask({ source: 'rest' }, handler)).toMatchObject({ status: 500 });
  });

  test.each(['3', '9'])(
    'a body that is not as long as it is said to be (%s) breaks off, and onError is told',
    async (length) => {
      const faults: GatewayFault[] = [];
      const handler = streaming(async (_event: unknown, stream: Any) =>
        pipeline(Readable.from(['one', 'two']), from(stream, { headers: { 'Content-Length': length } })),
      );
      const { url } = await start({ source: 'rest', handler, onError: (fault) => faults.push(fault) });
      await send(url).catch(() => {});
      expect(faults).toEqual([
        expect.objectContaining({ kind: 'malformed', message: expect.stringContaining('content-length') }),
      ]);
    },
  );
});

test.each(['http', 'http-1.0', 'alb', 'alb-multi', 'lattice-v1', 'lattice-v2'] as GatewaySource[])(
  'a handler that streams is refused behind %s, which cannot',
  (source) => {
    const handler = streaming(async () => {});
    expect(() => createGateway({ source, handler })).toThrow(/cannot stream: put withCors/);
  },
);

describe('the stream', () => {
  async function withStream(use: (stream: Any) => unknown): Promise<void> {
    const handler = streaming(async (_event: unknown, stream: Any) => {
      try {
        await use(stream);
      } finally {
        stream.end();
      }
    });
    const faults: GatewayFault[] = [];
    await ask({ source: 'url', onError: (fault) => faults.push(fault) }, handler);
    if (faults[0]?.error) throw faults[0].error;
  }

  test('is not a Writable, as on Lambda, but pipelines take it', () =>
    withStream((stream) => {
      expect(stream).not.toBeInstanceOf(Writable);
      expect([stream.writable, stream.writableEnded, stream.destroyed]).toEqual([true, false, false]);
    }));

  test('takes no content type, and so no prelude, after the first write', () =>
    withStream((stream) => {
      stream.write('x');
      expect(() => from(stream)).toThrow('Cannot set content-type, too late.');
    }));

  // The runtime client binds them to the request within: what they return is that.
  test.each([
    ['on', 'error', () => {}],
    ['once', 'error', () => {}],
    ['off', 'error', () => {}],
    ['prependListener', 'error', () => {}],
    ['setMaxListeners', 20],
  ])('keeps its prelude where a chain begins with %s', async (method, ...args) => {
    const before = streaming(async (_event: unknown, stream: Any) => {
      from(stream)
        [method](...args)
        .write('x');
      stream.end();
    });
    const after = streaming(async (_event: unknown, stream: Any) => {
      from(stream[method](...args)).write('x');
      stream.end();
    });
    for (const handler of [before, after]) {
      expect(await ask({ source: 'url' }, handler)).toMatchObject({ status: 201, body: 'x' });
    }
  });

  test.each([null, undefined])('throws at a write of %s, before anything is written', async (nothing) => {
    const handler = streaming(async (_event: unknown, stream: Any) => {
      expect(() => from(stream).write(nothing)).toThrow(TypeError);
      from(stream, { statusCode: 202 }).write('x');
      stream.end();
    });
    expect(await ask({ source: 'url' }, handler)).toMatchObject({ status: 202, body: 'x' });
  });

  test('throws at a content type that no header can have', () =>
    withStream((stream) => {
      expect(() => stream.setContentType('text/plain; name=✓')).toThrow('Invalid character in header content');
    }));

  test.each([
    [22, 'b25l'],
    [24, 'one'],
  ] as const)('on Node.js %i, what end is given in base64 comes out as %s', async (nodejs, body) => {
    const handler = streaming(async (_event: unknown, stream: Any) => void stream.end('b25l', 'base64'));
    expect(await ask({ source: 'url', nodejs }, handler)).toMatchObject({ status: 200, body });
  });

  test.each([
    [22, false],
    [24, true],
  ] as const)('on Node.js %i a callback after the last chunk is called: %s', async (nodejs, expected) => {
    let called = false;
    const handler = streaming(async (_event: unknown, stream: Any) => {
      stream.end('x', () => {
        called = true;
      });
    });
    await ask({ source: 'url', nodejs }, handler);
    expect(called).toBe(expected);
  });

  test('makes JSON of what is neither text nor bytes', async () => {
    const handler = streaming(async (_event: unknown, stream: Any) => stream.write({ a: 1 }) && void stream.end());
    expect(await ask({ source: 'url' }, handler)).toMatchObject({ body: '{"a":1}' });
  });
});

test('what is in awslambda already stays: the AWS SDK keeps something there too', () => {
  const global = globalThis as Any;
  const before = global.awslambda;
  try {
    global.awslambda = { InvokeStore: 1, streamifyResponse: 2 };
    installAwslambda();
    expect(global.awslambda).toEqual({ InvokeStore: 1, streamifyResponse: 2, HttpResponseStream: expect.anything() });
  } finally {
    global.awslambda = before;
  }
});
