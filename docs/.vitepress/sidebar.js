// The sidebar, made of the pages that there are. A page's first heading is its name.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const RECIPES = ['sam', 'cdk', 'serverless', 'terraform', 'alb', 'cloudfront'];

/** Groups of pages, in the order of someone who starts. `folder/*` is every page of the folder, by name. */
const GROUPS = [
  ['Start', ['index.md', 'getting-started.md', 'troubleshooting.md', 'migrating.md']],
  ['In the function', ['policy.md', 'errors.md', 'middy.md', 'streaming.md', 'frameworks.md', 'tenants.md']],
  ['In front of the function', ['recipes/README.md', ...RECIPES.map((name) => `recipes/${name}.md`)]],
  [
    'Tests and tools',
    ['testing.md', 'gateway.md', 'command.md', 'generate.md', 'enable.md', 'recipes/github-action.md'],
  ],
  ['Lint rules', ['lint/README.md', 'lint/*']],
  ['Reference', ['api/README.md', 'api/*', 'security.md', 'performance.md']],
  ['How it is made', ['contributing-tools.md', 'mutation.md', 'decisions/README.md', 'decisions/*']],
];

/** @returns {{ text: string, collapsed?: boolean, items: { text: string, link: string }[] }[]} */
export function makeSidebar(docs) {
  return GROUPS.map(([text, pages]) => {
    const items = pages.flatMap((page) => expand(docs, page)).map((page) => itemOf(docs, page));
    return { text, items, ...(items.length > 12 && { collapsed: true }) };
  }).filter(({ items }) => items.length > 0);
}

function expand(docs, page) {
  if (!page.endsWith('/*')) return existsSync(join(docs, page)) ? [page] : [];
  const folder = page.slice(0, -2);
  if (!existsSync(join(docs, folder))) return [];
  const names = readdirSync(join(docs, folder)).filter((name) => name.endsWith('.md') && name !== 'README.md');
  return names.sort().map((name) => `${folder}/${name}`);
}

function itemOf(docs, page) {
  const [, heading] = /^# (.+)$/m.exec(readFileSync(join(docs, page), 'utf8')) ?? [];
  if (heading === undefined) throw new Error(`docs/${page} has no heading`);
  const text = heading.replace(/[`\\]/g, '');
  return {
    text,
    link: `/${page
      .replace(/README\.md$/, '')
      .replace(/index\.md$/, '')
      .replace(/\.md$/, '')}`,
  };
}
