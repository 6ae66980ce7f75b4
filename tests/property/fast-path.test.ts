/** The short way for common results answers what the thorough way does, or nothing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/core/policy.js';
import { accept } from '../../src/events/accept.js';
import { mergeCommon } from '../../src/events/common-result.js';
import { mergeHeaders } from '../../src/events/merge.js';
import { albSingleValue, functionUrl, httpApi, httpApiV1, restApi, vpcLattice } from '../../src/events/source.js';
import { type CorsPolicy, compilePolicy, withCors } from '../../src/index.js';
import { type Request, sources } from '../support/sources.js';

// biome-ignore lint/suspicious/noExplicitAny: results of every shape go through here.
type Any = any;

const A = 'https://a.example';
const RUNS = { numRuns: 5000 };
const source = fc.constantFrom(restApi, httpApiV1, httpApi, functionUrl, albSingleValue, vpcLattice);

const POLICIES: readonly CorsPolicy[] = [
  {},
  { allowOrigins: A, exposeHeaders: ['X-A'] },
  { allowOrigins: [A, 'https://b.example'], allowCredentials: true },
  { allowOrigins: [A, 'https://b.example'], allowCredentials: true, allowMethods: '*', allowHeaders: '*' },
];
const decisions = POLICIES.flatMap((policy) => {
  const compiled = compilePolicy(policy as never);
  return [compiled.actual, compiled.actualRefused, compiled.decisionFor(A) ?? compiled.actual];
});

const ordinaryHeaders = fc.dictionary(
  fc.constantFrom('Content-Type', 'content-type', 'X-A', 'Strict-Transport-Security', 'Accept-Ranges', 'Set-Cookie'),
  fc.constantFrom<unknown>('a', 'application/json', 'text/html; charset=utf-8', '', 'a\tb'),
  { maxKeys: 3 },
);
const ordinary = fc.record(
  {
    statusCode: fc.constantFrom<unknown>(200, 204, 404, 599),
    headers: ordinaryHeaders,
    body: fc.constantFrom<unknown>('', '{}', '\ud800'),
    isBase64Encoded: fc.boolean(),
  },
  { requiredKeys: ['statusCode', 'body'] },
);

const oddName = fc.constantFrom(
  ...['Vary', 'VARY', 'vary', 'Access-Control-Allow-Origin', 'ACCESS-CONTROL-ALLOW-ORIGIN', 'Access-Control-Max-Age'],
  ...['access-control-expose-headers', 'Access-Control-Allow-Private-Network', '', 'X A', 'Ä', 'a\n', '__proto__'],
  ...['toJSON', 'constructor', '0', '10', 'Acce', 'content-TYPE'],
);
const oddValue = fc.constantFrom<unknown>(
  ...['a\r\nb', '€', '\u007f', 5, true, null, undefined, ['a'], {}, 5n, () => 'a', new Date(0), new String('a')],
  ...[Symbol('a'), { toJSON: () => 'a' }],
);
const oddHeaders = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, 'a', [], new Headers({ a: 'b' }), new Map([['a', 'b']])),
  fc.tuple(ordinaryHeaders, oddName, fc.constant('Accept')).map(withOne),
  fc.tuple(ordinaryHeaders, fc.constant('X-A'), oddValue).map(withOne),
  fc.tuple(ordinaryHeaders, oddName, oddValue).map(withOne),
);

/** Assignment would take `__proto__` for the prototype. */
function withOne([headers, name, value]: readonly [object, string, unknown]): object {
  return Object.fromEntries([...Object.entries(headers), [name, value]]);
}

/** What makes a result another one: a key and its value. */
const change = fc.oneof(
  fc.tuple(fc.constant('headers'), oddHeaders),
  fc.constantFrom<readonly [string, unknown]>(
    ...[199, 600, 200.5, '200', null, undefined, Number.NaN, new Number(200)].map((it) => ['statusCode', it] as const),
    ...[undefined, null, 5, {}, new String('a')].map((it) => ['body', it] as const),
    ...[undefined, null, 'true', 1].map((it) => ['isBase64Encoded', it] as const),
    ...[['a=1'], undefined, 5].map((it) => ['cookies', it] as const),
    ...[{ 'X-A': ['a'] }, { vary: ['Accept'] }, undefined, null].map((it) => ['multiValueHeaders', it] as const),
    ...[1, undefined, () => 1].map((it) => ['more', it] as const),
  ),
);
/** A common result, or one that nearly is. */
const common = fc
  .tuple(ordinary, fc.array(change, { maxLength: 2 }))
  .map(([fields, changes]): Any => ({ ...fields, ...Object.fromEntries(changes) }));

