// The pages of docs/api: what API Documenter writes, a page for each name and each member of it, as one page for an entry.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DOORS } from './extract.js';
import { listsOf } from './lists.js';

const documenter = join(
  dirname(createRequire(import.meta.url).resolve('@microsoft/api-documenter/package.json')),
  'bin/api-documenter',
);

/**
 * @param {string} models The folder of what API Extractor has found.
 * @param {string} pages A folder for what API Documenter writes.
 * @returns The text of each page by its file name.
 */
export function makePages(models, pages) {
  execFileSync(process.execPath, [documenter, 'markdown', '-i', models, '-o', pages], { stdio: 'pipe' });
  const names = readdirSync(pages);
  const made = DOORS.map(({ door, name }) => [`${name}.md`, pageOf(door, name)]);
  return [['README.md', contents()], ...made];

  function pageOf(door, page) {
    const { intro, lists } = overviewOf(read(`${page}.md`));
    const items = names.filter((name) => new RegExp(`^${page}\\.[^.]+\\.md$`).test(name));
    const order = (name) => lists.indexOf(`(#${anchorOf(name)})`);
    const sections = items.sort((one, other) => order(one) - order(other)).map(sectionOf);
    return `# \`${door}\`\n\n${intro}\n\n${lists}\n\n${sections.join('\n\n')}\n\n${MADE}\n`;
  }

  function sectionOf(name) {
    const [heading, ...rest] = read(name).split('\n');
    const [, title] = /^## (.+?) (?:class|function|interface|type|variable)$/.exec(heading) ?? [];
    if (title === undefined) throw new Error(`${name} begins with ${heading}`);
    const body = rest
      .join('\n')
      .replace(/^\*\*Signature:\*\*\n\n/m, '')
      // What follows says more than these do.
      .replace(/^```ts\nexport (?:interface|declare class) [^\n]*\n```\n/m, '')
      .replace(/^export (?:declare (?=function|const)|(?=type))/gm, '')
      .replace(/^## Exceptions$/m, '## Throws')
      .replace(/^\*\*Returns:\*\*\n+/m, '\n**Returns:** ')
      .replace(/^\*\*References:\*\* .*\n\n/m, '')
      .replace(/^#+ (.+)$/gm, '**$1**');
    return `## ${title}\n\n${tidy(body)}`;
  }

  function read(name) {
    const text = textOf(name)
      .replace(/^<!-- Do not edit.*?-->\n\n\[Home\].*?\n\n/s, '')
      .replaceAll('<!-- -->', '')
      .replaceAll('```typescript', '```ts');
    return listsOf(text, examplesOf).replace(
      /(?<!\\)\[((?:\\.|[^\]\\])+)\]\(\.\/([\w.-]+)\.md\)/g,
      (_, label, target) => (target.split('.').length === 2 ? `[${label}](#${anchorOf(`${target}.md`)})` : label),
    );
  }

  function textOf(name) {
    return readFileSync(join(pages, name), 'utf8').replaceAll('\r\n', '\n');
  }

  /** The examples of a member, which the page of what it belongs to lacks. */
  function examplesOf(member) {
    if (!names.includes(member)) return '';
    const text = textOf(member);
    const [, example = ''] = /^## Example\n\n(.*)$/ms.exec(text) ?? [];
    return example.replaceAll('```typescript', '```ts').trim();
  }
}

/** `middy.corsoptions.md` has the heading `CorsOptions`. */
function anchorOf(name) {
  return name.split('.')[1];
}

function overviewOf(text) {
  const [intro = '', ...lists] = text.replace(/^## .* package\n/, '').split(/^(?=## )/m);
  // The first paragraph of each: the rest follows below.
  const short = lists
    .join('')
    .replace(/^ {2}.*\n/gm, '')
    .replace(/^(- .*\n)\n+(?=- )/gm, '$1');
  return { intro: tidy(intro), lists: tidy(short.replace(/^## (.+)$/gm, '**$1**')) };
}

function tidy(text) {
  return text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const MADE = 'This page is made by `npm run docs:api`, of what the sources say.';

function contents() {
  const links = DOORS.map(({ door, name }) => `- [\`${door}\`](${name}.md)`);
  return `# What the package exports\n\nA page for each entry, with every name that it exports.\n\n${links.join('\n')}\n\n${MADE}\n`;
}
