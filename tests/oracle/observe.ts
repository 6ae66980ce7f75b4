// Runs cases in a real browser.
import type { Browser, Tab } from './browsers/browser.js';
import type { Case } from './case.js';
import { firstUrl, stepUrl } from './case.js';
import type { InPage } from './in-page.js';
import { runInPage } from './in-page.js';
import { type Fate, type Outcome, traceOf } from './outcome.js';
import type { Servers } from './server.js';
import { PAGE_ORIGINS, type PageOrigin } from './world.js';

export interface Observer {
  /** Runs cases, each under its id. */
  observe(cases: ReadonlyMap<string, Case>): Promise<ReadonlyMap<string, Fate>>;
  close(): Promise<void>;
}

/** Opens a page of each origin. */
export async function openPages(browser: Browser, servers: Servers): Promise<Observer> {
  const profile = await browser.openProfile();
  const tabs = new Map<PageOrigin, Tab>();
  for (const origin of PAGE_ORIGINS) tabs.set(origin, await profile.openTab(origin));
  let runs = 0;

  async function observeFrom(origin: PageOrigin, cases: ReadonlyMap<string, Case>) {
    const here = [...cases].filter(([, { page }]) => page === origin);
    if (here.length === 0) return [];
    const tab = tabs.get(origin) as Tab;
    const work = here.map(([id, testCase]) => {
      const url = firstUrl(testCase, id);
      return { id, steps: testCase.steps.map((step) => ({ ...step, url: stepUrl(url, step) })) };
    });
    const results = await tab.run(runInPage, { cases: work, lanes: browser.lanes, mark: `end ${++runs}` });
    const fates: (readonly [string, Fate])[] = [];
    for (const { id, outcomes } of results) {
      const { console, reasons } = await tab.told(id, refusals(outcomes));
      const trace = traceOf(servers.seen(id), firstUrl(cases.get(id) as Case, id));
      fates.push([id, { steps: withReasons(outcomes, reasons), console, trace }]);
      tab.forget(id);
    }
    return fates;
  }

  return {
    async observe(cases) {
      if (browser.parallelPages) {
        return new Map((await Promise.all(PAGE_ORIGINS.map((origin) => observeFrom(origin, cases)))).flat());
      }
      const fates: (readonly [string, Fate])[] = [];
      for (const origin of PAGE_ORIGINS) fates.push(...(await observeFrom(origin, cases)));
      return new Map(fates);
    },
    close: () => profile.close(),
  };
}

/** Which of the requests that were made were refused. */
function refusals(outcomes: readonly InPage[]): readonly number[] {
  const made = outcomes.filter(({ kind }) => kind !== 'throws');
  return made.flatMap(({ kind }, at) => (kind === 'refused' ? [at] : []));
}

/** Only the developer's tools learn why a page was refused, not the page. */
function withReasons(outcomes: readonly InPage[], reasons: readonly string[] | undefined): readonly Outcome[] {
  let next = 0;
  return outcomes.map((outcome) => {
    if (outcome.kind !== 'refused' || reasons === undefined) return outcome;
    return { kind: 'refused', reason: reasons[next++] as string };
  });
}
