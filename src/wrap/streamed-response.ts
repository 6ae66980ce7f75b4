import { functionUrl } from '../events/source.js';
import { isObject, type ProxyResult, type StreamingRules } from '../events/types.js';
import { type HeldBytes, hold, PRELUDE_TYPE, readPrelude, writePrelude } from './prelude.js';
import { type CorsRequest, finishPrelude } from './respond.js';

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

/** A response that its handler streams. */
interface StreamedResponse {
  /** Resolves when the handler has ended the stream. */
  readonly ended: Promise<void>;
  /** Rejects with the error with which the stream was to be destroyed, or that was given to `fail`. */
  readonly failed: Promise<never>;
  /** The handler has failed, unless something has been sent. */
  readonly fail: (error: unknown) => void;
  /** Takes the stream from the handler, whose writes are dropped from now on. Tells whether `answer` is still possible. */
  readonly takeOver: () => boolean;
  /** Sends a whole response in place of what the handler would have written. */
  readonly answer: (result: ProxyResult) => void;
}

/**
 * - `open`: nothing has been sent, so the handler can still set status and headers
 * - `begun`: status and headers are on their way, and cannot be taken back
 * - `ended`: the handler has ended the stream
 * - `failed`: the handler has failed before anything was sent; its writes are dropped, and an answer is still possible
 * - `closed`: the same after something was sent; nothing more is possible
 */
type Phase = 'open' | 'begun' | 'ended' | 'failed' | 'closed';

interface State {
  phase: Phase;
  contentType: string;
  /** The handler may write a prelude itself. */
  mayWritePrelude: boolean;
  readonly held: HeldBytes;
}

/**
 * Puts a prelude with the CORS headers in front of the first bytes. It is made from what the handler passed to
 * `HttpResponseStream.from` or wrote itself, otherwise from the content type, as on Lambda.
 */
export function streamResponse(stream: ResponseStream, request: CorsRequest): StreamedResponse {
  returnsItself(stream);
  // The request of a function URL has the source of an HTTP API, which has no rules for streams.
  const { expectsPrelude, maxPrelude } = (request.source.streaming ?? functionUrl.streaming) as StreamingRules;
  const { write, end, setContentType } = stream;
  const state: State = {
    phase: 'open',
    contentType: 'application/octet-stream',
    mayWritePrelude: expectsPrelude,
    held: { bytes: new Uint8Array(), length: 0, firstZero: -1 },
  };
  let tellEnded: () => void;
  const ended = new Promise<void>((resolve) => {
    tellEnded = resolve;
  });
  let reject: (error: unknown) => void;
  const failed = new Promise<never>((_, rejectFailed) => {
    reject = rejectFailed;
  });
  failed.catch(() => {});

  function begin({ body: _, isBase64Encoded: __, ...prelude }: ProxyResult): void {
    state.phase = 'begun';
    stream._onBeforeFirstWrite = undefined;
    setContentType?.call(stream, PRELUDE_TYPE);
    write.call(stream, writePrelude(prelude));
  }

  function finish(phase: Phase, ...callback: unknown[]): void {
    state.phase = phase;
    end.apply(stream, callback);
    tellEnded();
  }

  function answer(result: ProxyResult): void {
    const { body, isBase64Encoded } = result;
    begin(result);
    write.call(stream, toBytes((body ?? '') as string, isBase64Encoded === true ? 'base64' : 'utf8'));
    finish('closed');
  }

  /** A prelude has no body: a result with one is the answer to a malformed prelude. */
  function start(prelude: unknown): void {
    const result = finishPrelude(request, prelude ?? { headers: { 'Content-Type': state.contentType } });
    if (result.body === undefined) begin(result);
    else answer(result);
  }

  function holdChunk(chunk: string | Uint8Array, encoding: unknown): void {
    const beginning = hold(state.held, typeof chunk === 'string' ? toBytes(chunk, encoding) : chunk, maxPrelude);
    if (beginning === undefined) return;
    start(beginning.prelude);
    writeChunk(beginning.body);
  }

  function writeChunk(chunk: unknown, ...rest: unknown[]): boolean {
    if (isOver(state)) return callBack(rest);
    const data = asChunk(chunk);
    if (state.phase !== 'open') return write.call(stream, data, ...rest);
    const prelude = preludeLeft(stream);
    if (prelude === undefined && state.mayWritePrelude) {
      holdChunk(data, rest[0]);
      return callBack(rest);
    }
    start(prelude);
    return writeChunk(data, ...rest);
  }

  stream.setContentType = (type) => {
    if (isOver(state)) return;
    // The words of Lambda's own error after the first write.
    if (state.phase === 'open' && state.held.length > 0) throw new Error('Cannot set content-type, too late.');
    state.mayWritePrelude = type === PRELUDE_TYPE;
    if (!state.mayWritePrelude) state.contentType = type;
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
    if (state.phase === 'open') {
      start(preludeLeft(stream));
      if (state.held.length > 0) writeChunk(state.held.bytes.subarray(0, state.held.length));
    }
    if (isOver(state)) callBack(callback);
    else finish('ended', ...callback);
    return stream;
  };
  // `pipeline` destroys its target when its source fails. That would end the process, and the answer with it; and from
  // Node.js 22 on `pipeline` may then wait for a target that has not closed. So it counts as the handler's failure.
  stream.destroy = (error) => {
    if (state.phase !== 'open' && state.phase !== 'begun') return stream;
    takeOver();
    reject(error ?? new Error('The response stream was destroyed'));
    return stream;
  };

  function fail(error: unknown): void {
    if (state.phase === 'open') stream.destroy?.(error);
  }

  function takeOver(): boolean {
    if (state.phase !== 'failed') state.phase = state.phase === 'open' ? 'failed' : 'closed';
    return state.phase === 'failed';
  }

  return { ended, failed, fail, takeOver, answer };
}

/** Whether the handler no longer has a say. */
function isOver({ phase }: State): boolean {
  return phase === 'failed' || phase === 'closed';
}

/**
 * Lambda binds the methods to a request of its own, and `on` and others then return that: a handler that writes to it
 * would bypass the methods above.
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

/** What `HttpResponseStream.from` was given; `undefined` if it was not called. */
function preludeLeft(stream: ResponseStream): unknown {
  if (stream._onBeforeFirstWrite === undefined) return undefined;
  let text = '';
  stream._onBeforeFirstWrite((chunk) => {
    text += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk as Uint8Array);
  });
  return readPrelude(text);
}

/** Strings and bytes are written as they are, other values as JSON, as on Lambda. It throws before anything is sent. */
function asChunk(chunk: unknown): string | Uint8Array {
  const data = typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);
  if (data === undefined || chunk === null) throw new TypeError(`A response cannot be written from ${String(chunk)}`);
  return data;
}

function toBytes(text: string, encoding: unknown): Uint8Array {
  return Buffer.from(text, typeof encoding === 'string' ? (encoding as 'utf8') : 'utf8');
}

/** Calls back for a chunk that is held or dropped: there is nothing to wait for. */
function callBack(args: readonly unknown[]): true {
  const callback = args.at(-1);
  if (typeof callback === 'function') Promise.resolve().then(() => callback());
  return true;
}
