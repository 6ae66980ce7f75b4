import { isObject } from './messages.js';
import { isHeaderName, isHeaderValue } from './result.js';
import type { GatewayCors, GatewaySettings } from './settings.js';

/** Refuses, before any request comes, malformed settings and settings that no response could carry. */
export function checkSettings({ cors = {}, gatewayResponses = {} }: GatewaySettings): void {
  const faults = [...corsFaults(cors), ...responsesFaults(gatewayResponses)];
  if (faults.length > 0) throw new TypeError(faults.join('\n'));
}

/** Every fault of a gateway's own CORS feature, a line for each. */
export function corsFaults(cors: unknown): readonly string[] {
  if (!isObject(cors)) return fault('cors', cors, 'an object; write { allowOrigins: ["https://…"] }');
  return Object.entries(cors).flatMap(([key, value]) => {
    const path = `cors.${key}`;
    if (!Object.hasOwn(CORS, key))
      return fault(path, value, `a key of cors; write one of ${Object.keys(CORS).join(', ')}`);
    return value === undefined ? [] : CORS[key as keyof GatewayCors](path, value);
  });
}

type Check = (path: string, value: unknown) => readonly string[];

const list: Check = (path, values) =>
  Array.isArray(values)
    ? values.flatMap((value, at) => valueFaults(`${path}[${at}]`, value))
    : fault(path, values, 'a list; write an array of strings');

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
      ? valueFaults(`${path}[${JSON.stringify(name)}]`, value)
      : fault(path, name, 'a header name; write letters, digits and hyphens'),
  );
}

function valueFaults(path: string, value: unknown): readonly string[] {
  return isHeaderValue(value) ? [] : fault(path, value, 'a header value; write printable ASCII');
}

/** @param what What the value is not, and what to write instead. */
function fault(path: string, value: unknown, what: string): readonly string[] {
  return [`${path}: ${shown(value)} is not ${what}`];
}

/** As JSON, where that can be made. */
function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  try {
    return JSON.stringify(value) ?? `a value of type ${typeof value}`;
  } catch {
    return `a value of type ${typeof value}`;
  }
}
