import type { CorsOptions } from './options.js';

export type Timer = ReturnType<typeof setTimeout>;

/** What a handler fails with that has not answered in time. The name is the one that Middy and the web give it. */
function timeoutError(milliseconds: number): Error {
  const error = new Error(`The handler has not answered, ${milliseconds} ms before the time limit of the function`);
  return Object.assign(error, { name: 'TimeoutError', statusCode: 504 });
}

/** Fails a call some time before Lambda would end the function, if the options say so. */
export function startTimer(
  { timeoutEarlyInMillis = 0 }: CorsOptions,
  context: unknown,
  fail: (error: unknown) => void,
): Timer | undefined {
  const delay = timeoutEarlyInMillis === 0 ? Number.NaN : remainingTime(context) - timeoutEarlyInMillis;
  // What no timer can wait for would fire at once.
  if (!(delay <= MAX_DELAY)) return undefined;
  return setTimeout(() => fail(timeoutError(timeoutEarlyInMillis)), Math.max(0, delay));
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

export function stopTimer(timer: Timer | undefined): void {
  if (timer !== undefined) clearTimeout(timer);
}
