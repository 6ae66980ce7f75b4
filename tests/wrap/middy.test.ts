import * as zlib from 'node:zlib';
import middy7 from '@middy/core';
import httpErrorHandler from '@middy/http-error-handler';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import httpSecurityHeaders from '@middy/http-security-headers';
import validator from '@middy/validator';
import { transpileSchema } from '@middy/validator/transpile';
import createError from 'http-errors';
import middy6 from 'middy6';
import { describe, expect, test } from 'vitest';
import { type CorsPolicy, withCors } from '../../src/index.js';
import { cors } from '../../src/middy.js';
import { cases } from '../conformance/cases.js';
import { memoryLogger } from '../support/logger.js';
import { corsLines, sources, type TestSource } from '../support/sources.js';

// biome-ignore lint/suspicious/noExplicitAny: handlers, middlewares and results of every shape go through here.
type Any = any;

const A = 'https://a.example';
const policy: CorsPolicy = { allowOrigins: [A, 'https://b.example'], allowCredentials: true };
const get = { method: 'GET', headers: { Origin: A } };
const preflight = { method: 'OPTIONS', headers: { Origin: A, 'Access-Control-Request-Method': 'PUT' } };
const rest = sources[0] as TestSource;

/** A line of the log without what only Middy's adds. */
function withoutHint(line: string): string {
  return line.replace('; if a middleware that is used before cors() makes it into that, use cors() first', '');
}

const versions: readonly [string, (handler: Any) => Any][] = [
  ['Middy 6', middy6 as Any],
  ['Middy 7', middy7 as Any],
];

