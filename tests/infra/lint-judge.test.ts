/**
 * lint and judge read the same model and know nothing of each other: what the one calls an error, the other must refuse,
 * and what the one finds nothing in, the other must not refuse.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { judge } from '../../src/infra/judge.js';
import { readModel } from '../../src/infra/read/read.js';
import { RULES } from '../../src/infra/rules/all.js';

const folder = fileURLToPath(new URL('./templates/', import.meta.url));

/** LC305 and LC501 compare with a policy, and the name in LC109 allows nothing: what it leaves out is LC205's. */
const OTHERS = ['LC305', 'LC501', 'LC109'];
const ERRORS = RULES.map(({ code }) => code).filter(
  (code) => !OTHERS.includes(code) && RULES.some((rule) => rule.code === code && rule.severity === 'error'),
);

/** What a page on an origin of the templates could not do. */
function refusals(code: string, name: string, method?: string): readonly string[] {
  const text = readFileSync(`${folder}${code}/${name}`, 'utf8');
  const { apis } = readModel([{ path: name, text }]);
  return apis.flatMap((api) =>
    ['https://app.example.com', 'https://admin.example.com'].flatMap((origin) =>
      (['same-origin', 'include'] as const).flatMap((credentials) =>
        judge(api, { origin, credentials, method }).flatMap(({ path, preflight, response }) =>
          [preflight, response].some(({ outcome }) => outcome === 'no')
            ? [`${path} from ${origin}, ${credentials}`]
            : [],
        ),
      ),
    ),
  );
}

it.each(ERRORS)('judge refuses something in the failing template of %s', (code) => {
  expect(refusals(code, 'fails.yaml')).not.toEqual([]);
});

it.each(ERRORS)('judge lets a page of the origin do everything in the passing template of %s', (code) => {
  const own = refusals(code, 'passes.yaml', 'GET').filter(
    (each) => each.includes('https://app.') && each.endsWith('same-origin'),
  );
  expect(own).toEqual([]);
});
