// `npm run api` writes api/, what each entry of the package exports; `npm run docs:api` writes docs/api, a page for each.
// Both are made of the declarations that `npm run build` leaves in dist/.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extract } from './api/extract.js';
import { makePages } from './api/pages.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const [what, folder = what] = process.argv.slice(2);
if (what !== 'api' && what !== 'docs/api') throw new Error('usage: node scripts/api.js api|docs/api [folder]');

const work = mkdtempSync(join(tmpdir(), 'lambda-cors-api-'));
try {
  const { reports, models } = extract(`${root}dist/cjs`, work);
  const files = what === 'api' ? reports : makePages(models, join(work, 'pages'));
  const target = resolve(root, folder);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(target, name), text);
} finally {
  rmSync(work, { recursive: true });
}
