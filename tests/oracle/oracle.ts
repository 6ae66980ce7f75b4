// Runs cases in a real browser and in `browse`, and compares the outcomes.
import type { Browser, NotStarted } from './browsers/browser.js';
import { startChromium } from './browsers/chromium.js';
import { startFirefox } from './browsers/firefox.js';
import { startWebKit } from './browsers/webkit.js';
import type { Case } from './case.js';
import { openPages } from './observe.js';
import { differences, type Fate } from './outcome.js';
import { predict } from './predict.js';
import { type Servers, startServers } from './server.js';
import { suitedTo } from './suited.js';

export interface Oracle {
  /** The browser's name and version, and where it came from. */
  readonly name: string;
  /**
   * What each case came to, in the order in which they were given. One that differs is asked once more, alone: a
   * connection may break once, a rule that differs does so again.
   */
  ask(cases: readonly Case[]): Promise<readonly Answer[]>;
  close(): Promise<void>;
}

export interface Answer {
  readonly testCase: Case;
  readonly real: Fate;
  /** Where the prediction differs; empty when it does not. */
  readonly differences: readonly string[];
  /** It differed at first, and then did not. */
  readonly unsteady?: true;
}

export type BrowserName = 'chromium' | 'firefox' | 'webkit';

export const BROWSERS: Readonly<Record<BrowserName, (servers: Servers) => Promise<Browser | NotStarted>>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebKit,
};

/** Starts the servers, the browser and its pages. */
export async function startOracle(engine: BrowserName): Promise<Oracle | NotStarted> {
  const servers = await startServers();
  const started = await BROWSERS[engine](servers);
  if (!('openProfile' in started)) {
    await servers.close();
    return started;
  }
  const browser = started;
  let observer = await openPages(browser, servers);
  let count = 0;
  let asked = 0;

  async function askOnce(cases: readonly Case[]): Promise<readonly Answer[]> {
    if (asked > 0 && asked + cases.length > browser.casesPerProfile) {
      await observer.close();
      observer = await openPages(browser, servers);
      asked = 0;
    }
    asked += cases.length;
    const numbered = cases.map((testCase) => ({ testCase, number: ++count }));
    for (const { testCase, number } of numbered) {
      servers.serve(`b${number}`, testCase);
      servers.serve(`p${number}`, testCase);
    }
    const real = await observer.observe(new Map(numbered.map(({ testCase, number }) => [`b${number}`, testCase])));
    return Promise.all(
      numbered.map(async ({ testCase, number }) => {
        const fate = real.get(`b${number}`) as Fate;
        const predicted = await predict(testCase, `p${number}`, servers, engine);
        servers.forget(`b${number}`);
        servers.forget(`p${number}`);
        return { testCase, real: fate, differences: differences(fate, renamed(predicted, number), engine) };
      }),
    );
  }

  async function ask(cases: readonly Case[]): Promise<readonly Answer[]> {
    const answers: Answer[] = [];
    for (const first of await askOnce(cases.map((testCase) => suitedTo(engine, testCase)))) {
      if (first.differences.length === 0) answers.push(first);
      else for (const again of await askOnce([first.testCase])) answers.push({ ...again, unsteady: true });
    }
    return answers;
  }

  return {
    name: browser.name,
    ask,
    async close() {
      await observer.close();
      await browser.close();
      await servers.close();
    },
  };
}

/** The two ask under different URLs, so that neither sees what the other did. */
function renamed(fate: Fate, number: number): Fate {
  return JSON.parse(JSON.stringify(fate).replaceAll(`/p${number}/`, `/b${number}/`)) as Fate;
}
