import { checkKeys } from '../core/options.js';
import { type Check, check, fault, hookCheck, listOf, SETTING_KEYS } from '../sources/check-settings.js';
import type { GatewayAddress, GatewayOptions } from './types.js';

/** Refuses malformed options that only a server has. */
export function checkOptions(options: GatewayOptions): void {
  check({ ...options }, OPTIONS);
}

const OPTIONS: Readonly<Record<'allowHosts' | 'onError' | 'onExchange', Check>> = {
  allowHosts: listOf(
    (name) => /^(\*|[^\s:/?#@*[\]\\]+)$/.test(name),
    'a host name; write one such as "api.test", without a scheme or a port, or "*" for any',
  ),
  onError: hookCheck,
  onExchange: hookCheck,
};

/** Refuses an address that Node.js would take for another: an empty host is every address of the machine. */
export function checkAddress(address: GatewayAddress): void {
  checkKeys('listen', address, Object.keys(ADDRESS), 'listen({ port: 3000 })');
  check({ ...address }, ADDRESS);
}

const ADDRESS: Readonly<Record<keyof GatewayAddress, Check>> = {
  port: (path, value) =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 65_535
      ? []
      : fault(path, value, 'a port; write an integer from 0, which is any that is free, to 65535'),
  host: (path, value) =>
    typeof value === 'string' && value !== '' ? [] : fault(path, value, 'a host; write one such as "127.0.0.1"'),
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
