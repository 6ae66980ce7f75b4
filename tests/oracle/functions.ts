// Random functions behind gateways, with `withCors` and without.
import fc from 'fast-check';
import type { CorsPolicy } from '../../src/index.js';
import { type Lines, okStatus, otherLines } from './answers.js';
import type { LambdaHop } from './case.js';
import { GATEWAY_FRONTS } from './world.js';

const policy: fc.Arbitrary<CorsPolicy> = fc
  .record(
    {
      allowOrigins: fc.oneof(
        { weight: 2, arbitrary: fc.constant('*') },
        fc.constantFrom<string | string[]>(
          ['http://app.site.test'],
          ['http://app.site.test', 'http://other.test'],
          ['http://*.site.test', 'http://other.test:*'],
          ['http://app.site.test:*'],
          'http://www.app.site.test,http://app.site.test:8080',
          ['https://app.site.test'],
        ),
      ),
      allowMethods: fc.constantFrom<'*' | string[]>(
        '*',
        ['GET', 'POST'],
        [],
        ['PUT', 'patch'],
        ['PATCH', 'DELETE', '*'],
      ),
      allowHeaders: fc.constantFrom<'*' | string[]>('*', ['X-A', 'Content-Type'], [], ['Authorization', 'x-b']),
      exposeHeaders: fc.constantFrom<'*' | string[]>('*', ['X-A', 'ETag'], []),
      allowCredentials: fc.boolean(),
      maxAge: fc.constantFrom(0, 600, 86400),
    },
    { requiredKeys: [] },
  )
  .map(sound);

/** What a policy may not have together. */
function sound({ allowOrigins = '*', allowCredentials, exposeHeaders, ...rest }: CorsPolicy): CorsPolicy {
  const credentials = allowCredentials === true && allowOrigins !== '*';
  return {
    ...rest,
    allowOrigins,
    ...(exposeHeaders !== undefined && !(credentials && exposeHeaders === '*') && { exposeHeaders }),
    ...(credentials && { allowCredentials, dangerouslyAllowInsecureOrigins: true }),
  };
}

/** What people write by hand. */
const byHand: fc.Arbitrary<Lines> = fc
  .record({
    origin: fc.constantFrom('*', '{origin}', '{origin}', 'http://app.site.test', undefined),
    credentials: fc.constantFrom<string | boolean | undefined>('true', true, undefined),
    methods: fc.constantFrom('*', 'GET,PUT,DELETE', '{method}', undefined),
    headers: fc.constantFrom('*', '{headers}', 'Content-Type, X-A', undefined),
    expose: fc.constantFrom('*', 'X-A', undefined),
  })
  .map(({ origin, credentials, methods, headers, expose }) => {
    const all: readonly (readonly [string, unknown])[] = [
      ['Access-Control-Allow-Origin', origin],
      ['access-control-allow-credentials', credentials],
      ['Access-Control-Allow-Methods', methods],
      ['Access-Control-Allow-Headers', headers],
      ['Access-Control-Expose-Headers', expose],
    ];
    return all.filter(([, value]) => value !== undefined) as unknown as Lines;
  });

interface Parts {
  readonly status: number;
  readonly lines: Lines;
  readonly multi: boolean;
  readonly body: string;
}

/** A result, with its headers in the one or in the other map. */
function envelope({ status, lines, multi, body }: Parts): unknown {
  const map = Object.fromEntries(lines.map(([name, value]) => [name, multi ? [value] : value]));
  return { statusCode: status, [multi ? 'multiValueHeaders' : 'headers']: map, body };
}

const malformed = fc.constantFrom<unknown>(
  null,
  'text',
  { message: 'no envelope' },
  { statusCode: 'abc' },
  { statusCode: 200, body: { an: 'object' } },
  { statusCode: 200, headers: { 'X-A': ['an array'] } },
  { statusCode: 200, unknown: true },
  [1, 2],
);

const body = fc.constantFrom('', 'hello', '{"a":1}', 'é✓');

export function lambdaHop(redirect: fc.Arbitrary<readonly [number, Lines]> | undefined): fc.Arbitrary<LambdaHop> {
  const status: fc.Arbitrary<readonly [number, Lines]> = redirect ?? okStatus.map((code) => [code, []] as const);
  const result = (lines: fc.Arbitrary<Lines>) =>
    fc
      .record({ status, lines, others: otherLines, multi: fc.boolean(), body })
      .map(({ status: [status, where], lines, others, multi, body }) =>
        envelope({ status, lines: [...others, ...lines, ...where], multi, body }),
      );
  const thrown = fc.constantFrom(
    { message: 'boom' },
    { message: 'not found', statusCode: 404, headers: { 'X-A': '1' } },
    { message: 'teapot', status: 418, expose: true },
    { message: 'down', statusCode: 503 },
  );
  const place = { front: fc.constantFrom(...GATEWAY_FRONTS), far: fc.boolean() };
  const wrapped = fc.record({ ...place, policy }, { requiredKeys: ['front', 'policy'] });
  const bare = fc.record(
    { ...place, preflight: fc.oneof(result(byHand), malformed) },
    { requiredKeys: ['front', 'preflight'] },
  );
  const outcome = fc.oneof(
    {
      weight: 8,
      arbitrary: result(fc.oneof({ weight: 2, arbitrary: byHand }, fc.constant<Lines>([]))).map((value) => ({
        result: value,
      })),
    },
    { weight: redirect === undefined ? 1 : 0, arbitrary: malformed.map((value) => ({ result: value })) },
    { weight: redirect === undefined ? 1 : 0, arbitrary: thrown.map((throws) => ({ throws })) },
  );
  return fc
    .tuple(fc.oneof({ weight: 3, arbitrary: wrapped }, { weight: 2, arbitrary: bare }), outcome)
    .map(([hop, what]) => ({ ...hop, ...what }));
}
