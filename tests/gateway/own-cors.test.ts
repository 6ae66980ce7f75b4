// A gateway's own CORS feature, and the two faults that come of having it beside the function's.
import { describe, expect, test } from 'vitest';
import { createGateway, GATEWAY_SOURCES, type GatewayCors } from '../../src/gateway.js';
import { withCors } from '../../src/index.js';
import { answerTo, ask, values, type WireRequest, type WireResponse } from './wire.js';

const APP = 'https://app.example.com';
const TENANT = 'https://tenant.example.org';

function get(origin: string): WireRequest {
  return { path: '/notes', headers: [['Origin', origin]] };
}

function preflight(origin: string): WireRequest {
  const headers: WireRequest['headers'] = [
    ['Origin', origin],
    ['Access-Control-Request-Method', 'PUT'],
  ];
  return { method: 'OPTIONS', path: '/notes', headers };
}

function corsLines({ lines }: WireResponse): Record<string, string[]> {
  const names = lines.map(([name]) => name.toLowerCase()).filter((name) => name.startsWith('access-control-'));
  return Object.fromEntries([...new Set(names)].map((name) => [name, values({ lines }, name)]));
}

async function neverCalled(): Promise<never> {
  throw new Error('the function was called');
}

const CORS: GatewayCors = {
  allowOrigins: [APP],
  allowMethods: ['GET', 'PUT'],
  allowHeaders: ['content-type', 'x-a'],
  exposeHeaders: ['x-total'],
  allowCredentials: true,
  maxAge: 600,
};
const PREFLIGHT_LINES = {
  'access-control-allow-origin': [APP],
  'access-control-allow-methods': ['GET,PUT'],
  'access-control-allow-headers': ['content-type,x-a'],
  'access-control-allow-credentials': ['true'],
  'access-control-max-age': ['600'],
};
const RESPONSE_LINES = {
  'access-control-allow-origin': [APP],
  'access-control-allow-credentials': ['true'],
  'access-control-expose-headers': ['x-total'],
};

describe.each(['http', 'http-1.0'] as const)('CorsConfiguration of an HTTP API (%s)', (source) => {
  test('hides an origin that the function allows by itself', async () => {
    const handler = withCors(async () => ({ statusCode: 200, body: 'hi' }), { allowOrigins: [APP, TENANT] });
    const alone = await ask({ source }, handler, get(TENANT));
    expect(values(alone, 'Access-Control-Allow-Origin')).toEqual([TENANT]);
    const behind = await ask({ source, cors: CORS }, handler, get(TENANT));
    expect(behind).toMatchObject({ status: 200, body: 'hi' });
    expect(corsLines(behind)).toEqual({});
  });

  test('puts its own headers in the place of the function’s', async () => {
    const answer = await answerTo(
      { source, cors: CORS },
      { statusCode: 200, headers: { 'access-control-allow-origin': '*', 'Access-Control-Max-Age': '5', 'X-A': '1' } },
      get(APP),
    );
    expect(corsLines(answer)).toEqual(RESPONSE_LINES);
    expect(values(answer, 'X-A')).toEqual(['1']);
  });

  test('answers preflights itself', async () => {
    const answer = await ask({ source, cors: CORS }, neverCalled, preflight(APP));
    expect(answer).toMatchObject({ status: 204, body: '' });
    expect(corsLines(answer)).toEqual(PREFLIGHT_LINES);
  });

  test('answers a preflight of another origin without headers', async () => {
    expect(corsLines(await ask({ source, cors: CORS }, neverCalled, preflight(TENANT)))).toEqual({});
  });

  test('says nothing to a request without Origin', async () => {
    expect(corsLines(await answerTo({ source, cors: CORS }, { statusCode: 200 }, { path: '/notes' }))).toEqual({});
  });

  test('leaves OPTIONS without Access-Control-Request-Method to the function', async () => {
    const request: WireRequest = { method: 'OPTIONS', path: '/notes', headers: [['Origin', APP]] };
    const answer = await answerTo({ source, cors: CORS }, { statusCode: 200, body: 'mine' }, request);
    expect(answer.body).toBe('mine');
  });

  test.each([
    [['*'], APP, ['*']],
    [['https://*'], APP, [APP]],
    [['https://*'], 'http://app.example.com', []],
    [['http://*'], 'http://localhost:5173', ['http://localhost:5173']],
    [['https://*.example.com'], APP, []],
    [[`${APP}/`], APP, []],
  ])('%j and %s: %j', async (allowOrigins, origin, expected) => {
    const answer = await answerTo({ source, cors: { allowOrigins } }, { statusCode: 200 }, get(origin));
    expect(values(answer, 'Access-Control-Allow-Origin')).toEqual(expected);
  });
});

