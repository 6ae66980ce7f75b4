// How much and how long: each source's own limits, and its own answer beyond them.
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { GatewayFault, GatewaySource } from '../../src/gateway.js';
import { GATEWAY_SOURCES } from '../../src/gateway.js';
import { answerTo, ask, send, start, type WireRequest } from './wire.js';

const MEGABYTE = 1024 * 1024;

function posting(bytes: number): WireRequest {
  return { method: 'POST', path: '/notes', headers: [['Content-Type', 'text/plain']], body: Buffer.alloc(bytes, 97) };
}

function withHeaders(bytes: number): WireRequest {
  // Lines of 1 kB, names and values together, beside Host.
  const count = Math.floor(bytes / 1000);
  const headers = Array.from(
    { length: count },
    (_, at) => [`X-${String(at).padStart(3, '0')}`, 'a'.repeat(995)] as const,
  );
  return { path: '/notes', headers };
}

describe('request bodies', () => {
  test.each([
    ['rest', 10 * MEGABYTE, 413, '{"message":"Request Too Long"}'],
    ['http', 10 * MEGABYTE, 413, '{"message":"Request Entity Too Large"}'],
    ['http-1.0', 10 * MEGABYTE, 413, '{"message":"Request Entity Too Large"}'],
    ['url', 6 * MEGABYTE, 413, 'Request Entity Too Large'],
    ['alb', MEGABYTE, 413, expect.stringContaining('413')],
    ['alb-multi', MEGABYTE, 413, expect.stringContaining('413')],
    ['lattice-v1', 6 * MEGABYTE, 413, expect.any(String)],
    ['lattice-v2', 6 * MEGABYTE, 413, expect.any(String)],
  ] as const)('%s: more than %i bytes', async (source, most, status, body) => {
    const faults: GatewayFault[] = [];
    const settings = { source, onError: (fault: GatewayFault) => faults.push(fault) };
    expect(await answerTo(settings, { statusCode: 200 }, posting(most + 1))).toMatchObject({ status, body });
    expect(faults).toMatchObject([{ kind: 'request body too large' }]);
    expect(faults[0]?.message).toBe(`the request body is larger than ${most} bytes`);
  });

  test('alb: 1 MB is not too large', async () => {
    expect(await answerTo({ source: 'alb' }, { statusCode: 200 }, posting(MEGABYTE))).toMatchObject({ status: 200 });
  });

  test('rest: what Lambda does not take, 6 MB with everything in the event, is too large as well', async () => {
    expect(await answerTo({ source: 'rest' }, {}, posting(6 * MEGABYTE))).toMatchObject({ status: 413 });
    expect(await answerTo({ source: 'rest' }, {}, posting(5 * MEGABYTE))).toMatchObject({ status: 200 });
  });
});

describe('request headers', () => {
  test.each([
    ['rest', 10_240, 431],
    ['http', 10_240, 431],
    ['http-1.0', 10_240, 431],
    ['alb', 64 * 1024, 400],
    ['alb-multi', 64 * 1024, 400],
  ] as const)('%s: more than %i bytes', async (source, most, status) => {
    expect(await answerTo({ source }, { statusCode: 200 }, withHeaders(most + 1000))).toMatchObject({ status });
    expect(await answerTo({ source }, { statusCode: 200 }, withHeaders(most - 1000))).toMatchObject({ status: 200 });
  });
});

describe('responses', () => {
  test.each([
    ['rest', 10_240, 502],
    ['http', 10_240, 500],
    ['alb', 32 * 1024, 502],
  ] as const)('%s: headers of more than %i bytes', async (source, most, status) => {
    function result(bytes: number): object {
      return { statusCode: 200, headers: { 'Content-Type': 'a/b', 'X-Long': 'a'.repeat(bytes) } };
    }
    expect(await answerTo({ source }, result(most))).toMatchObject({ status });
    expect(await answerTo({ source }, result(most - 100))).toMatchObject({ status: 200 });
  });

  test.each([
    ['rest', 6_291_556, 502],
    ['http', 6_291_556, 500],
    ['url', 6_291_556, 502],
    ['alb', MEGABYTE, 502],
    ['lattice-v1', 6_291_556, 502],
  ] as const)('%s: a result of more than %i bytes of JSON', async (source, most, status) => {
    expect(await answerTo({ source }, { statusCode: 200, body: 'a'.repeat(most) })).toMatchObject({ status });
    expect(await answerTo({ source }, { statusCode: 200, body: 'a'.repeat(most - 100) })).toMatchObject({
      status: 200,
    });
  });
});

describe('time', () => {
  async function slow(): Promise<object> {
    await wait(300);
    return { statusCode: 200 };
  }

  test.each([
    ['rest', 504, '{"message":"Endpoint request timed out"}'],
    ['http', 503, '{"message":"Service Unavailable"}'],
    ['http-1.0', 503, '{"message":"Service Unavailable"}'],
  ] as const)('%s: the gateway waits no longer: %i', async (source, status, body) => {
    const faults: GatewayFault[] = [];
    const onError = (fault: GatewayFault) => faults.push(fault);
    expect(await ask({ source, gatewayTimeout: 30, onError }, slow)).toMatchObject({ status, body });
    expect(faults).toMatchObject([{ kind: 'gateway timeout' }]);
  });

  test.each([
    ['rest', 502],
    ['http', 500],
    ['http-1.0', 500],
    ['url', 502],
    ['alb', 502],
    ['alb-multi', 502],
    ['lattice-v1', 502],
    ['lattice-v2', 502],
  ] as const)('%s: the function’s own timeout is an error of the function: %i', async (source, status) => {
    const faults: GatewayFault[] = [];
    const onError = (fault: GatewayFault) => faults.push(fault);
    expect(await ask({ source, timeout: 30, onError }, slow)).toMatchObject({ status });
    expect(faults).toEqual([{ kind: 'function timeout', message: 'Task timed out after 0.03 seconds' }]);
  });

  test('of sources that have no timeout, gatewayTimeout changes nothing', async () => {
    expect(await ask({ source: 'url', gatewayTimeout: 30 }, slow)).toMatchObject({ status: 200 });
  });

  test('a function that ends late disturbs nobody', async () => {
    let calls = 0;
    const { url } = await start({
      source: 'rest',
      gatewayTimeout: 30,
      handler: async () => {
        calls += 1;
        if (calls > 1) return { statusCode: 200 };
        await wait(60);
        throw new Error('late');
      },
    });
    expect(await send(url)).toMatchObject({ status: 504 });
    await wait(60);
    expect(await send(url)).toMatchObject({ status: 200 });
  });
});

describe('several requests at once', () => {
  test.each(GATEWAY_SOURCES)('%s', async (source: GatewaySource) => {
    const { url } = await start({
      source,
      handler: async (event: { readonly body: string }) => {
        await wait(Math.random() * 20);
        return { statusCode: 200, body: event.body };
      },
    });
    const bodies = Array.from({ length: 40 }, (_, at) => `request ${at}`);
    const answers = await Promise.all(
      bodies.map((body) =>
        send(url, { method: 'POST', path: '/notes', headers: [['Content-Type', 'text/plain']], body }),
      ),
    );
    expect(answers.map(({ body }) => body)).toEqual(bodies);
  });
});
