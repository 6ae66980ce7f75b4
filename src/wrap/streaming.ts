import { compilePolicy } from '../core/compile.js';
import type { CorsPolicy, Decision } from '../core/policy.js';
import type { Sound } from '../core/sound-policy.js';
import { functionUrlStreaming } from '../events/http-api.js';
import { sourceOf } from '../events/source.js';
import { type HttpEvent, isObject, type ProxyResult, type Source } from '../events/types.js';
import type { ContextOf } from './handler.js';
import { type CorsOptions, checkOptions } from './options.js';
import { answerPreflight, decideFor, finish, recover } from './respond.js';
import { openStream, type ResponseStream } from './streamed-response.js';

/** A handler of streamed responses, as `awslambda.streamifyResponse` takes and returns it. */
export type StreamingHandler<Event, Stream, Context> = (
  event: Event,
  responseStream: Stream,
  context: Context,
) => unknown;

/** What `withCorsStreaming` makes of a handler: marked for Lambda as one that streams. */
export type CorsStreamingHandler<Event, Stream, Context> = (
  event: Event,
  responseStream: Stream,
  context: Context,
) => Promise<void>;

/**
 * `withCors` for streamed responses: function URLs with `InvokeMode: RESPONSE_STREAM`, and REST APIs that stream.
 *
 * The handler sets status and headers as always, by `awslambda.HttpResponseStream.from`, and they get the CORS
 * headers; so does a response without them. Preflights are answered without calling the handler. What it throws before
 * its first write becomes an error response; after that the stream breaks off, as without this wrapper. As on Lambda,
 * an invocation is over when the handler has returned and ended the stream.
 *
 * @param handler The handler, with or without `awslambda.streamifyResponse` around it.
 * @param policy Who may call; any origin without credentials when left out.
 * @param options What becomes of faults.
 * @throws {CorsPolicyError} When the policy is malformed, contradictory or insecure; at start, never per request.
 * @throws {TypeError} When the handler or an option is none.
 * @example
 * export const handler = withCorsStreaming(
 *   async (event, responseStream) => {
 *     const stream = awslambda.HttpResponseStream.from(responseStream, {
 *       statusCode: 200,
 *       headers: { 'Content-Type': 'text/plain' },
 *     })
 *     stream.write('first, ')
 *     stream.end('last')
 *   },
 *   { allowOrigins: ['https://app.example.com'] },
 * )
 */
export function withCorsStreaming<
  // biome-ignore-start lint/suspicious/noExplicitAny: they are `any` without a type, as for AWS's own decorator.
  Event = any,
  Stream = any,
  Context = any,
  // biome-ignore-end lint/suspicious/noExplicitAny: only these.
  const P extends CorsPolicy & Sound<P> = CorsPolicy,
>(
  handler: StreamingHandler<Event, Stream, Context>,
  policy?: P,
  options: CorsOptions = {},
): CorsStreamingHandler<Event, Stream, ContextOf<Context>> {
  if (typeof handler !== 'function') {
    throw new TypeError(
      `withCorsStreaming needs a handler, a function of (event, responseStream, context), but got ${handler === null ? handler : typeof handler}`,
    );
  }
  const call = handler as StreamingHandler<unknown, ResponseStream, unknown>;
  const compiled = compilePolicy(policy as CorsPolicy | undefined);
  checkOptions(options);

  async function corsHandler(event: unknown, responseStream: ResponseStream, context: unknown): Promise<unknown> {
    const source = sourceOf(event);
    if (source === undefined) return call(event, responseStream, context);

    const decision = await decideFor(compiled, source, event as HttpEvent, options);
    // An event made by hand may lack the domain name that tells a function URL.
    const rules = source.streaming ?? functionUrlStreaming;
    const stream = openStream(responseStream, rules, (prelude) => finishPrelude(source, decision, prelude, options));
    if (decision.preflight !== undefined) {
      return stream.answer(answerPreflight(source, decision, decision.preflight));
    }

    try {
      const returned = Promise.resolve(call(event, responseStream, context));
      // What is written after the handler has returned may fail too.
      return await Promise.race([returned.then(() => stream.ended), stream.failed]);
    } catch (error) {
      stream.close();
      if (stream.begun()) throw error;
      return stream.answer(await recover(source, event as HttpEvent, decision, error, options));
    }
  }
  return Object.assign(corsHandler, marksOf(handler)) as CorsStreamingHandler<Event, Stream, ContextOf<Context>>;
}

/** A prelude has no body, and is as free with keys on REST APIs as on function URLs. */
function finishPrelude(source: Source, decision: Decision, prelude: unknown, options: CorsOptions): ProxyResult {
  const { onlyKeys: _, ...free } = source;
  const given = isObject(prelude) ? { statusCode: 200, ...prelude, body: undefined } : prelude;
  return finish({ ...free, withoutStatus: 'ok' }, decision, given, options);
}

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

/** The marks by which Lambda's runtime knows a streaming handler. */
function marksOf(handler: object): object {
  const { [HIGH_WATER_MARK]: highWaterMark } = handler as { readonly [HIGH_WATER_MARK]?: unknown };
  return { [STREAMING]: 'response', ...(highWaterMark !== undefined && { [HIGH_WATER_MARK]: highWaterMark }) };
}
