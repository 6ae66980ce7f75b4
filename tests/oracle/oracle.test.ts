// Chromium agrees with `browse` on what a page may read, and why not. The long run is `npm run oracle`.
import { afterAll, describe, expect, test } from 'vitest';
import { randomCases } from './cases.js';
import { startOracle } from './oracle.js';
import type { Fate } from './outcome.js';
import { PICKED } from './picked.js';

const SEED = 1;
const BATCHES = 10;
const CASES_IN_BATCH = 50;

const oracle = await startOracle('chromium');
const started = 'ask' in oracle ? oracle : undefined;
if ('ask' in oracle) console.log(`oracle: ${oracle.name}`);
else console.warn(`oracle: NO CHROMIUM STARTS, so nothing here is tested:\n  ${oracle.attempts.join('\n  ')}`);

afterAll(() => started?.close());

describe.skipIf(started === undefined)('Chromium and browse agree', () => {
  const answers = started?.ask(Object.values(PICKED));
  // Each test awaits it; one that starts later must not find an unhandled rejection.
  answers?.catch(() => {});
  test.each(Object.keys(PICKED).map((name, at) => [name, at] as const))('%s', async (_name, at) => {
    expect((await answers)?.[at]?.differences).toEqual([]);
  });

  const fates: Fate[] = [];
  const batches = Array.from({ length: BATCHES }, (_, at) => SEED + at);
  test.each(batches)(`${CASES_IN_BATCH} random cases, seed %d`, async (seed) => {
    for (const answer of (await started?.ask(randomCases(seed, CASES_IN_BATCH))) ?? []) {
      // The case is in the message: `npm run oracle -- --replay '…'` asks it again.
      expect(answer.differences, JSON.stringify(answer.testCase)).toEqual([]);
      fates.push(answer.real);
    }
  });

  test('the random cases are of all kinds', () => {
    const outcomes = fates.flatMap(({ steps }) => steps);
    const reasons = new Set(outcomes.flatMap((step) => (step.kind === 'refused' ? [step.reason] : [])));
    expect(fates).toHaveLength(BATCHES * CASES_IN_BATCH);
    expect(outcomes.filter(({ kind }) => kind === 'allowed').length).toBeGreaterThan(100);
    expect(reasons.size).toBeGreaterThan(15);
    expect([...reasons]).toEqual(expect.arrayContaining(['MixedContent', 'ERR_UNSAFE_PORT']));
    expect(fates.some(({ trace }) => trace.some((line) => line.includes('cookie: ')))).toBe(true);
    expect(fates.some(({ trace }) => trace.some((line) => line.includes('origin: null')))).toBe(true);
  });
});
