import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** `sam local start-api` with a template, once it listens. */
export async function startApi(template, options, env) {
  const port = await freePort();
  const args = ['local', 'start-api', '--template', template, '--port', String(port), '--warm-containers', 'LAZY'];
  const server = spawn('sam', [...args, ...options], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text) => {
    log += text;
  });
  const ended = once(server, 'exit');
  const giveUp = Date.now() + PATIENCE;
  while (!(await answers(port))) {
    if (server.exitCode !== null || Date.now() > giveUp) {
      server.kill('SIGINT');
      throw new Error(`sam local start-api does not listen:\n${log}`);
    }
    await delay(200);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    log: () => log,
    // Like Ctrl-C, so that SAM removes its containers.
    async stop() {
      server.kill('SIGINT');
      await ended;
    },
  };
}

const PATIENCE = 60_000;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}
