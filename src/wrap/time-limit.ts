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
  // Tests may pass another context than Lambda does.
  const { getRemainingTimeInMillis } = Object(context) as { getRemainingTimeInMillis?: () => number };
  if (timeoutEarlyInMillis === 0 || typeof getRemainingTimeInMillis !== 'function') return undefined;
  const delay = getRemainingTimeInMillis.call(context) - timeoutEarlyInMillis;
  return setTimeout(() => fail(timeoutError(timeoutEarlyInMillis)), Math.max(0, delay));
}

export function stopTimer(timer: Timer | undefined): void {
  if (timer !== undefined) clearTimeout(timer);
}
