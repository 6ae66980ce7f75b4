import { isToken, listTokens } from './headers.js';
import { originFault } from './origins.js';
import type { CorsPolicy, NormalPolicy, OriginFunction } from './policy.js';
import { CorsPolicyError, type PolicyIssue } from './policy-error.js';

/** What is wrong with a value, and what to write instead. */
type Fault = readonly [reason: string, fix: string];

const DEFAULTS = {
  allowOrigins: '*',
  allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  allowHeaders: ['Content-Type', 'X-Amz-Date', 'Authorization', 'X-Api-Key', 'X-Amz-Security-Token'],
  exposeHeaders: [],
  allowCredentials: false,
  maxAge: 7200,
  dangerouslyAllowInsecureOrigins: false,
};
type Key = keyof typeof DEFAULTS;

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

  const given: Record<Key, unknown> = { ...DEFAULTS };
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) {
    report('policy', policy, ['is no object', 'write { allowOrigins: "https://example.com" }']);
  } else {
    for (const [key, value] of Object.entries(policy)) {
      if (!Object.hasOwn(DEFAULTS, key)) {
        report(key, value, ['is no key of a policy', `write ${nearestKey(key)}, or remove it`]);
      } else if (value === undefined) {
        report(key, value, ['is no value', 'set it (an environment variable may be missing), or remove the key']);
      } else {
        given[key as Key] = value;
      }
    }
  }

  function flag(key: Key): boolean {
    const value = given[key];
    if (typeof value !== 'boolean') report(key, value, ['is no boolean', 'write true or false']);
    return value === true;
  }

  /** A frozen list, or `*` for one that contains it; every faulty element is reported. */
  function list(
    key: Key,
    faultOf: (name: string) => Fault | undefined,
    normalize: (names: readonly string[]) => readonly string[],
    value = given[key],
  ): '*' | readonly string[] {
    if (value === '*') return value;
    if (!Array.isArray(value)) {
      report(key, value, ['is no list', 'write an array of strings, or "*"']);
      return [];
    }
    const names = value.filter((name: unknown, index): name is string => {
      const fault = typeof name !== 'string' ? NO_STRING : name === '*' ? undefined : faultOf(name);
      if (fault !== undefined) report(`${key}[${index}]`, name, fault);
      return fault === undefined;
    });
    return names.includes('*') ? '*' : Object.freeze(normalize(names));
  }

  const allowCredentials = flag('allowCredentials');
  const dangerouslyAllowInsecureOrigins = flag('dangerouslyAllowInsecureOrigins');

  function origins(): '*' | readonly string[] | OriginFunction {
    const value = given.allowOrigins;
    if (typeof value === 'function') return value as OriginFunction;
    const items = typeof value === 'string' ? value.split(',').map(trim).filter(Boolean) : value;
    const faultOf = (text: string) => originFault(text, allowCredentials && !dangerouslyAllowInsecureOrigins);
    const allowed = list('allowOrigins', faultOf, withoutRepetitions, items);
    const count = Array.isArray(items) ? items.length : 1;
    if (count === 0) report('allowOrigins', value, ['names no origin', 'name one, or write "*"']);
    if (count > 1 && allowed === '*') report('allowOrigins', value, ['has "*" beside others', 'keep one or the other']);
    return allowed;
  }

  const normal: NormalPolicy = {
    allowOrigins: origins(),
    allowMethods: list('allowMethods', methodFault, withoutRepetitionsOfMethods),
    allowHeaders: list('allowHeaders', headerFault, listTokens),
    exposeHeaders: list('exposeHeaders', exposeFault, listTokens),
    allowCredentials,
    maxAge: given.maxAge as number,
    dangerouslyAllowInsecureOrigins,
  };
  const { maxAge } = normal;
  if (!(Number.isInteger(maxAge) && maxAge >= 0 && maxAge <= 86400)) {
    report('maxAge', maxAge, ['is no such number of seconds', 'write an integer from 0 to 86400']);
  }
  // https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
  for (const key of ['allowOrigins', 'exposeHeaders'] as const) {
    if (allowCredentials && normal[key] === '*') {
      report(key, given[key], ['means nothing to a browser with allowCredentials', 'write the names']);
    }
  }

  if (issues.length > 0) throw new CorsPolicyError(issues);
  return normal;
}

const NO_STRING: Fault = ['is no string', 'write a string'];

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

function withoutRepetitions(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

function withoutRepetitionsOfMethods(names: readonly string[]): readonly string[] {
  return withoutRepetitions(names.map(upperCaseStandard));
}

function trim(text: string): string {
  return text.trim();
}

/** The key that shares most triples of letters with what was written. */
function nearestKey(written: string): string {
  const text = written.toLowerCase();
  function likeness(key: string): number {
    return [...text].filter((_, at) => key.toLowerCase().includes(text.slice(at, at + 3))).length;
  }
  return Object.keys(DEFAULTS).reduce((best, key) => (likeness(key) > likeness(best) ? key : best));
}
