import { PRELUDE_END, type StreamedStart } from '../sources/front-door.js';
import type { Failure } from '../sources/invoke.js';
import type { HttpResponse } from '../sources/messages.js';

/** How a streamed response begins, and the rest of it as it is written. */
interface Streamed {
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

/** Reads a stream until it says what status and headers the response has. */
export async function readStart(
  chunks: AsyncGenerator<Uint8Array, void>,
  contentType: () => string,
  rules: StreamedStart,
): Promise<Streamed> {
  const head = makeHead();
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
    const at = head.add(value);
    if (at !== -1 && at + PRELUDE_END <= rules.maxPrelude) {
      const bytes = head.bytes();
      const response = begin(parse(bytes.subarray(0, at).toString()), type, rules);
      return { response, stream: rest([bytes.subarray(at + PRELUDE_END)], chunks) };
    }
    if (head.size() >= rules.maxPrelude) throw malformed(`the first ${rules.maxPrelude} bytes hold no whole prelude`);
  }
}

/**
 * The bytes up to the prelude's end. Every byte is looked at once: a prelude may come in a great many pieces, and to join
 * them at each would take quadratic time.
 */
function makeHead(): { add(chunk: Uint8Array): number; bytes(): Buffer; size(): number } {
  const chunks: Uint8Array[] = [];
  let size = 0;
  /** The last bytes, in which the delimiter may have begun. */
  let tail: Buffer = Buffer.alloc(0);
  return {
    /** Where the delimiter begins, once it is there; before that -1. */
    add(chunk) {
      const window = Buffer.concat([tail, chunk]);
      const found = window.indexOf(END);
      const at = found === -1 ? -1 : size - tail.length + found;
      chunks.push(chunk);
      size += chunk.length;
      tail = window.subarray(Math.max(0, window.length - PRELUDE_END + 1));
      return at;
    },
    bytes: () => Buffer.concat(chunks),
    size: () => size,
  };
}

const END = Buffer.alloc(PRELUDE_END);

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw malformed('the prelude is not JSON');
  }
}

function begin(prelude: unknown, contentType: string, rules: StreamedStart): HttpResponse {
  const response = rules.fromPrelude(prelude, contentType);
  if ('fault' in response) throw malformed(`the prelude cannot be read: ${response.fault}`);
  return response;
}

function malformed(message: string): BrokenStream {
  return new BrokenStream({ kind: 'malformed', message });
}

async function* rest(first: readonly Uint8Array[], chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const chunk of first) if (chunk.length > 0) yield chunk;
  yield* chunks;
}
