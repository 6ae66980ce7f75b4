import type { CorsOptions } from './options.js';

/** What a handler fails with that has not answered in time; the name is Middy's and the web's. */
function timeoutError(milliseconds: number): Error {
  const error = new Error(`The handler has not answered, ${milliseconds} ms before the time limit of the function`);
  return Object.assign(error, { name: 'TimeoutError', statusCode: 504 });
}

/** Fails a call some time before Lambda would end the function, if the options say so. */
export function startTimer<Call>(
  { timeoutEarlyInMillis = 0 }: CorsOptions,
  context: unknown,
  fail: (call: Call, error: unknown) => void,
  call: Call,
): unknown {
  if (timeoutEarlyInMillis === 0) return undefined;
  // Tests may pass another context than Lambda does.
  const { getRemainingTimeInMillis } = Object(context) as { getRemainingTimeInMillis?: () => number };
  if (typeof getRemainingTimeInMillis !== 'function') return undefined;
  const delay = Math.max(0, getRemainingTimeInMillis.call(context) - timeoutEarlyInMillis);
  return setTimeout(() => fail(call, timeoutError(timeoutEarlyInMillis)), delay);
}

export function stopTimer(timer: unknown): void {
  if (timer !== undefined) clearTimeout(timer);
}
