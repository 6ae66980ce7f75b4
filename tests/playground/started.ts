/** `npm start` as a person starts it: a process of its own, on ports that are free. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../scripts/start.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly pageUrl: string;
  readonly apiUrl: string;
  readonly tableUrl: string;
  /** As Ctrl-C does. */
  interrupt(): Promise<Ended>;
}

export async function startPlayground(): Promise<Started> {
  const { child, ended, output } = run('--port', '0', '--api-port', '0');
  await Promise.race([ended, until(child, () => output().includes('Ctrl-C'))]);
  const [pageUrl, apiUrl, tableUrl] = ['Page', 'API', 'Table'].map(
    (name) => new RegExp(`${name} +(\\S+)`).exec(output())?.[1],
  );
  if (pageUrl === undefined || apiUrl === undefined || tableUrl === undefined)
    throw new Error(`npm start failed: ${JSON.stringify(await ended)}`);
  return {
    pageUrl,
    apiUrl,
    tableUrl,
    interrupt() {
      child.kill('SIGINT');
      return ended;
    },
  };
}

/** Runs to the end. */
export function runToEnd(...args: readonly string[]): Promise<Ended> {
  return run(...args).ended;
}

function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, stdout, stderr }));
  return { child, ended, output: () => stdout };
}

function until({ stdout }: ChildProcess, ready: () => boolean): Promise<void> {
  return new Promise((resolve) => stdout?.on('data', () => ready() && resolve()));
}
