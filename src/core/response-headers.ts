import type { CorsField, NormalPolicy } from './policy.js';

/** One header that the CORS protocol puts on responses. */
interface CorsResponseHeader {
  readonly name: string;
  /** The key of the policy that sets it. `Vary` follows from whether any value depends on the request. */
  readonly key: keyof NormalPolicy | undefined;
  /** Which responses carry it. */
  readonly on: 'preflights' | 'other responses' | 'every response';
  /**
   * What becomes of the header when the handler sets it too: it is removed; it is kept where the policy does not set
   * it; or both values are merged into one line.
   */
  readonly fromHandler: 'removed' | 'kept' | 'merged';
}

/**
 * Every header that a policy puts on responses, by its field in a decision: https://fetch.spec.whatwg.org/#http-responses
 *
 * The fields of a decision are those of this table, and what writes templates or reads responses goes by it. Compiling
 * a policy, deciding and merging are unrolled in compile.ts, decide.ts and events/merge.ts, since at a cold start V8
 * takes longer for a loop over a table than for the lines that it stands for. The compiler reports a field that is
 * missing in the first two, and tests/core/response-headers.test.ts holds names, places and what becomes of the
 * handler's values to the table.
 */
export const CORS_RESPONSE_HEADERS = {
  allowOrigin: {
    name: 'Access-Control-Allow-Origin',
    key: 'allowOrigins',
    on: 'every response',
    fromHandler: 'removed',
  },
  // On other responses than preflights browsers ignore the next two. They are sent because AWS's guide shows them on
  // proxy results: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
  allowMethods: {
    name: 'Access-Control-Allow-Methods',
    key: 'allowMethods',
    on: 'every response',
    fromHandler: 'removed',
  },
  allowHeaders: {
    name: 'Access-Control-Allow-Headers',
    key: 'allowHeaders',
    on: 'every response',
    fromHandler: 'removed',
  },
  allowCredentials: {
    name: 'Access-Control-Allow-Credentials',
    key: 'allowCredentials',
    on: 'every response',
    fromHandler: 'removed',
  },
  // On a preflight it would be ignored: https://fetch.spec.whatwg.org/#http-access-control-expose-headers
  exposeHeaders: {
    name: 'Access-Control-Expose-Headers',
    key: 'exposeHeaders',
    on: 'other responses',
    fromHandler: 'kept',
  },
  // Without it browsers forget a preflight after 5 seconds: https://fetch.spec.whatwg.org/#http-access-control-max-age
  maxAge: {
    name: 'Access-Control-Max-Age',
    key: 'maxAge',
    on: 'preflights',
    fromHandler: 'removed',
  },
  vary: {
    name: 'Vary',
    key: undefined,
    on: 'every response',
    fromHandler: 'merged',
  },
} as const satisfies Readonly<Record<CorsField, CorsResponseHeader>>;

/** The table as a list, each row with its field. */
export const CORS_FIELDS = Object.entries(CORS_RESPONSE_HEADERS) as readonly (readonly [
  CorsField,
  CorsResponseHeader,
])[];
