// Middy in its streaming mode behind a function URL: what Lambda hands on, bare and with cors().
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corsLines, otherLines, type Request, type Response, sources, type TestSource } from '../support/sources.js';
import { type Bundled, bundle } from './bundle.js';
import { leftOut } from './client.js';
import { startFunction } from './function.js';
import type { MiddyKind } from './functions/streaming-middy.js';
import { type Fate, fateOf, responseOf, streamedOf } from './outcome.js';
import type { Outcome } from './runtime-api.js';

const APP = 'https://app.example.com';
const url = sources.find(({ name }) => name === 'function URL') as TestSource;
const get: Request = { method: 'GET', headers: { Origin: APP } };

interface Row {
  readonly kind: MiddyKind;
  readonly bare: Fate;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const TEXT = 'text/plain';
const JSON_TYPE = 'application/json';

const rows: readonly Row[] = [
  { kind: 'text', bare: 'prelude', status: 201, contentType: TEXT, body: 'one two' },
  { kind: 'long', bare: 'prelude', status: 201, contentType: TEXT, body: 'x'.repeat(40_000) },
  { kind: 'stream', bare: 'prelude', status: 201, contentType: TEXT, body: 'one two' },
  { kind: 'webStream', bare: 'prelude', status: 201, contentType: TEXT, body: 'one two' },
  { kind: 'noBody', bare: 'prelude', status: 201, contentType: TEXT, body: '' },
  { kind: 'textAlone', bare: 'no prelude', status: 200, contentType: JSON_TYPE, body: 'one two' },
  { kind: 'streamAlone', bare: 'no prelude', status: 200, contentType: 'application/octet-stream', body: 'one two' },
  { kind: 'throws', bare: 'error', status: 500, contentType: JSON_TYPE, body: '{"message":"Internal Server Error"}' },
  { kind: 'throwsHttpError', bare: 'error', status: 404, contentType: JSON_TYPE, body: '{"message":"no such note"}' },
];

const ALLOWED = [
  [
    'access-control-allow-headers',
    'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent',
  ],
  ['access-control-allow-methods', 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS'],
  ['access-control-allow-origin', APP],
];
const VARY_PREFLIGHT = ['vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'];

describe.skipIf(leftOut !== undefined)('Middy in its streaming mode', () => {
  let bundled: Bundled;
  beforeAll(async () => {
    bundled = await bundle(['tests/runtime/functions/streaming-middy.ts'], 'esm');
  });
  afterAll(() => bundled.remove());

  async function invokeOnce(handler: string, request: Request): Promise<Outcome> {
    const fn = await startFunction(bundled.folder, `streaming-middy.${handler}`);
    try {
      return await fn.invoke(url.event(request));
    } finally {
      await fn.stop();
    }
  }

  it.each(rows)('$kind, bare: $bare, no CORS headers', async ({ kind, bare }) => {
    const outcome = await invokeOnce(`bare.${kind}`, get);
    expect(fateOf(outcome)).toBe(bare);
    const response = responseOf(streamedOf(outcome));
    if (response !== undefined) expect(corsLines(response)).toEqual([]);
  });

  it.each(rows)('$kind, with cors(): $status with CORS headers', async ({ kind, status, contentType, body }) => {
    const streamed = streamedOf(await invokeOnce(`wrapped.${kind}`, get));
    const response = responseOf(streamed) as Response;
    expect({ ...response, lines: otherLines(response), cors: corsLines(response) }).toEqual({
      status,
      lines: [['content-type', contentType]],
      cors: [...ALLOWED, ['vary', 'Origin']],
      body,
    });
    expect(streamed).toMatchObject({ complete: true, error: undefined });
  });

  it.each([
    { origin: APP, status: 204, cors: [...ALLOWED, ['access-control-max-age', '7200'], VARY_PREFLIGHT] },
    { origin: 'https://evil.example', status: 403, cors: [VARY_PREFLIGHT] },
  ])('answers a preflight of $origin with $status, without calling the handler', async ({ origin, status, cors }) => {
    const preflight = { method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Method': 'PUT' } };
    const response = responseOf(streamedOf(await invokeOnce('wrapped.throws', preflight))) as Response;
    expect({ status: response.status, cors: corsLines(response) }).toEqual({ status, cors });
  });
});
