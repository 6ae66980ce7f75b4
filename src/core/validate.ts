import { isToken } from './headers.js';
import { originFault } from './origins.js';
import type { CorsPolicy, NormalPolicy, OriginFunction } from './policy.js';
import { CorsPolicyError, type PolicyIssue } from './policy-error.js';

/** What is wrong with a value, and what to write instead. */
type Fault = readonly [reason: string, fix: string];

const DEFAULTS = {
  allowOrigins: '*',
  allowMethods: Object.freeze(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
  allowHeaders: Object.freeze(['Content-Type', 'X-Amz-Date', 'Authorization', 'X-Api-Key', 'X-Amz-Security-Token']),
  exposeHeaders: Object.freeze([]),
  allowCredentials: false,
  maxAge: 7200,
  dangerouslyAllowInsecureOrigins: false,
} as const;
type Key = keyof typeof DEFAULTS;
const KEYS = Object.keys(DEFAULTS) as Key[];

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
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) {
    report('policy', policy, ['is no object', 'write { allowOrigins: "https://example.com" }']);
    throw new CorsPolicyError(issues);
  }

  const given: Partial<Record<Key, unknown>> = { ...DEFAULTS };
  for (const [key, value] of Object.entries(policy)) {
    if (!(KEYS as readonly string[]).includes(key)) {
      report(key, value, ['is no key of a policy', `write ${nearestKey(key)}, or remove it`]);
    } else if (value === undefined) {
      report(key, value, ['is no value', 'set it (an environment variable may be missing), or remove the key']);
    } else {
      given[key as Key] = value;
    }
  }

  function boolean(key: Key): boolean {
    const value = given[key];
    if (typeof value !== 'boolean') report(key, value, ['is no boolean', 'write true or false']);
    return value === true;
  }

  /** A list without repetitions, frozen, or `*` for one that contains it; every faulty element is reported. */
  function list(
    key: Key,
    faultOf: (name: string) => Fault | undefined,
    spell: (name: string) => string = (name) => name,
    identity = spell,
  ): '*' | readonly string[] {
    const value = given[key];
    if (value === '*' || value === DEFAULTS[key]) return value as '*' | readonly string[];
    if (!Array.isArray(value)) {
      report(key, value, ['is no list', 'write an array of strings, or "*"']);
      return [];
    }
    const names = new Map<string, string>();
    value.forEach((name: unknown, index) => {
      const fault = typeof name !== 'string' ? NO_STRING : name === '*' ? undefined : faultOf(name);
      if (fault !== undefined) report(`${key}[${index}]`, name, fault);
      else if (!names.has(identity(name as string))) names.set(identity(name as string), spell(name as string));
    });
    return names.has('*') ? '*' : Object.freeze([...names.values()]);
  }

  const allowCredentials = boolean('allowCredentials');
  const dangerouslyAllowInsecureOrigins = boolean('dangerouslyAllowInsecureOrigins');

  function origins(): '*' | readonly string[] | OriginFunction {
    const value = given.allowOrigins;
    if (typeof value === 'function') return value as OriginFunction;
    const items = typeof value === 'string' ? value.split(',').map(trim).filter(Boolean) : value;
    given.allowOrigins = items;
    const allowed = list('allowOrigins', (text) =>
      originFault(text, allowCredentials && !dangerouslyAllowInsecureOrigins),
    );
    if (!Array.isArray(items)) return allowed;
    if (items.length === 0) report('allowOrigins', value, ['names no origin', 'name one, or write "*"']);
    if (allowed !== '*') return allowed;
    if (items.length > 1) report('allowOrigins', value, ['has "*" beside other origins', 'keep one or the other']);
    if (allowCredentials) report('allowOrigins', value, WILDCARD);
    return allowed;
  }

  const normal: NormalPolicy = {
    allowOrigins: origins(),
    allowMethods: list('allowMethods', methodFault, upperCaseStandard),
    allowHeaders: list('allowHeaders', headerFault, undefined, lowerCase),
    exposeHeaders: list('exposeHeaders', exposeFault, undefined, lowerCase),
    allowCredentials,
    maxAge: given.maxAge as number,
    dangerouslyAllowInsecureOrigins,
  };
  const { maxAge } = normal;
  if (!(Number.isInteger(maxAge) && maxAge >= 0 && maxAge <= 86400)) {
    report('maxAge', maxAge, ['is no such number of seconds', 'write an integer from 0 to 86400']);
  }
  if (allowCredentials && normal.exposeHeaders === '*') report('exposeHeaders', given.exposeHeaders, WILDCARD);

  if (issues.length > 0) throw new CorsPolicyError(issues);
  return normal;
}

const NO_STRING: Fault = ['is no string', 'write a string'];
/** https://fetch.spec.whatwg.org/#cors-protocol-and-credentials */
const WILDCARD: Fault = [
  'means nothing to a browser with allowCredentials',
  'write the names, or leave credentials out',
];

function methodFault(name: string): Fault | undefined {
  if (!isToken(name)) return ['is no method', 'write a name such as "GET"'];
  // https://fetch.spec.whatwg.org/#forbidden-method
  return /^(connect|trace|track)$/i.test(name) ? ['is a method that browsers forbid', 'remove it'] : undefined;
}

/** Browsers upper-case these when they send them (PATCH they do not, but nobody means `patch`). */
function upperCaseStandard(name: string): string {
  return /^(get|head|post|put|patch|delete|options)$/i.test(name) ? name.toUpperCase() : name;
}

function headerFault(name: string): Fault | undefined {
  return isToken(name) ? undefined : ['is no header name', 'write a name such as "Content-Type"'];
}

function exposeFault(name: string): Fault | undefined {
  return lowerCase(name) === 'set-cookie' ? ['can never be read by scripts', 'remove it'] : headerFault(name);
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}

function trim(text: string): string {
  return text.trim();
}

/** The key that shares most pairs of letters with what was written. */
function nearestKey(written: string): string {
  const text = lowerCase(written);
  function likeness(key: string): number {
    return [...text].filter((_, at) => lowerCase(key).includes(text.slice(at, at + 2).padEnd(2))).length;
  }
  return KEYS.reduce((best, key) => (likeness(key) > likeness(best) ? key : best));
}
