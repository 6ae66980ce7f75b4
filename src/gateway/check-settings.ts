import { isHeaderName, isHeaderValue } from './result.js';
import type { GatewayOptions } from './types.js';

/** Refuses, before any request comes, the settings that no response could carry. */
export function checkSettings({ cors = {}, gatewayResponses = {} }: GatewayOptions): void {
  for (const key of ['allowOrigins', 'allowMethods', 'allowHeaders', 'exposeHeaders'] as const) {
    const values: unknown = cors[key] ?? [];
    if (!Array.isArray(values)) throw fault(`cors.${key}`, values, 'list; write an array of strings');
    for (const [at, value] of values.entries()) checkValue(`cors.${key}[${at}]`, value);
  }
  for (const type of ['DEFAULT_4XX', 'DEFAULT_5XX'] as const) {
    for (const [name, value] of Object.entries(gatewayResponses[type] ?? {})) {
      const path = `gatewayResponses.${type}`;
      if (!isHeaderName(name)) throw fault(path, name, 'header name; write letters, digits and hyphens');
      checkValue(`${path}[${JSON.stringify(name)}]`, value);
    }
  }
}

function checkValue(path: string, value: unknown): void {
  if (!isHeaderValue(value)) throw fault(path, value, 'header value; write printable ASCII');
}

function fault(path: string, value: unknown, what: string): TypeError {
  return new TypeError(`${path}: ${JSON.stringify(value)} is no ${what}`);
}
