import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { installAwslambda } from '../../src/gateway.js';
import { root } from './pages.js';

const DOORS = ['middy', 'streaming', 'browser', 'infra', 'gateway'];

/**
 * Imports an example, with the sources of this package in place of the package.
 *
 * @param query What makes an import another one, for an example that reads its environment when it loads.
 */
export async function importExample(file: string, query = ''): Promise<Readonly<Record<string, unknown>>> {
  // What Middy's streaming mode asks for when a handler is made.
  installAwslambda();
  const outfile = file.replace(/\.\w+$/, '.run.mjs');
  buildSync({
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    packages: 'external',
    // Those of NestJS.
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
    alias: {
      'lambda-cors': join(root, 'src/index.ts'),
      ...Object.fromEntries(DOORS.map((door) => [`lambda-cors/${door}`, join(root, `src/${door}.ts`)])),
    },
  });
  return import(pathToFileURL(outfile).href + query);
}
