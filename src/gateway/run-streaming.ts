import { type Answer, failed } from '../sources/answer.js';
import { type LambdaContext, makeContext } from '../sources/context.js';
import type { Deployment } from '../sources/deploy.js';
import { describe } from '../sources/describe.js';
import type { StreamedStart } from '../sources/front-door.js';
import { isThenable } from '../sources/handler.js';
import { type Failure, functionTimeout, thrown } from '../sources/invoke.js';
import type { HttpRequest } from '../sources/messages.js';
import type { GatewayFault, GatewayHandler } from '../sources/settings.js';
import { BrokenStream, readStart } from './prelude.js';
import { makeStream } from './response-stream.js';

/** Calls a streaming handler as Lambda's runtime does, and waits until status and headers are known. */
export async function runStreaming(deployment: Deployment, request: HttpRequest, payload: string): Promise<Answer> {
  const { door, handler, deployed } = deployment;
  const { timeout, nodejs } = deployed;
  const stream = makeStream(nodejs === 24 ? 24 : 22);
  let failure: Failure | undefined;
  let tellLater: ((fault: GatewayFault) => void) | undefined;
  function fail(reason: Failure): void {
    if (failure === undefined) tellLater?.(reason);
    failure ??= reason;
    // After what has been written, not instead of it.
    stream.end();
  }

  const alarm = setTimeout(() => fail(functionTimeout(timeout)), timeout).unref();
  const context = makeContext(deployed, request.id);
  call(handler, JSON.parse(payload), stream.forHandler, context).catch((error: unknown) => fail(thrown(error)));

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
    const started = await readStart(reading, stream.contentType, door.streaming as StreamedStart);
    return {
      ...started,
      discard(tell) {
        tellLater = tell;
        stream.discard();
      },
    };
  } catch (error) {
    // The function goes on, as when the client has gone away.
    await reading.return();
    stream.discard();
    if (error instanceof BrokenStream) return failed(deployment, request, error.failure);
    throw error;
  }
}

async function call(handler: GatewayHandler, event: unknown, stream: unknown, context: LambdaContext): Promise<void> {
  const returned: unknown = handler(event, stream, context);
  if (!isThenable(returned)) throw new Error('Streaming does not support non-async handlers.');
  await returned;
}
