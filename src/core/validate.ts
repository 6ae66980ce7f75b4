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

/** The type of a default is that of the key. Without a prototype, so that it has no other keys. */
const DEFAULTS: NormalPolicy = {
  // @ts-expect-error: it sets the prototype, and is not a key.
  __proto__: null,
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

  /** A frozen list, or `*` for one that contains it; every faulty element is reported. */
  function normalList(key: string, value: unknown): unknown {
    if (value === '*' || (typeof value === 'function' && key === 'allowOrigins')) return value;
    const text = typeof value === 'string' && key === 'allowOrigins' ? value : undefined;
    const items: unknown =
      text
        ?.replaceAll('\n', ',')
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean) ?? value;
    if (!Array.isArray(items)) {
      report(key, value, regExpFault(value) ?? ['is not a list', 'write an array of strings, or "*"']);
      return [];
    }
    // Copied, since `filter` skips holes.
    const names = [...items].filter((name: unknown, at): name is string => {
      const fault = elementFault(key, name, policy);
      if (fault !== undefined) report(`${key}[${at}]`, name, fault);
      return fault === undefined;
    });
    const isAny = names.includes('*');
    if (key === 'allowOrigins') {
      if (items.length === 0) report(key, value, ['names no origin', 'name one, or write "*"']);
      if (isAny && items.length > 1) report(key, value, ['lists "*" beside other origins', 'keep one or the other']);
    }
    if (isAny) return '*';
    return Object.freeze(
      key.endsWith('Headers') ? listTokens(names.join()) : [...new Set(names.map(upperCaseStandard))],
    );
  }

  const normal: Record<string, unknown> = { ...DEFAULTS };
  // A map, a promise or an instance of a class may hold keys where they are not seen, and a policy without
  // allowOrigins allows everyone. The same goes for keys that are not enumerable.
  if (!isPlain(policy)) {
    report('policy', policy, ['is not a plain object', 'write { allowOrigins: "https://example.com" }']);
  } else {
    for (const [key, value] of Object.entries(policy) as [string, unknown][]) {
      const usual = DEFAULTS[key as keyof CorsPolicy];
      normal[key] = value;
      if (usual === undefined) {
        report(key, value, ['is not a key of a policy', remedyFor(key, Object.keys(DEFAULTS))]);
      } else if (value === undefined) {
        report(key, value, ['is not a value', 'set it (an environment variable may be missing), or remove the key']);
      } else if (typeof usual === 'boolean') {
        if (typeof value !== 'boolean') report(key, value, ['is not a boolean', 'write true or false']);
      } else if (typeof usual === 'number') {
        if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 86400) {
          report(key, value, ['is not a valid number of seconds', 'write an integer from 0 to 86400']);
        }
      } else {
        normal[key] = normalList(key, value);
      }
    }
  }
  // https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
  for (const key of ['allowOrigins', 'exposeHeaders']) {
    if (normal.allowCredentials === true && normal[key] === '*') {
      report(key, '*', ['means nothing to a browser with allowCredentials', 'write the names']);
    }
  }

  if (issues.length > 0) throw new CorsPolicyError(issues);
  return normal as unknown as NormalPolicy;
}

function elementFault(key: string, name: unknown, policy: CorsPolicy): ValueFault | undefined {
  if (typeof name !== 'string') return regExpFault(name) ?? ['is not a string', 'write a string'];
  if (name === '*') return undefined;
  if (key === 'allowOrigins') {
    return originFault(name, policy.allowCredentials === true, policy.dangerouslyAllowInsecureOrigins === true);
  }
  const isMethod = key === 'allowMethods';
  if (!isToken(name)) {
    return isMethod
      ? ['is not a method', 'write a name such as "GET"']
      : ['is not a header name', 'write a name such as "Content-Type"'];
  }
  // Names that a page cannot set are harmless in `allowHeaders`.
  const isForbidden = isMethod ? isForbiddenMethod(name) : key === 'exposeHeaders' && isForbiddenResponseHeader(name);
  return isForbidden ? ['is forbidden in browsers', 'remove it'] : undefined;
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

/**
 * Browsers send these in upper case, whatever the page wrote, and compare them with case:
 * https://fetch.spec.whatwg.org/#concept-method-normalize (PATCH is not among them, but nobody means `patch`).
 */
function upperCaseStandard(name: string): string {
  const upperCase = name.toUpperCase();
  return DEFAULTS.allowMethods.includes(upperCase) ? upperCase : name;
}
