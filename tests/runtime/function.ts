// A function as Lambda runs it: a process of its own, with the runtime client, the environment and the flags of Lambda.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { client, nodeMajor } from './client.js';
import { type Outcome, type RuntimeError, startRuntimeApi, TIMEOUT_MS } from './runtime-api.js';

export interface LambdaFunction {
  /** Rejects when the process ends before it has answered, as it must when it takes too long. */
  invoke(event: unknown): Promise<Outcome>;
  /** Rejects when the process ends without one. */
  readonly initError: Promise<RuntimeError>;
  /** The exit code, `null` after a signal. */
  readonly exit: Promise<number | null>;
  /** Ends the process and answers the lines that it has logged. */
  stop(): Promise<readonly string[]>;
}

/** What Lambda switches off: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html */
const FLAGS = nodeMajor === 22 ? ['--no-experimental-require-module', '--no-experimental-detect-module'] : [];

/** Starts what a file in the folder exports: `index.handler` is `handler` of index.js, index.mjs or index.cjs. */
export async function startFunction(
  folder: string,
  handler: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<LambdaFunction> {
  const api = await startRuntimeApi();
  const child = spawn(process.execPath, [...FLAGS, client.path, handler], {
    cwd: folder,
    env: {
      ...(process.env.PATH && { PATH: process.env.PATH }),
      TZ: ':UTC',
      AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${nodeMajor}.x`,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_NAME: 'notes',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/notes',
      AWS_LAMBDA_LOG_STREAM_NAME: '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
      AWS_LAMBDA_RUNTIME_API: api.address,
      AWS_REGION: 'eu-central-1',
      LAMBDA_TASK_ROOT: folder,
      _HANDLER: handler,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const closed = once(child, 'close') as Promise<[code: number | null]>;
  const exit = closed.then(([code]) => code);

  async function orEnd<Value>(promise: Promise<Value>): Promise<Value> {
    const ended = exit.then((code) => Promise.reject(new Error(`the function ended with status ${code}\n${log}`)));
    return Promise.race([promise, ended]);
  }
  const initError = orEnd(api.initError);
  // Nobody has to wait for it.
  initError.catch(() => {});

  return {
    async invoke(event) {
      const timeout = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
      try {
        return await orEnd(api.invoke(event));
      } finally {
        clearTimeout(timeout);
      }
    },
    initError,
    exit,
    async stop() {
      child.kill('SIGKILL');
      await closed;
      await api.close();
      // On Lambda the function is started by another script than client 3 has, which says so.
      return log.split('\n').filter((line) => line !== '' && !line.startsWith(`Executing '${handler}'`));
    },
  };
}
