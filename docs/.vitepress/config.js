import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { rewriteLinks, slugify } from './links.js';
import { weightOf, wordsOf } from './search.js';
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
  // Only what is written as a link is one, as `https://app.example.com` in a message is not.
  markdown: {
    anchor: { slugify },
    config: rewriteLinks,
    linkify: false,
    // In the usual ones comments are pale.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  themeConfig: {
    sidebar: makeSidebar(docs),
    outline: [2, 3],
    search: {
      provider: 'local',
      options: { miniSearch: { searchOptions: { tokenize: wordsOf, boostDocument: weightOf } } },
    },
    externalLinkIcon: true,
  },
});
