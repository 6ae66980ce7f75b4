// The long run: `npm run oracle -- --cases 10000 --seed N`, or one case again with `--replay`.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Case } from './case.js';
import { randomCases } from './cases.js';
import { type Answer, BROWSERS, type BrowserName, type Oracle, startOracle } from './oracle.js';
import { PICKED } from './picked.js';

const USAGE = `Usage: npm run oracle -- [--browser chromium|firefox|webkit] [--cases 10000] [--seed 1] | --replay '<case as JSON>' | --replay <file>
Asks a real browser (default chromium) and lambda-cors/browser what becomes of random requests, and prints where they
disagree. Exit status: 0 they agree, 1 they do not, 2 misuse or no browser.`;

const BATCH = 250;

export async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') {
    console.error(options);
    return 2;
  }
  const oracle = await startOracle(options.browser);
  if (!('ask' in oracle)) {
    console.error(`No ${options.browser} starts:\n  ${oracle.attempts.join('\n  ')}`);
    return 2;
  }
  console.log(oracle.name);
  // Otherwise the browser would outlive this process.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void oracle.close().finally(() => process.exit(2)));
  }
  try {
    return options.replay === undefined ? await run(oracle, options) : await replay(oracle, options.replay);
  } finally {
    await oracle.close();
  }
}

interface Options {
  readonly browser: BrowserName;
  readonly cases: number;
  readonly seed: number;
  readonly replay: readonly Case[] | undefined;
}

function readOptions(args: readonly string[]): Options | string {
  try {
    const options = {
      browser: { type: 'string' },
      cases: { type: 'string' },
      seed: { type: 'string' },
      replay: { type: 'string' },
    } as const;
    const { values } = parseArgs({ args: [...args], options });
    const { browser = 'chromium' } = values;
    if (!isBrowserName(browser)) return `--browser: ${browser} is not ${Object.keys(BROWSERS).join(', ')}\n${USAGE}`;
    const cases = Number(values.cases ?? 10_000);
    const seed = Number(values.seed ?? 1);
    if (!Number.isInteger(cases) || cases < 1) return `--cases: ${values.cases} is not a number of cases\n${USAGE}`;
    if (!Number.isInteger(seed)) return `--seed: ${values.seed} is not an integer\n${USAGE}`;
    return { browser, cases, seed, replay: values.replay === undefined ? undefined : readCases(values.replay) };
  } catch (error) {
    return `${(error as Error).message}\n${USAGE}`;
  }
}

function isBrowserName(name: string): name is BrowserName {
  return Object.hasOwn(BROWSERS, name);
}

/** JSON, or a file with a case in each line, as the long run prints them. */
function readCases(text: string): readonly Case[] {
  const lines = text.startsWith('{') ? [text] : readFileSync(text, 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Case);
}

async function run(oracle: Oracle, { cases: count, seed }: Options): Promise<number> {
  const started = performance.now();
  const cases = [...Object.values(PICKED), ...randomCases(seed, count)];
  const kinds = new Map<string, number>();
  let steps = 0;
  let requests = 0;
  let disagreements = 0;
  let unsteady = 0;
  for (let at = 0; at < cases.length; at += BATCH) {
    for (const answer of await oracle.ask(cases.slice(at, at + BATCH))) {
      steps += answer.real.steps.length;
      requests += answer.real.trace.length;
      for (const step of answer.real.steps) {
        const kind = step.kind === 'refused' ? (step.reason ?? 'refused') : step.kind;
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      if (answer.unsteady && answer.differences.length === 0) unsteady++;
      if (answer.differences.length > 0) {
        disagreements++;
        print(answer);
      }
    }
  }
  const seconds = (performance.now() - started) / 1000;
  for (const [kind, times] of [...kinds].sort(([, a], [, b]) => b - a))
    console.log(`${String(times).padStart(7)} ${kind}`);
  console.log(
    `${disagreements} disagreements in ${count} random cases (seed ${seed}) and ${cases.length - count} picked ones: ` +
      `${unsteady} of them asked twice; ${steps} fetches, ${requests} requests, ${seconds.toFixed(0)} s, ${(cases.length / seconds).toFixed(0)} cases/s; ${oracle.name}`,
  );
  return disagreements === 0 ? 0 : 1;
}

async function replay(oracle: Oracle, cases: readonly Case[]): Promise<number> {
  const answers = await oracle.ask(cases);
  for (const answer of answers) {
    print(answer);
    console.log(JSON.stringify(answer.real, undefined, 2));
  }
  return answers.every(({ differences }) => differences.length === 0) ? 0 : 1;
}

/** The case in a line of its own, to be replayed. */
function print({ testCase, differences }: Answer): void {
  console.log(`${differences.length === 0 ? 'They agree' : 'They disagree'}:\n${JSON.stringify(testCase)}`);
  for (const line of differences) console.log(`  ${line}`);
}
