// Every subject as the one file that would be deployed, all made the same way.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = new URL('../..', import.meta.url).pathname;
const folder = `${root}node_modules/.cache/lambda-cors-bench/`;

/** CommonJS peers call `require` for what is built into Node.js; an ES module has to be given one. */
const REQUIRE = `import{createRequire}from'node:module';const require=createRequire(import.meta.url);`;

/** Bundles the source text of an entry file, which stands in the root of the package. */
export async function bundle(source, { minify = true } = {}) {
  const code = await esbuild(source, minify, undefined);
  return code.includes('Dynamic require of') ? esbuild(source, minify, { js: REQUIRE }) : code;
}

async function esbuild(contents, minify, banner) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    // Lambda brings the SDK; lambda-api only looks for it to send files.
    external: ['@aws-sdk/*'],
    legalComments: 'none',
    logLevel: 'error',
    ...(banner && { banner }),
  });
  return outputFiles[0].text;
}

/** The entry file of a subject. */
export function entryOf({ path }) {
  return `import { configured } from ${JSON.stringify(path)}; export const handler = configured();`;
}

export function sizeOf(code) {
  return { bytes: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).length };
}

export function save(name, code) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}`, code);
  return `${folder}${name}`;
}

export function clear() {
  rmSync(folder, { recursive: true, force: true });
}
