import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lint } from '../../src/infra/lint.js';
import { templatesInDocuments } from '../templates/markdown.js';

const CASES = [
  ['template.yaml', readFileSync(new URL('../../template.yaml', import.meta.url), 'utf8')] as const,
  ...templatesInDocuments().map(({ title, yaml }) => [title, yaml] as const),
];

it.each(CASES)('lint finds nothing in %s', (path, text) => {
  expect(lint([{ path, text }])).toEqual([]);
});

it('finds the templates of the documents', () => {
  expect(CASES.length).toBeGreaterThan(8);
});
