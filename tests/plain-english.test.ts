/** CONTRIBUTING asks for plain English. These are the turns of phrase that crept in before. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const PHRASES: readonly (readonly [write: string, instead: RegExp])[] = [
  ['is not a …', /(?<!\bthere )\b(is|are) no (?!(longer|slower|faster|larger|smaller|more|less|fewer)\b)[a-z]/i],
  ['correct, or fix', /\bmend/i],
  ['omit, or remove', /\bleav(e|es|ing)\b[^.\n]{0,60}\baway\b/i],
  ['except for', /\bbut for (the|those|what)\b/i],
  ['belongs in', /\bbelongs? into\b/i],
];

const FILES = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'examples/sam/README.md', 'template.yaml'],
  ...filesIn('src', '.ts'),
  ...filesIn('docs', '.md'),
  ...filesIn('playground', '.ts'),
  ...filesIn('examples/sam/src', '.ts'),
];

function filesIn(folder: string, extension: string): readonly string[] {
  return readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(extension))
    .map((path) => `${folder}/${path}`);
}

it.each(PHRASES)('write "%s" rather than %s', (_, instead) => {
  const found = FILES.flatMap((path) =>
    readFileSync(root + path, 'utf8')
      .split('\n')
      .map((line, at) => [`${path}:${at + 1}`, line.trim()] as const)
      .filter(([, line]) => instead.test(line)),
  );
  expect(found).toEqual([]);
});
