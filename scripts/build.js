// Builds dist/: ES modules that share what they have in common, the same again as CommonJS, and their types.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, buildSync, transformSync } from 'esbuild';
import { leaveOutPageTexts } from './leave-out-page-texts.js';
import { licencesOf } from './licences.js';
import { packSuffixes } from './pack-suffixes.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const [esm, cjs] = [`${root}dist/esm`, `${root}dist/cjs`];
const target = 'node20';
/** Above an error that nobody catches Node.js prints the line that threw it, and a page of code hides the message. */
const lineLimit = 200;
/** What a function loads, and what its developers use. */
const [RUNTIME, TOOLS] = [
  ['index', 'middy', 'streaming'],
  ['browser', 'gateway', 'infra'],
];
const DOORS = [...RUNTIME, ...TOOLS];

rmSync(`${root}dist`, { recursive: true, force: true });
const options = {
  absWorkingDir: root,
  outdir: esm,
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  target,
  charset: 'utf8',
  minify: true,
};
buildSync({
  ...options,
  lineLimit,
  entryPoints: RUNTIME.map((door) => `src/${door}.ts`),
  splitting: true,
  chunkNames: 'shared-[hash]',
});
// The tools share what they have in common, and nothing with the above: sharing would break up what a function loads when
// it starts. Their libraries are most of the package, so they are there once: the ES modules hand on what the CommonJS
// ones export.
const { metafile, outputFiles } = await build({
  ...options,
  entryPoints: TOOLS.map((door) => `src/${door}.ts`),
  splitting: true,
  chunkNames: 'tools-[hash]',
  external: ['node:*'],
  mainFields: ['module', 'main'],
  write: false,
  metafile: true,
  legalComments: 'eof',
  plugins: [packSuffixes, leaveOutPageTexts],
});

mkdirSync(cjs, { recursive: true });
for (const file of readdirSync(esm)) writeCommonJs(file, readFileSync(`${esm}/${file}`, 'utf8'));
for (const { path, text } of outputFiles) writeCommonJs(basename(path), text);
appendFileSync(`${cjs}/infra.js`, licencesOf(metafile));
for (const [path, { exports }] of Object.entries(metafile.outputs)) {
  const door = basename(path, '.js');
  if (TOOLS.includes(door))
    writeFileSync(`${esm}/${door}.js`, `export { ${exports.join(', ')} } from '../cjs/${door}.js';\n`);
}
writeFileSync(`${cjs}/package.json`, '{ "type": "commonjs" }\n');

const tsc = createRequire(import.meta.url)
  .resolve('typescript/package.json')
  .replace('package.json', 'bin/tsc');
for (const project of ['tsconfig.json', 'tsconfig.node.json']) {
  const emit = [
    '--noEmit',
    'false',
    '--declaration',
    '--emitDeclarationOnly',
    '--stripInternal',
    '--rootDir',
    `${root}src`,
  ];
  execFileSync(process.execPath, [tsc, '-p', `${root}${project}`, ...emit, '--outDir', cjs], { stdio: 'inherit' });
}
keepReachableTypes(DOORS.map((door) => `${cjs}/${door}.d.ts`));
// Types are the same for both, and an ES module may take them from CommonJS.
for (const door of DOORS) writeFileSync(`${esm}/${door}.d.ts`, `export * from '../cjs/${door}.js';\n`);
execFileSync(process.execPath, [`${root}scripts/build-cli.js`, `${root}dist/cli.js`], { stdio: 'inherit' });

function writeCommonJs(file, text) {
  const { code } = transformSync(text, {
    format: 'cjs',
    platform: 'node',
    target,
    charset: 'utf8',
    minify: true,
    // In infra the line ends would be kilobytes.
    lineLimit: file === 'infra.js' ? undefined : lineLimit,
  });
  writeFileSync(`${cjs}/${file}`, code);
}

/** Removes the declarations that no door leads to: those of the command, and those that need the types of Node.js. */
function keepReachableTypes(doors) {
  const reached = new Set(doors);
  for (const file of reached) {
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()['"](\.[^'"]+)\.js['"]/g)) {
      reached.add(resolve(dirname(file), `${name}.d.ts`));
    }
  }
  for (const path of readdirSync(cjs, { recursive: true })) {
    if (path.endsWith('.d.ts') && !reached.has(`${cjs}/${path}`)) rmSync(`${cjs}/${path}`);
  }
}
