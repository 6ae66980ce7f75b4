/** What middlewares do with the response, and cors() twice in one chain. */

import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import middy7 from '@middy/core';
import { buildSync } from 'esbuild';
import createError from 'http-errors';
import middy6 from 'middy6';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cors } from '../../src/middy.js';
import { memoryLogger } from '../support/logger.js';
import { sources, type TestSource } from '../support/sources.js';

// biome-ignore lint/suspicious/noExplicitAny: handlers, middlewares and results of every shape go through here.
type Any = any;

const A = 'https://a.example';
const B = 'https://b.example';
const rest = sources[0] as TestSource;
const http = sources.find(({ infers }) => infers) as TestSource;
const get = { method: 'GET', headers: { Origin: A } };
const preflight = { method: 'OPTIONS', headers: { Origin: A, 'Access-Control-Request-Method': 'PUT' } };
const outer = { allowOrigins: [A], allowMethods: ['PUT'], maxAge: 5 };
const inner = { allowOrigins: [B], exposeHeaders: ['X-Inner'], allowCredentials: true, maxAge: 6 };
const ok = async () => ({ statusCode: 200, headers: {}, body: 'ok' });
const fails = async () => {
  throw new Error('x');
};

/** The headers of the outer policy, and no others. */
const OUTER = {
  'access-control-allow-origin': A,
  'access-control-allow-methods': 'PUT',
  'access-control-allow-headers': expect.stringContaining('Content-Type'),
};

function corsOf(result: unknown, source = rest): Record<string, string> {
  const { lines } = source.response(result);
  return Object.fromEntries(lines.filter(([name]) => name.startsWith('access-control-')));
}

