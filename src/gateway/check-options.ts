import { type Check, check, fault, listOf, SETTING_KEYS } from '../sources/check-settings.js';
import type { GatewayOptions } from './types.js';

/** Refuses malformed options that only a server has. */
export function checkOptions(options: GatewayOptions): void {
  check({ ...options }, OPTIONS);
}

const hook: Check = (path, value) =>
  typeof value === 'function' ? [] : fault(path, value, 'a function; write one, or leave it out');

const OPTIONS: Readonly<Record<'allowHosts' | 'onError' | 'onExchange', Check>> = {
  allowHosts: listOf(
    (name) => /^(\*|[^\s:/?#@*[\]\\]+)$/.test(name),
    'a host name; write one such as "api.test", without a scheme or a port, or "*" for any',
  ),
  onError: hook,
  onExchange: hook,
};

/** Every option of `createGateway`. */
export const OPTION_KEYS: readonly (keyof GatewayOptions)[] = [
  'handler',
  'source',
  'stage',
  'nodejs',
  ...SETTING_KEYS,
  ...(Object.keys(OPTIONS) as (keyof typeof OPTIONS)[]),
];
