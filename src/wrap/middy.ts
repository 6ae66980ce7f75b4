import { compilePolicy } from '../core/compile.js';
import type { CorsPolicy } from '../core/policy.js';
import type { Sound } from '../core/sound-policy.js';
import { isThenable } from './handler.js';
import { type CorsOptions, checkOptions } from './options.js';
import { answerPreflight, type CorsRequest, finish, merge, readCorsRequest, recover } from './respond.js';

/** Middy's request. Middy infers from it: what is missing here would become `any` for the middlewares that follow. */
interface MiddyRequest {
  readonly event: unknown;
  readonly context: unknown;
  readonly internal: Record<never, never>;
  response: unknown;
  readonly error: unknown;
}

/** A middleware for `middy().use()`. */
export interface CorsMiddleware {
  before(request: MiddyRequest): unknown;
  after(request: MiddyRequest): void;
  onError(request: MiddyRequest): Promise<void>;
}

/** Stands behind `request.response`, so that every response gets its headers whoever sets it. */
interface WatchedResponse {
  readonly cors: CorsRequest;
  value: unknown;
  /** This middleware has had its turn; only middlewares further out can still replace the response. */
  settled: boolean;
}

/** Middy can stream what a handler returns; a middleware is not told whether it does. */
const STREAMS = true;

const WATCHED = Symbol('lambda-cors');
type WatchedRequest = MiddyRequest & { [WATCHED]: WatchedResponse };

/**
 * `withCors` as a Middy middleware, for Middy 6 and 7.
 *
 * Use it first, so that it answers preflights before any other middleware sees them, and puts the CORS headers on
 * whatever the other middlewares answer or throw.
 *
 * @param policy Who may call. Default: any origin, without credentials.
 * @param options What happens to errors.
 * @throws {CorsPolicyError} If the policy is malformed, contradictory or insecure.
 * @throws {TypeError} If the options are malformed.
 * @example
 * export const handler = middy(fn).use(cors({ allowOrigins: ['https://app.example.com'] }))
 */
export function cors<const P extends CorsPolicy & Sound<P> = CorsPolicy>(
  policy?: P,
  options: CorsOptions = {},
): CorsMiddleware {
  const compiled = compilePolicy(policy as CorsPolicy | undefined);
  checkOptions(options);

  return {
    before(request) {
      const read = readCorsRequest(compiled, options, request.event);
      return isThenable(read) ? beginLater(request, read) : read && begin(request, read);
    },
    after(request) {
      const { [WATCHED]: watched } = request as Partial<WatchedRequest>;
      if (watched === undefined) return;
      watched.value = finish(watched.cors, request.response, STREAMS);
      watched.settled = true;
    },
    async onError(request) {
      let { [WATCHED]: watched } = request as Partial<WatchedRequest>;
      if (watched === undefined) {
        // A middleware that stands further out has thrown before this one could begin. It may yet replace the response.
        const read = await readCorsRequest(compiled, options, request.event);
        if (read === undefined) return;
        watched = watch(request, read);
      }
      watched.value = await respondToError(watched.cors, request);
      watched.settled = true;
    },
  };
}

/** A preflight's answer ends the chain; any other request is watched until its response is there. */
function begin(request: MiddyRequest, cors: CorsRequest): unknown {
  const { preflight } = cors.decision;
  if (preflight !== undefined) return answerPreflight(cors, preflight);
  watch(request, cors);
  return undefined;
}

async function beginLater(request: MiddyRequest, read: Promise<CorsRequest>): Promise<unknown> {
  return begin(request, await read);
}

function respondToError(cors: CorsRequest, { response, error }: MiddyRequest): unknown {
  const { preflight } = cors.decision;
  if (preflight !== undefined) return answerPreflight(cors, preflight);
  return response === undefined ? recover(cors, error) : finish(cors, response, STREAMS);
}

function watch(request: MiddyRequest, cors: CorsRequest): WatchedResponse {
  const watched: WatchedResponse = { cors, value: request.response, settled: false };
  (request as WatchedRequest)[WATCHED] = watched;
  Object.defineProperty(request, 'response', RESPONSE);
  return watched;
}

/**
 * `request.response`, so that the responses are seen that neither `after` nor `onError` see: Middy skips every `after`
 * when a `before` answers early, and a middleware further out may replace the response after this one has had its turn.
 */
const RESPONSE: PropertyDescriptor & ThisType<WatchedRequest> = {
  configurable: true,
  enumerable: true,
  get() {
    return this[WATCHED].value;
  },
  set(response: unknown) {
    const { [WATCHED]: watched } = this;
    watched.value = response;
    if (response === undefined) return;
    if ('earlyResponse' in this) watched.value = finish(watched.cors, response, STREAMS);
    else if (watched.settled) watched.value = merge(watched.cors, response, STREAMS);
  },
};
