// The fenced blocks of the documents. A block may be a file that later blocks of its page use: ```yaml [template.yaml].
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Bundled, as .ci/infra runs it, this file is elsewhere.
const root = fileURLToPath(new URL(process.env.LAMBDA_CORS_ROOT ?? '../..', import.meta.url));

/** README.md and every page of docs/, by path. */
export const PAGES = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((path) => `docs/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md') && !path.startsWith('docs/.vitepress/'))
    .sort(),
];

export function textOf(page) {
  return readFileSync(join(root, page), 'utf8');
}

/** @returns The blocks of a page in their order, each with its language ('' if it has none), its file, and where it is. */
export function blocksOf(page, text = textOf(page)) {
  const fences = /^( *)```([^\s`]*)(?: +\[([^\]\n]+)\])?[^\n`]*\n(.*?)^ *```$/gms;
  const found = [...text.matchAll(fences)];
  const ends = found.map((match) => match.index + match[0].length);
  return found.map(({ 1: indent = '', 2: language, 3: file, 4: inner, index }, at) => ({
    page,
    at,
    follows: at > 0 && text.slice(ends[at - 1], index).trim() === '',
    name: `${page}:${text.slice(0, index).split('\n').length}${file === undefined ? '' : ` ${file}`}`,
    language,
    file,
    text: inner.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** @returns The block of a page that is this file. */
export function blockOf(page, file) {
  const block = blocksOf(page).find((each) => each.file === file);
  if (block === undefined) throw new Error(`${page} has no ${file}`);
  return block;
}
