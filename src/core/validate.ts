import { isForbiddenMethod } from './methods.js';
import { isUsual, originFault } from './origins.js';
import { isPlain } from './plain.js';
import type { CorsPolicy, NormalPolicy } from './policy.js';
import { CorsPolicyError, type PolicyIssue } from './policy-error.js';
import { isForbiddenResponseHeader } from './readable-headers.js';
import { remedyFor } from './remedy-for.js';
import { isToken, listTokens } from './tokens.js';

/** Without a prototype, so that it has no other keys. */
const DEFAULTS: NormalPolicy & { readonly __proto__: null } = {
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
 * A fault is a text, `reason; fix`. What only faulty or rare policies reach stands in functions of its own, since V8
 * compiles what is called, and that is most of a cold start.
 *
 * @throws {CorsPolicyError} with every fault.
 */
export function validatePolicy(policy: CorsPolicy): NormalPolicy {
  const issues: PolicyIssue[] = [];
  const normal: Record<string, unknown> = { ...DEFAULTS };
  // A map, a promise or an instance of a class may hold keys where they are not seen, and a policy without
  // allowOrigins allows everyone. The same goes for keys that are not enumerable.
  if (!isPlain(policy))
    report(issues, 'policy', policy, 'is not a plain object; write { allowOrigins: "https://example.com" }');
  else {
    for (const [key, given] of Object.entries(policy) as [string, unknown][]) {
      const value = key === 'allowOrigins' && typeof given === 'string' ? splitOrigins(given) : given;
      const fault = valueFault(key, value);
      if (fault !== undefined) report(issues, key, given, fault);
      normal[key] = fault === undefined && Array.isArray(value) ? normalList(key, value, policy, issues) : value;
    }
  }
  // https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
  for (const key of normal.allowCredentials === true ? ['allowOrigins', 'exposeHeaders'] : []) {
    if (normal[key] === '*')
      report(issues, key, '*', 'means nothing to a browser with allowCredentials; write the names');
  }

  if (issues.length > 0) throw new CorsPolicyError(issues);
  return normal as unknown as NormalPolicy;
}

function report(issues: PolicyIssue[], path: string, value: unknown, fault: string): void {
  const [reason = '', ...fix] = fault.split('; ');
  issues.push({ path, value, reason, fix: fix.join('; ') });
}

function splitOrigins(text: string): readonly string[] {
  const origins = text.replaceAll('\n', ',').split(',');
  return origins.map((origin) => origin.trim()).filter(Boolean);
}

/** What is wrong with the value of a key as a whole: the type of a default is that of its key. */
function valueFault(key: string, value: unknown): string | undefined {
  const usual: unknown = DEFAULTS[key as keyof CorsPolicy];
  if (usual === undefined) return `is not a key of a policy; ${remedyFor(key, Object.keys(DEFAULTS))}`;
  if (value === undefined) {
    return 'is not a value; set it (an environment variable may be missing), or remove the key';
  }
  if (typeof usual === 'boolean')
    return typeof value === 'boolean' ? undefined : 'is not a boolean; write true or false';
  if (typeof usual === 'number') {
    return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 86400
      ? undefined
      : 'is not a valid number of seconds; write an integer from 0 to 86400';
  }
  return value === '*' || Array.isArray(value) || (typeof value === 'function' && key === 'allowOrigins')
    ? undefined
    : (regExpFault(value) ?? 'is not a list; write an array of strings, or "*"');
}

/** A frozen list, or `*` for one that contains it; every faulty element is reported. */
function normalList(
  key: string,
  items: readonly unknown[],
  policy: CorsPolicy,
  issues: PolicyIssue[],
): '*' | readonly string[] {
  const names: string[] = [];
  // By index, since there may be holes.
  for (let at = 0; at < items.length; at += 1) {
    const name = items[at];
    const fault = elementFault(key, name, policy);
    if (fault === undefined) names.push(name as string);
    else report(issues, `${key}[${at}]`, name, fault);
  }
  const isAny = names.includes('*');
  if (key === 'allowOrigins' && (items.length === 0 || (isAny && items.length > 1))) {
    report(
      issues,
      key,
      policy.allowOrigins,
      isAny ? 'lists "*" beside other origins; keep one or the other' : 'names no origin; name one, or write "*"',
    );
  }
  if (isAny) return '*';
  return Object.freeze(key.endsWith('Headers') ? listTokens(names.join()) : [...new Set(names.map(upperCaseStandard))]);
}

function elementFault(key: string, name: unknown, policy: CorsPolicy): string | undefined {
  if (typeof name !== 'string')
    return regExpFault(name) ?? 'is not a string; write a string (an environment variable may be missing)';
  if (name === '*') return undefined;
  if (key === 'allowOrigins') {
    return isUsual(name)
      ? undefined
      : originFault(name, policy.allowCredentials === true, policy.dangerouslyAllowInsecureOrigins === true);
  }
  const isMethod = key === 'allowMethods';
  if (!isToken(name)) {
    return isMethod
      ? 'is not a method; write a name such as "GET"'
      : 'is not a header name; write a name such as "Content-Type"';
  }
  // Names that a page cannot set are harmless in `allowHeaders`.
  const isForbidden = isMethod ? isForbiddenMethod(name) : key === 'exposeHeaders' && isForbiddenResponseHeader(name);
  return isForbidden ? 'is forbidden in browsers; remove it' : undefined;
}

/** Other libraries take regular expressions; most of those in use match more than they should. */
function regExpFault(value: unknown): string | undefined {
  if (!(value instanceof RegExp)) return undefined;
  const pattern = value.source
    .replace(/^\^|\$$/g, '')
    .replace(/(\.|\[[^\]]+\]|\\[wd])[*+]/g, '*')
    .replaceAll('\\', '');
  const remedy = originFault(pattern, false, false) === undefined ? pattern : 'https://*.example.com';
  return `is a regular expression; write ${JSON.stringify(remedy)}`;
}

/**
 * Browsers send these in upper case, whatever the page wrote, and compare them with case:
 * https://fetch.spec.whatwg.org/#concept-method-normalize (PATCH is not among them, but nobody means `patch`).
 */
function upperCaseStandard(name: string): string {
  const upperCase = name.toUpperCase();
  return DEFAULTS.allowMethods.includes(upperCase) ? upperCase : name;
}
