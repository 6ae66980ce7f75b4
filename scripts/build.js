// Builds dist/: ES modules that share what they have in common, the same again as CommonJS, and their types.
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync, transformSync } from 'esbuild';
import { licencesOf } from './licences.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const [esm, cjs] = [`${root}dist/esm`, `${root}dist/cjs`];
const target = 'node20';

rmSync(`${root}dist`, { recursive: true, force: true });
const options = {
  absWorkingDir: root,
  outdir: esm,
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target,
  charset: 'utf8',
};
buildSync({
  ...options,
  entryPoints: ['src/index.ts', 'src/middy.ts', 'src/streaming.ts'],
  splitting: true,
  chunkNames: 'shared-[hash]',
});
// Each with all that it needs: sharing would break up what a function loads when it starts.
buildSync({ ...options, entryPoints: ['src/browser.ts', 'src/gateway.ts'], external: ['node:*'] });
// The only one with libraries in it.
const { metafile } = buildSync({
  ...options,
  entryPoints: ['src/infra.ts'],
  mainFields: ['module', 'main'],
  metafile: true,
  legalComments: 'eof',
});
const licences = licencesOf(metafile);

mkdirSync(cjs, { recursive: true });
for (const file of readdirSync(esm)) {
  const { code } = transformSync(readFileSync(`${esm}/${file}`, 'utf8'), { format: 'cjs', platform: 'node', target });
  writeFileSync(`${cjs}/${file}`, code);
}
for (const folder of [esm, cjs]) appendFileSync(`${folder}/infra.js`, licences);
writeFileSync(`${cjs}/package.json`, '{ "type": "commonjs" }\n');

const tsc = createRequire(import.meta.url)
  .resolve('typescript/package.json')
  .replace('package.json', 'bin/tsc');
for (const project of ['tsconfig.json', 'tsconfig.node.json']) {
  const emit = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--rootDir', `${root}src`];
  execFileSync(process.execPath, [tsc, '-p', `${root}${project}`, ...emit, '--outDir', esm], { stdio: 'inherit' });
}
keepReachableTypes(['index', 'middy', 'streaming', 'browser', 'gateway', 'infra'].map((door) => `${esm}/${door}.d.ts`));
cpSync(esm, cjs, { recursive: true, filter: (path) => !path.endsWith('.js') });
execFileSync(process.execPath, [`${root}scripts/build-cli.js`, `${root}dist/cli.js`], { stdio: 'inherit' });

/** Removes the declarations that no door leads to: those of the command, and those that need the types of Node.js. */
function keepReachableTypes(doors) {
  const reached = new Set(doors);
  for (const file of reached) {
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)\.js['"]/g)) {
      reached.add(resolve(dirname(file), `${name}.d.ts`));
    }
  }
  for (const path of readdirSync(esm, { recursive: true })) {
    if (path.endsWith('.d.ts') && !reached.has(`${esm}/${path}`)) rmSync(`${esm}/${path}`);
  }
}
