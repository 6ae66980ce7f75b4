import type { CorsOptions } from './options.js';

export type Timer = ReturnType<typeof setTimeout>;

/**
 * Fails a call some time before Lambda would end the function, if the options say so. The name of the error is the one
 * that Middy and the web give it.
 */
export function startTimer(
  { timeoutEarlyInMillis }: CorsOptions,
  context: unknown,
  fail: (error: unknown) => void,
): Timer | undefined {
  if (!timeoutEarlyInMillis) return undefined;
  // Node.js warns of a negative delay.
  const delay = Math.max(0, remainingTime(context) - timeoutEarlyInMillis);
  // What no timer can wait for would fire at once.
  if (!(delay <= MAX_DELAY)) return undefined;
  return setTimeout(() => {
    const message = `The handler has not answered, ${timeoutEarlyInMillis} ms before the time limit of the function`;
    fail(Object.assign(new Error(message), { name: 'TimeoutError', statusCode: 504 }));
  }, delay);
}

/** https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const MAX_DELAY = 2 ** 31 - 1;

/** Milliseconds. Tests may pass another context than Lambda does, without the method or with a mock; then it is NaN. */
function remainingTime(context: unknown): number {
  try {
    return Number((context as { getRemainingTimeInMillis(): unknown }).getRemainingTimeInMillis());
  } catch {
    return Number.NaN;
  }
}
