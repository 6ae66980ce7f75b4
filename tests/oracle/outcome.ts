import type { Seen } from './server.js';

/** What a page got from one `fetch()`, or what it is predicted to get. */
export type Outcome = Readable | Refusal | { readonly kind: 'throws' };

export interface Readable {
  readonly kind: 'allowed';
  readonly status: number;
  readonly type: string;
  readonly url: string;
  readonly redirected: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** In hexadecimal, or `failed`. */
  readonly body: string;
}

export interface Refusal {
  readonly kind: 'refused';
  /** Missing where the browser does not say. */
  readonly reason?: string;
}

/** The outcome of each step of a case, and the requests that the servers saw. */
export interface Fate {
  readonly steps: readonly Outcome[];
  /** What the console says of them. */
  readonly console: readonly string[];
  /** A line for each request that arrived, preflights included, with what matters of it. */
  readonly trace: readonly string[];
}

/** Where two fates of one case differ, in lines; empty when they do not. */
export function differences(real: Fate, predicted: Fate, browser: string): readonly string[] {
  const lines: string[] = [];
  function compare(what: string, a: unknown, b: unknown): void {
    const [left, right] = [a, b].map((one) => readable(JSON.stringify(one) ?? 'none', browser));
    if (left !== right) lines.push(`${what}: ${browser} ${left}, predicted ${right}`);
  }
  function compareEach(what: string, a: readonly string[], b: readonly string[]): void {
    for (let at = 0; at < Math.max(a.length, b.length); at++) compare(`${what} ${at + 1}`, a[at], b[at]);
  }
  for (const [at, outcome] of real.steps.entries()) {
    const other = predicted.steps[at];
    const step = `step ${at + 1}`;
    if (outcome.kind === 'refused' && outcome.reason === undefined) {
      compare(step, outcome.kind, other?.kind);
      continue;
    }
    if (outcome.kind !== 'allowed' || other?.kind !== 'allowed') {
      compare(step, outcome, other);
      continue;
    }
    const { headers, ...rest } = outcome;
    const { headers: otherHeaders, ...otherRest } = other;
    compare(step, rest, otherRest);
    compare(`${step}, readable headers`, sorted(headers), sorted(otherHeaders));
  }
  compareEach('console line', alike(real, predicted), alike(predicted, predicted));
  compareEach('request', real.trace, predicted.trace);
  return lines;
}

/**
 * A console's lines, without what browsers choose freely. Of several headers that are not allowed, Chromium and WebKit
 * name the first of a hash table; it must be one that the preflight has asked for. The schemes that Chromium lists depend
 * on what is built around it.
 */
function alike({ console }: Fate, { trace }: Fate): readonly string[] {
  return console.map((line) =>
    line
      // Of the page, `browse` knows the origin only.
      .replace(/\/\.(page|frame)(\?worker)?/, '/')
      .replace(/ protocol schemes: .*/, ' protocol schemes: …')
      // Whether an empty fragment is shown.
      .replace(/#(?=['’.) ]|$)/g, '')
      // Chromium escapes what is not ASCII, and so do the predictions for browsers that do not.
      .replace(/(?:\\u[\dA-F]{4}|[^ -~‘’])+/g, '?')
      .replace(/Request header field (\S+) is/, (whole, name: string) =>
        trace.some((request) => asksFor(request, name.toLowerCase())) ? 'Request header field … is' : whole,
      ),
  );
}

/** WebKitGTK sends and reads header values as UTF-8, and shows what is not as U+FFFD; its encoding is not CORS. */
function readable(text: string, browser: string): string {
  return browser === 'webkit' ? text.replace(/[\u0080-\uffff]+/g, '?') : text;
}

function asksFor(line: string, name: string): boolean {
  const start = 'access-control-request-headers: ';
  const part = line.split(' | ').find((one) => one.startsWith(start));
  return part?.slice(start.length).split(',').includes(name) ?? false;
}

/** Answers to the same request have different times. */
function sorted(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers)
    .filter(([name]) => !CHALLENGES.has(name))
    .map(([name, value]) => (VARIES.has(name) ? name : `${name}: ${name === 'content-type' ? joined(value) : value}`))
    .sort();
}

/** Firefox joins the lines of this header without a space. */
function joined(value: string): string {
  return value.replace(/, ?/g, ',');
}

/** Firefox joins several lines of these with a line break, which then nobody can read. */
const CHALLENGES: ReadonlySet<string> = new Set(['proxy-authenticate', 'www-authenticate']);

const VARIES: ReadonlySet<string> = new Set(['date', 'apigw-requestid', 'x-amzn-requestid', 'x-amz-apigw-id']);

/** One line for each request. `browse` knows the cookies of the host only that is fetched first. */
export function traceOf(requests: readonly Seen[], firstUrl: string): readonly string[] {
  const { host } = new URL(firstUrl);
  return requests.map((request) => traceLine(request, host));
}

function traceLine({ method, url, headers, body }: Seen, firstHost: string): string {
  const shown = headers
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => TRACED.has(name) && !(name === 'cookie' && new URL(url).host !== firstHost))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}: ${value}`);
  return [method, url, ...shown, body === '' ? '' : `body ${body.length / 2}`]
    .filter((part) => part !== '')
    .join(' | ');
}

/** What the page or CORS puts into a request; the rest belongs to the connection or to the browser's make. */
const TRACED: ReadonlySet<string> = new Set([
  'accept',
  'access-control-request-headers',
  'access-control-request-method',
  'authorization',
  'content-language',
  'content-type',
  'cookie',
  'origin',
  'x-a',
  'x-b',
]);
