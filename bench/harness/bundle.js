// Every subject as the one file that would be deployed, all made the same way.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}node_modules/.cache/lambda-cors-bench/`;

/** CommonJS peers call `require` for what is built into Node.js; an ES module has to be given one. */
const REQUIRE = `import{createRequire}from'node:module';const require=createRequire(import.meta.url);`;

/** Bundles the source text of an entry file, which stands in the root of the package. */
export async function bundle(source) {
  const { code } = await bundleWithParts(source);
  return code;
}

/** The same, with the bytes of each file in it. */
export async function bundleWithParts(source) {
  const made = await esbuild(source, undefined);
  return made.code.includes('Dynamic require of') ? esbuild(source, { js: REQUIRE }) : made;
}

async function esbuild(contents, banner) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    metafile: true,
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
  const [{ inputs }] = Object.values(metafile.outputs);
  const parts = Object.entries(inputs).map(([file, { bytesInOutput }]) => ({ file, bytes: bytesInOutput }));
  return { code: outputFiles[0].text, parts };
}

/** For an import. */
export const handlers = JSON.stringify(fileURLToPath(new URL('../subjects/handlers.js', import.meta.url)));

/** The entry file of a subject, around one of the handlers. */
export function entryOf({ path }, handler = 'getNote') {
  const imports = `import { ${handler} } from ${handlers}; import { configured } from ${JSON.stringify(path)};`;
  return `${imports} export const handler = configured(${handler});`;
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
