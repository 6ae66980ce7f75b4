import { printable, quote } from '../core/printable.js';
import { remedyFor } from '../core/remedy-for.js';
import { isObject } from './messages.js';
import { isHeaderName, isHeaderValue } from './result.js';
import type { GatewayCors, GatewaySettings } from './settings.js';

const HEADER_VALUE = 'a header value; write printable ASCII';

/** Refuses, before any request comes, malformed settings and settings that no response could carry. */
export function checkSettings(settings: GatewaySettings): void {
  check({ ...settings }, { ...SETTINGS, ...PLACE });
}

/** @throws {TypeError} With a line for every fault of those keys that are set. */
export function check(settings: Readonly<Record<string, unknown>>, checks: Readonly<Record<string, Check>>): void {
  const faults = Object.entries(checks).flatMap(([key, faultsOf]) =>
    settings[key] === undefined ? [] : faultsOf(key, settings[key]),
  );
  if (faults.length > 0) throw new TypeError(faults.join('\n'));
}

/** Every fault of a value, a line for each. */
export type Check = (path: string, value: unknown) => readonly string[];

/** A list whose elements all pass `isGood`. */
export function listOf(isGood: (value: string) => boolean, what: string): Check {
  return (path, values) =>
    Array.isArray(values)
      ? values.flatMap((value, at) =>
          typeof value === 'string' && isGood(value) ? [] : fault(`${path}[${at}]`, value, what),
        )
      : fault(path, values, 'a list; write an array of strings');
}

const text: Check = (path, value) =>
  typeof value === 'string' && value !== '' ? [] : fault(path, value, 'a text; write a string that is not empty');

/** Beyond this much a timer fires at once. */
const MAX_MILLISECONDS = 2_147_483_647;

export const timeCheck: Check = (path, value) =>
  typeof value === 'number' && value > 0 && value <= MAX_MILLISECONDS
    ? []
    : fault(path, value, `a time; write milliseconds, more than 0 and at most ${MAX_MILLISECONDS}`);

export const hookCheck: Check = (path, value) =>
  typeof value === 'function' ? [] : fault(path, value, 'a function; write one, or leave it out');

const SETTINGS: Readonly<Record<keyof GatewaySettings, Check>> = {
  // Not the same for every source: see deploy.ts.
  routes: () => [],
  authorizer: () => [],
  binaryMediaTypes: listOf((type) => /^[^\s/]+\/[^\s/]+$/.test(type), 'a media type; write one such as "image/*"'),
  cors: (_path, cors) => corsFaults(cors),
  gatewayResponses: (_path, responses) => responsesFaults(responses),
  timeout: timeCheck,
  gatewayTimeout: timeCheck,
  functionName: text,
  memorySize: (path, value) =>
    Number.isInteger(value) && (value as number) > 0 ? [] : fault(path, value, 'an integer; write megabytes'),
};

/** What only some callers let a user set. */
const PLACE: Readonly<Record<string, Check>> = {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
  stage: (path, value) =>
    typeof value === 'string' && /^(\$default|[\w-]{1,128})$/.test(value)
      ? []
      : fault(path, value, 'a stage; write letters, digits, hyphens and underscores, or "$default"'),
  nodejs: (path, value) => (value === 22 || value === 24 ? [] : fault(path, value, 'a runtime; write 22 or 24')),
};

export const SETTING_KEYS = Object.keys(SETTINGS) as (keyof GatewaySettings)[];

/** Every fault of a gateway's own CORS feature, a line for each. */
export function corsFaults(cors: unknown): readonly string[] {
  if (!isObject(cors)) return fault('cors', cors, 'an object; write { allowOrigins: ["https://…"] }');
  return Object.entries(cors).flatMap(([key, value]) => {
    const path = `cors.${key}`;
    if (!Object.hasOwn(CORS, key)) return fault(path, value, `a key of cors; ${remedyFor(key, Object.keys(CORS))}`);
    return value === undefined ? [] : CORS[key as keyof GatewayCors](path, value);
  });
}

const list = listOf(isHeaderValue, HEADER_VALUE);

const CORS: Readonly<Record<keyof GatewayCors, Check>> = {
  allowOrigins: list,
  allowMethods: list,
  allowHeaders: list,
  exposeHeaders: list,
  allowCredentials: (path, value) =>
    typeof value === 'boolean' ? [] : fault(path, value, 'a boolean; write true or false'),
  maxAge: (path, value) => (Number.isInteger(value) ? [] : fault(path, value, 'an integer; write a number of seconds')),
};

function responsesFaults(responses: unknown): readonly string[] {
  const path = 'gatewayResponses';
  if (!isObject(responses)) return fault(path, responses, 'an object; write { DEFAULT_4XX: { name: "value" } }');
  return Object.entries(responses).flatMap(([type, headers]) => {
    if (type !== 'DEFAULT_4XX' && type !== 'DEFAULT_5XX') {
      return fault(`${path}.${type}`, headers, 'a response that can be set here; write DEFAULT_4XX or DEFAULT_5XX');
    }
    return headers === undefined ? [] : headersFaults(`${path}.${type}`, headers);
  });
}

function headersFaults(path: string, headers: unknown): readonly string[] {
  if (!isObject(headers)) return fault(path, headers, 'an object; write { name: "value" }');
  return Object.entries(headers).flatMap(([name, value]) =>
    isHeaderName(name)
      ? valueFaults(`${path}[${quote(name)}]`, value)
      : fault(path, name, 'a header name; write letters, digits and hyphens'),
  );
}

function valueFaults(path: string, value: unknown): readonly string[] {
  return isHeaderValue(value) ? [] : fault(path, value, HEADER_VALUE);
}

/** @param what What the value is not, and what to write instead. */
export function fault(path: string, value: unknown, what: string): readonly string[] {
  return [printable(`${path}: ${shown(value)} is not ${what}`)];
}

/** As JSON, where that can be made. */
export function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  try {
    return printable(JSON.stringify(value) ?? `a value of type ${typeof value}`);
  } catch {
    return `a value of type ${typeof value}`;
  }
}
