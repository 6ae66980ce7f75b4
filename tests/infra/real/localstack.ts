/**
 * LocalStack as a process of this machine, without a container. It listens on every address, so start it in a network
 * namespace of its own, as scripts/test-infra.js does.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const URL_OF_IT = 'http://127.0.0.1:4566';
const SERVICES = 'apigateway,cloudformation,lambda,iam,sts,s3,ssm';

export interface LocalStack {
  /** Where it answers, for an AWS client's endpoint. */
  readonly url: string;
  /** Where a deployed stage of a REST API answers. */
  readonly stageUrl: (apiId: string, stage: string) => string;
  /** One call of the API Gateway API: `rest('POST', '/restapis', { name })`. */
  readonly rest: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** One call of the CloudFormation API; the answer is XML. */
  readonly cloudFormation: (action: string, parameters: Readonly<Record<string, string>>) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** @param python An interpreter that has LocalStack. */
export async function startLocalStack(python: string): Promise<LocalStack> {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-localstack-'));
  const log = join(folder, 'localstack.log');
  const child = spawn(python, ['-m', 'localstack.runtime.main'], {
    cwd: folder,
    env: {
      ...process.env,
      HOME: folder,
      FILESYSTEM_ROOT: folder,
      SERVICES,
      DISABLE_EVENTS: '1',
      SKIP_SSL_CERT_DOWNLOAD: '1',
      DNS_ADDRESS: '0',
      GATEWAY_LISTEN: '127.0.0.1:4566',
      LOCALSTACK_HOST: '127.0.0.1:4566',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = createWriteStream(log);
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));

  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    const timer = globalThis.setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(timer);
    output.end();
    rmSync(folder, { recursive: true, force: true });
  }

  for (let tries = 0; !(await answers()); tries += 1) {
    if (child.exitCode !== null || tries > 240) {
      const last = readFileSync(log, 'utf8').split('\n').slice(-15).join('\n');
      await stop();
      throw new Error(`LocalStack does not start:\n${last}`);
    }
    await sleep(250);
  }
  return {
    url: URL_OF_IT,
    stageUrl: (apiId, stage) => `${URL_OF_IT}/_aws/execute-api/${apiId}/${stage}`,
    rest,
    cloudFormation,
    stop,
  };
}

async function answers(): Promise<boolean> {
  return fetch(`${URL_OF_IT}/_localstack/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** LocalStack reads the service from the signature, which it does not check. */
function signedFor(service: string): Record<string, string> {
  const credential = `Credential=test/20260101/us-east-1/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=none` };
}

async function rest(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${URL_OF_IT}${path}`, {
    method,
    headers: { ...signedFor('apigateway'), 'content-type': 'application/json' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

async function cloudFormation(action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(URL_OF_IT, {
    method: 'POST',
    headers: signedFor('cloudformation'),
    body: new URLSearchParams({ Action: action, Version: '2010-05-15', ...parameters }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${action}: ${response.status} ${text}`);
  return text;
}
