import { isUtf8 } from 'node:buffer';
import type { Case, Hop, Step } from './case.js';
import type { BrowserName } from './oracle.js';

/**
 * The case without what is not CORS and is peculiar to a browser. An empty Location line fails in both of these.
 * WebKitGTK's network library, libsoup, which is not part of WebKit, makes a GET of a DELETE that is redirected to
 * another origin, joins several Location lines, and replaces what is not UTF-8 in them. It forgets the user name of a redirect from the page's own server.
 */
export function suitedTo(browser: BrowserName, testCase: Case): Case {
  const { page, steps, hops } = testCase;
  if (browser === 'chromium') return testCase;
  if (browser === 'firefox') {
    // For a sandboxed frame Firefox shows an origin that it makes up.
    const keeps = page === 'null' ? isFilledAndNoBlob : isFilled;
    return { ...testCase, hops: hops.map(reachable).map((hop) => withLocations(hop, keeps)) };
  }
  return {
    ...testCase,
    steps: hops.length > 1 ? steps.map(withoutDelete).map(withoutEmptyFragment) : steps,
    hops: (page === 'null' ? withoutReturn(hops) : hops)
      .map((hop) => withLocations(hop, hop.front === 'home' ? isFirstWithoutUser : isFirst))
      .map((hop) => (page.startsWith('https:') ? withLocations(hop, isOfTheWeb) : hop)),
  };
}

/** Firefox connects to no such address, but leaves it to a proxy. */
function reachable(hop: Hop): Hop {
  return 'host' in hop && /^(0\.0\.0\.0|\[::\])$/.test(hop.host ?? '') ? { ...hop, host: '[::1]' } : hop;
}

/** For a sandboxed frame WebKit sends no cookie any more once a redirect has left the site. */
function withoutReturn(hops: readonly Hop[]): readonly Hop[] {
  const left = hops.findIndex((hop) => hop.far || ('host' in hop && hop.host !== undefined));
  if (left === -1) return hops;
  return hops.map((hop, at) => {
    if (at <= left) return hop;
    return hop.front === 'home' ? { ...hop, front: 'raw', far: true } : { ...hop, far: true };
  });
}

/** WebKit hands an empty fragment on to where a redirect leads, and keeps preflights for such a URL apart. */
function withoutEmptyFragment({ fragment, ...step }: Step): Step {
  return fragment === undefined || fragment === '' ? step : { ...step, fragment };
}

function withoutDelete(step: Step): Step {
  return step.method?.toUpperCase() === 'DELETE' ? { ...step, method: 'PUT' } : step;
}

/** Whether a Location line stays, of all that there are. */
type Keeps = (value: string, at: number, all: readonly string[]) => boolean;

const isFilled: Keeps = (value) => value !== '';
/** On a secure page WebKit takes other schemes for mixed content. */
const isOfTheWeb: Keeps = (value) => !/^(?!https?:)[a-z]+:/i.test(value);
const isFilledAndNoBlob: Keeps = (value) => value !== '' && !value.startsWith('blob:');
const isFirst: Keeps = (value, at, all) =>
  isFilled(value, at, all) && all.findIndex((one) => one !== '') === at && isUtf8(Buffer.from(value, 'latin1'));

const isFirstWithoutUser: Keeps = (value, at, all) => isFirst(value, at, all) && !value.includes('@');

function withLocations(hop: Hop, keeps: Keeps): Hop {
  if ('answer' in hop) {
    const { preflight, answer } = hop;
    return {
      ...hop,
      preflight: { ...preflight, lines: kept(preflight.lines, keeps) },
      answer: { ...answer, lines: kept(answer.lines, keeps) },
    };
  }
  return { ...hop, preflight: inResult(hop.preflight, keeps), result: inResult(hop.result, keeps) };
}

function kept<Value>(
  lines: readonly (readonly [string, Value])[],
  keeps: Keeps,
): readonly (readonly [string, Value])[] {
  const locations = lines.filter(([name]) => isLocation(name));
  const all = locations.map(([, value]) => String(value));
  return lines.filter((line) => !locations.includes(line) || keeps(String(line[1]), locations.indexOf(line), all));
}

/** In the header maps of a function's result. */
function inResult(result: unknown, keeps: Keeps): unknown {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return result;
  return Object.fromEntries(
    Object.entries(result).map(([key, value]) => [
      key,
      /headers$/i.test(key) ? Object.fromEntries(kept(Object.entries(value), keeps)) : value,
    ]),
  );
}

function isLocation(name: string): boolean {
  return name.toLowerCase() === 'location';
}
