// A streaming function that is asked through what can stream, in one process: what each gateway gets.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corsLines, type Request, type Response, sources } from '../support/sources.js';
import { type Bundled, bundle } from './bundle.js';
import { leftOut } from './client.js';
import { DEFAULT_POLICY } from './default-policy.js';
import { type LambdaFunction, startFunction } from './function.js';
import { responseOf, streamedOf } from './outcome.js';

const APP = 'https://app.example.com';
const PREFLIGHT = { 'Access-Control-Request-Method': 'PUT' };
const VARY_PREFLIGHT = ['vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'];

function allowed(origin: string): readonly (readonly string[])[] {
  return [...DEFAULT_POLICY.slice(0, 2), ['access-control-allow-origin', origin]];
}

interface Row {
  readonly name: string;
  readonly request: Request;
  readonly status: number;
  readonly cors: readonly (readonly string[])[];
  readonly body: string;
  readonly calls: 0 | 1;
}

const rows: readonly Row[] = [
  {
    name: 'a preflight',
    request: { method: 'OPTIONS', headers: { Origin: APP, ...PREFLIGHT } },
    status: 204,
    cors: [...allowed(APP), ['access-control-max-age', '7200'], VARY_PREFLIGHT],
    body: '',
    calls: 0,
  },
  {
    name: 'a preflight of a refused origin',
    request: { method: 'OPTIONS', headers: { Origin: 'https://evil.example', ...PREFLIGHT } },
    status: 403,
    cors: [VARY_PREFLIGHT],
    body: '{"message":"CORS: origin not allowed"}',
    calls: 0,
  },
  {
    name: 'a request',
    request: { method: 'GET', headers: { Origin: 'https://a.example.org' } },
    status: 201,
    cors: [...allowed('https://a.example.org'), ['access-control-expose-headers', 'X-Total'], ['vary', 'Origin']],
    body: 'one',
    calls: 1,
  },
  {
    name: 'a request of a refused origin',
    request: { method: 'GET', headers: { Origin: 'https://evil.example' } },
    status: 201,
    cors: [['vary', 'Origin']],
    body: 'one',
    calls: 1,
  },
  {
    name: 'a request without an origin',
    request: { method: 'GET' },
    status: 201,
    cors: [['vary', 'Origin']],
    body: 'one',
    calls: 1,
  },
];

const streaming = sources.filter(({ name }) => name === 'function URL' || name === 'REST API');

describe.skipIf(leftOut !== undefined)('a streaming function', () => {
  let bundled: Bundled;
  let fn: LambdaFunction;
  beforeAll(async () => {
    bundled = await bundle(['tests/runtime/functions/streaming.ts'], 'esm');
    fn = await startFunction(bundled.folder, 'streaming.listed');
  });
  afterAll(async () => {
    await fn.stop();
    bundled.remove();
  });

  /** How often the handler was called; the event that asks is not HTTP, and counts as a call. */
  async function calls(): Promise<number> {
    const { chunks } = streamedOf(await fn.invoke({ count: true }));
    return Number(chunks.at(-1)?.bytes.toString());
  }

  describe.each(streaming)('behind $name', (source) => {
    it.each(rows)('$name: $status', async ({ request, status, cors, body, calls: expected }) => {
      const before = await calls();
      const response = responseOf(streamedOf(await fn.invoke(source.event(request)))) as Response;
      const got = { status: response.status, cors: corsLines(response), body: response.body };
      expect(got).toEqual({ status, cors, body });
      expect((await calls()) - before - 1).toBe(expected);
    });
  });

  it('streams what it streams for an event that is not HTTP', async () => {
    const streamed = streamedOf(await fn.invoke({ Records: [] }));
    // As without the wrapper, the prelude is lost if nothing was written before the end.
    expect(responseOf(streamed)).toBeUndefined();
    expect(streamed.chunks.map(({ bytes }) => bytes.toString())).toEqual(['one']);
  });
});
