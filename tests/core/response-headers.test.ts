import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/core/decide.js';
import type { CorsField, Decision } from '../../src/core/policy.js';
import { CORS_FIELDS } from '../../src/core/response-headers.js';
import { mergeHeaders } from '../../src/events/merge.js';
import { httpApi, restApi } from '../../src/events/source.js';
import { type CorsPolicy, compilePolicy } from '../../src/index.js';
import { policy as anyPolicy } from '../property/arbitraries.js';

const A = 'https://a.example';
/** Has a value for every header, and an answer that depends on the origin. */
const WRITTEN: CorsPolicy = { allowOrigins: [A, 'https://b.example'], allowCredentials: true, exposeHeaders: ['X-A'] };
const policy = compilePolicy(WRITTEN);
/** Another value for each key. */
const OTHERWISE = {
  allowOrigins: A,
  allowMethods: ['GET'],
  allowHeaders: ['X-A'],
  exposeHeaders: ['X-B'],
  allowCredentials: false,
  maxAge: 60,
};
const allowed = { method: 'GET', origin: A, requestMethod: undefined, requestHeaders: undefined };
const asked = { ...allowed, method: 'OPTIONS', requestMethod: 'PUT' };
const fields = CORS_FIELDS.map(([field]) => field);

/** A decision that sends one header. */
function only(field: CorsField, value: string): Decision {
  const nothing = Object.fromEntries(fields.map((name) => [name, name === 'exposeHeaders' ? '' : undefined]));
  return { preflight: undefined, ...nothing, [field]: value } as Decision;
}

test('the table has every key of a policy that sends a header, and Vary', () => {
  const {
    listsOrigin: _,
    decisionFor: _d,
    actual,
    actualRefused: _r,
    preflight,
    preflightRefused: _p,
    ...normal
  } = policy;
  const silent = ['dangerouslyAllowInsecureOrigins'];
  const keys = CORS_FIELDS.map(([, { key }]) => key);
  expect([...keys, ...silent].sort()).toEqual([...Object.keys(normal), undefined].sort());
});

test.each([
  ['a request', decide(policy, allowed, true)],
  ['a refused request', decide(policy, allowed, false)],
  ['a preflight', decide(policy, asked, true)],
  ['a refused preflight', decide(policy, asked, false)],
  ['a request, precomputed', policy.actual],
  ['a preflight, precomputed', policy.preflight],
])('the decision about %s has the fields of the table', (_name, decision) => {
  expect(Object.keys(decision)).toEqual(['preflight', ...fields]);
});

describe.each(CORS_FIELDS)('%s', (field, { name, on, fromHandler }) => {
  const onRequest = decide(policy, allowed, true)[field];
  const onPreflight = decide(policy, asked, true)[field];

  test(`is decided on ${on}`, () => {
    expect(onRequest === undefined).toBe(on === 'preflights');
    expect(onPreflight === undefined).toBe(on === 'other responses');
  });

  test('keeps its value when the origin is filled in', () => {
    if (field === 'allowOrigin') return expect([onRequest, onPreflight]).toEqual([A, A]);
    expect([onRequest, onPreflight]).toEqual([policy.actual[field], policy.preflight[field]]);
  });

  test(`is sent as ${name}, and nothing else is`, () => {
    expect(mergeHeaders(httpApi, { statusCode: 200 }, only(field, 'Value')).headers).toEqual({ [name]: 'Value' });
  });

  test.each([name, name.toLowerCase(), name.toUpperCase()])(`the handler's %s is ${fromHandler}`, (spelling) => {
    const result = { headers: { [spelling]: 'Theirs' }, multiValueHeaders: { [spelling]: ['Also'] } };
    const merged = mergeHeaders(restApi, result, only(field, 'Ours'));
    const line = fromHandler === 'merged' ? 'Theirs, Also, Ours' : 'Ours';
    expect(merged).toEqual({ headers: { [name]: line }, multiValueHeaders: {} });
  });

  test(`the handler's value, where the policy sets none, is ${fromHandler}`, () => {
    const decision = { ...only(field, 'Ours'), [field]: undefined };
    const merged = mergeHeaders(httpApi, { headers: { [name]: 'Theirs' } }, decision);
    expect(merged).toEqual({ headers: fromHandler === 'removed' ? {} : { [name]: 'Theirs' } });
  });
});

const keyed = CORS_FIELDS.flatMap(([field, { key, on }]) => (key === undefined ? [] : [{ field, key, on }]));

test.each(keyed)('$field follows $key of the policy, and no other header but Vary does', ({ field, key, on }) => {
  const changed = compilePolicy({ ...WRITTEN, [key]: OTHERWISE[key as keyof typeof OTHERWISE] } as CorsPolicy);
  function differing(about: 'actual' | 'preflight'): readonly CorsField[] {
    return fields.filter((other) => other !== 'vary' && changed[about][other] !== policy[about][other]);
  }
  expect(differing('actual')).toEqual(on === 'preflights' ? [] : [field]);
  expect(differing('preflight')).toEqual(on === 'other responses' ? [] : [field]);
});

test('a refusal keeps what is merged, removes what is kept, and has nothing else', () => {
  fc.assert(
    fc.property(anyPolicy, (written) => {
      const { actual, actualRefused, preflight, preflightRefused } = compilePolicy(written);
      for (const [field, { fromHandler }] of CORS_FIELDS) {
        const refusals = [
          [actual[field], actualRefused[field]],
          [preflight[field], preflightRefused[field]],
        ];
        for (const [allowed, refused] of refusals) {
          const isRemoved = fromHandler === 'kept' && allowed !== undefined;
          expect(refused).toBe(fromHandler === 'merged' ? allowed : isRemoved ? '' : undefined);
        }
      }
    }),
  );
});
