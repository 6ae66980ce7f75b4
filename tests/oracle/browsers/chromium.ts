// Starts a real Chromium, and speaks its DevTools protocol.
import {
  type BrowserContext,
  type CDPSession,
  chromium,
  type Frame,
  type Browser as Playwright,
} from 'playwright-core';
import type { Results } from '../in-page.js';
import type { Servers } from '../server.js';
import { startSocks } from '../socks.js';
import { type PageOrigin, pageUrl } from '../world.js';
import { type Browser, type Found, firstThatStarts, type NotStarted, type Tab } from './browser.js';
import { CANDIDATES } from './chromium-executable.js';
import { createNetworkLog, type NetworkLog } from './network-log.js';

/** Tries `CHROMIUM_PATH`, the npm package `@sparticuz/chromium` and the system's Chromium, in this order. */
export function startChromium(servers: Servers): Promise<Browser | NotStarted> {
  return firstThatStarts(CANDIDATES, async (found) => {
    const socks = await startSocks(servers.portOf);
    const browser = await launch(
      found,
      `--proxy-server=socks5://127.0.0.1:${socks.port}`,
      '--proxy-bypass-list=<-loopback>',
      '--ignore-certificate-errors',
    );
    return {
      name: `Chromium ${browser.version()} (${found.path})`,
      lanes: 8,
      parallelPages: true,
      // Its preflight cache holds 1024 answers; then it forgets one or the other. A new profile has an empty one.
      casesPerProfile: 250,
      async openProfile() {
        const context = await browser.newContext();
        return { openTab: (origin) => openTab(context, origin), close: () => context.close() };
      },
      close: async () => void (await Promise.all([browser.close(), socks.close()])),
    };
  });
}

/** Chromium alone, which finds hosts by `--host-resolver-rules`. */
export function launchChromium(hosts: string): Promise<Playwright | NotStarted> {
  return firstThatStarts(CANDIDATES, (found) => launch(found, `--host-resolver-rules=${hosts}`, '--no-proxy-server'));
}

function launch({ path, libraries }: Found, ...network: readonly string[]): Promise<Playwright> {
  const { LD_LIBRARY_PATH } = process.env;
  const paths = [libraries, LD_LIBRARY_PATH].filter((folder) => folder !== undefined && folder !== '');
  return chromium.launch({
    executablePath: path,
    headless: true,
    // Chromium's own refuses to start for root; nothing but our own servers is ever loaded.
    chromiumSandbox: false,
    env: { ...process.env, ...(paths.length > 0 && { LD_LIBRARY_PATH: paths.join(':') }) } as Record<string, string>,
    args: [
      ...network,
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

async function openTab(context: BrowserContext, origin: PageOrigin): Promise<Tab> {
  const page = await context.newPage();
  await page.goto(pageUrl(origin));
  const frame = origin === 'null' ? page.frames()[1] : page.mainFrame();
  if (frame === undefined) throw new Error('the page has no frame');
  const log = await createNetworkLog(await sessionOf(context, frame));
  return {
    // As text, because the way out of the page loses keys named `__proto__`.
    run: async (body, work) => JSON.parse(await frame.evaluate(body, work)) as Results,
    told: (id, refusals) => told(log, id, refusals),
    forget: log.forget,
  };
}

/** A sandboxed frame may or may not have a process of its own. */
async function sessionOf(context: BrowserContext, frame: Frame): Promise<CDPSession> {
  try {
    return await context.newCDPSession(frame);
  } catch {
    return context.newCDPSession(frame.page());
  }
}

async function told(log: NetworkLog, id: string, refusals: readonly number[]) {
  const reasons: string[] = [];
  const lines: string[] = [];
  for (const at of refusals) {
    const { errorText, corsError, mixed } = await log.failure(id, at);
    reasons.push(mixed ? 'MixedContent' : (corsError ?? errorText.replace(/^net::/, '')));
    if (mixed || corsError !== undefined) lines.push(await log.message(id, lines.length));
  }
  return { console: lines, reasons };
}
