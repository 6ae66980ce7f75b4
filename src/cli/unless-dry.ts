import { misuse } from './misuse.js';

/**
 * Waits for a user's code. Where nothing is left to run, it will never be done, and Node.js would end the command with a
 * status of its own and without a word.
 *
 * @param message What will never be done, why, and what to do about it, in one line.
 */
export function unlessDry<Value>(work: Promise<Value>, message: string): Promise<Value> {
  return new Promise((resolve, reject) => {
    function dry(): void {
      reject(misuse(message));
    }
    process.once('beforeExit', dry);
    work.then(resolve, reject).finally(() => process.off('beforeExit', dry));
  });
}
