/** Links between the documents lead to files and headings that exist. `tests/docs/site.test.ts` follows those of the site. */
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { slugify } from '../docs/.vitepress/links.js';
import { PAGES, textOf } from './docs/blocks.js';
import { root } from './docs/pages.js';

const DOCUMENTS = ['CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'examples/sam/README.md', ...PAGES];

/** A text without fenced blocks, which may have anything in them. */
function proseOf(text: string): string {
  return text.replace(/^ *```.*?^ *```/gms, '');
}

/** The anchors of a document's headings, as GitHub and the site make them: of two that are the same, the second gets a number. */
function anchorsOf(path: string): ReadonlySet<string> {
  const headings = [...proseOf(textOf(path)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slugify(heading));
  return new Set(
    headings.map((slug, at) => {
      const before = headings.slice(0, at).filter((each) => each === slug).length;
      return before === 0 ? slug : `${slug}-${before}`;
    }),
  );
}

function deadLinksOf(path: string, text = textOf(path)): readonly string[] {
  const links = [...proseOf(text).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : relative(root, join(root, dirname(path), file));
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && !anchorsOf(target).has(anchor);
  });
}

it.each(DOCUMENTS)('%s', (path) => {
  expect(deadLinksOf(path)).toEqual([]);
});

it('sees a link that leads nowhere', () => {
  const links = '[a](policy.md#origins) [b](nothing.md) [c](policy.md#nothing) [d](#nothing) [e](https://example.com)';
  expect(deadLinksOf('docs/errors.md', links)).toEqual(['nothing.md', 'policy.md#nothing', '#nothing']);
});

it('README.md has at most 150 lines', () => {
  expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});
