import { compilePolicy } from '../core/compile.js';
import type { CorsPolicy } from '../core/policy.js';
import type { Sound } from '../core/sound-policy.js';
import { isThenable } from './handler.js';
import { type CorsMiddlewareOptions, checkOptions, NO_OPTIONS } from './options.js';
import {
  answerPreflight,
  type CorsRequest,
  finish,
  merge,
  readCorsRequest,
  recover,
  type Surroundings,
} from './respond.js';

/** Middy's request. Middy infers from it: what is missing here would become `any` for the middlewares that follow. */
export interface MiddyRequest {
  /** The event. */
  readonly event: unknown;
  /** Lambda's context. */
  readonly context: unknown;
  /** What middlewares tell each other; `cors` tells nothing. */
  readonly internal: Record<never, never>;
  /** The response so far. */
  response: unknown;
  /** What the handler or a middleware has thrown. */
  readonly error: unknown;
}

/** A middleware for `middy().use()`. */
export interface CorsMiddleware {
  /** Answers preflights, and watches the response of other requests. */
  before(request: MiddyRequest): unknown;
  /** Adds the headers to the response. */
  after(request: MiddyRequest): void;
  /** Makes a response of an error, unless a middleware has made one, and adds the headers to it. */
  onError(request: MiddyRequest): Promise<void>;
}

/** Stands behind `request.response`, so that every response gets its headers whoever sets it. */
interface WatchedResponse {
  readonly cors: CorsRequest;
  /** The middleware whose policy applies: the outermost, as with `withCors` in `withCors`. */
  readonly owner: CorsMiddleware;
  /** It has begun only when an error was on its way out, so that one further out can still take its place. */
  readonly late: boolean;
  value: unknown;
  /** Whether the value has its headers. */
  finished: boolean;
  /** The owner has had its turn; only middlewares further out can still replace the response. */
  settled: boolean;
}

/** Middy can stream what a handler returns; a middleware is not told whether it does. */
const MIDDY: Surroundings = {
  streams: true,
  hint: '; if a middleware that is used before cors() makes it into that, use cors() first',
};

/** Shared by all copies of this module: a chain may have one from an ES module and one from CommonJS. */
const WATCHED = Symbol.for('lambda-cors.middy');
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
  options: CorsMiddlewareOptions = NO_OPTIONS,
): CorsMiddleware {
  const compiled = compilePolicy(policy as CorsPolicy | undefined);
  if (options !== NO_OPTIONS) checkOptions(options);
  if ('timeoutEarlyInMillis' in options) {
    throw new TypeError(
      'timeoutEarlyInMillis is not an option of cors(); write middy(handler, { timeoutEarlyInMillis }): Middy has its own',
    );
  }

  const middleware: CorsMiddleware = {
    before(request) {
      if ((request as Partial<WatchedRequest>)[WATCHED] !== undefined) return undefined;
      const read = readCorsRequest(compiled, options, request.event);
      return isThenable(read) ? beginLater(middleware, request, read) : read && begin(middleware, request, read);
    },
    after(request) {
      const { [WATCHED]: watched } = request as Partial<WatchedRequest>;
      if (watched?.owner === middleware) settle(watched, finish(watched.cors, watched.value, MIDDY));
    },
    async onError(request) {
      let { [WATCHED]: watched } = request as Partial<WatchedRequest>;
      if (watched === undefined || (watched.late && watched.owner !== middleware)) {
        // A middleware that stands further out has thrown before this one could begin. It may yet replace the response.
        const read = await readCorsRequest(compiled, options, request.event);
        if (read === undefined) return;
        watched = watch(middleware, request, read, true);
      }
      const { cors, owner } = watched;
      if (owner === middleware) settle(watched, await respondToError(cors, request));
      // Further in, with options of its own, as `withCors` in `withCors`. The owner has the last word on the headers.
      else if (request.response === undefined) request.response = await recover({ ...cors, options }, request.error);
    },
  };
  return middleware;
}

/** A preflight's answer ends the chain; any other request is watched until its response is there. */
function begin(owner: CorsMiddleware, request: MiddyRequest, cors: CorsRequest): unknown {
  const { preflight } = cors.decision;
  if (preflight !== undefined) return answerPreflight(cors, preflight);
  watch(owner, request, cors, false);
  return undefined;
}

async function beginLater(owner: CorsMiddleware, request: MiddyRequest, read: Promise<CorsRequest>): Promise<unknown> {
  return begin(owner, request, await read);
}

function respondToError(cors: CorsRequest, { response, error }: MiddyRequest): unknown {
  const { preflight } = cors.decision;
  if (preflight !== undefined) return answerPreflight(cors, preflight);
  return response === undefined ? recover(cors, error) : finish(cors, response, MIDDY);
}

function watch(owner: CorsMiddleware, request: MiddyRequest, cors: CorsRequest, late: boolean): WatchedResponse {
  const watched: WatchedResponse = { cors, owner, late, value: request.response, finished: false, settled: false };
  Object.setPrototypeOf(request, WATCHING);
  // So that the property of the prototype is in its place.
  delete (request as Partial<MiddyRequest>).response;
  (request as WatchedRequest)[WATCHED] = watched;
  return watched;
}

function settle(watched: WatchedResponse, response: unknown): void {
  watched.settled = true;
  watched.finished = true;
  watched.value = response;
}

/**
 * `request.response`, so that the responses are seen that neither `after` nor `onError` see: Middy skips every `after`
 * when a `before` answers early, and a middleware further out may replace the response after this one has had its turn.
 */
const RESPONSE: PropertyDescriptor & ThisType<WatchedRequest> = {
  get() {
    const { [WATCHED]: watched } = this;
    // An early response, which may be `undefined`. Nobody else has a turn then, so it is the answer. Asked here and not
    // where it is set, because `in` is slow, and most responses are set before `after` and read after it.
    if (!watched.finished && 'earlyResponse' in this) {
      watched.value = finish(watched.cors, watched.value, MIDDY);
      watched.finished = true;
    }
    return watched.value;
  },
  set(response: unknown) {
    const { [WATCHED]: watched } = this;
    watched.value = response;
    watched.finished = false;
    if (response === undefined || !watched.settled || 'earlyResponse' in this) return;
    watched.value = merge(watched.cors, response, MIDDY);
    watched.finished = true;
  },
};

/** The prototype of a watched request. A property of the request itself would be gone when a middleware deletes it. */
const WATCHING: object = Object.create(Object.prototype, { response: RESPONSE });
