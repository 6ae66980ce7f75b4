// What nearly all requests take is a short way through the code. These tests count who is called on it: a time would
// depend on the machine.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { compilePolicy } from '../../src/core/compile.js';
import { accept } from '../../src/events/accept.js';
import { mergeCommon } from '../../src/events/common-result.js';
import { mergeHeaders } from '../../src/events/merge.js';
import { type CorsPolicy, withCors } from '../../src/index.js';
import { cors } from '../../src/middy.js';
import { type Request, sources } from '../support/sources.js';

vi.mock('../../src/events/accept.js', { spy: true });
vi.mock('../../src/events/merge.js', { spy: true });

// biome-ignore lint/suspicious/noExplicitAny: results of handlers are looked into.
type Any = any;

const A = 'https://app.a.example';
const GET: Request = { method: 'GET', headers: { Origin: A } };
const PREFLIGHT: Request = { method: 'OPTIONS', headers: { Origin: A, 'Access-Control-Request-Method': 'PUT' } };
const POLICIES: readonly (readonly [name: string, policy: CorsPolicy])[] = [
  ['any origin', {}],
  ['one origin', { allowOrigins: A }],
  ['a list', { allowOrigins: ['https://b.example', A], exposeHeaders: ['X-Total'], allowCredentials: true }],
  ['a pattern', { allowOrigins: 'https://*.a.example' }],
];
const HEADERS = { 'Content-Type': 'application/json', 'Strict-Transport-Security': 'max-age=1', 'X-Total': '5' };
const RESULTS: readonly (readonly [name: string, result: object])[] = [
  ['status, headers and body', { statusCode: 200, headers: HEADERS, body: '{}' }],
  ['an error', { statusCode: 404, headers: {}, body: '' }],
  ['no headers', { statusCode: 200, body: '{}' }],
  ['bytes', { statusCode: 200, headers: HEADERS, body: 'AAAA', isBase64Encoded: true }],
  ['a frozen one', Object.freeze({ statusCode: 200, headers: Object.freeze({ ...HEADERS }), body: '{}' })],
];
const oneMap = sources.filter(({ name }) => !name.includes('multi-value'));

