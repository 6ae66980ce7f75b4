import { isObject, type ProxyResult, type StreamingRules } from '../events/types.js';
import { PRELUDE_TYPE, readPrelude, splitPrelude, writePrelude } from './prelude.js';

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
  /** Resolves when the handler has ended the stream. */
  readonly ended: Promise<void>;
  /** Rejects with the error for which the stream was to be destroyed. */
  readonly failed: Promise<never>;
  /** Whatever the handler still does with the stream is without effect. */
  readonly close: () => void;
  /** The whole response, instead of what the handler would have written. */
  readonly answer: (result: ProxyResult) => void;
}

/**
 * Sees to it that a prelude goes before the first bytes, and that `complete` has had its say about it. It is given
 * what the handler passed to `HttpResponseStream.from` or wrote itself, or else the content type, as Lambda has it.
 * A `complete` that adds a body answers by itself.
 */
export function openStream(
  stream: ResponseStream,
  { expectsPrelude, mostPrelude }: StreamingRules,
  complete: (prelude: unknown) => ProxyResult,
): Opened {
  returnsItself(stream);
  const { write, end, setContentType } = stream;
  let contentType = 'application/octet-stream';
  let byHand = expectsPrelude;
  let held: Uint8Array = new Uint8Array();
  let begun = false;
  let closed = false;
  let over = false;
  let tellEnded: () => void;
  const ended = new Promise<void>((resolve) => {
    tellEnded = resolve;
  });

  function begin({ body: _, isBase64Encoded: __, ...prelude }: ProxyResult): void {
    begun = true;
    stream._onBeforeFirstWrite = undefined;
    setContentType?.call(stream, PRELUDE_TYPE);
    write.call(stream, writePrelude(prelude));
  }

  function finish(...callback: unknown[]): void {
    over = true;
    end.apply(stream, callback);
    tellEnded();
  }

  function answer(result: ProxyResult): void {
    const { body, isBase64Encoded } = result;
    closed = true;
    begin(result);
    write.call(stream, toBytes((body ?? '') as string, isBase64Encoded === true ? 'base64' : 'utf8'));
    finish();
  }

  /** A prelude has no body: with one it is the answer to a malformed prelude. */
  function start(prelude: unknown): void {
    const result = complete(prelude ?? { headers: { 'Content-Type': contentType } });
    if (result.body === undefined) begin(result);
    else answer(result);
  }

  /** Keeps the first bytes for as long as they may become a prelude that the handler writes itself. */
  function hold(chunk: string | Uint8Array, encoding: unknown): void {
    held = Buffer.concat([held, typeof chunk === 'string' ? toBytes(chunk, encoding) : chunk]);
    const beginning = splitPrelude(held, mostPrelude);
    if (beginning === undefined) return;
    start(beginning.prelude);
    writeChunk(beginning.body);
  }

  function writeChunk(chunk: unknown, ...rest: unknown[]): boolean {
    if (closed) return callBack(rest);
    const data = asChunk(chunk);
    if (begun) return write.call(stream, data, ...rest);
    const prelude = preludeLeft(stream);
    if (prelude === undefined && byHand) {
      hold(data, rest[0]);
      return callBack(rest);
    }
    start(prelude);
    return writeChunk(data, ...rest);
  }

  stream.setContentType = (type) => {
    if (closed) return;
    // As Lambda says it after the first write.
    if (!begun && held.length > 0) throw new Error('Cannot set content-type, too late.');
    byHand = type === PRELUDE_TYPE;
    if (!byHand) contentType = type;
    setContentType?.call(stream, type);
  };
  stream.write = writeChunk;
  stream.end = (...args) => {
    const callback = args.filter((argument) => typeof argument === 'function');
    const [chunk, encoding] = args;
    if (chunk !== undefined && chunk !== null && chunk !== callback[0]) {
      writeChunk(chunk, ...(encoding === callback[0] ? [] : [encoding]));
    }
    // An end without a write would lose the prelude.
    if (!begun && !closed) {
      start(preludeLeft(stream));
      if (held.length > 0) writeChunk(held);
    }
    if (closed) callBack(callback);
    else finish(...callback);
    return stream;
  };
  // `pipeline` destroys its target when its source fails. That would end the process, and the answer with it; and from
  // Node.js 22 on `pipeline` may then wait for a target that has not closed. So it counts as the handler's failure.
  const failed = new Promise<never>((_, reject) => {
    stream.destroy = (error) => {
      if (over) return stream;
      closed = true;
      reject(error ?? new Error('The response stream was destroyed'));
      return stream;
    };
  });
  failed.catch(() => {});

  return {
    begun: () => begun,
    ended,
    failed,
    close() {
      closed = true;
    },
    answer,
  };
}

/**
 * Lambda binds the methods to a request of its own, which `on` and others then return: to write to that would go past
 * whatever stands on the stream.
 */
function returnsItself(stream: ResponseStream): void {
  const methods = stream as unknown as Record<string, unknown>;
  for (const [name, method] of Object.entries(methods)) {
    if (typeof method !== 'function') continue;
    methods[name] = (...args: unknown[]) => {
      const returned: unknown = method.apply(stream, args);
      return isObject(returned) && 'write' in returned ? stream : returned;
    };
  }
}

/** What `HttpResponseStream.from` was given; `undefined` when it was not called. */
function preludeLeft(stream: ResponseStream): unknown {
  if (stream._onBeforeFirstWrite === undefined) return undefined;
  let text = '';
  stream._onBeforeFirstWrite((chunk) => {
    text += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk as Uint8Array);
  });
  return readPrelude(text);
}

/** What is written is a string, bytes, or made into JSON, as Lambda does it; a fault is found before anything is sent. */
function asChunk(chunk: unknown): string | Uint8Array {
  const data = typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);
  if (data === undefined || chunk === null) throw new TypeError(`A response cannot be written from ${String(chunk)}`);
  return data;
}

function toBytes(text: string, encoding: unknown): Uint8Array {
  return Buffer.from(text, typeof encoding === 'string' ? (encoding as 'utf8') : 'utf8');
}

/** Calls back for a chunk that needs no more waiting for. */
function callBack(args: readonly unknown[]): true {
  const callback = args.at(-1);
  if (typeof callback === 'function') Promise.resolve().then(() => callback());
  return true;
}
