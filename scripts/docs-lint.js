// `npm run docs:lint` writes docs/lint, a page for each rule of `lambda-cors lint`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { makePages } from './docs-lint/pages.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-docs-'));
const outfile = join(folder, 'lint.cjs');
buildSync({
  absWorkingDir: root,
  stdin: {
    contents: "export { lint } from './src/infra/lint.js'; export { RULES } from './src/infra/rules/all.js';",
    resolveDir: root,
  },
  outfile,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  mainFields: ['module', 'main'],
});
try {
  const { lint, RULES } = createRequire(import.meta.url)(outfile);
  rmSync(`${root}docs/lint`, { recursive: true, force: true });
  mkdirSync(`${root}docs/lint`, { recursive: true });
  for (const [name, text] of makePages(RULES, lint)) writeFileSync(`${root}docs/lint/${name}`, text);
} finally {
  rmSync(folder, { recursive: true });
}
