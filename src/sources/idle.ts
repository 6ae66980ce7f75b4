/** What there is of it on Node.js; elsewhere nobody can tell. */
interface Process {
  on?(event: 'beforeExit', listener: () => void): void;
  off?(event: 'beforeExit', listener: () => void): void;
}

const waiting = new Set<() => void>();

/** Later, so that the process goes on: whoever waits after that is told as well. */
function tellAll(): void {
  setTimeout(() => {
    for (const callback of waiting) callback();
  }, 0);
}

/**
 * Calls back when nothing is left to do in this process, as Lambda notices it of a function. Listens once, however many
 * wait.
 *
 * @returns Ends the waiting.
 */
export function whenIdle(callback: () => void): () => void {
  const { process } = globalThis as { readonly process?: Process };
  if (waiting.size === 0) process?.on?.('beforeExit', tellAll);
  waiting.add(callback);
  return () => {
    waiting.delete(callback);
    if (waiting.size === 0) process?.off?.('beforeExit', tellAll);
  };
}
