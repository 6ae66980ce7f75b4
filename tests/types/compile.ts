import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'tests/types');
const NOT_TYPES = ['compile.ts', 'types.test.ts'];

/** The files of this folder that are all about types. */
export const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && !NOT_TYPES.includes(name));

export function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/**
 * Compiles some of the files as `change` makes them, in a copy outside the checkout.
 * The answer is what the compiler says, by `file:line`.
 */
export function compile(
  files: readonly string[],
  change: (text: string) => string,
  compilerOptions: Readonly<Record<string, unknown>> = {},
): ReadonlyMap<string, string> {
  const copy = mkdtempSync(join(tmpdir(), 'lambda-cors-types-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    writeFileSync(join(copy, 'package.json'), '{ "type": "module" }');
    for (const name of files) writeFileSync(join(copy, name), change(read(name)).replaceAll("'../../", `'${root}`));
    const config = { extends: join(root, 'tests/tsconfig.json'), include: files, exclude: [], compilerOptions };
    writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(config));
    return errorsByLine(runCompiler(copy));
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function runCompiler(project: string): string {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], {
    cwd: project,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

/** Each error with the indented lines that explain it. */
function errorsByLine(output: string): ReadonlyMap<string, string> {
  const errors = new Map<string, string>();
  let place = '';
  for (const text of output.split('\n').filter(Boolean)) {
    const [, file, line] = /^(\S+)\((\d+),\d+\): error /.exec(text) ?? [];
    if (file !== undefined) place = `${file}:${line}`;
    errors.set(place, `${errors.get(place) ?? ''}${text}\n`);
  }
  return errors;
}
