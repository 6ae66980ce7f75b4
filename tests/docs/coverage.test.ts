/** Every block of the documents is run, compiled or compared by a test. A block that none is about fails here. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { templatesInDocuments } from '../templates/markdown.js';
import { type Block, blocksOf, PAGES, textOf } from './blocks.js';
import { isCdk, isCode, isTest } from './examples.js';
import { outputsOf, root } from './pages.js';

const BLOCKS = PAGES.flatMap((page) => blocksOf(page));
const templates = new Set(templatesInDocuments().map(({ title }) => title));
const outputs = PAGES.flatMap(outputsOf);
const printed = new Set(outputs.map(({ output }) => output.name));
const used = new Set(outputs.flatMap(({ files }) => files.map(({ name }) => name)));

interface Cover {
  readonly test: string;
  readonly covers: (block: Block) => boolean;
}

/** Pages that are compared as a whole with what they are made of. */
const WHOLE: readonly Cover[] = [
  { test: 'tests/infra/docs-lint.test.ts', covers: ({ page }) => page.startsWith('docs/lint/') },
  { test: 'tests/docs/api.test.ts', covers: ({ page }) => page.startsWith('docs/api/') },
];

const COVERS: readonly Cover[] = [
  ...WHOLE,
  { test: 'tests/docs/examples.test.ts', covers: (block) => isCode(block) && !isTest(block) && !isCdkFile(block) },
  { test: 'tests/package/package.test.ts', covers: (block) => isTest(block) && block.page === 'docs/testing.md' },
  { test: 'tests/infra/real/recipes.ts', covers: isCdkFile },
  {
    test: 'tests/infra/real/recipes.ts',
    covers: ({ page, file }) => /serverless/.test(page) && /\.yml$/.test(`${file}`),
  },
  { test: 'tests/docs/ci.test.ts', covers: ({ page }) => page === 'docs/recipes/github-action.md' },
  {
    test: 'tests/docs/migrating.test.ts',
    covers: ({ page, language }) => page === 'docs/migrating.md' && language === 'yaml',
  },
  { test: 'tests/docs/commands.test.ts', covers: ({ language }) => language === 'sh' },
  { test: 'tests/docs/outputs.test.ts', covers: ({ name }) => printed.has(name) || used.has(name) },
  { test: 'tests/infra/own-templates.test.ts', covers: ({ name }) => templates.has(name) },
  { test: 'tests/docs/recipes.test.ts', covers: ({ page, language }) => /terraform/.test(page) && language === 'hcl' },
];

function isCdkFile(block: Block): boolean {
  return isCdk(block) && block.file !== undefined;
}

it('every block has a test', () => {
  const uncovered = BLOCKS.filter((block) => !COVERS.some(({ covers }) => covers(block)));
  expect(uncovered.map(({ name, language }) => `${name} (${language || 'no language'})`)).toEqual([]);
});

it.each(COVERS)('$test is there, and has blocks to be about', ({ test, covers }) => {
  expect(existsSync(join(root, test))).toBe(true);
  expect(BLOCKS.some(covers)).toBe(true);
});

it('sees a block that has none', () => {
  const [block] = blocksOf('docs/index.md', '```txt\nwhat nobody prints\n```\n');
  expect(COVERS.some(({ covers }) => covers(block as Block))).toBe(false);
});

it('every fence of the documents is a block', () => {
  const fences = (page: string) => blocksOf(page).length;
  expect(PAGES.filter((page) => fences(page) !== openingsOf(page))).toEqual([]);
});

/** Counted line by line, so that no fence of another form goes unseen. */
function openingsOf(page: string): number {
  const marks = textOf(page).match(/^ *(```|~~~)/gm) ?? [];
  return marks.length / 2;
}
