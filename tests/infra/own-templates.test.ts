import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { lint } from '../../src/infra/lint.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The templates in the fences of a page, those of docs/lint aside, which have faults on purpose. */
function fenced(path: string): readonly (readonly [name: string, text: string])[] {
  const text = readFileSync(root + path, 'utf8');
  return [...text.matchAll(/^```(?:ya?ml|json)\n(.*?)^```/gms)]
    .map(([, code = ''], at) => [`${path}, fence ${at + 1}`, code] as const)
    .filter(([, code]) => /^\s*"?Resources"?:/m.test(code));
}

const pages = [
  'README.md',
  ...readdirSync(`${root}docs`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const CASES = [['template.yaml', readFileSync(`${root}template.yaml`, 'utf8')] as const, ...pages.flatMap(fenced)];

it.each(CASES)('lint finds nothing in %s', (path, text) => {
  expect(lint([{ path, text }])).toEqual([]);
});
