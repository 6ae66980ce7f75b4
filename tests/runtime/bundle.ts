import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nodeMajor } from './client.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const FORMATS = [
  { format: 'esm', name: 'an ES module' },
  { format: 'cjs', name: 'CommonJS' },
] as const;

type Format = (typeof FORMATS)[number]['format'];

export interface Bundled {
  /** What would be deployed. */
  readonly folder: string;
  remove(): void;
}

/** Makes one file of each, as someone does who deploys it with SAM; `lambda-cors` is what src/ says. */
export async function bundle(files: readonly string[], format: Format): Promise<Bundled> {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-runtime-'));
  await build({
    absWorkingDir: root,
    entryPoints: [...files],
    outdir: folder,
    outExtension: { '.js': format === 'esm' ? '.mjs' : '.cjs' },
    alias: {
      'lambda-cors': `${root}src/index.ts`,
      'lambda-cors/middy': `${root}src/middy.ts`,
      'lambda-cors/streaming': `${root}src/streaming.ts`,
    },
    bundle: true,
    minify: true,
    sourcemap: true,
    platform: 'node',
    format,
    target: `node${nodeMajor}`,
    logLevel: 'error',
  });
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
