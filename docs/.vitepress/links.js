// The same links and anchors work in the files, on GitHub and on the site.

const REPOSITORY = 'https://github.com/OWNER/lambda-cors/blob/main/';

/** The anchor of a heading, as GitHub makes it. */
export function slugify(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** A link of a page as the site needs it: to the index of a folder, or to the repository, whose other files it lacks. */
export function rewriteLink(href, page) {
  if (/^([a-z][a-z+.-]*:|#)/i.test(href)) return href;
  const [, file, anchor = ''] = /^([^#]*)(#.*)?$/.exec(href);
  const target = new URL(file, `https://site/docs/${page}`).pathname.slice(1);
  if (!target.startsWith('docs/')) return REPOSITORY + target + anchor;
  return file.replace(/(^|\/)README\.md$/, '$1index.md') + anchor;
}

/** Hands each link of a page to `rewriteLink`, before VitePress checks it. */
export function rewriteLinks(md) {
  md.core.ruler.push('rewrite-links', ({ tokens, env }) => {
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        const href = token.type === 'link_open' ? token.attrGet('href') : null;
        if (href !== null)
          token.attrSet('href', rewriteLink(href, env.relativePath.replace(/index\.md$/, 'README.md')));
      }
    }
  });
}
