import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { rewriteLinks, slugify } from './links.js';
import { makeSidebar } from './sidebar.js';

const docs = fileURLToPath(new URL('..', import.meta.url));

/** Everything is made and served here: no font, script or search service of another host. */
export default defineConfig({
  title: 'lambda-cors',
  description: 'CORS for AWS Lambda: one policy for every response, errors included',
  lang: 'en',
  cleanUrls: false,
  // GitHub shows the README.md of a folder; the site needs an index.html.
  rewrites: { ':folder/README.md': ':folder/index.md' },
  markdown: { anchor: { slugify }, config: rewriteLinks },
  themeConfig: {
    sidebar: makeSidebar(docs),
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [],
    externalLinkIcon: true,
  },
});
