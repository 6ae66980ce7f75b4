import { compilePolicy } from '../core/compile.js';
import type { CorsPolicy, Decision } from '../core/policy.js';
import type { Sound } from '../core/sound-policy.js';
import { sourceOf } from '../events/source.js';
import type { HttpEvent, Source } from '../events/types.js';
import { type CorsOptions, checkOptions } from './options.js';
import { answerPreflight, decideFor, finish, merge, recover } from './respond.js';

/** Middy's request. What is missing here would become `any` for the middlewares that follow: Middy infers from it. */
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

/** What is known of a request whose response will get CORS headers. */
interface Exchange {
  readonly source: Source;
  readonly decision: Decision;
  readonly options: CorsOptions;
  /** The value of `request.response`. */
  response?: unknown;
  /** This middleware has had its turn with the response; middlewares further out may still replace it. */
  settled?: boolean;
}

/** Middy can stream what a handler returns; a middleware is not told whether it does. */
const STREAMS = true;

const EXCHANGE = Symbol('lambda-cors');
type Watched = MiddyRequest & { [EXCHANGE]: Exchange };

/**
 * `withCors` as a Middy middleware, for Middy 6 and 7.
 *
 * Use it first, so that preflights are answered before anything else and whatever the other middlewares answer or
 * throw gets CORS headers.
 *
 * @param policy Who may call; any origin without credentials when left out.
 * @param options What becomes of faults.
 * @throws {CorsPolicyError} When the policy is malformed, contradictory or insecure.
 * @throws {TypeError} When an option is none.
 * @example
 * export const handler = middy(fn).use(cors({ allowOrigins: ['https://app.example.com'] }))
 */
export function cors<const P extends CorsPolicy & Sound<P> = CorsPolicy>(
  policy?: P,
  options: CorsOptions = {},
): CorsMiddleware {
  const compiled = compilePolicy(policy as CorsPolicy | undefined);
  checkOptions(options);

  /** Decides about a request; `undefined` for an event that is not HTTP. */
  function open({ event }: MiddyRequest): Exchange | Promise<Exchange> | undefined {
    const source = sourceOf(event);
    if (source === undefined) return undefined;
    const decided = decideFor(compiled, source, event as HttpEvent, options);
    return 'then' in decided
      ? decided.then((decision) => ({ source, decision, options }))
      : { source, decision: decided, options };
  }

  /** A preflight's answer ends the chain; any other request is watched until its response is there. */
  function begin(request: MiddyRequest, exchange: Exchange): unknown {
    const { source, decision } = exchange;
    if (decision.preflight !== undefined) return answerPreflight(source, decision, decision.preflight);
    watch(request, exchange);
    return undefined;
  }

  return {
    before(request) {
      const opened = open(request);
      if (opened === undefined) return undefined;
      return 'then' in opened ? opened.then((exchange) => begin(request, exchange)) : begin(request, opened);
    },
    after(request) {
      const { [EXCHANGE]: exchange } = request as Partial<Watched>;
      if (exchange === undefined) return;
      exchange.response = finish(exchange.source, exchange.decision, request.response, options, STREAMS);
      exchange.settled = true;
    },
    async onError(request) {
      let exchange = (request as Partial<Watched>)[EXCHANGE];
      if (exchange === undefined) {
        // A middleware that stands further out may have thrown before this one could decide, and may replace the response.
        exchange = await open(request);
        if (exchange === undefined) return;
        watch(request, exchange);
      }
      const { source, decision } = exchange;
      const { response, error, event } = request;
      if (decision.preflight !== undefined) request.response = answerPreflight(source, decision, decision.preflight);
      else if (response !== undefined) request.response = finish(source, decision, response, options, STREAMS);
      else request.response = await recover(source, event as HttpEvent, decision, error, options);
      exchange.settled = true;
    },
  };
}

function watch(request: MiddyRequest, exchange: Exchange): void {
  exchange.response = request.response;
  (request as Watched)[EXCHANGE] = exchange;
  Object.defineProperty(request, 'response', WATCHED);
}

/**
 * `request.response`, so that the responses are seen that neither `after` nor `onError` see: Middy skips every `after`
 * when a `before` answers early, and a middleware further out may replace the response when this one has had its turn.
 */
const WATCHED: PropertyDescriptor & ThisType<Watched> = {
  configurable: true,
  enumerable: true,
  get() {
    return this[EXCHANGE].response;
  },
  set(response: unknown) {
    const exchange = this[EXCHANGE];
    const { source, decision, options, settled } = exchange;
    exchange.response = response;
    if (response === undefined) return;
    if ('earlyResponse' in this) exchange.response = finish(source, decision, response, options, STREAMS);
    else if (settled) exchange.response = merge(source, decision, response, STREAMS);
  },
};