beforeEach(() => {
  vi.mocked(accept).mockClear();
  vi.mocked(mergeHeaders).mockClear();
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(oneMap)('$name', ({ event, response }) => {
  describe.each(POLICIES)('%s', (_name, policy) => {
    test.each(RESULTS)('%s takes the short way', async (_result, result) => {
      for (const handler of [async () => result, () => result]) {
        const sent = response((await withCors(handler as Any, policy)(event(GET), {})) as Any);
        expect(sent.status).toBe((result as Any).statusCode);
        expect(sent.lines.map(([name]) => name)).toContain('access-control-allow-origin');
      }
      expect(accept).not.toHaveBeenCalled();
      expect(mergeHeaders).not.toHaveBeenCalled();
    });
  });

  test.each([
    ['a header that CORS has to do with', { statusCode: 200, headers: { Vary: 'Accept' }, body: '' }],
    ['a body that is left out', { statusCode: 204 }],
    ['a header that is not text', { statusCode: 200, headers: { 'X-A': 5 }, body: '' }],
  ])('%s takes the thorough way, once', async (_name, result) => {
    await withCors(async (_event: unknown) => result)(event(GET), {});
    expect(accept).toHaveBeenCalledTimes(1);
    expect(mergeHeaders).toHaveBeenCalledTimes(1);
  });
});

describe('no property is defined one by one', () => {
  test.each(sources)('$name', async ({ event }) => {
    const handler = withCors(async (_event: unknown) => RESULTS[0]?.[1], { allowOrigins: [A, 'https://b.example'] });
    const requests = [GET, PREFLIGHT].map((request) => event(request));
    const setPrototype = vi.spyOn(Object, 'setPrototypeOf');
    const define = vi.spyOn(Object, 'defineProperty');
    for (const request of requests) await handler(request, {});
    expect(define).not.toHaveBeenCalled();
    expect(setPrototype).not.toHaveBeenCalled();
  });

  test('but Middy’s request gets a prototype, which preflights do without', () => {
    const { before } = cors({ allowOrigins: A });
    const [source] = sources as readonly [(typeof sources)[number]];
    const setPrototype = vi.spyOn(Object, 'setPrototypeOf');
    for (const [request, times] of [
      [PREFLIGHT, 0],
      [GET, 1],
    ] as const) {
      before({ event: source.event(request), context: {}, internal: {}, response: undefined, error: null });
      expect(setPrototype).toHaveBeenCalledTimes(times);
    }
  });
});

/** Sizes of all maps or sets that are added to meanwhile. */
function sizesAfter(work: () => void): readonly number[] {
  const sizes = new Map<unknown, number>();
  const { set } = Map.prototype;
  for (const [prototype, method] of [
    [Map.prototype, 'set'],
    [Set.prototype, 'add'],
  ] as readonly [Any, string][]) {
    const add = prototype[method];
    vi.spyOn(prototype, method).mockImplementation(function (this: Any, ...added: unknown[]) {
      add.apply(this, added);
      set.call(sizes, this, this.size);
      return this;
    });
  }
  work();
  vi.restoreAllMocks();
  return [...sizes.values()];
}

/** The most that is remembered of anything. */
const MOST = 64;

describe('decisions are remembered by origin', () => {
  const pattern = { allowOrigins: 'https://*.a.example' };

  test('the same origin gets the same decision', () => {
    const policy = compilePolicy(pattern);
    const decision = policy.decisionFor(A);
    expect(decision).toMatchObject({ allowOrigin: A, vary: 'Origin' });
    expect(policy.decisionFor(A)).toBe(decision);
    expect(compilePolicy(pattern).decisionFor(A)).not.toBe(decision);
  });

  test('so many and no more, under a flood of origins that a pattern allows', () => {
    const policy = compilePolicy(pattern);
    const sizes = sizesAfter(() => {
      for (let at = 0; at < 10_000; at += 1) {
        const origin = `https://n${at}.a.example`;
        expect(policy.decisionFor(origin)?.allowOrigin).toBe(origin);
      }
    });
    expect(sizes).toEqual([MOST]);
    expect(policy.decisionFor('https://n0.a.example')).toBe(policy.decisionFor('https://n0.a.example'));
  });

  test('and of all others a few of the latest', () => {
    const { decisionFor } = compilePolicy(pattern);
    for (let at = 0; at < MOST; at += 1) decisionFor(`https://first${at}.a.example`);
    const others = Array.from({ length: 100 }, (_, at) => `https://${'n'.repeat(at + 1)}.a.example`);
    const decisions = others.map(decisionFor);
    const same = others
      .map((_, at) => at)
      .reverse()
      .filter((at) => decisionFor(others[at] as string) === decisions[at]);
    expect(same).toHaveLength(16);
    expect(Math.min(...same)).toBe(84);
  });

  test('and none that is refused', () => {
    const policy = compilePolicy(pattern);
    const sizes = sizesAfter(() => {
      for (let at = 0; at < 1000; at += 1) expect(policy.decisionFor(`https://n${at}.b.example`)).toBeUndefined();
    });
    expect(sizes).toEqual([]);
  });

  test('an origin function is asked each time', async () => {
    const allowOrigins = vi.fn(() => true);
    const handler = withCors(async (_event: unknown) => RESULTS[0]?.[1], { allowOrigins });
    const [{ event }] = sources as readonly [(typeof sources)[number]];
    for (let at = 0; at < 100; at += 1) await handler(event(GET), {});
    expect(allowOrigins).toHaveBeenCalledTimes(100);
  });
});

test('so many names of headers are remembered and no more', () => {
  const { actual } = compilePolicy();
  const sizes = sizesAfter(() => {
    for (let at = 0; at < 1000; at += 1)
      mergeCommon({ statusCode: 200, headers: { [`X-${at}`]: 'a' }, body: '' }, actual);
  });
  expect(sizes).toEqual([MOST]);
});
