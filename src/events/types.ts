// Events and results as the wrapper sees them: what invoked the function, what CORS needs to know of the request, what
// the source would accept as a result. Nothing here knows a rule of CORS. sources/ describes the same front doors of
// AWS from the other side, and the two are written apart on purpose: neither imports the other, so that a mistake in
// one of them shows when the tests play them against each other.

/** An event that has been recognized as HTTP; nothing else about it is taken for granted. */
export type HttpEvent = Readonly<Record<string, unknown>>;

/** What a handler returns to be made into an HTTP response. */
export type ProxyResult = Readonly<Record<string, unknown>>;

/** A result, or a copy of one, that this library has made, and so may change. */
export type OwnResult = Record<string, unknown>;

export const HEADER_MAPS = ['headers', 'multiValueHeaders'] as const;

export type HeaderMap = (typeof HEADER_MAPS)[number];

/** One way in which HTTP reaches a function, and what it accepts from the function. */
export interface Source {
  /** As AWS calls it, for messages. */
  readonly name: string;
  /** The map of a result from which response headers are read; one that reads both is given `headers`. */
  readonly map: HeaderMap;
  /** Whether `multiValueHeaders` counts: a map with an array for each name. */
  readonly readsMultiValue?: boolean;
  /** Whether `cookies` counts: a list of values for Set-Cookie. */
  readonly readsCookies?: boolean;
  /** Whether a value in `headers` may be an array. */
  readonly readsLists?: boolean;
  /**
   * What becomes of a result without `statusCode`: the body of a 200, or an error; otherwise a 200. What demands a
   * status demands `isBase64Encoded` as well.
   */
  readonly withoutStatus?: 'body' | 'error';
  /** Present where the source can pass on a response while the function still writes it. */
  readonly streaming?: StreamingRules;
  /** The only keys that a result may have, where others are an error. */
  readonly onlyKeys?: readonly string[];
}

/** How a streamed response begins: with or without a prelude, which has status and headers as JSON and zero bytes. */
export interface StreamingRules {
  /** Whether there is always a prelude. Elsewhere the content type tells. */
  readonly expectsPrelude: boolean;
  /** The most bytes that a prelude may have. */
  readonly maxPrelude: number;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}
