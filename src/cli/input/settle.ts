import { printLines } from '../terminal/print.js';
import { misuse } from './misuse.js';

const LONG = 10_000;

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

/**
 * Says on standard error what is waited for, once that takes long: a connection that is open may keep it from ever ending.
 *
 * @param remark What 10 seconds mean for it.
 */
export async function tellingWait<Value>(what: string, work: Promise<Value>, remark = ''): Promise<Value> {
  const note = setTimeout(() => {
    printLines([`${what} has taken 10 seconds${remark}. Still waiting; Ctrl-C ends it.`], process.stderr);
  }, LONG).unref();
  try {
    return await work;
  } finally {
    clearTimeout(note);
  }
}
