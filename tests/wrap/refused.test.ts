/** `onRefused`: who is told of what, in all three wrappers. */
import middy from '@middy/core';
import { describe, expect, test } from 'vitest';
import { type CorsOptions, type CorsPolicy, type RefusedRequest, withCors } from '../../src/index.js';
import { cors } from '../../src/middy.js';
import { withCorsStreaming } from '../../src/streaming.js';
import { memoryLogger } from '../support/logger.js';
import { type Request, sources, type TestSource } from '../support/sources.js';

// biome-ignore lint/suspicious/noExplicitAny: events of every source.
type Any = any;

const A = 'https://a.example';
const EVIL = 'https://evil.example';
const rest = sources[0] as TestSource;
const ok = { statusCode: 200, body: 'ok' };

interface Stream {
  write(chunk: string): boolean;
  end(): void;
}

/** Sends an event through a wrapper, and answers what it returned or wrote. */
type Send = (event: unknown, policy: CorsPolicy | undefined, options: CorsOptions) => Promise<unknown>;

const WRAPPERS: readonly (readonly [name: string, send: Send])[] = [
  ['withCors', (event, policy, options) => withCors(async () => ok, policy as Any, options)(event, {} as Any)],
  ['cors()', (event, policy, options) => middy(async () => ok).use(cors(policy as Any, options))(event, {} as Any)],
  [
    'withCorsStreaming',
    async (event, policy, options) => {
      const written: string[] = [];
      const stream = { write: (chunk: string) => written.push(chunk) > 0, end() {} };
      const handler = async (_event: unknown, responseStream: Stream) => {
        responseStream.write('ok');
        responseStream.end();
      };
      await withCorsStreaming(handler, policy as Any, options)(event as Any, stream, {});
      return written.map(String);
    },
  ],
];

const POLICIES: readonly (readonly [name: string, policy: CorsPolicy])[] = [
  ['one origin', { allowOrigins: A }],
  ['a list', { allowOrigins: [A, 'https://b.example'] }],
  ['a pattern', { allowOrigins: ['https://*.a.example'] }],
  ['a function', { allowOrigins: () => false }],
  ['a function that answers later', { allowOrigins: async () => false }],
];

function preflight(origin: string): Request {
  const headers = {
    Origin: origin,
    'Access-Control-Request-Method': 'PUT',
    'Access-Control-Request-Headers': 'x-a,x-b',
  };
  return { method: 'OPTIONS', headers };
}

