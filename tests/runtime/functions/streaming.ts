// Streaming handlers of every kind, bare and wrapped: `streaming.bare.writes`, `streaming.wrapped.writes`.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamifyHandler } from 'aws-lambda';
import { withCorsStreaming } from '../../../src/streaming.js';

const prelude = {
  statusCode: 201,
  headers: { 'Content-Type': 'text/plain', 'access-control-allow-origin': 'https://written.example' },
  cookies: ['a=1', 'b=2'],
};

function open(stream: awslambda.HttpResponseStream) {
  return awslambda.HttpResponseStream.from(stream, prelude);
}

const handlers = {
  writes: async (_event, responseStream) => {
    const stream = open(responseStream);
    stream.write('one ');
    await sleep(80);
    stream.write('two');
    stream.end();
  },
  pipes: async (_event, stream) => pipeline(Readable.from(['one ', 'two']), open(stream)),
  pipesNothing: async (_event, stream) => pipeline(Readable.from([]), open(stream)),
  isPipedTo: async (_event, stream) => void Readable.from(['one ', 'two']).pipe(open(stream)),
  ends: async (_event, stream) => void open(stream).end(),
  endsWith: async (_event, stream) => void open(stream).end('one'),
  endsWithCallback: async (_event, responseStream) => {
    const stream = open(responseStream);
    stream.write('one');
    await new Promise<void>((resolve) => stream.end(resolve));
  },
  writesBytes: async (_event, responseStream) => {
    const stream = open(responseStream);
    stream.write(Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 255]));
    stream.write(new Uint8Array([1]));
    stream.end();
  },
  writesObject: async (_event, responseStream) => {
    const stream = open(responseStream);
    stream.write({ note: 1 });
    stream.end();
  },
  writesEncoded: async (_event, responseStream) => {
    const stream = open(responseStream);
    await new Promise((resolve) => stream.write('b25l', 'base64', resolve));
    stream.end();
  },
  opensTwice: async (_event, responseStream) => {
    awslambda.HttpResponseStream.from(responseStream, { statusCode: 202 });
    const stream = open(responseStream);
    stream.write('one');
    stream.end();
  },
  writesWithoutPrelude: async (_event, stream) => {
    stream.write('one');
    stream.end();
  },
  setsContentType: async (_event, stream) => {
    stream.setContentType('text/html');
    stream.write('one');
    stream.end();
  },
  onlyEnds: async (_event, stream) => void stream.end(),
  isNotAsync: (_event, responseStream) => {
    const stream = open(responseStream);
    stream.write('one');
    setTimeout(() => stream.end(), 20);
  },
  throws: async () => {
    throw new TypeError('boom');
  },
  throwsAtOnce: () => {
    throw new TypeError('boom');
  },
  throwsString: async () => {
    throw 'boom';
  },
  throwsHttpError: async () => {
    throw Object.assign(new Error('no such note'), { statusCode: 404, expose: true });
  },
  throwsAfterPrelude: async (_event, stream) => {
    open(stream);
    throw new TypeError('boom');
  },
  throwsAfterWrite: async (_event, stream) => {
    open(stream).write('one');
    throw new TypeError('boom');
  },
  throwsAfterEnd: async (_event, stream) => {
    open(stream).end('one');
    throw new TypeError('boom');
  },
  pipeFailsAtOnce: async (_event, stream) => pipeline(failing(), open(stream)),
  pipeFailsLater: async (_event, stream) => pipeline(failing('one'), open(stream)),
  pipeFailsUnawaited: async (_event, stream) => void pipeline(failing('one'), open(stream)).catch(() => {}),
  pipeFailsAndWrites: async (_event, responseStream) => {
    const stream = open(responseStream);
    await pipeline(failing('one'), stream).catch(() => sleep(20));
    stream.end('two');
  },
  destroys: async (_event, stream) => void open(stream).destroy(),
  writesPrelude: async (_event, stream) => {
    stream.setContentType('application/vnd.awslambda.http-integration-response');
    stream.write(JSON.stringify(prelude));
    stream.write(new Uint8Array(8));
    stream.end('one');
  },
  listens: async (_event, stream) =>
    void open(stream)
      .once('finish', () => {})
      .end('one'),
  writesNull: async (_event, stream) => void open(stream).write(null),
  endsWithObject: async (_event, stream) => void open(stream).end({ note: 1 }),
  endsEncoded: async (_event, stream) => void open(stream).end('b25l', 'base64'),
  endsWithBoth: async (_event, responseStream) => {
    let calls = 0;
    open(responseStream).end('one', () => calls++);
    await sleep(20);
    if (calls !== 1) process.exit(1);
  },
  throwsAndGoesOn: async (_event, stream) => {
    setTimeout(() => open(stream).end('late'), 5);
    throw new TypeError('boom');
  },
} satisfies Record<string, StreamifyHandler>;

async function* failing(...chunks: readonly string[]) {
  yield* chunks;
  throw new TypeError('boom');
}

export type StreamingKind = keyof typeof handlers;

function all(wrap: (handler: StreamifyHandler) => unknown): unknown {
  return Object.fromEntries(Object.entries(handlers).map(([kind, handler]) => [kind, wrap(handler)]));
}

/** A copy each, since Lambda marks the function itself. */
function copyOf(handler: StreamifyHandler): StreamifyHandler {
  return (event, stream, context) => handler(event, stream, context);
}

export const bare = all((handler) => awslambda.streamifyResponse(copyOf(handler)));
export const wrapped = all((handler) => withCorsStreaming(copyOf(handler)));

let called = 0;

/** Tells how often it was called, to who asks by an event that is not HTTP. */
export const listed = withCorsStreaming(
  awslambda.streamifyResponse(async (event: { readonly count?: boolean }, stream) => {
    called++;
    open(stream).end(event.count ? String(called) : 'one');
  }),
  { allowOrigins: ['https://app.example.com', 'https://*.example.org'], exposeHeaders: ['X-Total'] },
);

/** Writes more than the mark, and tells what the stream says of it. */
const narrowHandler: StreamifyHandler = async (_event, stream) => {
  stream.write('x');
  await sleep(20);
  const accepted = stream.write('123456789');
  stream.end(JSON.stringify({ highWaterMark: stream.writableHighWaterMark, accepted }));
};

/** `@types/aws-lambda` does not know the options. */
type Streamify = (handler: StreamifyHandler, options: { readonly highWaterMark: number }) => StreamifyHandler;

const streamify: Streamify = awslambda.streamifyResponse;

export const narrow = withCorsStreaming(streamify(narrowHandler, { highWaterMark: 5 }));
