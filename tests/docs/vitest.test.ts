/** The examples for Vitest, in Vitest, as somebody pastes them: each file of a page in a folder of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { blocksOf, PAGES } from './blocks.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(root, 'node_modules/.docs-vitest-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DOORS = ['middy', 'streaming', 'browser', 'gateway', 'infra'];

const pages = PAGES.filter((page) => blocksOf(page).some(({ text }) => /from 'vitest'/.test(text)));

it('there are some', () => {
  expect(pages).toContain('docs/testing.md');
});

it.each(pages)('%s', (page) => {
  const here = mkdtempSync(join(folder, 'page-'));
  const alias = [...DOORS.map((door) => [`lambda-cors/${door}`, `src/${door}.ts`]), ['lambda-cors', 'src/index.ts']];
  const resolve = { alias: Object.fromEntries(alias.map(([name = '', path = '']) => [name, join(root, path)])) };
  const config = { root: here, resolve, test: { include: ['**/*.test.ts'], exclude: [] } };
  writeFileSync(join(here, 'vitest.config.js'), `export default ${JSON.stringify(config)}`);
  const blocks = blocksOf(page).filter(({ language }) => language === 'ts');
  for (const { file, text, at } of blocks) writeFileSync(join(here, file ?? `block-${at}.ts`), text);
  const tests = blocks.filter(({ text }) => /from 'vitest'/.test(text));
  // A file that has no name on the page would not be found by Vitest.
  expect(tests.map(({ file }) => file)).toEqual(tests.map(() => expect.stringMatching(/\.test\.ts$/)));

  const { VITEST, VITEST_MODE, VITEST_POOL_ID, VITEST_WORKER_ID, NODE_ENV, ...env } = process.env;
  const program = join(root, 'node_modules/vitest/vitest.mjs');
  const ran = spawnSync(process.execPath, [program, 'run', '--reporter=json'], { cwd: here, env, encoding: 'utf8' });
  expect(ran.status, ran.stdout + ran.stderr).toBe(0);
  const report = JSON.parse(ran.stdout.slice(ran.stdout.indexOf('{')));
  expect(report.numPassedTests).toBe(tests.flatMap(({ text }) => text.match(/^test\(/gm) ?? []).length);
  expect(report.numPassedTests).toBeGreaterThan(0);
});
