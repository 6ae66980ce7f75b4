/** An error with an HTTP status. lambda-cors turns it into a response with CORS headers. */
export interface HttpError extends Error {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The client may read the message and the headers. */
  readonly expose: true;
}

export function httpError(
  statusCode: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpError {
  return Object.assign(new Error(message), { statusCode, headers, expose: true as const });
}
