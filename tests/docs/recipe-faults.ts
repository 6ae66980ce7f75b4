/** What is wrong with the API of a recipe, by our own lint and by what a page would see of it. */
import type { CorsPolicy } from '../../src/index.js';
import { judge, lint, type Outcome, readApis, type Verdict } from '../../src/infra.js';
import { blockOf } from './blocks.js';

const PAGE = 'https://app.example.com';
const STRANGER = 'https://evil.test';

/** The policy of a page's recipes. */
export function policyOf(page: string): CorsPolicy {
  return JSON.parse(blockOf(page, 'cors.json').text);
}

/** @param policy What the function behind it has in `withCors`; the same that the gateway has. */
export function recipeFaults(text: string, policy: CorsPolicy): readonly string[] {
  const files = [{ path: 'template.yaml', text }];
  const findings = lint(files, { policy }).map(({ code, line, message }) => `${line} ${code} ${message}`);
  const seen = verdictsFor(PAGE);
  if (seen.length === 0) return [...findings, 'there is no route'];
  return [
    ...findings,
    ...seen.flatMap((verdict) => [
      ...unless(verdict, 'preflight', ['yes']),
      ...unless(verdict, 'response', ['yes']),
      ...unless(verdict, 'unauthorized', ['yes', 'unknown', 'not asked']),
    ]),
    ...verdictsFor(STRANGER).flatMap((verdict) => unless(verdict, 'response', ['no'])),
  ];

  /** With a header that needs a preflight. */
  function verdictsFor(origin: string): readonly Verdict[] {
    const headers = [['Content-Type', 'application/json']] as const;
    return readApis(files).flatMap((api) => judge(api, { origin, method: 'POST', headers, policy }));
  }
}

function unless(
  verdict: Verdict,
  what: 'preflight' | 'response' | 'unauthorized',
  wanted: readonly Outcome['outcome'][],
): readonly string[] {
  const { outcome, message } = verdict[what].withPolicy ?? verdict[what];
  return wanted.includes(outcome) ? [] : [`${verdict.method} ${verdict.path}, ${what}: ${outcome} ${message ?? ''}`];
}
