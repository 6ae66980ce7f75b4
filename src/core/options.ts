import { printable, show } from './printable.js';
import { remedyFor } from './remedy-for.js';

/**
 * Refuses options that are not an object, and keys that nobody reads: what is misspelt would count as left out.
 *
 * @param caller The function that a user has called, for messages.
 * @param example How its options are written.
 * @throws {TypeError} With a line for every key.
 */
export function checkKeys(caller: string, options: unknown, keys: readonly string[], example: string): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const got = Array.isArray(options)
      ? 'an array'
      : typeof options === 'function'
        ? 'a function'
        : printable(show(options));
    throw new TypeError(`${caller} needs its options as an object, but got ${got}; write ${example}`);
  }
  const faults = Object.keys(options)
    .filter((key) => !keys.includes(key))
    .map((key) => printable(`${key} is not an option of ${caller}; ${remedyFor(key, keys)}`));
  if (faults.length > 0) throw new TypeError(faults.join('\n'));
}
