import type { HttpResponse } from '../sources/messages.js';
import type { StreamingRules } from '../sources/rules.js';
import { PRELUDE_END } from './awslambda.js';
import type { LambdaContext } from './context.js';
import { describe, type Failure } from './invoke.js';
import { makeStream } from './response-stream.js';
import type { GatewayHandler } from './types.js';

/** How a streamed response begins, and the rest of it as it is written. */
export interface Streamed {
  readonly response: HttpResponse;
  /** Throws a `BrokenStream` where the handler has failed. */
  readonly stream: AsyncIterable<Uint8Array>;
}

/** A response that has begun and cannot end well. */
export class BrokenStream extends Error {
  constructor(readonly failure: Failure) {
    super(`the response broke off: ${failure.message}`);
  }
}

interface Settings {
  readonly rules: StreamingRules;
  /** Milliseconds. */
  readonly timeout: number;
  readonly nodejs: 22 | 24;
}

/** Calls a streaming handler as Lambda's runtime does, and waits until status and headers are known. */
export async function invokeStreaming(
  handler: GatewayHandler,
  event: unknown,
  context: LambdaContext,
  { rules, timeout, nodejs }: Settings,
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
    return await readHead(reading, stream.contentType, rules);
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

async function readHead(
  chunks: AsyncGenerator<Uint8Array, void>,
  contentType: () => string,
  rules: StreamingRules,
): Promise<Streamed> {
  let head = Buffer.alloc(0);
  const end = Buffer.alloc(PRELUDE_END);
  for (;;) {
    const { value, done } = await chunks.next();
    const type = contentType();
    if (!rules.hasPrelude(type)) {
      return { response: begin(undefined, type, rules), stream: rest(done ? [] : [value], chunks) };
    }
    if (done) {
      throw malformed(
        'the stream ended before its prelude did: call awslambda.HttpResponseStream.from, and write at least "" before the end',
      );
    }
    head = Buffer.concat([head, value]);
    const at = head.subarray(0, rules.mostPrelude).indexOf(end);
    if (at !== -1) {
      const response = begin(parse(head.subarray(0, at).toString()), type, rules);
      return { response, stream: rest([head.subarray(at + PRELUDE_END)], chunks) };
    }
    if (head.length >= rules.mostPrelude) {
      throw malformed(`the first ${rules.mostPrelude} bytes hold no whole prelude`);
    }
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw malformed('the prelude is not JSON');
  }
}

function begin(prelude: unknown, contentType: string, rules: StreamingRules): HttpResponse {
  const response = rules.fromPrelude(prelude, contentType);
  if (typeof response === 'string') throw malformed(`the prelude cannot be read: ${response}`);
  return response;
}

function malformed(message: string): BrokenStream {
  return new BrokenStream({ kind: 'malformed', message });
}

async function* rest(first: readonly Uint8Array[], chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const chunk of first) if (chunk.length > 0) yield chunk;
  yield* chunks;
}
