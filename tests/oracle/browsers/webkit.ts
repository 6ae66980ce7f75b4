// Starts WebKitGTK's MiniBrowser. Its WebDriver does not show the console, and in automation mode it does not print the
// console either. So it runs without both: its pages fetch their work, and its console is what it prints.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Results, Work } from '../in-page.js';
import { type Servers, WORKER } from '../server.js';
import { startSocks } from '../socks.js';
import { PAGE_ORIGINS, type PageOrigin, pageUrl } from '../world.js';
import {
  type Browser,
  type Candidate,
  firstThatStarts,
  type NotStarted,
  type PageFunction,
  type Profile,
} from './browser.js';
import { createMarkedConsole } from './marked-console.js';

const SYSTEM = ['4.1', '6.0'].flatMap((version) =>
  ['x86_64', 'aarch64'].map(
    (cpu) => `/usr/lib/${cpu}-linux-gnu/webkit${version === '6.0' ? '' : '2'}gtk-${version}/MiniBrowser`,
  ),
);

const CANDIDATES: readonly Candidate[] = [
  {
    name: 'MINIBROWSER_PATH',
    find: () => (process.env.MINIBROWSER_PATH ? { path: process.env.MINIBROWSER_PATH } : undefined),
  },
  { name: 'system', find: () => SYSTEM.filter((path) => existsSync(path)).map((path) => ({ path }))[0] },
];

/** Tries `MINIBROWSER_PATH` and the system's MiniBrowser, under Xvfb. */
export function startWebKit(servers: Servers): Promise<Browser | NotStarted> {
  return firstThatStarts(CANDIDATES, async ({ path }) => {
    const version = execFileSync('xvfb-run', ['-a', path, '--version'], { encoding: 'utf8' }).trim();
    const exchange = await startExchange();
    const socks = await startSocks((host) => (host === WORK_HOST ? exchange.port : servers.portOf(host)));
    return {
      name: `${version} (${path})`,
      // The console's lines do not say which request they are about.
      lanes: 1,
      parallelPages: false,
      casesPerProfile: Number.POSITIVE_INFINITY,
      openProfile: async () => openProfile(path, socks.port, exchange),
      close: async () => void (await Promise.all([socks.close(), exchange.close()])),
    };
  });
}

/** One process, with a tab for each origin. */
function openProfile(path: string, socksPort: number, exchange: Exchange): Profile {
  const home = mkdtempSync(join(tmpdir(), 'lambda-cors-webkit-'));
  const urls = PAGE_ORIGINS.map((origin) => `${pageUrl(origin)}?${WORKER}`);
  const options = [
    `--proxy=socks5://127.0.0.1:${socksPort}`,
    '--ignore-tls-errors',
    '--enable-write-console-messages-to-stdout=true',
  ];
  // To a pipe it would print when its buffer is full; `script` gives it a terminal.
  const command = [path, ...options, ...urls].map((word) => `'${word}'`).join(' ');
  const browser = spawn('xvfb-run', ['-a', 'script', '-qefc', command, '/dev/null'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CACHE_HOME: join(home, 'cache') },
    // A process group of its own, which can be ended as one.
    detached: true,
  });
  const log = createMarkedConsole({ settle: 50 });
  createInterface({ input: browser.stdout }).on('line', (line) => {
    const text = textOf(line);
    if (text !== undefined) log.add(text);
  });
  return {
    openTab: async (origin) => ({
      async run(body, work) {
        const results = JSON.parse(await exchange.ask(origin, body, work)) as Results;
        await log.reached(work.mark);
        return results;
      },
      told: async (id) => ({ console: log.of(id) }),
      forget: log.forget,
    }),
    async close() {
      await end(browser);
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** What it prints: where, perhaps, then `CONSOLE`, the source, the level, and the text. */
function textOf(line: string): string | undefined {
  return /(?:^|: )CONSOLE (?:[A-Z]+ )?(?:LOG|INFO|WARN|ERROR|DEBUG) (.*)$/.exec(line)?.[1];
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    process.kill(-(child.pid as number), 'SIGTERM');
  });
}

const WORK_HOST = 'work.test';

/** Where pages fetch work and bring results. */
interface Exchange {
  readonly port: number;
  ask(origin: PageOrigin, body: PageFunction, work: Work): Promise<string>;
  close(): Promise<void>;
}

async function startExchange(): Promise<Exchange> {
  const pages = new Map<string, (code: string) => void>();
  const results = new Map<string, (text: string) => void>();
  const server = createServer((request, response) => {
    const { origin = '' } = request.headers;
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cache-Control', 'no-store');
    if (request.url === '/worker.js') return void response.end(`(${worker})(location.protocol + '//${WORK_HOST}')`);
    if (request.url === '/next') return void pages.set(origin, (code) => response.end(code));
    request.setEncoding('utf8');
    let text = '';
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      response.end();
      results.get(origin)?.(text);
    });
  });
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async ask(origin, body, work) {
      const result = new Promise<string>((resolve) => results.set(origin, resolve));
      const send = await eventually(`a page of ${origin}`, () => pages.get(origin));
      pages.delete(origin);
      send(`(${body})(${JSON.stringify(work)})`);
      return result;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Runs in the page: fetches one piece of work after the other. */
async function worker(exchange: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${exchange}/next`);
    // biome-ignore lint/security/noGlobalEval: running what it is given is what it is for.
    const result = (await globalThis.eval(await response.text())) as string;
    await fetch(`${exchange}/done`, { method: 'POST', body: result });
  }
}

async function eventually<Value>(what: string, look: () => Value | undefined): Promise<Value> {
  for (let tries = 0; tries < 2000; tries++) {
    const value = look();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${what} does not appear`);
}
