/** A streamed response in a real Chromium: a page of another origin reads it while it is still being written. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import middy from '@middy/core';
import { executionModeStreamifyResponse } from '@middy/core/StreamifyResponse';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGateway, installAwslambda } from '../../src/gateway.js';
import { cors } from '../../src/middy.js';
import { withCorsStreaming } from '../../src/streaming.js';
import { launchChromium } from '../oracle/browsers/chromium.js';

// biome-ignore lint/suspicious/noExplicitAny: events and streams, whoever made them.
type Any = any;
declare const awslambda: Any;
installAwslambda();

const chromium = await launchChromium('MAP * ~NOTFOUND, EXCLUDE 127.0.0.1');
const browser = 'attempts' in chromium ? undefined : chromium;
if ('attempts' in chromium) {
  console.warn(`streaming: NO CHROMIUM STARTS, so nothing here is tested:\n  ${chromium.attempts.join('\n  ')}`);
}

/** Serves an empty page; its port makes it an origin of its own. */
let pages: Server;
let origin: string;

beforeAll(async () => {
  pages = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html>'));
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser?.close();
  pages.close();
});

/** Chunks that are written only when the reader has said that it has the one before. */
async function* inTurn(events: { received: (count: number) => Promise<void> }): AsyncGenerator<string> {
  for (let count = 0; count < 4; count++) {
    await events.received(count);
    yield `chunk ${count};`;
  }
}

/** How many chunks the page has read, as it says itself. */
function counter() {
  let seen = 0;
  let wake: (() => void)[] = [];
  return {
    tell(count: number) {
      seen = count;
      for (const go of wake.splice(0)) go();
    },
    async received(count: number) {
      while (seen < count) await new Promise<void>((resolve) => wake.push(resolve));
    },
    reset() {
      seen = 0;
      wake = [];
    },
  };
}

/** In the page: reads the stream, telling of each chunk before it asks for the next. */
async function readInPage(target: Page, url: string): Promise<Any> {
  return target.evaluate(async (address) => {
    const response = await fetch(`${address}/stream`, { headers: { 'X-Custom': '1' } });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const chunks: string[] = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(new TextDecoder().decode(value));
      await fetch(`${address}/received?count=${chunks.length}`);
    }
    return { status: response.status, type: response.type, own: response.headers.get('x-own'), chunks };
  }, url);
}

const received = counter();

/** A request is for the stream, or tells how much of it has been read. */
function countIn(event: Any): number | undefined {
  const { count } = event.queryStringParameters ?? {};
  return count === undefined ? undefined : Number(count);
}

const HEAD = { statusCode: 201, headers: { 'X-Own': 'yes' } };

const HANDLERS: readonly (readonly [name: string, make: (policy: Any) => Any])[] = [
  [
    'withCorsStreaming',
    (policy) =>
      withCorsStreaming(async (event: Any, stream: Any) => {
        const response = awslambda.HttpResponseStream.from(stream, HEAD);
        const count = countIn(event);
        if (count === undefined) for await (const chunk of inTurn(received)) response.write(chunk);
        else received.tell(count);
        response.end();
      }, policy),
  ],
  [
    'cors() in Middy',
    (policy) =>
      (middy as Any)(
        async (event: Any) => {
          const count = countIn(event);
          if (count === undefined) return { ...HEAD, body: Readable.from(inTurn(received)) };
          received.tell(count);
          return HEAD;
        },
        { executionMode: executionModeStreamifyResponse },
      ).use(cors(policy)),
  ],
];

describe.skipIf(browser === undefined).each(HANDLERS)('%s', (_name, make) => {
  describe.each(['url', 'rest'] as const)('%s', (source) => {
    async function visit(policy: Any): Promise<Any> {
      received.reset();
      const gateway = await createGateway({ source, handler: make(policy) }).listen();
      const page = await (browser as NonNullable<typeof browser>).newPage();
      try {
        await page.goto(origin);
        return await readInPage(page, gateway.url).catch((error: Error) => error.message);
      } finally {
        await page.close();
        await gateway.close();
      }
    }

    test('each chunk is read before the next one is written, behind a preflight and the CORS check', async () => {
      const read = await visit({ allowOrigins: [origin], allowHeaders: ['X-Custom'], exposeHeaders: ['X-Own'] });
      const chunks = ['chunk 0;', 'chunk 1;', 'chunk 2;', 'chunk 3;'];
      expect(read).toEqual({ status: 201, type: 'cors', own: 'yes', chunks });
    });

    test('a page of an origin that is not allowed reads nothing', async () => {
      expect(await visit({ allowOrigins: ['https://other.example'] })).toContain('Failed to fetch');
    });
  });
});
