/** Anything that logs: `console`, or a Powertools `Logger`. */
export interface CorsLogger {
  error(message: string, ...details: unknown[]): void;
  warn(message: string, ...details: unknown[]): void;
}

/** What happens to errors. */
export interface CorsOptions {
  /**
   * Makes the response to an error that the handler threw. It gets the CORS headers, as every response does. If it
   * returns `undefined`, the default applies: an error with a `statusCode` from 400 to 599 keeps it, any other becomes
   * `500 {"message":"Internal Server Error"}`.
   *
   * @example
   * withCors(fn, policy, { onError: (error) => ({ statusCode: 502, body: 'The shop is closed' }) })
   */
  // biome-ignore lint/suspicious/noExplicitAny: the event is annotated by the user, as in OriginFunction.
  readonly onError?: (error: unknown, event: any) => unknown;
  /** Where errors are logged. Default `console`. */
  readonly logger?: CorsLogger;
}

/**
 * Checks the options when a wrapper is made: by the time they are used, something has gone wrong already.
 *
 * @throws {TypeError}
 */
export function checkOptions(options: CorsOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('options is not an object; write { onError, logger }, or one of them');
  }
  const { onError, logger = console, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new TypeError(`${unknown} is not an option; write { onError, logger }, or one of them`);
  }
  if (onError !== undefined && typeof onError !== 'function') {
    throw new TypeError('onError is not a function; write (error, event) => result');
  }
  for (const method of ['error', 'warn'] as const) {
    if (typeof (logger as Partial<CorsLogger> | null)?.[method] !== 'function')
      throw new TypeError(`logger has no ${method}(); pass one like console`);
  }
}

/** Writes to the log. A logger that fails must not turn an answer into a gateway's error page. */
export function tell(
  { logger = console }: CorsOptions,
  level: 'error' | 'warn',
  message: string,
  error?: unknown,
): void {
  try {
    const details = error === undefined ? [] : [error];
    Promise.resolve(logger[level](`lambda-cors: ${message}`, ...details)).catch(() => {});
  } catch {
    // See above.
  }
}
