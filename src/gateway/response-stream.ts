import { PassThrough } from 'node:stream';

/** What a streaming handler is given. As on Lambda it is no `Writable`, but an object with the methods of one. */
export interface LambdaStream {
  setContentType(type: string): void;
  write(chunk: unknown, ...rest: unknown[]): boolean;
  end(...rest: unknown[]): unknown;
  _onBeforeFirstWrite?: ((write: (chunk: string | Uint8Array) => void) => void) | undefined;
}

/** A stream for one invocation, from both sides. */
export interface StreamPair {
  readonly forHandler: LambdaStream;
  readonly contentType: () => string;
  /** What the handler writes. Throws where it destroys the stream. */
  readonly chunks: () => AsyncGenerator<Uint8Array, void>;
  /** Ends the stream after what has been written. */
  readonly end: () => void;
}

const METHODS = [
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

export function makeStream(): StreamPair {
  const written = new PassThrough();
  // To write after the end ends a process on Lambda; here the next request still wants an answer.
  written.on('error', () => {});
  let contentType = 'application/octet-stream';
  let begun = false;

  const forHandler: LambdaStream = {
    ...Object.fromEntries(METHODS.map((name) => [name, (written[name] as () => unknown).bind(written)])),
    setContentType(type) {
      if (begun) throw new Error('Cannot set content-type, too late.');
      contentType = type;
    },
    write(chunk, ...rest) {
      const bytes = typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);
      if (!begun) forHandler._onBeforeFirstWrite?.((first) => written.write(first));
      const more = (written.write as (...chunk: unknown[]) => boolean).call(written, bytes, ...rest);
      begun = true;
      return more;
    },
    // Goes past `write`, so that a prelude that has not been written by then never is.
    end: written.end.bind(written) as LambdaStream['end'],
    _onBeforeFirstWrite: undefined,
  };
  for (const name of PROPERTIES) Object.defineProperty(forHandler, name, { get: () => written[name] });
  return { forHandler, contentType: () => contentType, chunks: () => read(written), end: () => void written.end() };
}

async function* read(written: PassThrough): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const chunk of written.iterator({ destroyOnReturn: false })) yield chunk;
  } finally {
    // Whoever read may have gone away; the function does not notice and goes on.
    written.resume();
  }
}