describe.each(WRAPPERS)('%s', (_wrapper, send) => {
  async function toldOf(request: Request, policy: CorsPolicy | undefined, from = rest) {
    const told: [RefusedRequest, unknown][] = [];
    const event = from.event(request);
    await send(event, policy, { onRefused: (...args) => void told.push(args), logger: memoryLogger() });
    for (const [, seen] of told) expect(seen).toBe(event);
    return told.map(([refused]) => refused);
  }

  describe.each(POLICIES)('%s', (_name, policy) => {
    test('a request is told of once, behind every source', async () => {
      for (const from of sources) {
        expect(await toldOf({ method: 'POST', headers: { Origin: EVIL } }, policy, from)).toEqual([
          { origin: EVIL, method: 'POST', preflight: false, requestHeaders: undefined },
        ]);
      }
    });

    test('a preflight is told of with what it asks for', async () => {
      for (const from of sources) {
        expect(await toldOf(preflight(EVIL), policy, from)).toEqual([
          { origin: EVIL, method: 'PUT', preflight: true, requestHeaders: 'x-a,x-b' },
        ]);
      }
    });

    test('a preflight that asks for no headers is told of too', async () => {
      const { 'Access-Control-Request-Headers': _, ...headers } = preflight(EVIL).headers as Any;
      expect(await toldOf({ method: 'OPTIONS', headers }, policy)).toEqual([
        { origin: EVIL, method: 'PUT', preflight: true, requestHeaders: undefined },
      ]);
    });

    test('a request without Origin is not', async () => {
      expect(await toldOf({ method: 'GET' }, policy)).toEqual([]);
    });
  });

  test.each([
    ['an origin on the list', A, { allowOrigins: [A, EVIL] }],
    ['the one origin', A, { allowOrigins: A }],
    ['any origin', EVIL, undefined],
    ['an origin that a function allows', EVIL, { allowOrigins: () => true }],
  ])('an origin that is allowed is not told of: %s', async (_name, origin, policy) => {
    expect(await toldOf({ method: 'GET', headers: { Origin: origin } }, policy)).toEqual([]);
    expect(await toldOf(preflight(origin), policy)).toEqual([]);
  });

  test.each([
    ['a line break', `${EVIL}\r\nERROR all is lost`, `${EVIL}\\u000d\\u000aERROR all is lost`],
    ['an escape sequence', `${EVIL}\u001b[2J`, `${EVIL}\\u001b[2J`],
    ['quotes and backslashes', `${EVIL}","a":"\\`, `${EVIL}\\u0022,\\u0022a\\u0022:\\u0022\\u005c`],
    ['letters that turn the direction', `${EVIL}\u202e`, `${EVIL}\\u202e`],
    ['a line separator', `${EVIL}\u2028`, `${EVIL}\\u2028`],
    ['a long origin', `https://${'a'.repeat(300)}.example`, `https://${'a'.repeat(248)}`],
    ['the longest that is not cut', `https://${'a'.repeat(248)}`, `https://${'a'.repeat(248)}`],
    ['nothing', '', ''],
    ['null', 'null', 'null'],
  ])('what it is told is safe to log: %s', async (_name, origin, expected) => {
    const policy = { allowOrigins: [A, 'https://b.example'] };
    expect(await toldOf({ method: 'GET', headers: { Origin: origin } }, policy)).toMatchObject([{ origin: expected }]);
    const headers = { Origin: EVIL, 'Access-Control-Request-Method': origin, 'Access-Control-Request-Headers': origin };
    expect(await toldOf({ method: 'OPTIONS', headers }, policy)).toEqual([
      { origin: EVIL, method: expected, preflight: true, requestHeaders: expected },
    ]);
    expect(await toldOf({ method: origin || 'GET', headers: { Origin: EVIL } }, policy)).toMatchObject([
      { method: expected || 'GET' },
    ]);
  });

  test.each([
    [
      'throws',
      (error: unknown) => () => {
        throw error;
      },
    ],
    ['rejects', (error: unknown) => async () => Promise.reject(error)],
  ])('if it %s, the log says so, and the answer is the same', async (_name, failing) => {
    const error = new Error('x');
    const policy = { allowOrigins: [A, 'https://b.example'] };
    for (const request of [preflight(EVIL), { method: 'GET', headers: { Origin: EVIL } }]) {
      const [told, untold] = [memoryLogger(), memoryLogger()];
      const answer = await send(rest.event(request), policy, { onRefused: failing(error), logger: told });
      expect(answer).toEqual(await send(rest.event(request), policy, { logger: untold }));
      // A rejection is heard of a little later.
      await new Promise((resolve) => setTimeout(resolve));
      expect(told.entries).toEqual([
        { level: 'error', message: 'lambda-cors: onRefused failed', details: [error] },
        ...untold.entries,
      ]);
    }
  });

  test('nobody waits for it', async () => {
    const policy = { allowOrigins: [A, 'https://b.example'] };
    const onRefused = () => new Promise(() => {});
    await send(rest.event(preflight(EVIL)), policy, { onRefused });
  });
});

test('in Middy it is told once of a request that fails before cors() has its turn', async () => {
  const told: unknown[] = [];
  const onRefused = (refused: unknown) => void told.push(refused);
  const failing = {
    before: () => {
      throw new Error('x');
    },
  };
  const handler = middy(async () => ok)
    .use(failing)
    .use(cors({ allowOrigins: A }, { onRefused, logger: memoryLogger() }));
  await handler(rest.event({ method: 'GET', headers: { Origin: EVIL } }) as Any, {} as Any);
  expect(told).toHaveLength(1);
});