describe.each(versions)('%s', (_version, middy) => {
  describe('the same outcome as withCors, for every case through every source', () => {
    test.each(cases)('$name', async ({ policy: rules, request, result = { statusCode: 200, body: 'x' } }) => {
      const returned = async () => (typeof result === 'function' ? result() : result);
      for (const source of sources) {
        const [ours, theirs] = [memoryLogger(), memoryLogger()];
        const wrapped = await withCors(returned, rules, { logger: ours })(source.event(request), {});
        const piped = await middy(returned).use(cors(rules, { logger: theirs }))(source.event(request), {});
        expect(piped).toEqual(wrapped);
        expect(theirs.lines.map(withoutHint)).toEqual(ours.lines);
        expect(theirs.details).toEqual(ours.details);
      }
    });
  });

  test('events that are not HTTP go through untouched', async () => {
    const result = { statusCode: 200 };
    expect(await middy(async () => result).use(cors())({ Records: [] }, {})).toBe(result);
    const error = new Error('x');
    const failing = middy(async () => {
      throw error;
    }).use(cors());
    await expect(failing({ Records: [] }, {})).rejects.toBe(error);
  });

  test('onError of the options answers instead', async () => {
    const failing = middy(async () => {
      throw new Error('x');
    }).use(cors(policy, { onError: () => ({ statusCode: 418, body: '' }) }));
    const response = rest.response(await failing(rest.event(get), {}));
    expect(response.status).toBe(418);
    expect(response.lines).toContainEqual(['access-control-allow-origin', A]);
  });

  /** Sends a request through a chain with cors() at every possible place. */
  async function everywhere(handler: Any, others: readonly Any[], request = get, source = rest) {
    const responses = [];
    for (let place = 0; place <= others.length; place += 1) {
      const chain = middy(handler);
      const middlewares = [...others.slice(0, place), cors(policy, { logger: memoryLogger() }), ...others.slice(place)];
      for (const middleware of middlewares) chain.use(middleware);
      responses.push(source.response(await chain(source.event(request), {})));
    }
    return responses;
  }

  const actual = [
    ['access-control-allow-credentials', 'true'],
    [
      'access-control-allow-headers',
      'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent',
    ],
    ['access-control-allow-methods', 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS'],
    ['access-control-allow-origin', A],
    ['vary', 'Origin'],
  ];
  const ok = async () => ({ statusCode: 200, headers: { 'X-Own': '1' }, body: 'ok' });
  function thrower(error: unknown) {
    return async () => {
      throw error;
    };
  }

  describe('wherever it stands in the chain', () => {
    test.each([
      ['an HTTP error', createError(404, 'No such note'), 404],
      ['an error', new Error('secret'), 500],
      ['an HTTP error of the server', createError(503, 'db'), [503, 500]],
    ])('%s beside httpErrorHandler', async (_name, error, status) => {
      for (const response of await everywhere(thrower(error), [httpErrorHandler({ logger: () => {} } as Any)])) {
        expect([status].flat()).toContain(response.status);
        expect(corsLines(response)).toEqual(actual);
        expect(response.body ?? '').not.toMatch(/secret|db/);
      }
    });

    test('a before that throws', async () => {
      const authentication = { before: thrower(createError(401, 'Who are you?')) };
      for (const response of await everywhere(ok, [authentication])) {
        expect(response.status).toBe(401);
        expect(corsLines(response)).toEqual(actual);
      }
    });

    test('an after that throws', async () => {
      for (const response of await everywhere(ok, [{ after: thrower(new Error('x')) }])) {
        expect(response.status).toBe(500);
        expect(corsLines(response)).toEqual(actual);
      }
    });

    test('another onError that answers', async () => {
      const answer = {
        onError: (request: Any) => {
          request.response ??= { statusCode: 502, headers: { 'access-control-allow-origin': '*' }, body: '' };
        },
      };
      for (const response of await everywhere(thrower(new Error('x')), [answer])) {
        expect([500, 502]).toContain(response.status);
        expect(corsLines(response)).toEqual(actual);
      }
    });

    test('an after that sets another response', async () => {
      const replacement = {
        after: (request: Any) => {
          request.response = { statusCode: 203, headers: { 'access-control-allow-origin': '*' }, body: 'other' };
        },
      };
      for (const response of await everywhere(ok, [replacement])) {
        expect([response.status, response.body]).toEqual([203, 'other']);
        expect(corsLines(response)).toEqual(actual);
      }
    });

    test('an after that returns another response early', async () => {
      const replacement = { after: () => ({ statusCode: 203, body: 'other' }) };
      for (const response of await everywhere(ok, [replacement])) {
        expect([response.status, response.body]).toEqual([203, 'other']);
        expect(corsLines(response)).toEqual(actual);
      }
    });

    test('an onError that replaces the response', async () => {
      const replacement = {
        onError: (request: Any) => {
          request.response = { statusCode: 503, body: 'other' };
        },
      };
      for (const response of await everywhere(thrower(new Error('x')), [replacement])) {
        expect([response.status, response.body]).toEqual([503, 'other']);
        expect(corsLines(response)).toEqual(actual);
      }
    });

    test('an after that adds a header', async () => {
      const adding = {
        after: (request: Any) => {
          request.response.headers['X-Added'] = '1';
        },
      };
      for (const response of await everywhere(ok, [adding])) {
        expect(response.lines).toContainEqual(['x-added', '1']);
        expect(response.lines).toContainEqual(['x-own', '1']);
        expect(corsLines(response)).toEqual(actual);
      }
    });

    test('what others usually do: header normalizer, body parser, security headers', async () => {
      const others = [
        httpHeaderNormalizer(),
        httpJsonBodyParser({ disableContentTypeError: true }),
        httpSecurityHeaders(),
      ];
      for (const response of await everywhere(ok, others)) {
        expect(response.status).toBe(200);
        expect(response.lines).toContainEqual(['strict-transport-security', expect.any(String)]);
        expect(corsLines(response)).toEqual(actual);
      }
    });

    test('a body that is not JSON', async () => {
      const request = { method: 'POST', headers: { Origin: A, 'Content-Type': 'application/json' } };
      const breaking = {
        before: (middyRequest: Any) => {
          middyRequest.event.body = '{';
        },
      };
      for (const response of await everywhere(ok, [breaking, httpJsonBodyParser()], request)) {
        expect(response.status).toBe(422);
        expect(corsLines(response)).toEqual(actual);
      }
    });

    test('an event that a validator refuses', async () => {
      const eventSchema = transpileSchema({
        type: 'object',
        properties: { nothing: { type: 'string' } },
        required: ['nothing'],
      });
      for (const response of await everywhere(ok, [validator({ eventSchema })])) {
        expect(response.status).toBe(400);
        expect(corsLines(response)).toEqual(actual);
      }
    });

    // @middy/http-content-encoding 7 loads on Node.js 22 and later only.
    test.runIf('createZstdCompress' in zlib)('compressed bodies keep their Vary', async () => {
      const { default: httpContentEncoding } = await import('@middy/http-content-encoding');
      const handler = async () => ({ statusCode: 200, headers: {}, body: 'x'.repeat(10_000) });
      const negotiated = {
        before: (middyRequest: Any) => {
          middyRequest.context.preferredEncoding = 'gzip';
        },
      };
      for (const response of await everywhere(handler, [negotiated, httpContentEncoding()])) {
        expect(response.lines).toContainEqual(['content-encoding', 'gzip']);
        const vary = response.lines.filter(([name]) => name === 'vary').map(([, line]) => line);
        expect(vary).toHaveLength(1);
        expect(vary[0]?.toLowerCase()).toContain('origin');
        expect(vary[0]?.toLowerCase()).toContain('accept-encoding');
      }
    });
  });

  describe('before what comes later', () => {
    test('a 401 that a later before returns early gets CORS headers', async () => {
      const early = { before: () => ({ statusCode: 401, headers: { Vary: 'Cookie' }, body: '' }) };
      const chain = middy(ok).use(cors(policy)).use(early);
      const response = rest.response(await chain(rest.event(get), {}));
      expect(response.status).toBe(401);
      expect(response.lines).toContainEqual(['access-control-allow-origin', A]);
      expect(response.lines).toContainEqual(['vary', 'Cookie, Origin']);
    });

    test('a 401 that a later before sets as the early response gets CORS headers', async () => {
      const early = {
        before: (request: Any) => {
          request.earlyResponse = { statusCode: 401, body: '' };
        },
      };
      const response = rest.response(await middy(ok).use(cors(policy)).use(early)(rest.event(get), {}));
      expect(response.status).toBe(401);
      expect(corsLines(response)).toEqual(actual);
    });

    test('an early response that the source would refuse is a 500 with CORS headers', async () => {
      const logger = memoryLogger();
      const chain = middy(ok)
        .use(cors(policy, { logger }))
        .use({ before: () => 'Unauthorized' });
      const response = rest.response(await chain(rest.event(get), {}));
      expect(response.status).toBe(500);
      expect(corsLines(response)).toEqual(actual);
      expect(logger.lines).toHaveLength(1);
    });

    test('a preflight is answered before authentication, and the handler is not called', async () => {
      let calls = 0;
      const authentication = {
        before: () => {
          calls += 1;
          throw createError(401);
        },
      };
      const handler = async () => {
        calls += 1;
        return ok();
      };
      const chain = middy(handler).use(cors(policy)).use(authentication).use(httpErrorHandler());
      for (const source of sources) {
        const response = source.response(await chain(source.event(preflight), {}));
        expect(response.status).toBe(204);
        expect(response.lines).toContainEqual(['access-control-max-age', '7200']);
      }
      expect(calls).toBe(0);
    });

    test('a preflight is still answered when a before that stands further out refused it', async () => {
      const chain = middy(ok)
        .use({ before: thrower(createError(401)) })
        .use(cors(policy));
      expect(rest.response(await chain(rest.event(preflight), {})).status).toBe(204);
    });

    test('a response that a middleware further out makes of its own error gets CORS headers', async () => {
      const outer = {
        before: thrower(new Error('x')),
        onError: (request: Any) => {
          request.response = { statusCode: 418, body: '' };
        },
      };
      const chain = middy(ok)
        .use(outer)
        .use(cors(policy, { logger: memoryLogger() }));
      const response = rest.response(await chain(rest.event(get), {}));
      expect(response.status).toBe(418);
      expect(corsLines(response)).toEqual(actual);
    });

    test('an origin function that answers later', async () => {
      const later: CorsPolicy = { allowOrigins: async (origin) => origin === A };
      const early = { before: () => ({ statusCode: 401, body: '' }) };
      const response = rest.response(await middy(ok).use(cors(later)).use(early)(rest.event(get), {}));
      expect(response.lines).toContainEqual(['access-control-allow-origin', A]);
    });
  });

  test('a faulty policy throws when the middleware is made', () => {
    expect(() => cors({ allowOrigins: ['https://a.example/'] })).toThrow('has a path');
  });

  test('one middleware serves several handlers and concurrent requests', async () => {
    const shared = cors(policy);
    const [one, two] = [middy(ok).use(shared), middy(ok).use(shared)];
    const evil = { method: 'GET', headers: { Origin: 'https://evil.example' } };
    const answers = await Promise.all([one(rest.event(get), {}), two(rest.event(evil), {}), one(rest.event(evil), {})]);
    expect(answers.map((answer) => corsLines(rest.response(answer)).length)).toEqual([5, 1, 1]);
  });
});
