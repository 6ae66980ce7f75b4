/** Anything that logs: `console`, or a Powertools `Logger`. */
export interface CorsLogger {
  error(message: string, ...details: unknown[]): void;
  warn(message: string, ...details: unknown[]): void;
}

/** What becomes of faults. */
export interface CorsOptions {
  /**
   * Makes the response to an error that the handler threw; it gets the CORS headers like any other. `undefined`
   * leaves the error to the default: one with a `statusCode` from 400 to 599 keeps it, all others become
   * `500 {"message":"Internal Server Error"}`.
   *
   * @example
   * withCors(fn, policy, { onError: (error) => ({ statusCode: 502, body: 'The shop is closed' }) })
   */
  // biome-ignore lint/suspicious/noExplicitAny: the event is annotated by the user, as in OriginFunction.
  readonly onError?: (error: unknown, event: any) => unknown;
  /** Where faults are told. Default `console`. */
  readonly logger?: CorsLogger;
}

/**
 * Checks options when a wrapper is made: they are used when something has gone wrong already.
 *
 * @throws {TypeError}
 */
export function checkOptions(options: CorsOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('options are no object; write { onError, logger }, or one of them');
  }
  const { onError, logger = console, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new TypeError(`${unknown} is no option; write { onError, logger }, or one of them`);
  if (onError !== undefined && typeof onError !== 'function') {
    throw new TypeError('onError is no function; write (error, event) => result');
  }
  for (const method of ['error', 'warn'] as const) {
    if (typeof (logger as Partial<CorsLogger> | null)?.[method] !== 'function')
      throw new TypeError(`logger has no ${method}(); pass one like console`);
  }
}

/** Tells of a fault. */
export function tell(
  level: 'error' | 'warn',
  { logger = console }: CorsOptions,
  message: string,
  error?: unknown,
): void {
  try {
    const details = error === undefined ? [] : [error];
    Promise.resolve(logger[level](`lambda-cors: ${message}`, ...details)).catch(() => {});
  } catch {
    // A broken logger must not turn an answer into a gateway's error page.
  }
}
