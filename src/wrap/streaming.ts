import { compilePolicy } from '../core/compile.js';
import type { CorsPolicy } from '../core/policy.js';
import type { Sound } from '../core/sound-policy.js';
import { type ContextOf, STREAMING } from './handler.js';
import { type CorsOptions, checkOptions } from './options.js';
import { answerPreflight, readCorsRequest, recover } from './respond.js';
import { type ResponseStream, streamResponse } from './streamed-response.js';
import { startTimer } from './time-limit.js';

/** A handler of streamed responses, as `awslambda.streamifyResponse` takes and returns it. */
export type StreamingHandler<Event, Stream, Context> = (
  event: Event,
  responseStream: Stream,
  context: Context,
) => unknown;

/** A handler that `withCorsStreaming` has wrapped, marked for Lambda as one that streams. */
export type CorsStreamingHandler<Event, Stream, Context> = (
  event: Event,
  responseStream: Stream,
  context: Context,
) => Promise<void>;

/**
 * `withCors` for streamed responses: function URLs with `InvokeMode: RESPONSE_STREAM`, and REST APIs that stream.
 *
 * The handler sets status and headers by `awslambda.HttpResponseStream.from`, as without this wrapper, and the CORS
 * headers are added to them; a response that sets none gets the CORS headers too. Preflights are answered without
 * calling the handler. What the handler throws before its first write becomes an error response; after that the stream
 * breaks off, as without this wrapper. As on Lambda, an invocation is over when the handler has returned and ended the
 * stream.
 *
 * @param handler The handler, with or without `awslambda.streamifyResponse` around it.
 * @param policy Who may call. Default: any origin, without credentials.
 * @param options What happens to errors.
 * @throws {CorsPolicyError} If the policy is malformed, contradictory or insecure; at start, never per request.
 * @throws {TypeError} If the handler is not a function, or the options are malformed.
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
      `withCorsStreaming needs a handler, a function of (event, responseStream, context), but got ${handler === null ? handler : typeof handler}; write withCorsStreaming(handler, policy)`,
    );
  }
  const call = handler as StreamingHandler<unknown, ResponseStream, unknown>;
  const compiled = compilePolicy(policy as CorsPolicy | undefined);
  checkOptions(options);

  async function corsHandler(event: unknown, responseStream: ResponseStream, context: unknown): Promise<unknown> {
    const request = await readCorsRequest(compiled, options, event);
    if (request === undefined) return call(event, responseStream, context);

    const response = streamResponse(responseStream, request);
    const { preflight } = request.decision;
    if (preflight !== undefined) return response.answer(answerPreflight(request, preflight));

    const timer = startTimer(options, context, response.fail);
    try {
      const returned = Promise.resolve(call(event, responseStream, context));
      // What is written after the handler has returned may fail too.
      return await Promise.race([returned.then(() => response.ended), response.failed]);
    } catch (error) {
      if (!response.takeOver()) throw error;
      return response.answer(await recover(request, error));
    } finally {
      clearTimeout(timer);
    }
  }
  return Object.assign(corsHandler, marksOf(handler)) as CorsStreamingHandler<Event, Stream, ContextOf<Context>>;
}

const HIGH_WATER_MARK = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

/** The marks by which Lambda's runtime recognizes a streaming handler. */
function marksOf(handler: object): object {
  const { [HIGH_WATER_MARK]: highWaterMark } = handler as { readonly [HIGH_WATER_MARK]?: unknown };
  return { [STREAMING]: 'response', ...(highWaterMark !== undefined && { [HIGH_WATER_MARK]: highWaterMark }) };
}
