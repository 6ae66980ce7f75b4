/** Faults that other CORS libraries shipped. Several have published advisories. */
import { describe, expect, test } from 'vitest';
import { type CorsPolicy, compilePolicy, withCors } from '../src/index.js';
import { memoryLogger } from './support/logger.js';
import { corsLines, type Request, sources, type TestSource } from './support/sources.js';

const rest = sources[0] as TestSource;

async function linesFor(policy: CorsPolicy, request: Request, result: unknown = { statusCode: 200, body: '' }) {
  const handler = withCors(async (_event: unknown) => result, policy, { logger: memoryLogger() });
  return corsLines(rest.response(await handler(rest.event(request), {})));
}

function from(origin: string): Request {
  return { method: 'GET', headers: { Origin: origin } };
}

const NOT_ALLOWED = [['vary', 'Origin']];

describe('an origin that only resembles an allowed one is refused', () => {
  test.each([
    ['the allowed ones joined', 'https://foo.com,https://bar.com', 'https://barfoo.com'],
    ['a suffix', 'https://example.com,https://other.test', 'https://example.com.evil.test'],
    ['a prefix', 'https://example.com,https://other.test', 'https://notexample.com'],
    ['a dot taken for any character', 'https://example.com,https://other.test', 'https://exampleXcom'],
    ['a longer top-level domain', 'https://example.com,https://other.test', 'https://example.community'],
    ['a prefix of a pattern', 'https://*.example.com', 'https://notexample.com'],
    ['a suffix of a pattern', 'https://*.example.com', 'https://a.example.com.evil.test'],
  ])('%s', async (_name, allowOrigins, origin) => {
    expect(await linesFor({ allowOrigins }, from(origin))).toEqual(NOT_ALLOWED);
  });
});

describe('a malformed origin is refused without throwing', () => {
  test.each(['null', 'constructor', '__proto__', '', 'https://[', 'https://a\u0000.example', 'https://аpple.example'])(
    '%j',
    async (origin) => {
      const lists: CorsPolicy['allowOrigins'][] = [
        'https://a.example,https://apple.example',
        'https://*.example,https://*.example.com',
        () => true,
      ];
      for (const allowOrigins of lists) {
        expect(await linesFor({ allowOrigins } as CorsPolicy, from(origin))).toEqual(NOT_ALLOWED);
      }
    },
  );
});

test('a policy with credentials and * or without origins throws; no origin is reflected instead', () => {
  expect(() => compilePolicy({ allowCredentials: true } as never)).toThrow('allowOrigins');
  expect(() => compilePolicy({ allowCredentials: true, allowOrigins: '*' } as never)).toThrow('allowOrigins');
});

describe('hostile Access-Control-Request-Headers are never echoed, and cost no more than their size', () => {
  const policy: CorsPolicy = { allowOrigins: 'https://a.example', allowCredentials: true, allowHeaders: '*' };
  test.each([
    ['commas', ','.repeat(2 ** 21)],
    ['spaces', ' '.repeat(2 ** 21)],
    ['one name', 'x-a,'.repeat(2 ** 19)],
    ['many names', Array.from({ length: 2 ** 17 }, (_, at) => `x-${at}`).join(',')],
    ['129 names', Array.from({ length: 129 }, (_, at) => `x-${at}`).join(',')],
    ['no tokens', 'a b,c d,e\tf'],
    ['a line break', 'x-a\r\nSet-Cookie: a=1'],
  ])('%s', async (_name, requested) => {
    const lines = await linesFor(policy, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://a.example',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': requested,
      },
    });
    expect(lines.map(([name]) => name)).not.toContain('access-control-allow-headers');
    expect(lines.map(([name]) => name)).toContain('access-control-allow-origin');
  });

  test('a requested method that is not a token is not echoed', async () => {
    const lines = await linesFor({ ...policy, allowMethods: '*' } as CorsPolicy, {
      method: 'OPTIONS',
      headers: { Origin: 'https://a.example', 'Access-Control-Request-Method': 'GET\r\nX-Evil: 1' },
    });
    expect(lines.map(([name]) => name)).not.toContain('access-control-allow-methods');
  });
});

test('a thousand patterns and an origin of two megabytes: an answer comes', () => {
  const patterns = Array.from({ length: 1000 }, (_, at) => `https://*.${'a.'.repeat(at % 100)}site${at}.test`);
  const policy = compilePolicy({ allowOrigins: patterns });
  // tests/core/origins.test.ts counts the look-ups.
  const handler = withCors(async (_event: unknown) => ({ statusCode: 200 }), policy);
  const hostile = `https://${'a.'.repeat(2 ** 20)}site1.test`;
  return expect(handler(rest.event(from(hostile)), {})).resolves.toMatchObject({ headers: { Vary: 'Origin' } });
});

