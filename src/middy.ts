import { compilePolicy } from './core/compile.js';
import type { CompiledPolicy, CorsPolicy, Decision, Sound } from './core/policy.js';
import { sourceOf } from './events/source.js';
import type { Source } from './events/types.js';
import { answerPreflight, type CorsOptions, decideFor, finish, recover } from './exchange.js';

export type { CompiledPolicy, CorsPolicy, OriginFunction } from './core/policy.js';
export { CorsPolicyError, type PolicyIssue } from './core/policy-error.js';
export type { CorsLogger, CorsOptions } from './exchange.js';

/** Middy's request, as far as this middleware reads it. */
interface MiddyRequest {
  // biome-ignore lint/suspicious/noExplicitAny: Middy types these per handler; the middleware goes with any.
  event: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  response: any;
  error: unknown;
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
export function cors<const P extends CorsPolicy | CompiledPolicy = CorsPolicy>(
  policy?: P & Sound<P>,
  options: CorsOptions = {},
): CorsMiddleware {
  const compiled = compilePolicy(policy as CorsPolicy | undefined);
  const exchanges = new WeakMap<MiddyRequest, Exchange>();

  /** Decides, once per request; `undefined` for an event that is not HTTP. */
  function open(request: MiddyRequest): Exchange | Promise<Exchange> | undefined {
    const source = sourceOf(request.event);
    if (source === undefined) return undefined;
    const decided = decideFor(compiled, source, request.event, options);
    return decided instanceof Promise
      ? decided.then((decision) => ({ source, decision }))
      : { source, decision: decided };
  }

  /** A preflight's answer ends the chain; any other request is remembered for its response. */
  function begin(request: MiddyRequest, exchange: Exchange): unknown {
    if (exchange.decision.preflight) return answerPreflight(exchange.source, exchange.decision);
    exchanges.set(request, exchange);
    watchResponse(request, (response) => finish(exchange.source, exchange.decision, response, options));
    return undefined;
  }

  return {
    before(request) {
      const opened = open(request);
      if (opened instanceof Promise) return opened.then((exchange) => begin(request, exchange));
      return opened && begin(request, opened);
    },
    after(request) {
      const exchange = exchanges.get(request);
      if (exchange) request.response = finish(exchange.source, exchange.decision, request.response, options);
    },
    async onError(request) {
      // A middleware that stands before this one may have thrown before this one could decide.
      const exchange = exchanges.get(request) ?? (await open(request));
      if (exchange === undefined) return;
      const { source, decision } = exchange;
      if (decision.preflight) request.response = answerPreflight(source, decision);
      else if (request.response === undefined) {
        request.response = await recover(source, request.event, decision, request.error, options);
      } else request.response = finish(source, decision, request.response, options);
    },
  };
}

/**
 * Has the last word on responses that no `after` sees: Middy skips all of them when a `before` answers early, and
 * those that ran are over when a middleware further out replaces the response.
 */
function watchResponse(request: MiddyRequest, finishResponse: (response: unknown) => unknown): void {
  let current: unknown = request.response;
  Object.defineProperty(request, 'response', {
    configurable: true,
    enumerable: true,
    get: () => current,
    set(response: unknown) {
      current = response !== undefined && 'earlyResponse' in request ? finishResponse(response) : response;
    },
  });
}
