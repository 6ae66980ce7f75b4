import { compilePolicy } from '../core/compile.js';
import type { CorsPolicy } from '../core/policy.js';
import type { Sound } from '../core/sound-policy.js';
import { sourceOf } from '../events/source.js';
import type { HttpEvent } from '../events/types.js';
import { type ContextOf, type LambdaHandler, withoutCallback } from './handler.js';
import { type CorsOptions, checkOptions } from './options.js';
import { answerPreflight, decideFor, finish, recover } from './respond.js';

/** What `withCors` makes of a handler: always async. A third argument is ignored. */
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
 * @param handler The handler; neither it nor what it returns is changed.
 * @param policy Who may call; any origin without credentials when left out.
 * @param options What becomes of faults.
 * @throws {CorsPolicyError} When the policy is malformed, contradictory or insecure; at start, never per request.
 * @throws {TypeError} When the handler or an option is none.
 * @example
 * export const handler = withCors(async () => ({ statusCode: 200, body: 'hello' }), {
 *   allowOrigins: ['https://app.example.com'],
 * })
 */
// biome-ignore lint/suspicious/noExplicitAny: an untyped handler stays assignable to every handler type, as `any` is.
export function withCors<Event, Context, Result = any, const P extends CorsPolicy & Sound<P> = CorsPolicy>(
  handler: LambdaHandler<Event, Context, Result>,
  policy?: P,
  options: CorsOptions = {},
): CorsHandler<Event, ContextOf<Context>, Result> {
  const call = withoutCallback(handler as LambdaHandler<unknown, unknown, unknown>);
  const compiled = compilePolicy(policy as CorsPolicy | undefined);
  checkOptions(options);

  async function corsHandler(event: unknown, context: unknown): Promise<unknown> {
    const source = sourceOf(event);
    if (source === undefined) return call(event, context);

    const decided = decideFor(compiled, source, event as HttpEvent, options);
    // Not `instanceof`: the global Promise may have been replaced.
    const decision = 'then' in decided ? await decided : decided;
    if (decision.preflight !== undefined) return answerPreflight(source, decision, decision.preflight);

    try {
      return finish(source, decision, await call(event, context), options);
    } catch (error) {
      return recover(source, event as HttpEvent, decision, error, options);
    }
  }
  return corsHandler as CorsHandler<Event, ContextOf<Context>, Result>;
}
