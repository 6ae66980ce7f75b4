// `node scripts/test-infra.js FOLDER`: what `generate` writes, given to the tools that it is for, which .ci/infra has put
// into FOLDER. To be run where nobody else is on the network: LocalStack listens on every address.
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

const root = new URL('..', import.meta.url);
// Inside of the project, so that what is not bundled is found.
const outfile = fileURLToPath(new URL('node_modules/.cache/lambda-cors/infra.js', root));
mkdirSync(dirname(outfile), { recursive: true });
buildSync({
  entryPoints: [fileURLToPath(new URL('tests/infra/real/main.ts', root))],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  target: 'node20',
  logLevel: 'warning',
});
process.env.LAMBDA_CORS_ROOT = root.href;
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = (await main(process.argv[2])) ? 0 : 1;
