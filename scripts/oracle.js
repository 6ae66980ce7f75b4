// `npm run oracle -- --cases 10000 --seed N`: compares src/browser/ with a real Chromium. The code is in tests/oracle/.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
// Inside the project, so that Node.js finds what is not bundled.
const outfile = `${root}node_modules/.cache/lambda-cors/oracle.js`;
mkdirSync(dirname(outfile), { recursive: true });
buildSync({
  entryPoints: [`${root}tests/oracle/main.ts`],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  target: 'node20',
  logLevel: 'warning',
});
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = await main(process.argv.slice(2));
