import { type Misuse, misuse } from './misuse.js';
import { faultText } from './thrown.js';

/** The files of the user's whose code runs in this process. */
const loaded = new Set<string>();

/** What goes wrong from now on where nobody waits for it may be this file's. */
export function remember(shown: string): void {
  loaded.add(shown);
}

/** What an import has thrown. Node.js rejects another promise with it, too. */
const thrownByImports = new Set<unknown>();

export function rememberThrown(error: unknown): void {
  thrownByImports.add(error);
}

/** Whether such a fault has been told. The command then ends, in a later turn. */
let isTold = false;

/** Lets a file do what it has put off to the next turn, so that its fault is told, and nothing else is. */
export async function settleDown(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setImmediate(resolve));
  if (isTold) await new Promise(() => {});
}

/**
 * Tells of what is thrown, and of promises that reject, where nobody waits for them. Who listens as well, as `serve` does
 * for its handler, is told instead.
 */
export function watchBackground(tell: (error: unknown) => void): void {
  for (const [event, what] of [
    ['uncaughtException', 'threw in the background'],
    ['unhandledRejection', 'has a promise that rejects, and nothing handles it'],
  ] as const) {
    process.on(event, (error: unknown) => {
      if (process.listenerCount(event) !== 1 || thrownByImports.has(error)) return;
      isTold = true;
      tell(faultOf(what, error));
    });
  }
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
