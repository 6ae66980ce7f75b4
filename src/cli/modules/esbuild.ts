import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Esbuild from 'esbuild';
import { misuse } from '../input/misuse.js';

export type { BuildFailure, Message, Plugin } from 'esbuild';

/** What is used of it. */
export type Bundler = Pick<typeof Esbuild, 'build'>;

/** The esbuild of the project that a file is in, or else of the working directory; `undefined` where there is none. */
export async function findEsbuild(file: string): Promise<Bundler | undefined> {
  const path = [file, join(process.cwd(), 'package.json')].map(resolveFrom).find((each) => each !== undefined);
  if (path === undefined) return undefined;
  const { default: esbuild } = (await import(pathToFileURL(path).href)) as { readonly default?: Partial<Bundler> };
  if (typeof esbuild?.build === 'function') return esbuild as Bundler;
  throw misuse(`${path} is not esbuild as it is published; install it again: npm install --save-dev esbuild`);
}

function resolveFrom(file: string): string | undefined {
  try {
    return createRequire(file).resolve('esbuild');
  } catch {
    return undefined;
  }
}
