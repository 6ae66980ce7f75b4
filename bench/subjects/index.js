import { fileURLToPath } from 'node:url';

// In the order of the tables. Each is a module so that it can also be bundled alone, for its bytes and its start.
const FILES = [
  'bare',
  'written-wrapper',
  'with-cors-static',
  'with-cors-list',
  'with-cors-pattern',
  'middy-bare',
  'with-cors-middy',
  'middy-ours',
  'middy-http-cors',
  'hono',
  'powertools',
  'lambda-api',
  'express',
];

/** The line that ratios are to. */
export const REFERENCE = 'written-wrapper';

export async function loadSubjects() {
  return Promise.all(
    FILES.map(async (id) => {
      const url = new URL(`./${id}.js`, import.meta.url);
      return { id, path: fileURLToPath(url), ...(await import(url.href)) };
    }),
  );
}
