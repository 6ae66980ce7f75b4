// The playground from its sources: the page's three files as text, and its server as a module to import.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Writes the server into `folder`, and nothing else. */
export async function buildPlayground(folder) {
  const outfile = join(folder, 'server.mjs');
  const common = { absWorkingDir: here, bundle: true, charset: 'utf8', logLevel: 'error' };
  const [script, style] = await Promise.all([
    build({ ...common, entryPoints: ['page/main.ts'], format: 'esm', target: 'es2022', write: false }),
    build({ ...common, entryPoints: ['style.css'], write: false }),
    build({ ...common, entryPoints: ['server/main.ts'], outfile, format: 'esm', platform: 'node', target: 'node20' }),
  ]);
  const { startPlayground } = await import(pathToFileURL(outfile).href);
  const html = readFileSync(join(here, 'index.html'), 'utf8');
  return { startPlayground, files: { html, script: textOf(script), style: textOf(style) } };
}

function textOf({ outputFiles: [file] }) {
  return file.text;
}
