// Random cases from a seed.
import fc from 'fast-check';
import { BAD_PORTS } from '../../src/browser/blocked-request.js';
import { type Lines, location, ODD_LOCATIONS, redirectStatus, writtenHop } from './answers.js';
import type { Case, Hop, Step } from './case.js';
import { lambdaHop } from './functions.js';
import { step } from './requests.js';
import { HOSTS, PAGE_ORIGINS, type PageOrigin } from './world.js';

function hop(redirect: fc.Arbitrary<readonly [number, Lines]> | undefined): fc.Arbitrary<Hop> {
  return fc.oneof(writtenHop(redirect), lambdaHop(redirect));
}

/** A redirect to the hop with that number, in one of several spellings. */
function redirectTo(next: number): fc.Arbitrary<readonly [number, Lines]> {
  const usual = [
    `{${next}}`,
    `{${next}}`,
    `{${next}}#fragment`,
    ` {${next}} `,
    `{${next}}?x=1`,
    `{${next}}/é?ü b`,
    `{${next}}/\u00c3\u00a9`,
  ];
  return fc.tuple(
    redirectStatus,
    fc.oneof(
      { weight: 12, arbitrary: location(usual) },
      { weight: 2, arbitrary: location(ODD_LOCATIONS) },
      { weight: 1, arbitrary: fc.tuple(location(usual), location([`{${next}}`, '{0}'])).map((lines) => lines.flat()) },
      { weight: 1, arbitrary: fc.constant<Lines>([]) },
    ),
  );
}

const hops: fc.Arbitrary<readonly Hop[]> = fc.oneof(
  { weight: 7, arbitrary: fc.tuple(hop(undefined)) },
  { weight: 3, arbitrary: fc.tuple(hop(redirectTo(1)), hop(undefined)) },
  { weight: 1, arbitrary: fc.tuple(hop(redirectTo(1)), hop(redirectTo(2)), hop(undefined)) },
);

/** Some cases ask twice, for the same or for something similar, so that the preflight cache matters. */
const steps: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(step) },
  { weight: 1, arbitrary: fc.tuple(step, step) },
  { weight: 1, arbitrary: step.map((same) => [same, same]) },
  { weight: 1, arbitrary: fc.tuple(step, step, fc.boolean()).map(([a, b, last]) => [a, b, last ? a : b]) },
  { weight: 1, arbitrary: fc.tuple(step, step).map(([a, b]) => [a, { ...a, ...pick(b) }]) },
);

/** The same headers with another method, or with other credentials. */
function pick({ method, credentials }: Step): Step {
  return credentials === undefined ? (method === undefined ? {} : { method }) : { credentials };
}

/** How each hop is asked, most of them at the usual port. */
const transports = fc.array(
  fc.record({
    secure: fc.constantFrom(true, true, true, false),
    host: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, fc.constantFrom(...HOSTS)),
    port: fc.oneof(
      { weight: 7, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom(...BAD_PORTS, 81, 3000, 4191, 6001, 8080, 10081) },
    ),
  }),
  { minLength: 3, maxLength: 3 },
);

/** To http pages, only hosts without a cookie are secure: browsers disagree on whether http and https are one site. */
function over(hop: Hop, { secure, host, port }: Transport, page: PageOrigin): Hop {
  const isSecure = secure && (page.startsWith('https:') || hop.far === true);
  if (hop.front !== 'raw') return isSecure ? { ...hop, secure } : hop;
  const named = { ...hop, ...(host !== undefined && { host }) };
  if (isSecure) return { ...named, secure };
  return { ...named, ...(port !== undefined && { port }) };
}

interface Transport {
  readonly secure?: boolean;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
}

export const anyCase: fc.Arbitrary<Case> = fc
  .record({ page: fc.constantFrom(...PAGE_ORIGINS), steps, hops, transports })
  .map(({ transports, ...testCase }) => ({
    ...testCase,
    hops: testCase.hops.map((one, at) => over(one, transports[at] ?? {}, testCase.page)),
  }))
  .map((testCase) =>
    testCase.steps.length + testCase.hops.length > 2 ? { ...testCase, hops: testCase.hops.map(uncached) } : testCase,
  );

export function randomCases(seed: number, count: number): readonly Case[] {
  return fc.sample(anyCase, { seed, numRuns: count });
}

/**
 * A URL that is asked twice, perhaps by a redirect to itself, must be answered by the server both times, and not by the
 * HTTP cache, which is not part of CORS.
 */
function uncached(hop: Hop): Hop {
  if ('answer' in hop) {
    const lines = hop.answer.lines.filter(([name]) => !CACHING.has(name.toLowerCase()));
    return { ...hop, answer: { ...hop.answer, lines: [...lines, ['Cache-Control', 'no-store']] } };
  }
  return { ...hop, result: uncachedResult(hop.result) };
}

const CACHING: ReadonlySet<string> = new Set([
  'cache-control',
  'expires',
  'last-modified',
  'pragma',
  'etag',
  'age',
  'vary',
]);

/** In both maps, as sources read one or the other. */
function uncachedResult(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || !('body' in result)) return result;
  const { headers, multiValueHeaders, ...rest } = result as Record<string, Record<string, unknown>>;
  const without = (map: Record<string, unknown> = {}) =>
    Object.fromEntries(Object.entries(map).filter(([name]) => !CACHING.has(name.toLowerCase())));
  return {
    ...rest,
    headers: { ...without(headers), 'Cache-Control': 'no-store' },
    multiValueHeaders: { ...without(multiValueHeaders), 'Cache-Control': ['no-store'] },
  };
}
