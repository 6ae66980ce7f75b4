import { misuse } from './misuse.js';

/**
 * Waits for a user's promise that may never settle. When the event loop runs empty before it does, Node.js would end
 * the command without a word and with an exit status of its own; this rejects instead.
 *
 * @param message What never settles, why, and what to do about it, in one line.
 */
export function settle<Value>(work: Promise<Value>, message: string): Promise<Value> {
  return new Promise((resolve, reject) => {
    function fail(): void {
      reject(misuse(message));
    }
    process.once('beforeExit', fail);
    work.then(resolve, reject).finally(() => process.off('beforeExit', fail));
  });
}
