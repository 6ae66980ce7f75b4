import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { makePages } from '../../scripts/docs-lint/pages.js';
import { lint } from '../../src/infra/lint.js';
import { RULES } from '../../src/infra/rules/all.js';

const folder = fileURLToPath(new URL('../../docs/lint/', import.meta.url));

it('docs/lint has what npm run docs:lint writes: a page for each rule, with what the rules say today', () => {
  const pages: ReadonlyMap<string, string> = makePages(RULES, lint);
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
  for (const [name, text] of pages) expect(readFileSync(folder + name, 'utf8')).toBe(text);
});