describe.each<[string, Any]>([
  ['Middy 6', middy6],
  ['Middy 7', middy7],
])('%s', (_version, middy) => {
  describe.each([
    ['from one module', () => cors],
    ['the outer one from CommonJS', () => commonJs],
  ])('twice in one chain, the outer policy applies: %s', (_name, outerCors) => {
    function chain(handler: Any, between: readonly Any[] = [], options: Any = {}, innerOptions: Any = options): Any {
      const quiet = { logger: memoryLogger() };
      const all = middy(handler).use(outerCors()(outer as Any, { ...quiet, ...options }));
      for (const middleware of between) all.use(middleware);
      return all.use(cors(inner as Any, { ...quiet, ...innerOptions }));
    }
    const early = { before: () => ({ statusCode: 401, body: '' }) };
    const throwing = { before: fails };
    const throwingLate = { after: fails };
    const lateOrigin = { ...outer, allowOrigins: async (origin: string) => origin === A };

    test.each([
      ['a result', ok, [], 200],
      ['an error', fails, [], 500],
      ['an HTTP error', async () => Promise.reject(createError(404)), [], 404],
      ['an early response between them', ok, [early], 401],
      ['an error between them', ok, [throwing], 500],
      ['an error after the handler between them', ok, [throwingLate], 500],
    ])('%s', async (_what, handler, between, status) => {
      const result = await chain(handler, between)(rest.event(get), {});
      expect(rest.response(result).status).toBe(status);
      expect(corsOf(result)).toEqual(OUTER);
    });

    test('an early response further in', async () => {
      const result = await chain(ok).use(early)(rest.event(get), {});
      expect(rest.response(result).status).toBe(401);
      expect(corsOf(result)).toEqual(OUTER);
    });

    test('an error further out than both', async () => {
      const all = middy(ok)
        .use(throwing)
        .use(outerCors()(outer as Any, { logger: memoryLogger() }))
        .use(cors(inner as Any, { logger: memoryLogger() }));
      // Neither had begun, so that the inner one answers, as `withCors` in `withCors` does: what it exposes stays.
      expect(corsOf(await all(rest.event(get), {}))).toEqual({ ...OUTER, 'access-control-expose-headers': 'X-Inner' });
    });

    test('a preflight', async () => {
      const result = await chain(ok)(rest.event(preflight), {});
      expect(corsOf(result)).toEqual({ ...OUTER, 'access-control-max-age': '5' });
    });

    test('an origin that only the inner policy allows gets nothing', async () => {
      const event = rest.event({ method: 'GET', headers: { Origin: B } });
      const dynamic = { ...outer, allowOrigins: [A, 'https://c.example'] };
      const all = middy(ok)
        .use(outerCors()(dynamic as Any))
        .use(cors(inner as Any));
      expect(corsOf(await all(event, {}))).toEqual({});
    });

    test('a policy that decides later', async () => {
      const all = middy(ok)
        .use(outerCors()(lateOrigin as Any))
        .use(cors({ ...inner, allowOrigins: async () => true } as Any));
      expect(corsOf(await all(rest.event(get), {}))).toEqual(OUTER);
    });

    test('onError of the inner one answers, as in withCors in withCors', async () => {
      const options = { onError: () => ({ statusCode: 503, body: 'outer' }) };
      const innerOptions = { onError: () => ({ statusCode: 502, body: 'inner' }) };
      const result = await chain(fails, [], options, innerOptions)(rest.event(get), {});
      expect(rest.response(result)).toMatchObject({ status: 502, body: 'inner' });
      expect(corsOf(result)).toEqual(OUTER);
    });

    test('a fault is logged once, and onRefused is told by the outer one', async () => {
      const [first, second] = [memoryLogger(), memoryLogger()];
      const [told, untold] = [vi.fn(), vi.fn()];
      const all = chain(
        async () => ({ body: {} }),
        [],
        { logger: first, onRefused: told },
        { logger: second, onRefused: untold },
      );
      await all(rest.event({ method: 'GET', headers: { Origin: 'https://evil.example' } }), {});
      expect([...first.lines, ...second.lines]).toEqual([expect.stringContaining('as body')]);
      expect(told).toHaveBeenCalledOnce();
      expect(untold).not.toHaveBeenCalled();
    });

    test('an event that is not HTTP goes through', async () => {
      const result = {};
      expect(await chain(async () => result)({ Records: [] }, {})).toBe(result);
    });
  });

  describe('what a middleware does to the response', () => {
    const replacement = { statusCode: 203, body: 'other' };
    function put(request: Any): undefined {
      delete request.response;
      request.response = { ...replacement };
    }
    function chain(middlewares: readonly Any[], handler: Any = ok, logger = memoryLogger()): Any {
      const all = middy(handler);
      for (const middleware of middlewares)
        all.use(middleware === 'cors' ? cors(outer as Any, { logger }) : middleware);
      return all;
    }

    test('an early response that is undefined is the logged 500 where the source refuses it', async () => {
      const logger = memoryLogger();
      const before = (request: Any) => {
        request.earlyResponse = undefined;
      };
      const result = await chain(['cors', { before }], ok, logger)(rest.event(get), {});
      expect(rest.response(result).status).toBe(500);
      expect(corsOf(result)).toEqual(OUTER);
      expect(logger.lines).toEqual([expect.stringContaining('the handler returned undefined')]);
    });

    test('an early response that is undefined is `null` where the source sends that', async () => {
      const before = (request: Any) => {
        request.earlyResponse = undefined;
      };
      const result = await chain(['cors', { before }])(http.event(get), {});
      expect(http.response(result)).toMatchObject({ status: 200, body: 'null' });
      expect(corsOf(result, http)).toEqual(OUTER);
    });

    test('an error after an early response was set to undefined is still the error', async () => {
      const error = new Error('x');
      const logger = memoryLogger();
      const before = (request: Any) => {
        if (_version === 'Middy 7') request.earlyResponse = undefined;
        throw error;
      };
      await chain(['cors', { before }], ok, logger)(rest.event(get), {});
      expect(logger.details).toEqual([error]);
    });

    const unreadable = {
      get statusCode() {
        throw new Error('unreadable');
      },
    };
    function setUnreadable(request: Any): void {
      request.response = unreadable;
    }
    const settingUnreadable: readonly (readonly [string, readonly Any[], Any])[] = [
      ['in a before that answers early', ['cors', { before: () => unreadable }], ok],
      ['in an after', ['cors', { after: setUnreadable }], ok],
      ['in an after further out', [{ after: setUnreadable }, 'cors'], ok],
      ['in an onError', ['cors', { onError: setUnreadable }], fails],
      ['in an onError further out', [{ onError: setUnreadable }, 'cors'], fails],
    ];
    test.each(settingUnreadable)('sets one that throws when it is read: %s', async (_what, middlewares, handler) => {
      const logger = memoryLogger();
      const result = await chain(middlewares, handler, logger)(rest.event(get), {});
      expect(rest.response(result).status).toBe(500);
      expect(corsOf(result)).toEqual(OUTER);
      expect(logger.details.map(String)).toContain('Error: unreadable');
    });

    const deleting: readonly (readonly [string, readonly Any[], Any, number])[] = [
      ['in a before', ['cors', { before: put }], ok, 200],
      [
        'in a before that answers early',
        ['cors', { before: (request: Any) => put(request) ?? { ...replacement } }],
        ok,
        203,
      ],
      [
        'in a before that sets the early response',
        [
          'cors',
          {
            before: (request: Any) => {
              delete request.response;
              request.earlyResponse = { ...replacement };
            },
          },
        ],
        ok,
        203,
      ],
      ['in an after', ['cors', { after: put }], ok, 203],
      ['in an after further out', [{ after: put }, 'cors'], ok, 203],
      ['in an onError', ['cors', { onError: put }], fails, 203],
      ['in an onError further out', [{ onError: put }, 'cors'], fails, 203],
    ];
    test.each(deleting)('deletes it and sets another: %s', async (_what, middlewares, handler, status) => {
      const result = await chain(middlewares, handler)(rest.event(get), {});
      expect(rest.response(result).status).toBe(status);
      expect(corsOf(result)).toEqual(OUTER);
    });

    test.each([
      ['once', (all: Any) => all],
      ['twice', (all: Any) => all.use(cors(inner as Any, { logger: memoryLogger() }))],
    ])('what an onError further in answers stays, with cors() %s', async (_times, more) => {
      const logger = memoryLogger();
      const answers = {
        onError: (request: Any) => {
          request.response = { statusCode: 418, body: 'mine' };
        },
      };
      const all = more(middy(fails).use(cors(outer as Any, { logger }))).use(answers);
      const result = await all(rest.event(get), {});
      expect(result).toMatchObject({ statusCode: 418, body: 'mine' });
      expect(corsOf(result)).toEqual(OUTER);
    });

    test('what the source would not accept stays as it is, set by a middleware further out', async () => {
      const text = {
        after: (request: Any) => {
          request.response = 'text';
        },
      };
      expect(await chain([text, 'cors'], ok)(rest.event(get), {})).toBe('text');
    });

    test('a result that a middleware further out would make into text: the log says to use cors() first', async () => {
      const serializer = {
        after: (request: Any) => {
          request.response.body = JSON.stringify(request.response.body);
        },
      };
      const handler = async () => ({ statusCode: 200, body: { a: 1 } });
      const logger = memoryLogger();
      await chain([serializer, 'cors'], handler, logger)(rest.event(get), {});
      expect(logger.lines).toEqual([expect.stringMatching(/as body.*use cors\(\) first$/)]);

      const quiet = memoryLogger();
      const result = await chain(['cors', serializer], handler, quiet)(rest.event(get), {});
      expect(rest.response(result)).toMatchObject({ status: 200, body: '{"a":1}' });
      expect(quiet.lines).toEqual([]);
    });
  });
});

/** `cors` of the CommonJS copy of the package. */
let commonJs: typeof cors;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lambda-cors-'));
  const outfile = join(folder, 'middy.cjs');
  const entry = fileURLToPath(new URL('../../src/middy.ts', import.meta.url));
  buildSync({ entryPoints: [entry], bundle: true, format: 'cjs', outfile, logLevel: 'error' });
  commonJs = createRequire(import.meta.url)(outfile).cors;
});
afterAll(() => rmSync(folder, { recursive: true }));
