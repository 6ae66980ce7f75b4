// One function that is asked through every source in turn, in one process: what each gateway makes of it, that every
// answer is to its own request only, and that events which are not HTTP go through.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corsLines, type Request, sources } from '../support/sources.js';
import { type Bundled, bundle } from './bundle.js';
import { leftOut } from './client.js';
import { type LambdaFunction, startFunction } from './function.js';
import { resultOf } from './outcome.js';

const APP = 'https://app.example.com';
const PREFLIGHT = {
  'Access-Control-Request-Method': 'PUT',
  'Access-Control-Request-Headers': 'content-type',
};
const VARY = ['vary', 'Origin'];
const VARY_PREFLIGHT = ['vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'];

function allowed(origin: string): readonly (readonly string[])[] {
  return [
    ['access-control-allow-credentials', 'true'],
    [
      'access-control-allow-headers',
      'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent',
    ],
    ['access-control-allow-methods', 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS'],
    ['access-control-allow-origin', origin],
  ];
}

interface Row {
  readonly name: string;
  readonly request: Request;
  readonly status: number;
  readonly cors: readonly (readonly string[])[];
  readonly calls: 0 | 1;
}

const rows: readonly Row[] = [
  {
    name: 'a preflight',
    request: { method: 'OPTIONS', headers: { Origin: APP, ...PREFLIGHT } },
    status: 204,
    cors: [...allowed(APP), ['access-control-max-age', '7200'], VARY_PREFLIGHT],
    calls: 0,
  },
  {
    name: 'a preflight of a refused origin',
    request: { method: 'OPTIONS', headers: { Origin: 'https://evil.example', ...PREFLIGHT } },
    status: 403,
    cors: [VARY_PREFLIGHT],
    calls: 0,
  },
  {
    name: 'a request',
    request: { method: 'GET', headers: { Origin: APP } },
    status: 200,
    cors: [...allowed(APP), VARY],
    calls: 1,
  },
  {
    name: 'a request of another origin',
    request: { method: 'GET', headers: { Origin: 'https://a.b.example.org' } },
    status: 200,
    cors: [...allowed('https://a.b.example.org'), VARY],
    calls: 1,
  },
  {
    name: 'a request of a refused origin',
    request: { method: 'GET', headers: { Origin: 'https://evil.example' } },
    status: 200,
    cors: [VARY],
    calls: 1,
  },
  { name: 'a request without an origin', request: { method: 'GET' }, status: 200, cors: [VARY], calls: 1 },
  {
    name: 'a request that fails',
    request: { method: 'GET', path: '/fail', headers: { Origin: APP } },
    status: 500,
    cors: [...allowed(APP), VARY],
    calls: 1,
  },
];

describe.skipIf(leftOut !== undefined)('a function in one process', () => {
  let bundled: Bundled;
  let fn: LambdaFunction;
  beforeAll(async () => {
    bundled = await bundle(['tests/runtime/functions/listed.ts'], 'esm');
    fn = await startFunction(bundled.folder, 'listed.handler');
  });
  afterAll(async () => {
    await fn.stop();
    bundled.remove();
  });

  /** How often the handler was called; the event that asks is not HTTP, and counts as a call. */
  async function calls(): Promise<number> {
    return resultOf(await fn.invoke({ count: true })) as number;
  }

  describe.each(sources)('behind $name', (source) => {
    it.each(rows)('$name: $status', async ({ request, status, cors, calls: expected }) => {
      const before = await calls();
      const outcome = await fn.invoke(source.event(request));
      const response = source.response(resultOf(outcome));
      expect({ status: response.status, cors: corsLines(response) }).toEqual({ status, cors });
      expect((await calls()) - before - 1).toBe(expected);
    });
  });

  it('returns what it returns for an event that is not HTTP', async () => {
    expect(await fn.invoke({ Records: [{ eventSource: 'aws:sqs', body: '{}' }] })).toEqual({
      kind: 'returned',
      result: {
        statusCode: 200,
        headers: { 'Content-Type': 'text/plain', 'access-control-allow-origin': 'https://written.example' },
        body: 'hello',
      },
    });
  });

  it('fails for an event that is not HTTP, so that a queue sends it again', async () => {
    expect(await fn.invoke({ Records: [{ eventSource: 'aws:sqs' }], fail: true })).toMatchObject({
      kind: 'failed',
      error: { errorType: 'RangeError', errorMessage: 'no such queue' },
    });
  });
});