/** The same by other means. Each is made twice, since some can be read only once. */
const disguise = fc.constantFrom<(fields: Any) => unknown>(
  (fields) => fields,
  (fields) => fields,
  (fields) => fields,
  (fields) => deepFreeze(fields),
  (fields) => Object.assign(Object.create(null), fields),
  (fields) => Object.create(fields),
  (fields) => Object.create({ more: 1 }, Object.getOwnPropertyDescriptors(fields)),
  (fields) => new Proxy(fields, {}),
  (fields) => ({ ...fields, headers: new Proxy(Object(fields.headers), {}) }),
  (fields) => ({ ...fields, toJSON: () => ({ statusCode: 201, body: 'made' }) }),
  (fields) => ({ ...fields, toJSON: undefined }),
  (fields) => Object.defineProperty({ ...fields }, 'toJSON', { value: () => ({ statusCode: 201, body: 'made' }) }),
  (fields) => Object.defineProperty({ ...fields }, 'body', { enumerable: false }),
  (fields) => Object.defineProperty({ ...fields }, 'headers', { value: fields.headers, enumerable: false }),
  (fields) => ({
    ...fields,
    headers: Object.defineProperty({ ...Object(fields.headers) }, 'toJSON', { value: () => ({}) }),
  }),
  (fields) => ({ ...fields, headers: Object.create({ toJSON: () => ({}) }) }),
  (fields) => ({ ...fields, headers: changing(fields.headers) }),
  (fields) => ({ ...fields, ...changing(fields) }),
  (fields) => ({ ...fields, [Symbol.toStringTag]: 'Answer' }),
  (fields) => {
    class Answer {}
    return Object.assign(new Answer(), fields);
  },
);

function deepFreeze(fields: Any): Any {
  for (const part of Object.values(fields)) Object.freeze(part);
  return Object.freeze(fields);
}

/** Getters that answer something else when they are asked again. */
function changing(fields: Any): object {
  const made = {};
  for (const [key, given] of Object.entries(Object(fields))) {
    let asked = 0;
    Object.defineProperty(made, key, {
      enumerable: true,
      configurable: true,
      get: () => {
        asked += 1;
        return asked === 1 ? given : new Date(0);
      },
    });
  }
  return made;
}

function thorough(from: typeof restApi, result: unknown, decision: Decision): unknown {
  const accepted = accept(from, result);
  return typeof accepted === 'string' ? accepted : sorted(mergeHeaders(from, accepted, decision));
}

/** As it is sent: without what JSON leaves out, and whatever the order. */
function sorted(result: unknown): unknown {
  return JSON.parse(JSON.stringify(result));
}

test('mergeCommon answers what accept and mergeHeaders do, or nothing', () => {
  let answered = 0;
  fc.assert(
    fc.property(source, fc.constantFrom(...decisions), common, disguise, (from, decision, fields, wear) => {
      const short = mergeCommon(wear({ ...fields }), decision);
      if (short === undefined) return;
      answered += 1;
      expect(sorted(short)).toEqual(thorough(from, wear({ ...fields }), decision));
    }),
    RUNS,
  );
  // Or the property would say nothing.
  expect(answered).toBeGreaterThan(RUNS.numRuns / 100);
});

test('mergeCommon leaves the handler’s objects as they are', () => {
  fc.assert(
    fc.property(fc.constantFrom(...decisions), common, (decision, fields) => {
      const before = structuredCloneOf(fields);
      const short = mergeCommon(fields, decision);
      expect(structuredCloneOf(fields)).toEqual(before);
      if (short !== undefined) expect(short.headers).not.toBe(fields.headers);
    }),
    RUNS,
  );
});

function structuredCloneOf({ headers: map, ...fields }: Any): unknown {
  return { ...fields, headers: typeof map === 'object' && map !== null ? { ...map } : map };
}

describe('nothing of an invocation is left for the next', () => {
  const policies: readonly CorsPolicy[] = [
    {},
    { allowOrigins: A },
    { allowOrigins: [A, 'https://b.example', 'https://*.c.example'] },
    { allowOrigins: [A, 'https://*.c.example'], allowCredentials: true, allowHeaders: '*' },
  ];
  const origin = fc.constantFrom(
    A,
    'https://b.example',
    'https://a.c.example',
    'https://c.c.example',
    'https://evil.test',
  );
  const request = fc.record({
    origin,
    preflight: fc.boolean(),
    at: fc.nat(policies.length - 1),
    from: fc.constantFrom(...sources),
    fields: common,
  });

  test('10,000 requests are answered as by wrappers that have seen nothing', async () => {
    const silent = { error() {}, warn() {} };
    let fields: Any;
    const used = policies.map((policy) =>
      withCors(async (_event: unknown) => fields, policy as never, { logger: silent }),
    );
    for (const each of fc.sample(request, 10_000)) {
      const given: Request = {
        method: each.preflight ? 'OPTIONS' : 'GET',
        headers: { Origin: each.origin, ...(each.preflight && { 'Access-Control-Request-Method': 'PUT' }) },
      };
      fields = each.fields;
      const fresh = withCors(async (_event: unknown) => fields, policies[each.at] as never, { logger: silent });
      const [first, second] = await Promise.all([
        used[each.at]?.(each.from.event(given), {}),
        fresh(each.from.event(given), {}),
      ]);
      expect(first).toEqual(second);
    }
  }, 60_000);
});
