import { type Check, check, fault, listOf } from '../sources/check-settings.js';
import type { GatewayOptions } from './types.js';

/** Refuses malformed options that only a server has. */
export function checkOptions(options: GatewayOptions): void {
  check({ ...options }, OPTIONS);
}

const hook: Check = (path, value) =>
  typeof value === 'function' ? [] : fault(path, value, 'a function; write one, or leave it out');

const OPTIONS: Readonly<Record<string, Check>> = {
  allowHosts: listOf(
    (name) => /^(\*|[^\s:/?#@*[\]\\]+)$/.test(name),
    'a host name; write one such as "api.test", without a scheme or a port, or "*" for any',
  ),
  onError: hook,
  onExchange: hook,
};
