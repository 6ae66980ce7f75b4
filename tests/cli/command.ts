/** The command as users run it: bundled, in a process of its own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Command {
  /** The bundle. */
  readonly path: string;
  /** Where it runs. */
  readonly folder: string;
  write(path: string, content: string): void;
  run(...args: readonly string[]): Promise<Outcome>;
  start(...args: readonly string[]): ChildProcess;
}

/** Built once per file of tests, outside of dist/: others may be building there. */
export function useCommand(): Command {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lambda-cors-cli-')));
  const built = join(folder, 'built/cli.js');
  beforeAll(() => {
    execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/build-cli.js', import.meta.url)), built]);
    writeFileSync(join(folder, 'built/package.json'), '{ "type": "module" }');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  // What makes other programs print colours although nobody looks.
  const { NO_COLOR, FORCE_COLOR, ...inherited } = process.env;
  const env = { ...inherited, CI: '1', TERM: 'xterm-256color' };

  function start(...args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [built, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  }
  return {
    path: built,
    folder,
    start,
    run: (...args) => outcomeOf(start(...args)),
    write(path, content) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    },
  };
}

export async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, stdout, stderr };
}

/** What a terminal would obey, or show as something that it is not. */
export const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Cf}]/u;

export function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
