import type { ProxyResult } from './events/types.js';

/**
 * What Lambda gives to a streaming handler, as far as it is used here: a writable stream of Node.js that also takes a
 * content type, and status and headers in a prelude before its first bytes.
 * https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
 */
export interface ResponseStream {
  write(chunk: unknown, ...rest: unknown[]): boolean;
  end(...chunk: unknown[]): unknown;
  destroy?(error?: unknown): unknown;
  setContentType?(type: string): void;
  /** Where `awslambda.HttpResponseStream.from` leaves what is to be written first. */
  _onBeforeFirstWrite?: ((write: (chunk: unknown) => void) => void) | undefined;
}

/** A stream whose handler may still set status and headers. */
export interface Opened {
  /** Status and headers are on their way, and cannot be taken back. */
  readonly begun: () => boolean;
  /** Rejects with the error for which the stream was to be destroyed. */
  readonly failed: Promise<never>;
  /** The whole response, instead of what the handler would have written. */
  readonly answer: (result: ProxyResult) => void;
}

const PRELUDE_TYPE = 'application/vnd.awslambda.http-integration-response';
const PRELUDE_END = 8;

/**
 * Sees to it that a prelude goes before the first bytes, and that `complete` has had its say about it. It is given
 * what the handler passed to `HttpResponseStream.from`, or else the content type and the status 200, as Lambda has it.
 */
export function openStream(stream: ResponseStream, complete: (prelude: unknown) => ProxyResult): Opened {
  const { write, end, setContentType } = stream;
  let begun = false;
  let contentType = 'application/octet-stream';

  function begin({ body: _, isBase64Encoded: __, ...prelude }: ProxyResult): void {
    begun = true;
    stream._onBeforeFirstWrite = undefined;
    setContentType?.call(stream, PRELUDE_TYPE);
    write.call(stream, JSON.stringify(prelude));
    write.call(stream, new Uint8Array(PRELUDE_END));
  }

  stream.setContentType = (type) => {
    contentType = type;
    setContentType?.call(stream, type);
  };
  stream.write = (...chunk) => {
    if (!begun) {
      begin(complete(preludeOf(stream) ?? { headers: { 'Content-Type': contentType } }));
    }
    return write.apply(stream, chunk);
  };
  // An end without a write would lose the prelude.
  stream.end = (...chunk) => {
    if (!begun) stream.write('');
    return end.apply(stream, chunk);
  };
  // `pipeline` destroys its target when its source fails. That would end the process, and the answer with it; and from
  // Node.js 22 on `pipeline` may then wait for a target that has not closed. So it counts as the handler's failure.
  const failed = new Promise<never>((_, reject) => {
    stream.destroy = (error = new Error('The response stream was destroyed')) => {
      reject(error);
      return stream;
    };
  });

  return {
    begun: () => begun,
    failed,
    answer(result) {
      const { body, isBase64Encoded } = result;
      begin(result);
      write.call(stream, isBase64Encoded === true ? decoded(body as string) : (body ?? ''));
      end.call(stream);
      // What the handler has left running may still write; to write after the end would end the process.
      stream.write = () => true;
      stream.end = () => stream;
    },
  };
}

/** What `HttpResponseStream.from` was given; `undefined` when it was not called. */
function preludeOf({ _onBeforeFirstWrite: writePrelude }: ResponseStream): unknown {
  if (writePrelude === undefined) return undefined;
  const chunks: unknown[] = [];
  writePrelude((chunk) => chunks.push(chunk));
  const [json] = chunks;
  return typeof json === 'string' ? JSON.parse(json) : {};
}

function decoded(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
