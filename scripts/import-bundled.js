import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundles TypeScript of tests/, and imports it. @param path From the root of the project, such as `tests/oracle/main.ts`. */
export async function importBundled(path) {
  // Inside the project, so that Node.js finds what is not bundled.
  const outfile = `${root}node_modules/.cache/lambda-cors/${path.replaceAll('/', '-').replace(/\.ts$/, '.js')}`;
  mkdirSync(dirname(outfile), { recursive: true });
  buildSync({
    entryPoints: [root + path],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    target: 'node20',
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
