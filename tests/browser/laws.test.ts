import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  browse,
  createPreflightCache,
  ENGINES,
  type EngineName,
  isForbiddenMethod,
  isForbiddenRequestHeader,
  isSameOrigin,
  normalizeMethod,
  parseMaxAge,
  preflightReasons,
  requestFault,
} from '../../src/browser.js';

const APP = 'https://app.example.com';
const names = [
  'Access-Control-Allow-Origin',
  'access-control-allow-credentials',
  'Access-Control-Allow-Methods',
  'access-control-allow-headers',
  'Access-Control-Max-Age',
  'Access-Control-Expose-Headers',
  'Location',
  'Set-Cookie',
  'x-a',
  '__proto__',
  '',
];
const values = [
  '*',
  APP,
  'null',
  'true',
  'PUT,DELETE',
  'x-a, Authorization',
  '',
  ',,,',
  '/2',
  'https://b.example/',
  'https://[',
  'https://u:p@a.example/',
  'data:,',
  '99999999999999999999',
  `${APP}, ${APP}`,
  '\u001b[31m\r\n\0',
];

const text = fc.oneof(fc.constantFrom(...values), fc.string({ unit: 'binary' }), fc.string());
const line = fc.tuple(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.string() }),
  text,
);
const sharing = fc.constantFrom<[string, string][]>(
  [],
  [['access-control-allow-origin', '*']],
  [
    ['access-control-allow-origin', APP],
    ['access-control-allow-credentials', 'true'],
  ],
);
const response = fc.record({
  status: fc.oneof(fc.constantFrom(200, 204, 301, 302, 303, 307, 308, 404), fc.integer(), fc.double()),
  headers: fc.tuple(sharing, fc.array(line, { maxLength: 6 })).map(([first, rest]) => [...first, ...rest]),
});
const request = fc.record({
  origin: fc.constantFrom(APP, 'null', 'https://a.example'),
  url: fc.constantFrom('https://a.example/1', `${APP}/1`),
  method: fc.constantFrom('GET', 'POST', 'PUT', 'patch'),
  headers: fc.constantFrom({}, { Authorization: 'x' }, { 'X-A': '1' }, { 'Content-Type': 'application/json' }),
  credentials: fc.constantFrom('omit' as const, 'same-origin' as const, 'include' as const),
});
const engines = fc.constantFrom<EngineName>('chromium', 'firefox', 'webkit', 'standard');

test('no response makes browse throw, run forever or print anything but text', async () => {
  await fc.assert(
    fc.asyncProperty(
      request,
      engines,
      fc.array(response, { minLength: 1, maxLength: 4 }),
      async (asked, engine, responses) => {
        let at = 0;
        const transport = async () => responses[at++ % responses.length] as (typeof responses)[number];
        const cache = createPreflightCache();
        const page = await browse(asked, transport, { engine, cache, now: () => 0 });
        expect(page.exchanges.length).toBeLessThanOrEqual(42);
        const { verdict } = page;
        if (!verdict.allowed) {
          // Firefox's quotation marks, and the lines of its console and of WebKit's.
          expect(verdict.message).toMatch(/^[ -~…‘’“”\n]+$/);
          expect(verdict.fix).toMatch(/^[ -~…]+$/);
          expect(page.problem).toContain(verdict.fix);
          return;
        }
        expect(page.problem).toBeUndefined();
        const last = page.exchanges.at(-1);
        const sent = (name: string) => last?.response?.headers.filter(([key]) => key.toLowerCase() === name) ?? [];
        expect(Object.keys(verdict.headers)).not.toContain('set-cookie');
        for (const name of Object.keys(verdict.headers)) expect(sent(name)).not.toEqual([]);
        if (verdict.type === 'basic') return;
        const [origin] = last?.request.headers.filter(([name]) => name === 'origin') ?? [];
        const counted = sent('access-control-allow-origin').filter(
          ([, value]) => !ENGINES[engine].ignoresEmptyLines || value.trim() !== '',
        );
        expect(counted).toHaveLength(1);
        const [[, allowOrigin = ''] = []] = counted;
        expect(asked.credentials === 'include' ? [origin?.[1]] : ['*', origin?.[1]]).toContain(allowOrigin.trim());
      },
    ),
    { numRuns: 3000 },
  );
});

test('what passes by the Standard passes in every engine', async () => {
  await fc.assert(
    fc.asyncProperty(request, response, async (asked, answer) => {
      const allowed = async (engine: EngineName) => {
        const { verdict } = await browse(asked, async () => answer, { engine });
        return verdict.allowed;
      };
      if (!(await allowed('standard'))) return;
      for (const engine of ['chromium', 'firefox', 'webkit'] as const) expect(await allowed(engine)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('the functions never throw', () => {
  fc.assert(
    fc.property(text, text, engines, (a, b, engine) => {
      normalizeMethod(a);
      isForbiddenMethod(a);
      isForbiddenRequestHeader(a, b);
      isSameOrigin(a, b);
      preflightReasons(a, [[a, b]], ENGINES[engine]);
      expect(parseMaxAge(a, ENGINES[engine])).toBeGreaterThanOrEqual(0);
      requestFault({ origin: a, url: b, method: a, headers: [[a, b]] });
    }),
    { numRuns: 3000 },
  );
});

test('megabytes take no more than linear time', async () => {
  const huge = [' ', ',', 'a,', '\t,', '/', ';', '"', ' ,\t'].map((unit) => unit.repeat(1_000_000));
  const started = performance.now();
  for (const value of huge) {
    const headers = names.slice(0, 6).map((name) => [name, value] as const);
    await browse({ origin: APP, url: 'https://a.example/', method: 'PUT' }, async () => ({ status: 200, headers }));
    const open = [
      ['access-control-allow-origin', '*'],
      ['access-control-allow-methods', '*'],
      ...headers.slice(3),
    ] as const;
    await browse({ origin: APP, url: 'https://a.example/', method: 'PUT' }, async () => ({
      status: 200,
      headers: open,
    }));
    preflightReasons('GET', [['content-type', value]], ENGINES.chromium);
    preflightReasons('GET', [['range', value]], ENGINES.chromium);
  }
  expect(performance.now() - started).toBeLessThan(10_000);
});
