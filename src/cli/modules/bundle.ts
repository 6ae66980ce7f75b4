import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { misuse } from '../input/misuse.js';
import { firstLine } from '../input/thrown.js';
import { type Format, pluginsFor } from './bundle-plugins.js';
import type { BuildFailure, Bundler, Message } from './esbuild.js';
import { loadModule, type Module } from './load-module.js';

/** A module of the user's. */
interface Place {
  readonly file: string;
  /** As the user would write it. */
  readonly shown: string;
}

interface Bundle {
  /** Everything that was read for it. */
  readonly files: readonly string[];
  /** Once. */
  readonly load: () => Promise<Module>;
}

/** A bundle that has to be in the other module format. */
const WANTS_ESM =
  /Top-level await is (currently )?not (supported|available)|"import\.meta" is not available|ERR_REQUIRE_(ESM|ASYNC_MODULE)|require\(\) (of ES Module|cannot be used on an ESM graph)/;

/** Each bundle is a file of its own: what Node.js has imported once, it does not look at again. */
let count = 0;

/** Bundles a module. Packages stay outside, so that each is loaded once, from where Node.js finds it. */
export async function bundle(esbuild: Bundler, place: Place): Promise<Bundle> {
  // So that stacks name the files of the user.
  process.setSourceMapsEnabled(true);
  const format = formatOf(place.file);
  const mayDiffer = format === 'cjs' && isUndecided(place.file);
  try {
    const { files, load } = await bundleAs(format, esbuild, place);
    return { files, load: () => load().catch(retry) };
  } catch (error) {
    return otherwise(error);
  }

  function otherwise(error: unknown): Promise<Bundle> {
    if (mayDiffer && WANTS_ESM.test(textOf(error))) return bundleAs('esm', esbuild, place);
    throw error;
  }
  async function retry(error: unknown): Promise<Module> {
    return (await otherwise(error)).load();
  }
}

async function bundleAs(format: Format, esbuild: Bundler, place: Place): Promise<Bundle> {
  count += 1;
  const outfile = join(folderFor(place.file), `${process.pid}-${count}.${format === 'esm' ? 'mjs' : 'cjs'}`);
  function remove(): void {
    process.off('exit', remove);
    rmSync(outfile, { force: true });
  }
  // An import may never end.
  process.once('exit', remove);
  try {
    const files = await build(format, esbuild, place, outfile);
    return { files, load: () => loadModule(outfile, place.shown).finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** @returns The files that went into it. */
async function build(
  format: Format,
  esbuild: Bundler,
  { file, shown }: Place,
  outfile: string,
): Promise<readonly string[]> {
  try {
    const { metafile, warnings } = await esbuild.build({
      entryPoints: [file],
      outfile,
      bundle: true,
      platform: 'node',
      target: `node${process.versions.node.split('.', 1)[0]}`,
      format,
      keepNames: true,
      charset: 'utf8',
      sourcemap: 'inline',
      sourcesContent: false,
      metafile: true,
      logLevel: 'silent',
      ...pluginsFor(format, file),
    });
    const wrong = warnings.find(({ text }) => format === 'cjs' && isUndecided(file) && WANTS_ESM.test(text));
    if (wrong !== undefined) throw new Error(wrong.text);
    return Object.keys(metafile.inputs).map((path) => resolve(path));
  } catch (error) {
    const { errors = [] } = error as Partial<BuildFailure>;
    if (errors.length === 0) throw misuse(`esbuild cannot bundle ${shown}: ${firstLine(error)}`);
    throw misuse(`${shown} cannot be bundled:`, errors.slice(0, 10).map(lineOf));
  }
}

/** `src/notes.ts:3:7: Expected ";" but found "x"` */
function lineOf({ text, location }: Message): string {
  if (location === null) return text;
  const { file, line, column } = location;
  return `${relative(process.cwd(), resolve(file))}:${line}:${column + 1}: ${text}`;
}

function textOf(error: unknown): string {
  const { message, issues = [] } = error as { readonly message?: unknown; readonly issues?: readonly string[] };
  return [String(message), ...issues].join('\n');
}

/** Without "type" in package.json, it may be meant for either format; Node.js decides by its syntax too. */
function isUndecided(file: string): boolean {
  return /^\.[jt]sx?$/.test(extname(file));
}

/** As Node.js and Lambda decide it. */
function formatOf(file: string): Format {
  const extension = extname(file);
  if (extension === '.mjs' || extension === '.mts') return 'esm';
  if (extension === '.cjs' || extension === '.cts') return 'cjs';
  const manifest = above(file, 'package.json').find(existsSync);
  return manifest !== undefined && typeIn(manifest) === 'module' ? 'esm' : 'cjs';
}

function typeIn(manifest: string): unknown {
  try {
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly type?: unknown } | null)?.type;
  } catch {
    return undefined;
  }
}

/** Where Node.js looks for the same packages as from the module's file. */
function folderFor(file: string): string {
  const packages = above(file, 'node_modules').find(existsSync);
  const folder = join(packages ?? tmpdir(), packages === undefined ? 'lambda-cors' : '.cache/lambda-cors');
  try {
    mkdirSync(folder, { recursive: true });
    // Node.js reads places in the source map from there, and a folder of packages may be a link.
    return realpathSync(folder);
  } catch (error) {
    throw misuse(`${folder} cannot be made, and the bundle goes there: ${firstLine(error)}; make it writable`);
  }
}

/** A name in the folder of a file and in each folder above it. */
export function above(file: string, name: string): readonly string[] {
  const folder = dirname(file);
  const here = join(folder, name);
  return dirname(folder) === folder ? [here] : [here, ...above(folder, name)];
}
