import { PRELUDE_END, PRELUDE_TYPE } from './awslambda.js';
import type { LambdaContext } from './context.js';
import { describe, type Failure } from './invoke.js';
import { makeStream } from './response-stream.js';
import type { GatewayHandler } from './types.js';

/** How a streamed response begins, and the rest of it as it is written. */
export interface Streamed {
  /** What `HttpResponseStream.from` was given; absent when the handler has written without it. */
  readonly prelude?: unknown;
  readonly contentType: string;
  /** Throws a `BrokenStream` where the handler has failed. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** A response that has begun and cannot end well. */
export class BrokenStream extends Error {
  constructor(readonly failure: Failure) {
    super(`the response broke off: ${failure.message}`);
  }
}

/** Calls a streaming handler as Lambda's runtime does, and waits until status and headers are known. */
export async function invokeStreaming(
  handler: GatewayHandler,
  event: unknown,
  context: LambdaContext,
  timeout: number,
  nodejs: 22 | 24,
): Promise<Streamed | { readonly failure: Failure }> {
  const stream = makeStream(nodejs);
  let failure: Failure | undefined;
  function fail(reason: Failure): void {
    failure ??= reason;
    // After what has been written, not instead of it.
    stream.end();
  }

  const alarm = setTimeout(() => {
    fail({ kind: 'function timeout', message: `Task timed out after ${(timeout / 1000).toFixed(2)} seconds` });
  }, timeout).unref();
  call(handler, event, stream.forHandler, context).catch((error: unknown) => {
    fail({ kind: 'thrown', message: `the handler threw ${describe(error)}`, error });
  });

  /** What the handler writes; throws at the end where it has failed. */
  async function* chunks(): AsyncGenerator<Uint8Array, void> {
    try {
      yield* stream.chunks();
    } catch (error) {
      fail({ kind: 'thrown', message: `the handler destroyed the stream: ${describe(error)}`, error });
    } finally {
      clearTimeout(alarm);
    }
    if (failure !== undefined) throw new BrokenStream(failure);
  }

  const reading = chunks();
  try {
    return await readHead(reading, stream.contentType);
  } catch (error) {
    // The function goes on, as when the client has gone away.
    await reading.return();
    if (error instanceof BrokenStream) return { failure: error.failure };
    throw error;
  }
}

async function call(handler: GatewayHandler, event: unknown, stream: unknown, context: LambdaContext): Promise<void> {
  const returned: unknown = handler(event, stream, context);
  if (typeof (returned as { then?: unknown } | undefined)?.then !== 'function') {
    throw new Error('Streaming does not support non-async handlers.');
  }
  await returned;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html */
async function readHead(chunks: AsyncGenerator<Uint8Array, void>, contentType: () => string): Promise<Streamed> {
  let head = Buffer.alloc(0);
  const end = Buffer.alloc(PRELUDE_END);
  for (;;) {
    const { value, done } = await chunks.next();
    const type = contentType();
    if (type !== PRELUDE_TYPE) return { contentType: type, body: done ? rest([], chunks) : rest([value], chunks) };
    if (done) throw noPrelude('the stream ended before its prelude: write at least "" before the end');
    head = Buffer.concat([head, value]);
    const at = head.indexOf(end);
    if (at !== -1) {
      const body = rest([head.subarray(at + PRELUDE_END)], chunks);
      return { prelude: parse(head.subarray(0, at).toString()), contentType: type, body };
    }
    if (head.length > MOST_PRELUDE) throw noPrelude(`the first ${MOST_PRELUDE} bytes hold no whole prelude`);
  }
}

const MOST_PRELUDE = 16 * 1024;

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw noPrelude('the prelude is not JSON');
  }
}

function noPrelude(message: string): BrokenStream {
  return new BrokenStream({ kind: 'malformed', message });
}

async function* rest(first: readonly Uint8Array[], chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const chunk of first) if (chunk.length > 0) yield chunk;
  yield* chunks;
}
