import { compilePolicy } from '../core/compile.js';
import type { CorsPolicy } from '../core/policy.js';
import type { Sound } from '../core/sound-policy.js';
import { calleeOf, callHandler, callUntouched } from './call.js';
import { type ContextOf, checkHandler, isThenable, type LambdaHandler } from './handler.js';
import { type CorsOptions, checkOptions, NO_OPTIONS } from './options.js';
import { answerPreflight, type CorsRequest, readCorsRequest } from './respond.js';

/** A handler that `withCors` has wrapped. It is always async, and ignores a third argument. */
export type CorsHandler<Event, Context, Result> = (
  event: Event,
  context: Context,
  callback?: unknown,
) => Promise<Result>;

/**
 * Puts a CORS policy around a Lambda handler.
 *
 * Preflights are answered without calling the handler. Every other response gets its CORS headers, errors included,
 * whatever is in front of the function: REST API, HTTP API, function URL, load balancer or VPC Lattice. Events that
 * are not HTTP go through untouched.
 *
 * @param handler The handler. Neither it nor what it returns is changed.
 * @param policy Who may call. Default: any origin, without credentials.
 * @param options What happens to errors.
 * @throws {CorsPolicyError} If the policy is malformed, contradictory or insecure; at start, never per request.
 * @throws {TypeError} If the handler is not a function, or the options are malformed.
 * @example
 * export const handler = withCors(async () => ({ statusCode: 200, body: 'hello' }), {
 *   allowOrigins: ['https://app.example.com'],
 * })
 */
// biome-ignore lint/suspicious/noExplicitAny: an untyped handler stays assignable to every handler type, as `any` is.
export function withCors<Event, Context, Result = any, const P extends CorsPolicy & Sound<P> = CorsPolicy>(
  handler: LambdaHandler<Event, Context, Result>,
  policy?: P,
  options: CorsOptions = NO_OPTIONS,
): CorsHandler<Event, ContextOf<Context>, Result> {
  const callee = calleeOf(checkHandler(handler));
  const compiled = compilePolicy(policy as CorsPolicy | undefined);
  if (options !== NO_OPTIONS) checkOptions(options);

  function corsHandler(event: unknown, context: unknown): Promise<unknown> {
    try {
      const read = readCorsRequest(compiled, options, event);
      if (read === undefined) return callUntouched(callee, event, context);
      return isThenable(read) ? read.then((request) => respond(request, context)) : respond(read, context);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  function respond(request: CorsRequest, context: unknown): Promise<unknown> {
    const { preflight } = request.decision;
    return preflight === undefined
      ? callHandler(callee, request, context)
      : Promise.resolve(answerPreflight(request, preflight));
  }

  return corsHandler as CorsHandler<Event, ContextOf<Context>, Result>;
}
