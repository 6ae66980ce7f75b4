// `npm start`: runs the example API behind a local gateway, and a page on another origin that shows what browsers make
// of its CORS policy, until Ctrl-C.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPlayground } from '../playground/build.js';
import { deploy } from './demo/deployment.js';

const HELP = `npm start -- [--port 8420] [--api-port 8421]

  --port      of the page; 0 for any free port
  --api-port  of the API
`;

try {
  const { port, apiPort, help } = readOptions();
  if (help) console.log(HELP);
  else await start(port, apiPort);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

function readOptions() {
  const port = { type: 'string' };
  const { values } = parseArgs({
    options: {
      port: { ...port, default: '8420' },
      'api-port': { ...port, default: '8421' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    port: toPort('--port', values.port),
    apiPort: toPort('--api-port', values['api-port']),
    help: values.help,
  };
}

function toPort(option, text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`${option} ${JSON.stringify(text)} is not a port; write a number from 0 to 65535`);
}

async function start(port, apiPort) {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-playground-'));
  const cleanups = [() => rmSync(folder, { recursive: true, force: true })];
  async function close() {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  }
  try {
    const { startPlayground, files } = await buildPlayground(folder);
    const { exports, endpoint, stop } = await deploy(['notes']);
    cleanups.push(stop);
    const [{ serveNotes }] = exports;
    const playground = await startPlayground({ serveNotes, files, port, apiPort, log: console.error });
    cleanups.push(playground.close);
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, close);
    // What the function does after its answer must not end the page.
    for (const event of ['uncaughtException', 'unhandledRejection']) {
      process.on(event, playground.tellThrown);
    }
    console.log(`
  Page   ${playground.pageUrl}   open this one
  API    ${playground.apiUrl}   examples/sam behind createGateway
  Table  ${endpoint}  dynalite, gone when this ends

Ctrl-C ends it.`);
  } catch (error) {
    await close();
    if (!(error instanceof Error) || !/^cannot listen/.test(error.message)) throw error;
    throw new Error(`${error.message}; choose others: npm start -- --port 0 --api-port 0`);
  }
}
