// `node scripts/build-cli.js <file>`: the command as one file, with the libraries that it uses and their licences.
import { appendFileSync, chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSync } from 'esbuild';

const root = new URL('..', import.meta.url).pathname;
const outfile = resolve(process.argv[2] ?? `${root}dist/cli.js`);
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

const { metafile } = buildSync({
  absWorkingDir: root,
  stdin: {
    contents: "import { main } from './src/cli.js'; await main(process.argv.slice(2));",
    resolveDir: root,
    sourcefile: 'lambda-cors.js',
  },
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
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

const libraries = new Set(
  Object.keys(metafile.inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
);
for (const library of [...libraries].sort()) {
  const folder = `${root}node_modules/${library}`;
  const licence = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (licence === undefined || !existsSync(`${folder}/${licence}`)) throw new Error(`${library} has no licence`);
  const text = readFileSync(`${folder}/${licence}`, 'utf8').trim().replaceAll('*/', '* /');
  appendFileSync(outfile, `\n/*!\nBundled: ${library}\n\n${text}\n*/\n`);
}
chmodSync(outfile, 0o755);
