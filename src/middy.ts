import { compilePolicy } from './core/compile.js';
import type { CorsPolicy, Decision } from './core/policy.js';
import type { Sound } from './core/sound-policy.js';
import { sourceOf } from './events/source.js';
import type { HttpEvent, Source } from './events/types.js';
import { answerPreflight, type CorsOptions, decideFor, finish, merge, recover } from './exchange.js';

export type { CompiledPolicy, CorsPolicy, OriginFunction } from './core/policy.js';
export { CorsPolicyError, type PolicyIssue } from './core/policy-error.js';
export type { CorsLogger, CorsOptions } from './exchange.js';

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

/** A request whose response will get CORS headers. */
interface Exchange {
  readonly source: Source;
  readonly decision: Decision;
  /** This middleware has had its turn with the response; middlewares further out may still replace it. */
  settled?: boolean;
}

/**
 * `withCors` as a Middy middleware, for Middy 6 and 7.
 *
 * Use it first, so that preflights are answered before anything else and whatever the other middlewares answer or
 * throw gets CORS headers.
 *
 * @param policy Who may call; any origin without credentials when left out.
 * @param options What becomes of faults.
 * @throws {CorsPolicyError} When the policy is malformed, contradictory or insecure.
 * @example
 * export const handler = middy(fn).use(cors({ allowOrigins: ['https://app.example.com'] }))
 */
export function cors<const P extends CorsPolicy = CorsPolicy>(
  policy?: P & Sound<P>,
  options: CorsOptions = {},
): CorsMiddleware {
  const compiled = compilePolicy(policy as CorsPolicy | undefined);
  const exchanges = new WeakMap<MiddyRequest, Exchange>();

  /** Decides about a request; `undefined` for an event that is not HTTP. */
  function open(request: MiddyRequest): Exchange | Promise<Exchange> | undefined {
    const source = sourceOf(request.event);
    if (source === undefined) return undefined;
    const decided = decideFor(compiled, source, request.event as HttpEvent, options);
    return decided instanceof Promise
      ? decided.then((decision) => ({ source, decision }))
      : { source, decision: decided };
  }

  /** A preflight's answer ends the chain; any other request is remembered until its response. */
  function begin(request: MiddyRequest, exchange: Exchange): unknown {
    if (exchange.decision.preflight) return answerPreflight(exchange.source, exchange.decision);
    exchanges.set(request, exchange);
    watchResponse(request, exchange, options);
    return undefined;
  }

  function settle(request: MiddyRequest, exchange: Exchange, response: unknown): void {
    request.response = response;
    exchange.settled = true;
  }

  return {
    before(request) {
      const opened = open(request);
      if (opened instanceof Promise) return opened.then((exchange) => begin(request, exchange));
      return opened && begin(request, opened);
    },
    after(request) {
      const exchange = exchanges.get(request);
      if (exchange === undefined) return;
      const { source, decision } = exchange;
      settle(request, exchange, finish(source, decision, request.response, options));
    },
    async onError(request) {
      // A middleware that stands further out may have thrown before this one could decide.
      const exchange = exchanges.get(request) ?? (await open(request));
      if (exchange === undefined) return;
      const { source, decision } = exchange;
      const { response, error, event } = request;
      if (decision.preflight) settle(request, exchange, answerPreflight(source, decision));
      else if (response !== undefined) settle(request, exchange, finish(source, decision, response, options));
      else settle(request, exchange, await recover(source, event as HttpEvent, decision, error, options));
    },
  };
}

/**
 * Sees the responses that neither `after` nor `onError` see: Middy skips every `after` when a `before` answers early,
 * and a middleware further out may replace the response when this one has had its turn.
 */
function watchResponse(request: MiddyRequest, exchange: Exchange, options: CorsOptions): void {
  const { source, decision } = exchange;
  let current: unknown = request.response;
  function set(response: unknown): void {
    current = response;
    if (response === undefined) return;
    if ('earlyResponse' in request) current = finish(source, decision, response, options);
    else if (exchange.settled) current = merge(source, decision, response);
  }
  Object.defineProperty(request, 'response', { configurable: true, enumerable: true, get: () => current, set });
}
