/** An error that has an HTTP status; lambda-cors makes a response of it, with the CORS headers. */
export interface HttpError extends Error {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The message is for the client to read, also when the status is 500 or above. */
  readonly expose: true;
}

export function httpError(
  statusCode: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpError {
  return Object.assign(new Error(message), { statusCode, headers, expose: true as const });
}