describe('Cors of a function URL', () => {
  // https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html: specific origins, or `*`.
  test('knows no wildcard but "*"', async () => {
    for (const [allowed, expected] of [
      ['https://*', []],
      ['*', ['*']],
      [APP, [APP]],
    ] as const) {
      const settings = { source: 'url', cors: { allowOrigins: [allowed] } } as const;
      for (const request of [get(APP), preflight(APP)]) {
        const answer = await answerTo(settings, { statusCode: 200 }, request);
        expect(values(answer, 'Access-Control-Allow-Origin')).toEqual(expected);
      }
    }
  });

  test('doubles the function’s headers, and no browser takes "*, *"', async () => {
    const handler = withCors(async () => ({ statusCode: 200, body: 'hi' }));
    const answer = await ask({ source: 'url', cors: { allowOrigins: ['*'] } }, handler, get(APP));
    expect(values(answer, 'Access-Control-Allow-Origin')).toEqual(['*', '*']);
    const { url, close } = await createGateway({ source: 'url', cors: { allowOrigins: ['*'] }, handler }).listen();
    const response = await fetch(url, { headers: { Origin: APP } });
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*, *');
    await close();
  });

  test('answers preflights itself, with its own headers alone', async () => {
    const answer = await ask({ source: 'url', cors: CORS }, withCors(neverCalled), preflight(APP));
    expect(answer.body).toBe('');
    expect(corsLines(answer)).toEqual(PREFLIGHT_LINES);
  });

  test('serves a function that says nothing of CORS', async () => {
    const answer = await answerTo({ source: 'url', cors: CORS }, { statusCode: 200 }, get(APP));
    expect(corsLines(answer)).toEqual(RESPONSE_LINES);
  });

  test('says nothing to other origins, nor to a request without Origin', async () => {
    expect(corsLines(await answerTo({ source: 'url', cors: CORS }, { statusCode: 200 }, get(TENANT)))).toEqual({});
    expect(corsLines(await answerTo({ source: 'url', cors: CORS }, { statusCode: 200 }))).toEqual({});
  });
});

test.each(['rest', 'alb', 'alb-multi', 'lattice-v1', 'lattice-v2'] as const)('%s has no such feature', (source) => {
  expect(() => createGateway({ source, cors: CORS, handler: neverCalled })).toThrow(/^cors: .* has no CORS feature/);
});

describe('without cors the gateway adds no CORS header', () => {
  test.each(GATEWAY_SOURCES)('%s', async (source) => {
    for (const request of [get(APP), preflight(APP)]) {
      expect(corsLines(await answerTo({ source }, { statusCode: 200 }, request))).toEqual({});
    }
  });
});

describe('withCors behind every source', () => {
  const handler = withCors(async () => ({ statusCode: 200, body: 'hi' }), { allowOrigins: [APP, TENANT] });
  test.each(GATEWAY_SOURCES)('%s: preflight, request, error', async (source) => {
    const asked = await ask({ source }, handler, preflight(APP));
    expect([asked.status, values(asked, 'Access-Control-Allow-Origin')]).toEqual([204, [APP]]);
    const answered = await ask({ source }, handler, get(TENANT));
    expect([answered.body, values(answered, 'Access-Control-Allow-Origin')]).toEqual(['hi', [TENANT]]);
    const logger = { error: () => undefined, warn: () => undefined };
    const failed = await ask({ source }, withCors(neverCalled, { allowOrigins: [APP] }, { logger }), get(APP));
    expect([failed.status, values(failed, 'Access-Control-Allow-Origin')]).toEqual([500, [APP]]);
  });
});
