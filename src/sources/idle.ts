/** The part of Node.js's `process` that is used; other runtimes lack it. */
interface Process {
  on?(event: 'beforeExit', listener: () => void): void;
  off?(event: 'beforeExit', listener: () => void): void;
}

const waiting = new Set<() => void>();

/** In a timer, which keeps the process alive: otherwise it would end before later callers are told. */
function tellAll(): void {
  setTimeout(() => {
    for (const callback of waiting) callback();
  }, 0);
}

/**
 * Calls back when nothing is left to do in this process, which Lambda notices too. Has one listener, however many wait.
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
