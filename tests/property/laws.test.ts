import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CorsPolicy, compilePolicy, withCors } from '../../src/index.js';
import { memoryLogger } from '../support/logger.js';
import { corsLines, otherLines, type Request, type Response, type TestSource } from '../support/sources.js';
import { ALLOWED, dynamicPolicy, origin, policy, request, result, source } from './arbitraries.js';

const RUNS = { numRuns: 500 };
const logger = memoryLogger();

/** One request through the wrapper, as the client sees it. */
async function send(
  from: TestSource,
  asked: Request,
  rules: CorsPolicy,
  returned: unknown,
): Promise<{ readonly returned: Record<string, unknown>; readonly response: Response }> {
  const handler = withCors(async (_event: unknown, _context: unknown) => returned, rules, { logger });
  const answer = (await handler(from.event(asked), {})) as Record<string, unknown>;
  return { returned: answer, response: from.response(answer) };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

function value(response: Response, name: string): string | undefined {
  return response.lines.find(([line]) => line === name)?.[1];
}

function isPreflight({ method, headers = {} }: Request): boolean {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return method === 'OPTIONS' && names.includes('origin') && names.includes('access-control-request-method');
}

describe('laws', () => {
  test('nothing that is handed in is mutated: frozen events, results and policies work', async () => {
    await fc.assert(
      fc.asyncProperty(source, request, policy, result, async (from, asked, rules, returned) => {
        const event = deepFreeze(from.event(asked));
        const handler = withCors(async (_event: unknown) => deepFreeze(returned), deepFreeze(rules), { logger });
        const response = from.response(await handler(event, deepFreeze({})));
        if (!isPreflight(asked)) expect(response.status).toBe(returned.statusCode);
      }),
      RUNS,
    );
  });

  test('merging twice is merging once', async () => {
    await fc.assert(
      fc.asyncProperty(source, request, policy, result, async (from, asked, rules, returned) => {
        fc.pre(!isPreflight(asked));
        const once = await send(from, asked, rules, returned);
        const twice = await send(from, asked, rules, once.returned);
        expect(twice.returned).toEqual(once.returned);
      }),
      RUNS,
    );
  });

  test('only CORS headers and Vary change', async () => {
    await fc.assert(
      fc.asyncProperty(source, request, policy, result, async (from, asked, rules, returned) => {
        fc.pre(!isPreflight(asked));
        const { response, returned: answer } = await send(from, asked, rules, returned);
        const plain = from.response(returned);
        expect([response.status, response.body]).toEqual([plain.status, plain.body]);
        expect(otherLines(response)).toEqual(otherLines(plain));
        const { headers: _h, multiValueHeaders: _m, ...others } = answer;
        const { headers: _h2, multiValueHeaders: _m2, ...othersBefore } = returned as Record<string, unknown>;
        expect(others).toEqual(othersBefore);
      }),
      RUNS,
    );
  });

  test('the case of request header names never matters', async () => {
    await fc.assert(
      fc.asyncProperty(source, request, policy, result, async (from, asked, rules, returned) => {
        const lower = Object.fromEntries(
          Object.entries(asked.headers ?? {}).map(([name, line]) => [name.toLowerCase(), line]),
        );
        const one = await send(from, asked, rules, returned);
        const other = await send(from, { ...asked, headers: lower }, rules, returned);
        expect(other.response).toEqual(one.response);
      }),
      RUNS,
    );
  });

  test('at most one line per CORS header and Vary', async () => {
    await fc.assert(
      fc.asyncProperty(source, request, dynamicPolicy, result, async (from, asked, rules, returned) => {
        const { response } = await send(from, asked, rules, returned);
        const names = corsLines(response).map(([name]) => name);
        expect(names).toEqual([...new Set(names)]);
      }),
      RUNS,
    );
  });

  test('the same with a static policy, for the headers that it owns', async () => {
    await fc.assert(
      fc.asyncProperty(source, request, policy, result, async (from, asked, rules, returned) => {
        const { response } = await send(from, asked, rules, returned);
        const names = corsLines(response).flatMap(([name]) => (name === 'vary' ? [] : [name]));
        expect(names).toEqual([...new Set(names)]);
      }),
      RUNS,
    );
  });

  test('never * with credentials, and credentials are only ever "true"', async () => {
    await fc.assert(
      fc.asyncProperty(source, request, policy, result, async (from, asked, rules, returned) => {
        const { response } = await send(from, asked, rules, returned);
        const credentials = value(response, 'access-control-allow-credentials');
        expect([undefined, 'true']).toContain(credentials);
        if (credentials === undefined) return;
        expect(rules.allowCredentials).toBe(true);
        for (const name of ['origin', 'methods', 'headers']) {
          expect((value(response, `access-control-allow-${name}`) ?? '').split(',')).not.toContain('*');
        }
      }),
      RUNS,
    );
  });

  test('the origin sent back is * or one that the policy allows', async () => {
    await fc.assert(
      fc.asyncProperty(source, request, policy, result, async (from, asked, rules, returned) => {
        const { response } = await send(from, asked, rules, returned);
        expect([undefined, '*', ...ALLOWED]).toContain(value(response, 'access-control-allow-origin'));
      }),
      RUNS,
    );
  });

  test('Vary names Origin whenever another Origin would have had another answer', async () => {
    await fc.assert(
      fc.asyncProperty(source, request, origin, policy, result, async (from, asked, other, rules, returned) => {
        fc.pre(!isPreflight(asked));
        const headers = Object.fromEntries(
          Object.entries(asked.headers ?? {}).filter(([name]) => name.toLowerCase() !== 'origin'),
        );
        const one = await send(from, asked, rules, returned);
        const two = await send(
          from,
          { ...asked, method: 'GET', headers: { ...headers, Origin: other } },
          rules,
          returned,
        );
        const differs = JSON.stringify(one.response.lines) !== JSON.stringify(two.response.lines);
        const names = (value(one.response, 'vary') ?? '').toLowerCase().split(/, ?/);
        if (differs) expect(names.includes('origin') || names.includes('*')).toBe(true);
      }),
      RUNS,
    );
  });

  test('our headers hold printable ASCII only', async () => {
    await fc.assert(
      fc.asyncProperty(source, request, policy, async (from, asked, rules) => {
        const { response } = await send(from, asked, rules, { statusCode: 200, body: '' });
        for (const [, line] of corsLines(response)) expect(line).toMatch(/^[\x20-\x7e]+$/);
      }),
      RUNS,
    );
  });

  test('total: whatever the handler returns or throws, an HTTP event gets a response that its source accepts', async () => {
    const anything = fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    });
    const loose = fc.record(
      {
        statusCode: fc.oneof(fc.integer(), fc.string(), anything),
        headers: fc.oneof(fc.dictionary(fc.string(), anything), anything),
        multiValueHeaders: fc.oneof(fc.dictionary(fc.string(), fc.array(anything)), anything),
        body: anything,
        message: anything,
        expose: anything,
      },
      { requiredKeys: [] },
    );
    const outcome = fc.oneof(anything, loose);
    await fc.assert(
      fc.asyncProperty(source, request, policy, outcome, fc.boolean(), async (from, asked, rules, value, fails) => {
        const handler = withCors(
          async (_event: unknown, _context: unknown) => {
            if (fails) throw value;
            return value;
          },
          rules,
          { logger },
        );
        const answer = (await handler(from.event(asked), {})) as Record<string, unknown>;
        expect(typeof answer).toBe('object');
        // Lambda makes JSON of it.
        const { statusCode = 200, body } = JSON.parse(JSON.stringify(answer));
        expect(Number(statusCode)).toBeGreaterThanOrEqual(100);
        expect(Number(statusCode)).toBeLessThanOrEqual(599);
        expect(['string', 'undefined']).toContain(typeof (body ?? undefined));
      }),
      { numRuns: 2000 },
    );
  });

  test('total: whatever an event holds, the wrapper answers or passes it on', async () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: true });
    await fc.assert(
      fc.asyncProperty(
        source,
        request,
        policy,
        fc.dictionary(
          fc.constantFrom('headers', 'multiValueHeaders', 'requestContext', 'version', 'method', 'httpMethod'),
          anything,
        ),
        async (from, asked, rules, rubbish) => {
          const handler = withCors(async (_event: unknown, _context: unknown) => ({ statusCode: 200 }), rules, {
            logger,
          });
          const answer = (await handler({ ...from.event(asked), ...rubbish }, {})) as Record<string, unknown>;
          expect([200, 204, 403]).toContain(answer.statusCode);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('a thousand invocations of one instance with different origins leave nothing behind', async () => {
    const rules: CorsPolicy = { allowOrigins: ['https://*.example.com', 'https://a.example'] };
    const shared = { statusCode: 200, headers: { Vary: 'Accept' }, body: '' };
    const handler = withCors(async (_event: unknown) => shared, rules);
    const { event, response } = (await import('../support/sources.js')).sources[0] as TestSource;
    for (let turn = 0; turn < 1000; turn += 1) {
      const host = turn % 3 === 0 ? `https://evil${turn}.test` : `https://s${turn}.example.com`;
      const lines = corsLines(response(await handler(event({ method: 'GET', headers: { Origin: host } }), {})));
      const expected = turn % 3 === 0 ? undefined : host;
      expect(lines.find(([name]) => name === 'access-control-allow-origin')?.[1]).toBe(expected);
      expect(lines.find(([name]) => name === 'vary')?.[1]).toBe('Accept, Origin');
    }
    expect(shared).toEqual({ statusCode: 200, headers: { Vary: 'Accept' }, body: '' });
  });

  test('concurrent invocations of one instance do not mix', async () => {
    const handler = withCors(async (_event: unknown) => ({ statusCode: 200 }), {
      allowOrigins: async (candidate) => {
        await new Promise((resolve) => setTimeout(resolve, candidate.length % 5));
        return !candidate.includes('evil');
      },
    });
    const { event, response } = (await import('../support/sources.js')).sources[0] as TestSource;
    const origins = Array.from(
      { length: 100 },
      (_, at) => `https://${at % 4 === 0 ? 'evil' : 'ok'}${'x'.repeat(at % 7)}.test`,
    );
    const answers = await Promise.all(
      origins.map((from) => handler(event({ method: 'GET', headers: { Origin: from } }), {})),
    );
    expect(answers.map((answer) => value(response(answer), 'access-control-allow-origin'))).toEqual(
      origins.map((from) => (from.includes('evil') ? undefined : from)),
    );
  });

  test('compiling a compiled policy, or what it describes, changes nothing', () => {
    fc.assert(
      fc.property(policy, (rules) => {
        const compiled = compilePolicy(rules);
        expect(compilePolicy(compiled)).toBe(compiled);
        const {
          listsOrigin: _lists,
          decisionFor: _decision,
          actual,
          actualRefused: _refused,
          preflight,
          preflightRefused: _also,
          ...rest
        } = compiled;
        const again = compilePolicy(rest);
        expect(again).not.toBe(compiled);
        expect(again).toMatchObject({ ...rest, actual, preflight });
      }),
      RUNS,
    );
  });
});
