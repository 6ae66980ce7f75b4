// Middy in its streaming mode, bare and with cors(): `streaming-middy.bare.text`, `streaming-middy.wrapped.text`.
import { Readable } from 'node:stream';
import middy from '@middy/core';
import { executionModeStreamifyResponse } from '@middy/core/StreamifyResponse';
import { cors } from '../../../src/middy.js';

const created = { statusCode: 201, headers: { 'Content-Type': 'text/plain' } };

const handlers = {
  text: async () => ({ ...created, body: 'one two' }),
  long: async () => ({ ...created, body: 'x'.repeat(40_000) }),
  stream: async () => ({ ...created, body: Readable.from(['one ', 'two']) }),
  webStream: async () => ({ ...created, body: Readable.toWeb(Readable.from(['one ', 'two'])) }),
  noBody: async () => created,
  textAlone: async () => 'one two',
  streamAlone: async () => Readable.from(['one ', 'two']),
  throws: async () => {
    throw new TypeError('boom');
  },
  throwsHttpError: async () => {
    throw Object.assign(new Error('no such note'), { statusCode: 404, expose: true });
  },
};

export type MiddyKind = keyof typeof handlers;

type Plugin = ReturnType<typeof cors>;

function all(...plugins: readonly Plugin[]): unknown {
  return Object.fromEntries(
    Object.entries(handlers).map(([kind, handler]) => [
      kind,
      middy({ executionMode: executionModeStreamifyResponse })
        .use([...plugins])
        .handler(handler),
    ]),
  );
}

export const bare = all();
export const wrapped = all(cors({ allowOrigins: ['https://app.example.com', 'https://*.example.org'] }));
