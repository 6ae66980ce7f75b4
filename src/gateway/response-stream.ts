import { validateHeaderValue } from 'node:http';
import type { Writable } from 'node:stream';
import { makePipe } from './pipe.js';

/** What a streaming handler is given. As on Lambda it is not a `Writable`, but an object with the methods of one. */
export interface LambdaStream {
  setContentType(type: string): void;
  write(chunk: unknown, ...rest: unknown[]): boolean;
  end(...rest: unknown[]): unknown;
  _onBeforeFirstWrite?: ((write: (chunk: string | Uint8Array) => void) => void) | undefined;
}

/** A stream for one invocation, from both sides. */
interface StreamPair {
  readonly forHandler: LambdaStream;
  readonly contentType: () => string;
  /** What the handler writes. Throws where it destroys the stream. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
  /** Ends the stream after what has been written. */
  readonly end: () => void;
  /** Reads what is written from now on and drops it: nobody else does, and the handler would wait for ever. */
  readonly discard: () => void;
}

const METHODS = [
  'setContentType',
  'write',
  'end',
  'cork',
  'uncork',
  'destroy',
  'on',
  'addListener',
  'once',
  'prependListener',
  'prependOnceListener',
  'off',
  'removeListener',
  'removeAllListeners',
  'setMaxListeners',
  'getMaxListeners',
  'listeners',
  'rawListeners',
  'listenerCount',
  'eventNames',
  'emit',
] as const;

const PROPERTIES = [
  'destroyed',
  'writable',
  'writableFinished',
  'writableObjectMode',
  'writableEnded',
  'writableNeedDrain',
  'writableHighWaterMark',
  'writableCorked',
  'writableLength',
] as const;

/** @param nodejs The Node.js runtime whose client is followed. */
export function makeStream(nodejs: 22 | 24): StreamPair {
  const { writable: written, readable, discard } = makePipe();
  const write = written.write.bind(written) as (...given: unknown[]) => boolean;
  const end = written.end.bind(written) as (...given: unknown[]) => unknown;
  let contentType = 'application/octet-stream';
  let begun = false;

  // On the stream itself, because that is what `on` and its like return.
  // https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/ResponseStream.js
  const removeAllListeners = written.removeAllListeners.bind(written);
  const inner: Writable & LambdaStream = Object.assign(written, {
    setContentType(type: string) {
      if (begun) throw new Error('Cannot set content-type, too late.');
      validateHeaderValue('Content-Type', type);
      contentType = type;
    },
    write(chunk: unknown, ...rest: unknown[]) {
      if (chunk === undefined || chunk === null)
        throw new TypeError(`Cannot read properties of ${chunk} (reading 'length')`);
      const bytes = typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);
      if (!begun) inner._onBeforeFirstWrite?.((first) => write(first));
      const more = write(bytes, ...rest);
      begun = true;
      return more;
    },
    // Goes past `write`, so that a prelude that has not been written by then never is. Up to Node.js 22 the runtime client
    // hands on the first argument alone: neither an encoding nor a callback after a chunk.
    end: nodejs === 22 ? (first: unknown) => void end(first) : end,
    removeAllListeners(name?: string | symbol) {
      removeAllListeners(name);
      return inner.on('error', ignore);
    },
    _onBeforeFirstWrite: undefined,
  });
  // To write after the end ends a process on Lambda; here the next request still wants an answer.
  inner.on('error', ignore);

  const methods = METHODS.map((name) => [name, (inner[name] as () => unknown).bind(inner)]);
  const forHandler: LambdaStream = Object.fromEntries(methods);
  for (const name of PROPERTIES) Object.defineProperty(forHandler, name, { get: () => inner[name] });
  Object.defineProperty(forHandler, '_onBeforeFirstWrite', {
    get: () => inner._onBeforeFirstWrite,
    set(value: LambdaStream['_onBeforeFirstWrite']) {
      inner._onBeforeFirstWrite = value;
    },
  });
  return {
    forHandler,
    contentType: () => contentType,
    // Whoever read may have gone away; the function does not notice and goes on.
    chunks: () => readable.iterator({ destroyOnReturn: false }),
    end: () => void end(),
    discard,
  };
}

function ignore(): void {}
