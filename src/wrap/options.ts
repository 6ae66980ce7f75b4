import { printable, show } from '../core/printable.js';
import { forLog } from './for-log.js';

/** Anything that logs: `console`, or a Powertools `Logger`. */
export interface CorsLogger {
  /** For what needs to be looked at: errors with a status of 500 or above, and results that cannot be sent. */
  error(message: string, ...details: unknown[]): void;
  /** For the rest: errors with a status from 400 to 499 that clients are not shown. */
  warn(message: string, ...details: unknown[]): void;
}

/** A CORS request from an origin that the policy refuses. Its strings are cut at 256 characters and escaped for a log. */
export interface RefusedRequest {
  /** The value of its `Origin` header. */
  readonly origin: string;
  /** The method that the page wants to use; for a preflight the one that it asks for. */
  readonly method: string;
  /** Whether it is a preflight. */
  readonly preflight: boolean;
  /** The names of the headers that a preflight asks for. */
  readonly requestHeaders: string | undefined;
}

/** What happens to errors, to refused requests, and shortly before the time limit. */
export interface CorsOptions {
  /**
   * Makes the response to an error that the handler threw. It gets the CORS headers, as every response does. If it
   * returns `undefined`, the default applies: an error with a `statusCode` or `status` from 400 to 599 keeps it, and its
   * message and headers are sent if it has `expose: true`; any other becomes `500 {"message":"Internal Server Error"}`.
   *
   * @example
   * withCors(fn, policy, { onError: (error) => ({ statusCode: 502, body: 'The shop is closed' }) })
   */
  // biome-ignore lint/suspicious/noExplicitAny: the event is annotated by the user, as in OriginFunction.
  readonly onError?: (error: unknown, event: any) => unknown;
  /**
   * Is told once of each request whose origin the policy refuses, preflight or not. Nobody waits for it, and what it
   * returns or throws does not change the answer. Browsers send `Origin` with POST requests of the same origin too, so
   * it hears of your own pages if the policy does not list them.
   *
   * @example
   * withCors(fn, policy, { onRefused: (request) => console.warn('refused', request) })
   */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly onRefused?: (request: RefusedRequest, event: any) => unknown;
  /** Where errors are logged. Default `console`. */
  readonly logger?: CorsLogger;
  /**
   * Answers 504 that many milliseconds before Lambda would end the function, because the gateway's own answer has no
   * CORS headers. `onError` is asked first, with an error named `TimeoutError`. Default 0: never. The handler is not
   * ended: it may go on in the next invocation. For `cors()` set the option of the same name in `middy()`.
   */
  readonly timeoutEarlyInMillis?: number;
}

/** The options of `cors()`: Middy has a time limit of its own. */
export type CorsMiddlewareOptions = Omit<CorsOptions, 'timeoutEarlyInMillis'>;

/** What a wrapper has without options. There is nothing to check in it. */
export const NO_OPTIONS: CorsOptions = {};

/**
 * Checks the options when a wrapper is made: by the time they are used, something has gone wrong already.
 *
 * @throws {TypeError}
 */
export function checkOptions(options: CorsOptions): void {
  const isObject = typeof options === 'object' && options !== null && !Array.isArray(options);
  check(isObject, 'options', options, 'is not an object');
  // A function stands for one that is absent.
  const { onError = check, onRefused = check, timeoutEarlyInMillis = 0, logger = console, ...others } = options;
  for (const [key, value] of Object.entries(others)) check(false, key, value, 'is not an option');
  check(typeof onError === 'function', 'onError', onError, 'is not a function');
  check(typeof onRefused === 'function', 'onRefused', onRefused, 'is not a function');
  // 15 minutes are the most that Lambda lets a function run; more would answer 504 at once, whatever the limit is.
  check(
    Number.isInteger(timeoutEarlyInMillis) && timeoutEarlyInMillis >= 0 && timeoutEarlyInMillis <= 900_000,
    'timeoutEarlyInMillis',
    timeoutEarlyInMillis,
    'is not a whole number from 0 to 900000',
  );
  for (const method of ['error', 'warn'] as const) {
    check(typeof Object(logger)[method] === 'function', 'logger', logger, `has no ${method}()`);
  }
}

function check(isSound: boolean, path: string, value: unknown, fault: string): void {
  if (isSound) return;
  const example = 'onError: (error, event) => result, onRefused: (request, event) => …, timeoutEarlyInMillis: 50';
  throw new TypeError(
    `${printable(`${path}: ${show(value)} ${fault}`)}; write { ${example}, logger: console }, or some of them`,
  );
}

/** Writes to the log. What fails here must not turn an answer into a gateway's error page. */
export async function tell(
  { logger = console }: CorsOptions,
  level: 'error' | 'warn',
  message: string,
  ...error: readonly unknown[]
): Promise<void> {
  try {
    await logger[level](`lambda-cors: ${message}`, ...error.map((each) => forLog(each)));
  } catch {
    // See above.
  }
}
