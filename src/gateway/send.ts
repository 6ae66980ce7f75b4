import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type Answer, hasBody } from '../sources/answer.js';
import { describe } from '../sources/describe.js';
import type { HeaderLines } from '../sources/messages.js';
import type { GatewayFault } from '../sources/settings.js';
import { BrokenStream } from './prelude.js';

/**
 * Sends a response. Where it cannot be sent, or a streamed body breaks off, the connection is closed: the client then sees
 * that the response is not whole. Never rejects.
 *
 * @param tell Is told of a response that did not go out whole, unless it is the client that has gone away, and of a
 *   handler that fails afterwards.
 */
export async function send(
  outgoing: ServerResponse,
  method: string,
  answer: Answer,
  lines: HeaderLines,
  tell: (fault: GatewayFault) => void,
): Promise<void> {
  try {
    await write(outgoing, method, answer, lines);
  } catch (error) {
    outgoing.destroy();
    const fault = faultOf(error);
    if (fault !== undefined) tell(fault);
  } finally {
    // The handler goes on all the same, and waits until what it writes is read.
    answer.discard?.(tell);
  }
}

async function write(
  outgoing: ServerResponse,
  method: string,
  { response, stream }: Answer,
  lines: HeaderLines,
): Promise<void> {
  const { status, reason, body } = response;
  // A streamed response may have another length than it says.
  outgoing.strictContentLength = true;
  // As pairs in a row, so that a name may have several lines.
  const flat = lines.flat();
  if (reason === undefined) outgoing.writeHead(status, flat);
  else outgoing.writeHead(status, reason, flat);
  if (stream === undefined || !hasBody(method, status) || outgoing.destroyed) {
    outgoing.end(hasBody(method, status) ? body : undefined);
    // Also to hear of a handler that fails later.
    for await (const _ of stream ?? []);
    return;
  }
  outgoing.flushHeaders();
  await pipeline(stream, outgoing);
}

/** Of a client that leaves while the handler fails, a pipeline says both. */
function faultOf(error: unknown): GatewayFault | undefined {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  const broken = errors.find((each) => each instanceof BrokenStream);
  if (broken !== undefined) return { error: broken, ...broken.failure };
  if (GONE.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
  return { kind: 'malformed', message: `the response cannot be sent: ${describe(error)}`, error };
}

const GONE: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_UNABLE_TO_PIPE',
]);
