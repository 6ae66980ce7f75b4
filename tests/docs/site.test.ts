/** The site, built as `npm run docs:build` does: nothing of it is missing, leads nowhere, or comes from another host. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSidebar } from '../../docs/.vitepress/sidebar.js';
import { launchChromium } from '../oracle/browsers/chromium.js';
import { PAGES, textOf } from './blocks.js';
import { root } from './pages.js';
import { serveSite } from './site-server.js';

const site = mkdtempSync(join(tmpdir(), 'lambda-cors-site-'));
const files: string[] = [];

const chromium = await launchChromium('MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');
const browser = 'attempts' in chromium ? undefined : chromium;
if ('attempts' in chromium) console.warn(`!!! NO CHROMIUM CAN START: ${chromium.attempts.join('; ')}`);

beforeAll(() => {
  const vitepress = join(root, 'node_modules/vitepress/bin/vitepress.js');
  execFileSync(process.execPath, [vitepress, 'build', 'docs', '--outDir', site], { cwd: root, stdio: 'pipe' });
  files.push(...readdirSync(site, { recursive: true, encoding: 'utf8' }));
});
afterAll(async () => {
  rmSync(site, { recursive: true });
  await browser?.close();
});

const pages = PAGES.filter((page) => page.startsWith('docs/')).map((page) =>
  page.replace('docs/', '').replace('README.md', 'index.md').replace('.md', '.html'),
);

function read(file: string): string {
  return readFileSync(join(site, file), 'utf8');
}

it('has every page of docs/', () => {
  expect(files.filter((file) => file.endsWith('.html') && file !== '404.html').sort()).toEqual([...pages].sort());
});

it('has every page in the sidebar, once', () => {
  const groups: readonly { readonly items: readonly { readonly link: string }[] }[] = makeSidebar(join(root, 'docs'));
  const links = groups.flatMap(({ items }) => items.map(({ link }) => link));
  const wanted = pages.map((page) => `/${page.replace(/(index)?\.html$/, '')}`);
  expect([...links].sort()).toEqual([...wanted].sort());
});

it('has no link, and no anchor, that leads nowhere', () => {
  const dead = pages.flatMap((page) =>
    [...read(page).matchAll(/<a [^>]*?href="([^"]+)"/g)]
      .map(([, href = '']) => href)
      .filter((href) => isDead(page, href))
      .map((href) => `${page} ${href}`),
  );
  expect(dead).toEqual([]);
});

function isDead(page: string, href: string): boolean {
  if (/^[a-z]+:/i.test(href)) return false;
  const [path = '', anchor] = decodeURI(href).split('#');
  const target = path === '' ? page : targetOf(page, path);
  if (!existsSync(join(site, target))) return true;
  return Boolean(anchor) && !read(target).includes(`id="${anchor}"`);
}

function targetOf(page: string, path: string): string {
  const absolute = path.startsWith('/') ? path.slice(1) : join(dirname(page), path);
  return absolute === '' || absolute.endsWith('/') ? `${absolute}index.html` : absolute;
}

it('loads nothing from another host', () => {
  const loads = /<(?:script|link|img|iframe)[^>]*?(?:src|href)="(?:https?:)?\/\/|url\(["']?(?:https?:)?\/\/|@import\s/;
  expect(files.filter((file) => /\.(html|css)$/.test(file) && loads.test(read(file)))).toEqual([]);
  const fonts = files.filter((file) => /\.(woff2?|ttf)$/.test(file));
  expect(fonts).toEqual([]);
});

describe.skipIf(browser === undefined)('in Chromium, without a network', () => {
  it.each([1280, 390])('fits into %i px, and searches', async (width) => {
    const server = await serveSite(site);
    const context = await (browser as Browser).newContext({ viewport: { width, height: 900 } });
    try {
      const page = await context.newPage();
      const [problems, elsewhere]: [string[], string[]] = [[], []];
      page.on('pageerror', ({ message }) => problems.push(message));
      page.on('request', (request) => request.url().startsWith(server.url) || elsewhere.push(request.url()));
      for (const path of [
        'index.html',
        'policy.html',
        'security.html',
        'troubleshooting.html',
        'recipes/index.html',
        'recipes/terraform.html',
        'lint/LC212.html',
      ]) {
        await page.goto(server.url + path);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
        // A wider table scrolls; one of three columns is read without.
        const hidden = await page
          .locator('.vp-doc table:not(:has(th:nth-child(4)))')
          .evaluateAll((all) => all.filter((table) => table.scrollWidth > table.clientWidth).length);
        expect([path, hidden]).toEqual([path, 0]);
      }
      await page.getByRole('button', { name: 'Search' }).first().click();
      await page.getByPlaceholder('Search').fill('dangerouslyAllowInsecureOrigins');
      await page.locator('.result').first().click();
      await page.waitForURL(/policy\.html/);
      expect([problems, elsewhere, server.missing]).toEqual([[], [], []]);
    } finally {
      await context.close();
      server.close();
    }
  });
});

describe.skipIf(browser === undefined)('has text, code included, that can be told from what is behind it,', () => {
  it.each(['light', 'dark'] as const)('in %s colours', async (colorScheme) => {
    const server = await serveSite(site);
    const context = await (browser as Browser).newContext({ colorScheme });
    try {
      const page = await context.newPage();
      for (const path of ['command.html', 'recipes/sam.html', 'lint/LC214.html', 'troubleshooting.html']) {
        await page.goto(server.url + path);
        await page.evaluate(axe.source);
        const faint = await page.evaluate(
          "axe.run({ runOnly: 'color-contrast' }).then(({ violations }) => violations.flatMap(({ nodes }) => nodes.map(({ html }) => html)))",
        );
        expect([path, faint]).toEqual([path, []]);
      }
    } finally {
      await context.close();
      server.close();
    }
  });
});

describe.skipIf(browser === undefined)('finds the sentence of a console, pasted with its URLs:', () => {
  const [api, app] = ['https://a1b2.execute-api.eu-west-1.amazonaws.com/prod/notes', 'https://shop.example.com'];
  it.each([
    [
      `Access to fetch at '${api}' from origin '${app}' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: It does not have HTTP ok status.`,
      'it-does-not-have-http-ok-status',
    ],
    [
      `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${api}. (Reason: Did not find method in CORS header ‘Access-Control-Allow-Methods’).`,
      'method-is-not-allowed',
    ],
    [`Origin ${app} is not allowed by Access-Control-Allow-Origin. Status code: 403`, 'no-access-control-allow-origin'],
  ])('%s', async (sentence, section) => {
    const server = await serveSite(site);
    const context = await (browser as Browser).newContext();
    try {
      const page = await context.newPage();
      await page.goto(server.url);
      await page.getByRole('button', { name: 'Search' }).first().click();
      await page.getByPlaceholder('Search').fill(sentence);
      await page.locator('.result').nth(2).waitFor();
      const links = await page.locator('.result').evaluateAll((all) => all.map((each) => each.getAttribute('href')));
      expect(links.slice(0, 3)).toContainEqual(expect.stringContaining(`/troubleshooting.html#${section}`));
    } finally {
      await context.close();
      server.close();
    }
  });
});

it('finds every page by its heading, without a network', () => {
  const index = files
    .filter((file) => /localSearchIndex.*\.js$/.test(file))
    .map(read)
    .join('');
  const headings = PAGES.filter((page) => page.startsWith('docs/')).map((page) => {
    const [, heading = ''] = /^# (.+)$/m.exec(textOf(page)) ?? [];
    return heading.replace(/[`\\]/g, '');
  });
  expect(headings.filter((heading) => !index.includes(heading.replaceAll('"', '\\"')))).toEqual([]);
});
