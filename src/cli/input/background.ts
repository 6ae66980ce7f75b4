import { type Misuse, misuse } from './misuse.js';
import { faultText } from './thrown.js';

/** The files of the user's whose code runs in this process. */
const loaded = new Set<string>();

/** What goes wrong from now on where nobody waits for it may be this file's. */
export function remember(shown: string): void {
  loaded.add(shown);
}

/** Lets a file do what it has put off to the next turn, so that its fault is told before anything else is. */
export async function settleDown(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Tells of what is thrown, and of promises that reject, where nobody waits for them. Who listens as well, as `serve` does
 * for its handler, is told instead.
 */
export function watchBackground(tell: (error: unknown) => void): void {
  process.on('uncaughtException', (error: unknown) => {
    if (process.listenerCount('uncaughtException') === 1) tell(faultOf('threw in the background', error));
  });
  process.on('unhandledRejection', (error: unknown) => {
    if (process.listenerCount('unhandledRejection') === 1) {
      tell(faultOf('has a promise that rejects, and nothing handles it', error));
    }
  });
}

/** Tells of a process that ends before the command does, because a file ends it or nothing is left to wait for. */
export function watchEnd(isFinished: () => boolean, tell: (error: unknown) => void): void {
  let ranDry = false;
  process.on('beforeExit', () => {
    ranDry = true;
  });
  process.on('exit', () => {
    if (isFinished()) return;
    const what = ranDry ? 'waits for what never comes' : 'ended the process';
    tell(loaded.size === 0 ? new Error(`the command ${what}`) : misuse(`${names()} ${what}; fix that first`));
  });
}

/** A bug of ours, unless somebody else's code runs here. */
function faultOf(what: string, error: unknown): Misuse | unknown {
  return loaded.size === 0 ? error : misuse(`${names()} ${what}: ${faultText(error)}; fix that first`);
}

function names(): string {
  return [...loaded].join(' or ');
}
