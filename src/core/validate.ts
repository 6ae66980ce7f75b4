import { isForbiddenMethod } from './methods.js';
import { originFault } from './origins.js';
import { isPlain } from './plain.js';
import type { CorsPolicy, NormalPolicy } from './policy.js';
import { CorsPolicyError, type PolicyIssue } from './policy-error.js';
import { isForbiddenResponseHeader } from './readable-headers.js';
import { remedyFor } from './remedy-for.js';
import { isToken, listTokens } from './tokens.js';

/** What is wrong with a value, and what to write instead. */
type ValueFault = readonly [reason: string, fix: string];

/** Takes a fault of a value, or of one element of it. */
type Report = (fault: ValueFault, index?: number, element?: unknown) => void;

const DEFAULTS = {
  allowOrigins: '*',
  allowMethods: Object.freeze(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
  allowHeaders: Object.freeze([
    'Content-Type',
    'X-Amz-Date',
    'Authorization',
    'X-Api-Key',
    'X-Amz-Security-Token',
    'X-Amz-User-Agent',
  ]),
  exposeHeaders: Object.freeze([]),
  allowCredentials: false,
  maxAge: 7200,
  dangerouslyAllowInsecureOrigins: false,
};

/** For each key: reports the faults of its value, and spells it one way. */
const RULES: Readonly<Record<string, (value: unknown, report: Report, policy: CorsPolicy) => unknown>> = {
  allowOrigins,
  allowMethods: (value, report) =>
    list(
      value,
      report,
      (name) => nameFault(name, 'a method', 'GET', isForbiddenMethod(name)),
      (names) => unique(names.map(upperCaseStandard)),
    ),
  allowHeaders: (value, report) => list(value, report, (name) => headerFault(name, false), listTokens),
  exposeHeaders: (value, report) =>
    list(value, report, (name) => headerFault(name, isForbiddenResponseHeader(name)), listTokens),
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
  function report(path: string, value: unknown, [reason, fix]: ValueFault): void {
    issues.push({ path, value, reason, fix });
  }

  const normal: Record<string, unknown> = { ...DEFAULTS };
  // A map, a promise or an instance of a class may hold keys where they are not seen, and a policy without
  // allowOrigins allows everyone. The same goes for keys that are not enumerable.
  if (!isPlain(policy)) {
    report('policy', policy, ['is not a plain object', 'write { allowOrigins: "https://example.com" }']);
  } else {
    for (const key of Object.getOwnPropertyNames(policy)) {
      const value = policy[key as keyof CorsPolicy] as unknown;
      const rule = Object.hasOwn(RULES, key) ? RULES[key] : undefined;
      if (rule === undefined) {
        report(key, value, ['is not a key of a policy', remedyFor(key, Object.keys(RULES))]);
      } else if (!Object.prototype.propertyIsEnumerable.call(policy, key)) {
        report(key, value, ['is not enumerable', `write { ${key}: … }`]);
      } else if (value === undefined) {
        report(key, value, ['is not a value', 'set it (an environment variable may be missing), or remove the key']);
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
  const items = typeof value === 'string' ? value.replaceAll('\n', ',').split(',').map(trim).filter(Boolean) : value;
  const { allowCredentials, dangerouslyAllowInsecureOrigins } = policy;
  const allowed = list(
    items,
    report,
    (text) => originFault(text, allowCredentials === true, dangerouslyAllowInsecureOrigins === true),
    unique,
  );
  const count = Array.isArray(items) ? items.length : 1;
  if (count === 0) report(['names no origin', 'name one, or write "*"']);
  if (count > 1 && allowed === '*') report(['lists "*" beside other origins', 'keep one or the other']);
  return allowed;
}

/** A frozen list, or `*` for one that contains it; every faulty element is reported. */
function list(
  value: unknown,
  report: Report,
  faultOf: (name: string) => ValueFault | undefined,
  normalize: (names: readonly string[]) => readonly string[],
): '*' | readonly string[] {
  if (value === '*') return value;
  if (!Array.isArray(value)) {
    report(regExpFault(value) ?? ['is not a list', 'write an array of strings, or "*"']);
    return [];
  }
  // Copied, since `filter` skips holes.
  const names = [...value].filter((name: unknown, index): name is string => {
    const fault = elementFault(name, faultOf);
    if (fault !== undefined) report(fault, index, name);
    return fault === undefined;
  });
  return names.includes('*') ? '*' : Object.freeze(normalize(names));
}

function elementFault(name: unknown, faultOf: (name: string) => ValueFault | undefined): ValueFault | undefined {
  if (typeof name !== 'string') return regExpFault(name) ?? ['is not a string', 'write a string'];
  return name === '*' ? undefined : faultOf(name);
}

/** Other libraries take regular expressions; most of those in use match more than they should. */
function regExpFault(value: unknown): ValueFault | undefined {
  if (!(value instanceof RegExp)) return undefined;
  const pattern = value.source
    .replace(/^\^|\$$/g, '')
    .replace(/(\.|\[[^\]]+\]|\\[wd])[*+]/g, '*')
    .replaceAll('\\', '');
  const remedy = originFault(pattern, false, false) === undefined ? pattern : 'https://*.example.com';
  return ['is a regular expression', `write ${JSON.stringify(remedy)}`];
}

function flag(value: unknown, report: Report): unknown {
  if (typeof value !== 'boolean') report(['is not a boolean', 'write true or false']);
  return value;
}

function maxAge(value: unknown, report: Report): unknown {
  const seconds = Number.isInteger(value) ? (value as number) : -1;
  if (seconds < 0 || seconds > 86400) report(['is not a valid number of seconds', 'write an integer from 0 to 86400']);
  return value;
}

function nameFault(name: string, kind: string, example: string, isForbidden: boolean): ValueFault | undefined {
  if (!isToken(name)) return [`is not ${kind}`, `write a name such as "${example}"`];
  return isForbidden ? ['is forbidden in browsers', 'remove it'] : undefined;
}

/** Names that a page cannot set are harmless in `allowHeaders`, and so are accepted there. */
function headerFault(name: string, isForbidden: boolean): ValueFault | undefined {
  return nameFault(name, 'a header name', 'Content-Type', isForbidden);
}

/**
 * Browsers send these in upper case, whatever the page wrote, and compare them with case:
 * https://fetch.spec.whatwg.org/#concept-method-normalize (PATCH is not among them, but nobody means `patch`).
 */
function upperCaseStandard(name: string): string {
  const upperCase = name.toUpperCase();
  return DEFAULTS.allowMethods.includes(upperCase) ? upperCase : name;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

function trim(text: string): string {
  return text.trim();
}
