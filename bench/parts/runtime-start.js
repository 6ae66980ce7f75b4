// The same under AWS's own runtime client: from the start of a process until it asks for its first invocation.
//
// aws-lambda-ric compiles native code and so is no dependency. Install it anywhere and name the folder that has its
// node_modules in AWS_LAMBDA_RIC; without it this part says that it was left out.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, dirname, join } from 'node:path';
import { bundle, entryOf, save } from '../harness/bundle.js';
import { summary } from '../harness/rounds.js';
import { print, round } from '../harness/table.js';

const client = clientIn(join(process.env.AWS_LAMBDA_RIC ?? '.', 'node_modules/aws-lambda-ric'));

/** What Node.js is started with, from version 3 on. */
function clientIn(folder) {
  if (!existsSync(folder)) return undefined;
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, bin['aws-lambda-ric']);
}

export async function runtimeStart(subjects, { processes }) {
  if (client === undefined) return [];
  const files = [
    { subject: 'an empty handler', file: save('runtime-empty.mjs', 'export async function handler() {}\n') },
  ];
  for (const subject of subjects.filter(({ role }) => role !== 'reference')) {
    files.push({ subject: subject.id, file: save(`runtime-${subject.id}.mjs`, await bundle(entryOf(subject))) });
  }
  const taken = files.map(() => []);
  for (let round = 0; round < processes; round++) {
    for (let step = 0; step < files.length; step++) {
      const at = (step + round) % files.length;
      taken[at].push(await untilFirstInvocation(files[at].file));
    }
  }
  const [empty] = taken;
  return files.map(({ subject }, at) => ({
    subject,
    readyMs: round(summary(taken[at]).ns / 1e6, 4),
    addedMs: round((summary(taken[at]).ns - summary(empty).ns) / 1e6),
  }));
}

/** A Runtime API that never has an invocation; nanoseconds until it is asked for one. */
async function untilFirstInvocation(file) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const begin = process.hrtime.bigint();
  const handler = `${basename(file, '.mjs')}.handler`;
  const child = spawn(process.execPath, [client, handler], {
    cwd: dirname(file),
    env: {
      PATH: process.env.PATH,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${server.address().port}`,
      LAMBDA_TASK_ROOT: dirname(file),
      _HANDLER: handler,
      // Polls with node:http rather than with the native client.
      AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`${file} did not start: ${said}`)));
  const [request] = await Promise.race([once(server, 'request'), ended]);
  const time = Number(process.hrtime.bigint() - begin);
  if (!request.url.endsWith('/invocation/next')) throw new Error(`${file} did not start: ${request.url} ${said}`);
  ended.catch(() => {});
  child.kill('SIGKILL');
  server.closeAllConnections();
  server.close();
  return time;
}

export function showRuntimeStart(rows, subjects) {
  if (rows.length === 0) {
    console.log('\nStart under the runtime client: left out, AWS_LAMBDA_RIC names no folder with aws-lambda-ric in it');
    return;
  }
  print(
    'Start under aws-lambda-ric: medians until the first invocation is asked for',
    ['', 'ready', 'more than empty'],
    rows.map(({ subject, readyMs, addedMs }) => [
      subjects.find(({ id }) => id === subject)?.name ?? subject,
      ...[readyMs, addedMs].map((ms) => `${ms.toFixed(2)} ms`),
    ]),
  );
}
