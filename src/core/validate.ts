import { originFault } from './origins.js';
import { isPlain } from './plain.js';
import type { CorsPolicy, NormalPolicy } from './policy.js';
import { CorsPolicyError, type PolicyIssue } from './policy-error.js';
import { isToken, listTokens } from './tokens.js';

/** What is wrong with a value, and what to write instead. */
type Fault = readonly [reason: string, fix: string];

/** Takes a fault of a value, or of one element of it. */
type Report = (fault: Fault, index?: number, element?: unknown) => void;

const DEFAULTS = {
  allowOrigins: '*',
  allowMethods: Object.freeze(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
  allowHeaders: Object.freeze(['Content-Type', 'X-Amz-Date', 'Authorization', 'X-Api-Key', 'X-Amz-Security-Token']),
  exposeHeaders: Object.freeze([]),
  allowCredentials: false,
  maxAge: 7200,
  dangerouslyAllowInsecureOrigins: false,
};

/** For each key: reports the faults of its value, and spells it one way. */
const RULES: Readonly<Record<string, (value: unknown, report: Report, policy: CorsPolicy) => unknown>> = {
  allowOrigins,
  allowMethods: (value, report) => list(value, report, methodFault, (names) => unique(names.map(upperCaseStandard))),
  allowHeaders: (value, report) => list(value, report, headerFault, listTokens),
  exposeHeaders: (value, report) => list(value, report, exposeFault, listTokens),
  allowCredentials: flag,
  maxAge,
  dangerouslyAllowInsecureOrigins: flag,
};

/**
 * Checks a policy, fills in the defaults and spells everything one way.
 *
 * @throws {CorsPolicyError} with every fault.
 */
export function validatePolicy(policy: CorsPolicy): NormalPolicy {
  const issues: PolicyIssue[] = [];
  function report(path: string, value: unknown, [reason, fix]: Fault): void {
    issues.push({ path, value, reason, fix });
  }

  const normal: Record<string, unknown> = { ...DEFAULTS };
  // Of a map, a promise or an instance of a class not all keys are seen, and what is missing would allow everyone.
  if (!isPlain(policy)) {
    report('policy', policy, ['is no plain object', 'write { allowOrigins: "https://example.com" }']);
  } else {
    for (const [key, value] of Object.entries(policy)) {
      const rule = Object.hasOwn(RULES, key) ? RULES[key] : undefined;
      if (rule === undefined) {
        report(key, value, ['is no key of a policy', remedyFor(key)]);
      } else if (value === undefined) {
        report(key, value, ['is no value', 'set it (an environment variable may be missing), or remove the key']);
      } else {
        const reportHere: Report = (fault, index, element) =>
          index === undefined ? report(key, value, fault) : report(`${key}[${index}]`, element, fault);
        normal[key] = rule(value, reportHere, policy);
      }
    }
  }
  // https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
  for (const key of ['allowOrigins', 'exposeHeaders']) {
    if (normal.allowCredentials === true && normal[key] === '*') {
      report(key, normal[key], ['means nothing to a browser with allowCredentials', 'write the names']);
    }
  }

  if (issues.length > 0) throw new CorsPolicyError(issues);
  return normal as unknown as NormalPolicy;
}

function allowOrigins(value: unknown, report: Report, policy: CorsPolicy): unknown {
  if (typeof value === 'function') return value;
  const items = typeof value === 'string' ? value.split(',').map(trim).filter(Boolean) : value;
  const secure = policy.allowCredentials === true && policy.dangerouslyAllowInsecureOrigins !== true;
  const allowed = list(items, report, (text) => originFault(text, secure), unique);
  const count = Array.isArray(items) ? items.length : 1;
  if (count === 0) report(['names no origin', 'name one, or write "*"']);
  if (count > 1 && allowed === '*') report(['has "*" beside others', 'keep one or the other']);
  return allowed;
}

/** A frozen list, or `*` for one that contains it; every faulty element is reported. */
function list(
  value: unknown,
  report: Report,
  faultOf: (name: string) => Fault | undefined,
  normalize: (names: readonly string[]) => readonly string[],
): '*' | readonly string[] {
  if (value === '*') return value;
  if (!Array.isArray(value)) {
    report(['is no list', 'write an array of strings, or "*"']);
    return [];
  }
  // Copied, since `filter` skips holes.
  const names = [...value].filter((name: unknown, index): name is string => {
    const fault: Fault | undefined =
      typeof name !== 'string' ? ['is no string', 'write a string'] : name === '*' ? undefined : faultOf(name);
    if (fault !== undefined) report(fault, index, name);
    return fault === undefined;
  });
  return names.includes('*') ? '*' : Object.freeze(normalize(names));
}

function flag(value: unknown, report: Report): unknown {
  if (typeof value !== 'boolean') report(['is no boolean', 'write true or false']);
  return value;
}

function maxAge(value: unknown, report: Report): unknown {
  const seconds = Number.isInteger(value) ? (value as number) : -1;
  if (seconds < 0 || seconds > 86400) report(['is no such number of seconds', 'write an integer from 0 to 86400']);
  return value;
}

/** https://fetch.spec.whatwg.org/#forbidden-method */
function methodFault(name: string): Fault | undefined {
  return nameFault(name, 'method', 'GET', /^(connect|trace|track)$/i);
}

function headerFault(name: string): Fault | undefined {
  return nameFault(name, 'header', 'Content-Type');
}

/** https://fetch.spec.whatwg.org/#forbidden-response-header-name */
function exposeFault(name: string): Fault | undefined {
  return nameFault(name, 'header', 'Content-Type', /^set-cookie$/i);
}

function nameFault(name: string, kind: string, example: string, forbidden?: RegExp): Fault | undefined {
  if (!isToken(name)) return [`is no ${kind}`, `write a name such as "${example}"`];
  return forbidden?.test(name) ? ['is forbidden in browsers', 'remove it'] : undefined;
}

/** Browsers upper-case these when they send them (PATCH they do not, but nobody means `patch`). */
function upperCaseStandard(name: string): string {
  return /^(get|head|post|put|patch|delete|options)$/i.test(name) ? name.toUpperCase() : name;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

function trim(text: string): string {
  return text.trim();
}

/** Names the key that shares most triples of letters with what was written, if that is most of them. */
function remedyFor(written: string): string {
  const keys = Object.keys(RULES);
  const text = written.toLowerCase();
  const triples = [...text].map((_, at) => text.slice(at, at + 3)).filter(({ length }) => length === 3);
  function likeness(key: string): number {
    return triples.filter((triple) => key.toLowerCase().includes(triple)).length;
  }
  const nearest = keys.reduce((best, key) => (likeness(key) > likeness(best) ? key : best));
  return likeness(nearest) * 2 > triples.length
    ? `write ${nearest}, or remove it`
    : `remove it; the keys are ${keys.join(', ')}`;
}
