// Runs cases in the real browser.
import type { Browser, BrowserContext, CDPSession, Frame } from 'playwright-core';
import type { Case } from './case.js';
import { firstUrl, withFragment } from './case.js';
import { type InPage, type Results, runInPage } from './in-page.js';
import { createNetworkLog, type NetworkLog } from './network-log.js';
import { type Fate, type Outcome, traceOf } from './outcome.js';
import type { Servers } from './server.js';
import { COOKIE, GATEWAY_FRONTS, PAGE_ORIGINS, type PageOrigin, pageUrl } from './world.js';

export interface Observer {
  /** Runs cases, many at a time, each under its id. */
  observe(cases: ReadonlyMap<string, Case>): Promise<ReadonlyMap<string, Fate>>;
  close(): Promise<void>;
}

interface Tab {
  readonly frame: Frame;
  readonly log: NetworkLog;
}

export async function openPages(browser: Browser, servers: Servers): Promise<Observer> {
  const context = await browser.newContext();
  const [name, value] = COOKIE.split('=') as [string, string];
  const hosts = ['raw', ...GATEWAY_FRONTS, 'app', 'www.app'].map((host) => `http://${host}.site.test/`);
  await context.addCookies(hosts.map((url) => ({ name, value, url, sameSite: 'Lax' })));
  const tabs = new Map<PageOrigin, Tab>();
  for (const origin of PAGE_ORIGINS) tabs.set(origin, await openTab(context, origin));
  return {
    async observe(cases) {
      const fates = await Promise.all(
        PAGE_ORIGINS.map((origin) => {
          const here = new Map([...cases].filter(([, { page }]) => page === origin));
          return observeIn(tabs.get(origin) as Tab, here, servers);
        }),
      );
      return new Map(fates.flat());
    },
    close: () => context.close(),
  };
}

async function openTab(context: BrowserContext, origin: PageOrigin): Promise<Tab> {
  const page = await context.newPage();
  await page.goto(pageUrl(origin));
  const frame = origin === 'null' ? page.frames()[1] : page.mainFrame();
  if (frame === undefined) throw new Error('the page has no frame');
  const own = await frame.evaluate(() => (globalThis as { origin?: string }).origin);
  if (own !== origin) throw new Error(`the page's origin is ${own}, not ${origin}`);
  return { frame, log: await createNetworkLog(await sessionOf(context, frame)) };
}

/** A sandboxed frame may or may not have a process of its own. */
async function sessionOf(context: BrowserContext, frame: Frame): Promise<CDPSession> {
  try {
    return await context.newCDPSession(frame);
  } catch {
    return context.newCDPSession(frame.page());
  }
}

async function observeIn(
  { frame, log }: Tab,
  cases: ReadonlyMap<string, Case>,
  servers: Servers,
): Promise<readonly (readonly [string, Fate])[]> {
  if (cases.size === 0) return [];
  const work = [...cases].map(([id, testCase]) => {
    const url = firstUrl(testCase, id);
    return { id, steps: testCase.steps.map((step) => ({ ...step, url: withFragment(url, step) })) };
  });
  // As text, because the way out of the page loses keys named `__proto__`.
  const results = JSON.parse(await frame.evaluate(runInPage, work)) as Results;
  const fates: (readonly [string, Fate])[] = [];
  for (const { id, outcomes } of results) {
    const steps = await withReasons(log, id, outcomes);
    fates.push([id, { steps, trace: traceOf(servers.seen(id), firstUrl(cases.get(id) as Case, id)) }]);
    log.forget(id);
  }
  return fates;
}

/** Only the developer's tools learn why a page was refused, not the page. */
async function withReasons(log: NetworkLog, id: string, outcomes: readonly InPage[]): Promise<readonly Outcome[]> {
  const steps: Outcome[] = [];
  let sent = 0;
  let refused = 0;
  for (const outcome of outcomes) {
    if (outcome.kind !== 'throws') sent++;
    if (outcome.kind !== 'refused') {
      steps.push(outcome);
      continue;
    }
    const { errorText, corsError } = await log.failure(id, sent - 1);
    if (corsError === undefined) steps.push({ kind: 'refused', reason: errorText.replace(/^net::/, '') });
    else steps.push({ kind: 'refused', reason: corsError, message: await log.message(id, refused++) });
  }
  return steps;
}
