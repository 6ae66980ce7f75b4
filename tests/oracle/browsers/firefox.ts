// Starts a real Firefox, and speaks WebDriver BiDi with it.
import { existsSync } from 'node:fs';
import puppeteer, { type Frame, type Page } from 'puppeteer-core';
import type { Results } from '../in-page.js';
import type { Servers } from '../server.js';
import { startSocks } from '../socks.js';
import { pageUrl } from '../world.js';
import { type Browser, type Candidate, firstThatStarts, type NotStarted, type Tab } from './browser.js';
import { createMarkedConsole, type MarkedConsole } from './marked-console.js';

const SYSTEM = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

const CANDIDATES: readonly Candidate[] = [
  { name: 'FIREFOX_PATH', find: () => (process.env.FIREFOX_PATH ? { path: process.env.FIREFOX_PATH } : undefined) },
  { name: 'system', find: () => SYSTEM.filter((path) => existsSync(path)).map((path) => ({ path }))[0] },
];

/** Tries `FIREFOX_PATH` and the system's Firefox. */
export function startFirefox(servers: Servers): Promise<Browser | NotStarted> {
  return firstThatStarts(CANDIDATES, async ({ path }) => {
    const socks = await startSocks(servers.portOf);
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: path,
      headless: true,
      // A batch of cases may take longer than the default.
      protocolTimeout: 600_000,
      acceptInsecureCerts: true,
      extraPrefsFirefox: {
        'network.proxy.type': 1,
        'network.proxy.socks': '127.0.0.1',
        'network.proxy.socks_port': socks.port,
        'network.proxy.socks_remote_dns': true,
        'network.proxy.allow_hijacking_localhost': true,
        'dom.security.https_first': false,
      },
    });
    // In its first seconds it makes every preflight again.
    const ready = new Promise((resolve) => setTimeout(resolve, WARM_UP));
    return {
      name: `${(await browser.version()).replace('firefox/', 'Firefox ')} (${path})`,
      // Its preflight cache holds 100 answers.
      lanes: 1,
      casesPerProfile: Number.POSITIVE_INFINITY,
      parallelPages: false,
      async openProfile() {
        const context = await browser.createBrowserContext();
        await ready;
        return {
          openTab: async (origin) => tabOf(await context.newPage(), pageUrl(origin), origin === 'null'),
          close: () => context.close(),
        };
      },
      close: async () => void (await Promise.all([browser.close(), socks.close()])),
    };
  });
}

const WARM_UP = 10_000;

async function tabOf(page: Page, url: string, inFrame: boolean): Promise<Tab> {
  const log = createMarkedConsole({ settle: 200 });
  listen(page, log);
  await page.goto(url);
  const frame = inFrame ? (page.frames()[1] as Frame) : page.mainFrame();
  return {
    async run(body, work) {
      const results = JSON.parse(await frame.evaluate(body, work)) as Results;
      await log.reached(work.mark);
      return results;
    },
    told: async (id) => ({ console: log.of(id) }),
    forget: log.forget,
  };
}

function listen(page: Page, log: MarkedConsole): void {
  page.on('console', (message) => log.add(message.text()));
  // Firefox's own errors arrive like the page's exceptions.
  page.on('pageerror', (error) => log.add((error as Error).message));
}