test('a warm instance keeps nothing of an earlier origin, and Vary does not grow', async () => {
  const result = Object.freeze({ statusCode: 200, headers: Object.freeze({}), body: '' });
  const policy = compilePolicy({ allowOrigins: ['https://a.example', 'https://b.example'] });
  const handler = withCors(async (_event: unknown) => result, policy);
  for (const origin of ['https://a.example', 'https://b.example', 'https://evil.example', 'https://a.example']) {
    const lines = corsLines(rest.response(await handler(rest.event(from(origin)), {})));
    const allowed = lines.filter(([name]) => name === 'access-control-allow-origin');
    expect(allowed).toEqual(origin.includes('evil') ? [] : [['access-control-allow-origin', origin]]);
    expect(lines).toContainEqual(['vary', 'Origin']);
  }
});

describe("the handler's own Access-Control-Allow-Origin never makes a second one", () => {
  test.each(sources)('$name', async ({ event, response }) => {
    const result = {
      statusCode: 200,
      headers: { 'access-control-allow-origin': '*', 'ACCESS-CONTROL-ALLOW-ORIGIN': 'https://evil.example' },
      multiValueHeaders: { 'Access-Control-Allow-Origin': ['*', 'null'] },
      body: '',
    };
    const handler = withCors(async (_event: unknown) => result, {
      allowOrigins: ['https://a.example', 'https://b.example'],
    });
    const lines = corsLines(response(await handler(event(from('https://b.example')), {})));
    expect(lines.filter(([name]) => name === 'access-control-allow-origin')).toEqual([
      ['access-control-allow-origin', 'https://b.example'],
    ]);
  });
});

test("the handler's Vary is kept, and a request header named Vary is ignored", async () => {
  const request = { method: 'GET', headers: { Origin: 'https://a.example', Vary: 'X-Evil' } };
  const result = { statusCode: 200, headers: { Vary: 'Authorization' }, body: '' };
  const lines = await linesFor({ allowOrigins: 'https://a.example,https://b.example' }, request, result);
  expect(lines).toContainEqual(['vary', 'Authorization, Origin']);
});

test('a line break in an Origin reaches no header and no log', async () => {
  const origin = 'https://a.example\r\nX-Evil: 1';
  const logger = memoryLogger();
  const policies: CorsPolicy[] = [
    {},
    { allowOrigins: 'https://*.example' },
    {
      allowOrigins: () => {
        throw new Error('x');
      },
    },
  ];
  for (const policy of policies) {
    const handler = withCors(async (_event: unknown) => ({ statusCode: 200 }), policy, { logger });
    const lines = corsLines(rest.response(await handler(rest.event(from(origin)), {})));
    expect(JSON.stringify(lines)).not.toContain('Evil');
  }
  expect(logger.lines).toEqual([]);
});

describe('an origin function allows only with true', () => {
  const answers: readonly [string, () => unknown, string | undefined][] = [
    ['resolves to false', async () => false, undefined],
    ['answers a string', () => 'yes', 'allowOrigins answered with a value of type string; only true allows an origin'],
    ['answers 1', () => 1, 'allowOrigins answered with a value of type number; only true allows an origin'],
    [
      'answers nothing',
      () => undefined,
      'allowOrigins answered with a value of type undefined; only true allows an origin',
    ],
    [
      'resolves to an object',
      async () => ({}),
      'allowOrigins answered with a value of type object; only true allows an origin',
    ],
    ['rejects', async () => Promise.reject(new Error('db')), 'allowOrigins threw, so the origin is refused'],
    [
      'throws',
      () => {
        throw new Error('db');
      },
      'allowOrigins threw, so the origin is refused',
    ],
  ];
  test.each(answers)('%s', async (_name, allowOrigins, line) => {
    const logger = memoryLogger();
    const policy = { allowOrigins } as CorsPolicy;
    const handler = withCors(async (_event: unknown) => ({ statusCode: 200 }), policy, { logger });
    const lines = corsLines(rest.response(await handler(rest.event(from('https://a.example')), {})));
    expect(lines).toEqual(NOT_ALLOWED);
    expect(logger.lines).toEqual(line === undefined ? [] : [`lambda-cors: ${line}`]);
  });
});
