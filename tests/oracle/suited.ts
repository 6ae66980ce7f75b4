import type { Case, Hop, Step } from './case.js';
import type { BrowserName } from './oracle.js';

/**
 * The case without what is peculiar to WebKitGTK's network library, libsoup, and not to WebKit: it makes a GET of a
 * DELETE that is redirected to another origin, joins several Location lines, and fails at an empty one.
 */
export function suitedTo(browser: BrowserName, testCase: Case): Case {
  if (browser !== 'webkit') return testCase;
  const { steps, hops } = testCase;
  return { ...testCase, steps: hops.length > 1 ? steps.map(withoutDelete) : steps, hops: hops.map(withOneLocation) };
}

function withoutDelete(step: Step): Step {
  return step.method?.toUpperCase() === 'DELETE' ? { ...step, method: 'PUT' } : step;
}

function withOneLocation(hop: Hop): Hop {
  if ('answer' in hop) {
    const { preflight, answer } = hop;
    return {
      ...hop,
      preflight: { ...preflight, lines: firstOf(preflight.lines) },
      answer: { ...answer, lines: firstOf(answer.lines) },
    };
  }
  return { ...hop, preflight: inResult(hop.preflight), result: inResult(hop.result) };
}

type Lines = readonly (readonly [string, string])[];

function firstOf(lines: Lines): Lines {
  const first = lines.findIndex(([name, value]) => isLocation(name) && value !== '');
  return lines.filter(([name], at) => !isLocation(name) || at === first);
}

/** The header maps of a function's result. */
function inResult(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return result;
  return Object.fromEntries(
    Object.entries(result).map(([key, value]) => [key, key.toLowerCase().endsWith('headers') ? firstIn(value) : value]),
  );
}

function firstIn(map: Readonly<Record<string, unknown>>): unknown {
  const names = Object.entries(map).filter(([name, value]) => isLocation(name) && String(value) !== '');
  const first = names[0]?.[0];
  return Object.fromEntries(Object.entries(map).filter(([name]) => !isLocation(name) || name === first));
}

function isLocation(name: string): boolean {
  return name.toLowerCase() === 'location';
}
