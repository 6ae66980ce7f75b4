// `node scripts/build-cli.js <file>`: bundles the command into one file, with its libraries and their licences.
import { appendFileSync, chmodSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { licencesOf } from './licences.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const outfile = resolve(process.argv[2] ?? `${root}dist/cli.js`);
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

const { metafile } = buildSync({
  absWorkingDir: root,
  stdin: {
    contents: "import { main } from './src/cli.js'; main(process.argv.slice(2));",
    resolveDir: root,
    sourcefile: 'lambda-cors.js',
  },
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  // An optional peer, for enable alone.
  external: ['@aws-sdk/client-api-gateway'],
  // jsonc-parser's main file requires by names that no bundler sees.
  mainFields: ['module', 'main'],
  target: 'node20',
  charset: 'utf8',
  metafile: true,
  legalComments: 'eof',
  define: { LAMBDA_CORS_VERSION: JSON.stringify(version) },
  banner: {
    // What is CommonJS among the libraries requires the modules of Node.js.
    js: `#!/usr/bin/env node
import { createRequire as lambdaCorsCreateRequire } from 'node:module';
const require = lambdaCorsCreateRequire(import.meta.url);`,
  },
});

appendFileSync(outfile, licencesOf(metafile));
chmodSync(outfile, 0o755);
