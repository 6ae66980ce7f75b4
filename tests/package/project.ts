import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const root = fileURLToPath(new URL('../..', import.meta.url));
const NOT_COPIED = ['node_modules', '.git', 'dist', 'coverage'];

export interface Packed {
  readonly tarball: string;
  /** Every path in the tarball, sorted. */
  readonly files: readonly string[];
  /** Bytes, by path. */
  readonly sizes: ReadonlyMap<string, number>;
}

export function makeFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'lambda cors ')));
}

/** Packs the project as `npm publish` would, from a copy: others may be building in the checkout meanwhile. */
export async function packProject(folder: string): Promise<Packed> {
  const copy = join(folder, 'project');
  cpSync(root, copy, { recursive: true, filter: (path) => !NOT_COPIED.includes(basename(path)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const [packed] = JSON.parse(await npm(copy, 'pack', '--json', '--pack-destination', folder)) as [
    { readonly filename: string; readonly files: readonly { readonly path: string; readonly size: number }[] },
  ];
  const sizes = new Map(packed.files.map(({ path, size }) => [path, size]));
  return { tarball: join(folder, packed.filename), files: [...sizes.keys()].sort(), sizes };
}

/**
 * Copies a consumer out of the repository and installs the tarball in it, and nothing else from the registry.
 *
 * @param like The consumer that has the files which its own folder lacks.
 */
export async function installConsumer(folder: string, name: string, { tarball }: Packed, like = name): Promise<string> {
  const consumer = join(folder, name);
  for (const source of [like, name])
    cpSync(join(root, 'tests/package/consumers', source), consumer, { recursive: true });
  await npm(consumer, 'install', '--no-audit', '--no-fund', '--prefer-offline', '--no-save', tarball);
  return consumer;
}

/** Gives a consumer a package that this repository has, after its own installation. */
export function link(consumer: string, name: string): void {
  const path = join(consumer, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(root, 'node_modules', name), path);
}

/** Compiles a consumer with the compiler of this repository; fails with what the compiler says. */
export async function tsc(consumer: string, ...args: readonly string[]): Promise<string> {
  return node(consumer, join(root, 'node_modules/typescript/bin/tsc'), '--pretty', 'false', ...args);
}

/** Runs a command of this repository's node_modules/.bin. */
export async function bin(name: string, ...args: readonly string[]): Promise<string> {
  return output(root, join(root, 'node_modules/.bin', name), args);
}

export async function node(cwd: string, ...args: readonly string[]): Promise<string> {
  return output(cwd, process.execPath, args);
}

async function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  return output(cwd, 'npm', args);
}

async function output(cwd: string, command: string, args: readonly string[]): Promise<string> {
  try {
    return (await run(command, args, { cwd })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${[basename(command), ...args].join(' ')} failed in ${cwd}\n${stdout}${stderr}`, { cause: error });
  }
}
