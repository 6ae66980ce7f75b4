/** The programs that the real parts are made of, in a folder that .ci/infra has filled. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Tools {
  readonly python: string;
  readonly cfnLint: string;
  /** A folder with `node_modules`: aws-cdk-lib, osls, @cdktf/hcl2json. */
  readonly npm: string;
  /** A folder of jars for each version of Velocity. */
  readonly velocity: Readonly<Record<string, string>>;
}

export const ROOT = fileURLToPath(new URL(process.env.LAMBDA_CORS_ROOT ?? '../../../', import.meta.url));

export function toolsIn(folder: string): Tools {
  return {
    python: join(folder, 'python/bin/python'),
    cfnLint: join(folder, 'python/bin/cfn-lint'),
    npm: join(folder, 'npm'),
    velocity: { '1.7': join(folder, 'velocity-1.7'), '2.4.1': join(folder, 'velocity-2.4.1') },
  };
}

export interface Ran {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
): Promise<Ran> {
  const { cwd, env = {}, input } = options;
  return new Promise((resolve) => {
    const child = execFile(
      command,
      [...args],
      { ...(cwd !== undefined && { cwd }), env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => resolve({ ok: error === null, stdout, stderr: stderr || (error?.message ?? '') }),
    );
    // A program that ends without reading its input says in its status how it went.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input ?? '');
  });
}
