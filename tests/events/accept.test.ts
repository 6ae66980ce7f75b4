import { describe, expect, test } from 'vitest';
import { accept, acceptPrelude } from '../../src/events/accept.js';
import {
  albMultiValue,
  albSingleValue,
  functionUrl,
  httpApi,
  httpApiV1,
  restApi,
  vpcLattice,
} from '../../src/events/source.js';
import type { Source } from '../../src/events/types.js';
import { withCors } from '../../src/index.js';
import { memoryLogger } from '../support/logger.js';
import { type Request, sources } from '../support/sources.js';

const SOURCES: readonly Source[] = [
  restApi,
  httpApiV1,
  httpApi,
  functionUrl,
  albSingleValue,
  albMultiValue,
  vpcLattice,
];
const OK = { statusCode: 200, body: '' };
const headers = (map: unknown) => ({ ...OK, headers: map });
const multi = (map: unknown) => ({ ...OK, multiValueHeaders: map });

/** A result, the sources that refuse it, what they say, and what to return instead. */
const refused: readonly [name: string, result: unknown, sources: readonly Source[], text: string][] = [
  [
    'status 100',
    { statusCode: 100 },
    SOURCES,
    '"100" as statusCode, which … does not accept: return an integer from 200 to 599',
  ],
  ['status 199', { statusCode: 199 }, SOURCES, '"199" as statusCode'],
  ['status 600', { statusCode: 600 }, SOURCES, '"600" as statusCode'],
  ['status 600 as a string', { statusCode: '600' }, SOURCES, '"600" as statusCode'],
  ['status 199 as a string', { statusCode: '199' }, SOURCES, '"199" as statusCode'],
  ['four digits', { statusCode: '2000' }, SOURCES, '"2000" as statusCode'],
  ['half a status', { statusCode: 200.5 }, SOURCES, '"200.5" as statusCode'],
  ['a status with a zero before it', { statusCode: '0200' }, SOURCES, '"0200" as statusCode'],
  ['a status with a blank', { statusCode: '200 ' }, SOURCES, '"200 " as statusCode'],
  [
    'no status',
    { body: '' },
    [albSingleValue, albMultiValue, vpcLattice],
    '"undefined" as statusCode, which … does not accept',
  ],
  [
    'text alone',
    'x',
    [restApi, httpApiV1, albSingleValue, vpcLattice],
    'a value of type String, which … does not accept',
  ],
  ['nothing', undefined, [restApi, httpApiV1, albSingleValue, vpcLattice], 'undefined, which … does not accept'],
  ['a boxed number', new Number(5), [restApi, httpApiV1], 'a value of type Number, which … does not accept'],
  [
    'a bad header behind a good one',
    headers({ 'X-A': 'a', 'X-B': 'b\n' }),
    SOURCES,
    'the character "\\n" in the header "X-B"',
  ],
  [
    'an object as body',
    { statusCode: 200, body: {} },
    SOURCES,
    'a value of type Object as body, which … does not accept: return body: JSON.stringify(…)',
  ],
  [
    'a tag with a line break',
    { statusCode: 200, body: '', headers: { [Symbol.toStringTag]: 'A\nB' } },
    SOURCES,
    'a value of type AB as headers',
  ],
  [
    'a long name',
    headers({ [`X ${'a'.repeat(100)}`]: 'a' }),
    SOURCES,
    `the header name "X ${'a'.repeat(78)}", which … does not accept`,
  ],
  ['a status in a list', { statusCode: [200] }, SOURCES, 'a value of type Array as statusCode'],
  ['a status that is no text', { statusCode: { toString: 0 } }, SOURCES, 'a value of type Object as statusCode'],
  ['status null', { statusCode: null }, SOURCES, 'null as statusCode'],
  [
    'a line break in a value',
    headers({ 'X-A': 'a\r\nX-B: b' }),
    SOURCES,
    'the character "\\r" in the header "X-A", which … does not accept: return encodeURIComponent',
  ],
  ['a line feed at the end', headers({ 'X-A': 'a\n' }), SOURCES, 'the character "\\n" in the header "X-A"'],
  ['a character that controls', headers({ 'X-A': '\u007f' }), SOURCES, 'the character "\\u007f"'],
  ['a character above U+00FF', headers({ 'X-A': 'Ā' }), SOURCES, 'the character "Ā"'],
  [
    'a file name',
    headers({ 'Content-Disposition': 'attachment; filename="€.pdf"' }),
    SOURCES,
    'the character "€" in the header "Content-Disposition", which … does not accept: ' +
      "return encodeURIComponent(value), and a file name as filename*=UTF-8''… (RFC 8187)",
  ],
  ['a name with a blank', headers({ 'X A': 'a' }), SOURCES, 'the header name "X A", which … does not accept'],
  ['a name without characters', headers({ '': 'a' }), SOURCES, 'the header name ""'],
  ['a name with a line break', headers({ 'X\nA': 'a' }), SOURCES, 'the header name "X\\nA"'],
  ['a name with a colon', headers({ 'X-A:': 5 }), SOURCES, 'the header name "X-A:"'],
  [
    'cookies in headers',
    headers({ 'Set-Cookie': ['a=1'] }),
    [restApi, httpApiV1, albMultiValue],
    'a value of type Array as the header',
  ],
  [
    'cookies in headers',
    headers({ 'set-cookie': ['a=1', 'b=2'] }),
    [restApi, httpApiV1, albMultiValue],
    'a value of type Array as the header "set-cookie", which … does not accept: return multiValueHeaders: { "set-cookie": ["a", "b"] }',
  ],
  [
    'cookies in headers',
    headers({ 'Set-Cookie': ['a=1', 'b=2'] }),
    [httpApi, functionUrl],
    'a value of type Array as the header "Set-Cookie", which … does not accept: return cookies: ["a=1", "b=2"]',
  ],
  [
    'a list in a header that is nearly for cookies',
    headers({ 'X-Set-Cookie': ['a', 'b'] }),
    [httpApi, functionUrl, albSingleValue],
    'return value.join(", ")',
  ],
  [
    'a list in a header that is nearly for cookies',
    headers({ 'Set-Cookie2': ['a', 'b'] }),
    [httpApi, functionUrl, albSingleValue],
    'return value.join(", ")',
  ],
  [
    'a list in headers',
    headers({ 'X-A': ['a', 'b'] }),
    [httpApi, functionUrl, albSingleValue],
    'return value.join(", ")',
  ],
  [
    'an empty list in headers',
    headers({ 'X-A': [] }),
    SOURCES.slice(0, -1),
    'a value of type Array as the header "X-A"',
  ],
  ['a list in a list', headers({ 'X-A': [['a']] }), SOURCES, 'as the header "X-A", which … does not accept'],
  ['null in a list', headers({ 'X-A': [null] }), [vpcLattice], 'null as the header "X-A"'],
  ['a line break in a list', headers({ 'X-A': ['a', 'b\n'] }), [vpcLattice], 'the character "\\n" in the header "X-A"'],
  ['an object', headers({ 'X-A': {} }), SOURCES, 'a value of type Object as the header "X-A", which … does not accept'],
  [
    'headers that are text',
    headers('X-A: a'),
    SOURCES,
    'a value of type String as headers, which … does not accept: return an object, such as Object.fromEntries(headers)',
  ],
  [
    'headers that are a list',
    headers([['X-A', 'a']]),
    SOURCES,
    'a value of type Array as headers, which … does not accept',
  ],
  [
    'Headers',
    headers(new Headers({ 'X-A': 'a' })),
    SOURCES,
    'a value of type Headers as headers, which … does not accept: return an object, such as Object.fromEntries(headers)',
  ],
  [
    'a Map',
    headers(new Map([['X-A', 'a']])),
    SOURCES,
    'a value of type Map as headers, which … does not accept: return',
  ],
  [
    'one value for several',
    multi({ 'X-A': 'a' }),
    [restApi, httpApiV1, albMultiValue],
    'a value of type String as the header "X-A", which … does not accept: return multiValueHeaders: { "X-A": ["a", "b"] }',
  ],
  ['null for several', multi({ 'X-A': null }), [restApi, httpApiV1, albMultiValue], 'null as the header "X-A"'],
  ['a bad element', multi({ 'X-A': ['a', null] }), [restApi, httpApiV1, albMultiValue], 'null as the header "X-A"'],
  ['a hole', multi({ 'X-A': new Array(1) }), [restApi, httpApiV1, albMultiValue], 'as the header "X-A"'],
  ['no number', multi({ 'X-A': [Number.NaN] }), [restApi, httpApiV1, albMultiValue], 'as the header "X-A"'],
  ['a bad name for several', multi({ 'X A': ['a'] }), [restApi, httpApiV1, albMultiValue], 'the header name "X A"'],
  ['a bad value among several', multi({ 'X-A': ['a', '€'] }), [restApi, httpApiV1, albMultiValue], 'the character "€"'],
  ['several as text', multi('a'), [restApi, httpApiV1, albMultiValue], 'as multiValueHeaders, which … does not accept'],
  [
    'cookies that are text',
    { ...OK, cookies: 'a=1' },
    [httpApi, functionUrl],
    'a value of type String as cookies, which … does not accept: return cookies: ["name=value; HttpOnly"]',
  ],
  [
    'cookies that are not text',
    { ...OK, cookies: ['a=1', 5] },
    [httpApi, functionUrl],
    'a value of type Array as cookies',
  ],
  [
    'a cookie with a line break',
    { ...OK, cookies: ['a=1\n'] },
    [httpApi, functionUrl],
    '"\\n" in the header "Set-Cookie"',
  ],
  [
    'a Response',
    new Response('a'),
    SOURCES,
    'a value of type Response, which … does not accept: return { statusCode: response.status, headers: ' +
      'Object.fromEntries(response.headers), body: await response.text() }',
  ],
  [
    'Headers alone',
    new Headers(),
    SOURCES,
    'a value of type Headers, which … does not accept: return { statusCode: 200,',
  ],
  ['an error that was returned', new TypeError('x'), SOURCES, 'a value of type Error, which … does not accept'],
];

function circular(): unknown[] {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

function fail(): never {
  throw new Error('x');
}

describe.each(refused)('%s', (_name, result, refusing, text) => {
  test.each(refusing)('is refused by $name, with the remedy', (source) => {
    const fault = accept(source, result);
    expect(fault).toContain(text.replace('…', source.name));
    expect(fault).toMatch(/^[ -~…€Ā]+, which .+ does not accept: return /);
  });

  test('never throws', () => {
    for (const source of SOURCES) expect(() => accept(source, result, true)).not.toThrow();
  });
});

test.each([
  ['a list that contains itself', circular(), [httpApi, functionUrl]],
  ['a bigint', headers({ 'X-A': 5n }), SOURCES],
  ['a toJSON that throws', { ...OK, toJSON: fail }, SOURCES],
  ['a getter that throws', Object.defineProperty({ ...OK }, 'headers', { enumerable: true, get: fail }), SOURCES],
])('%s throws', (_name, result, reading) => {
  for (const source of reading) expect(() => accept(source, result)).toThrow();
});

describe('what a source does not read is none of its business', () => {
  test.each([
    [
      'cookies',
      [restApi],
      { ...OK, cookies: 5 },
      'the key "cookies", which a REST API does not accept: ' +
        'return only statusCode, headers, multiValueHeaders, body, isBase64Encoded',
    ],
    ['cookies', [httpApiV1, albSingleValue, albMultiValue, vpcLattice], { ...OK, cookies: 5 }, undefined],
    ['multiValueHeaders', [httpApi, functionUrl, albSingleValue, vpcLattice], multi({ 'X-A': 5 }), undefined],
    ['no cookies', [httpApi, functionUrl], { ...OK, cookies: null }, undefined],
    ['no body', SOURCES, { statusCode: 200, body: null }, undefined],
    ['a name without values', SOURCES, multi({ 'X A': [] }), undefined],
    ['a name without a value', SOURCES, headers({ 'X A': undefined, 'X B': null }), undefined],
  ] as const)('%s', (_name, reading, result, fault) => {
    for (const source of reading) {
      const accepted = accept(source, result);
      if (fault === undefined) expect(accepted).toBeTypeOf('object');
      else expect(accepted).toContain(fault);
    }
  });
});

describe('a result without a status', () => {
  const inferred = { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: '{"body":"x"}' };

  test.each([
    ['is given a status', restApi, { statusCode: 200, body: 'x' }],
    ['is given a status', httpApiV1, { statusCode: 200, body: 'x' }],
    ['is the body of a 200', httpApi, inferred],
    ['is the body of a 200', functionUrl, inferred],
  ])('%s: $1.name', (_name, source, expected) => {
    expect(accept(source, { body: 'x' })).toEqual(expected);
  });
});

describe('a stream', () => {
  const ofNode = { pipe: () => {} };
  const ofTheWeb = { getReader: () => {} };

  test.each([
    [restApi, ofNode],
    [restApi, ofTheWeb],
    [functionUrl, ofNode],
    [functionUrl, ofTheWeb],
  ])('is sent as it is, alone or as a body, where $0.name streams', (source, stream) => {
    const head = { statusCode: 201, headers: { 'X-A': 'a' }, cookies: ['a=1'], more: 1 };
    const alone = { statusCode: 200, headers: { 'Content-Type': 'application/octet-stream' }, body: stream };
    expect(accept(source, stream, true)).toEqual(alone);
    expect(accept(source, stream, true)).toHaveProperty('body', stream);
    expect(accept(source, { ...head, body: stream }, true)).toEqual({ ...head, body: stream });
    expect(accept(source, { ...head, body: stream }, true)).toHaveProperty('body', stream);
  });

  test.each([
    ['that nobody asked for', restApi, { ...OK, body: ofNode }, false],
    ['from a source that does not stream', httpApi, { ...OK, body: ofNode }, true],
    ['that only looks like one', restApi, { ...OK, body: { pipe: 'a', getReader: 'b' } }, true],
  ])('%s is not a body', (_name, source, result, streams) => {
    expect(accept(source, result, streams)).toContain('a value of type Object as body');
  });

  test('is not asked for without the word', () => {
    expect(accept(restApi, { ...OK, body: ofNode })).toContain('a value of type Object as body');
  });

  test('in front of it the source’s rules hold', () => {
    expect(accept(restApi, { statusCode: 99, body: ofNode }, true)).toContain('"99" as statusCode');
  });
});

test('what was found comes first', () => {
  const remedy = 'which a REST API does not accept: return { statusCode: 200, body: "…" }';
  expect(accept(restApi, undefined)).toBe(`undefined, ${remedy}`);
  expect(accept(restApi, null)).toBe(`null, ${remedy}`);
  expect(accept(restApi, [])).toBe(`a value of type Array, ${remedy}`);
});

describe('VPC Lattice has lists of values', () => {
  test.each([[['a=1', 'b=2']], [[]], [['a']], [[5, true]]])('%j', (value) => {
    const result = { ...OK, headers: { 'Set-Cookie': value } };
    expect(accept(vpcLattice, result)).toEqual(result);
  });
});

describe('any text that a header can hold is accepted', () => {
  test.each(['', 'a', 'a\tb', ' a ', 'é', 'ÿ', '\u0080', '~', '"', ':', 'a=1; HttpOnly'])('%j', (value) => {
    const result = { ...OK, headers: { 'X-A': value } };
    for (const source of SOURCES) expect(accept(source, result)).toEqual(result);
  });

  test.each(['X-A', 'x', "!#$%&'*+.^_`|~", '0', 'undefined', 'constructor'])('under the name %s', (name) => {
    for (const source of SOURCES) expect(accept(source, headers({ [name]: 'a' }))).toEqual(headers({ [name]: 'a' }));
  });

  test.each([200, 299, 599, '200', '599'])('with the status %j', (statusCode) => {
    for (const source of SOURCES) expect(accept(source, { statusCode })).toEqual({ statusCode });
  });
});

describe('what JSON makes of a result is judged and sent', () => {
  const A = 'https://a.example';
  const evil = { 'access-control-allow-origin': 'https://evil.example' };

  class Lazy {
    body = 'x';
    get statusCode() {
      return 201;
    }
  }

  class Fields {
    statusCode = 201;
    body = 'x';
  }

  class Shown {
    toJSON() {
      return { statusCode: 201, body: 'x' };
    }
  }

  const itself = {
    statusCode: 201,
    body: 'x',
    headers: evil,
    toJSON(): unknown {
      return this;
    },
  };

  test.each([
    ['a getter on a prototype is not seen', new Lazy(), [restApi], { body: 'x' }],
    ['a getter on a prototype is not seen', new Lazy(), [httpApi], { body: '{"body":"x"}', statusCode: 200 }],
    ['fields of an instance are', new Fields(), SOURCES, { statusCode: 201, body: 'x' }],
    ['an instance that says itself', new Shown(), SOURCES, { statusCode: 201, body: 'x' }],
    ['an object that says itself that it is itself', itself, SOURCES, { statusCode: 201, body: 'x' }],
    ['boxed values', { statusCode: new Number(201), body: new String('x') }, SOURCES, { statusCode: 201, body: 'x' }],
    [
      'a date',
      { statusCode: 201, headers: { Expires: new Date(0) } },
      SOURCES,
      { headers: { Expires: '1970-01-01T00:00:00.000Z' } },
    ],
    ['a URL', { statusCode: 201, headers: { Location: new URL(A) } }, SOURCES, { headers: { Location: `${A}/` } }],
    ['a status that JSON leaves out', { statusCode: () => 201, body: 'x' }, [restApi], { body: 'x' }],
    ['a status that JSON leaves out', { statusCode: Symbol('x'), a: 1 }, [functionUrl], { body: '{"a":1}' }],
    [
      'a header that JSON leaves out',
      { statusCode: 201, headers: { a: () => 1, b: 'c' } },
      SOURCES,
      { headers: { b: 'c' } },
    ],
    [
      'what is not enumerable',
      Object.defineProperty({ statusCode: 201 }, 'headers', { value: 5 }),
      SOURCES,
      { statusCode: 201 },
    ],
    ['a number', new Number(5), [httpApi, functionUrl], { statusCode: 200, body: '5' }],
    ['a date alone', new Date(0), [httpApi, functionUrl], { statusCode: 200, body: '1970-01-01T00:00:00.000Z' }],
  ])('%s: %o', (_name, result, reading, expected) => {
    for (const source of reading) {
      const accepted = accept(source, result);
      expect(accepted).toMatchObject(expected);
      expect(JSON.parse(JSON.stringify(accepted))).toEqual(accepted);
    }
  });

  test('a getter is asked once', () => {
    let asked = 0;
    const result = {
      get statusCode() {
        asked += 1;
        return asked === 1 ? 200 : 999;
      },
    };
    expect(accept(restApi, result)).toEqual({ statusCode: 200 });
  });

  const request: Request = { method: 'GET', headers: { Origin: A } };
  const disguised: readonly [string, object][] = [
    ['an own toJSON in headers', headers({ 'X-A': 'a', toJSON: () => evil })],
    ['a hidden toJSON in headers', headers(Object.defineProperty({ 'X-A': 'a' }, 'toJSON', { value: () => evil }))],
    ['an inherited toJSON in headers', headers(Object.create({ toJSON: () => evil }))],
    ['a toJSON of the result', { toJSON: () => headers(evil) }],
    ['a toJSON that returns itself', itself],
    ['a toJSON of several values', multi({ toJSON: () => ({ 'Access-Control-Allow-Origin': [evil] }) })],
  ];
  test.each(disguised)('%s cannot put another origin in place of ours', async (_name, result) => {
    for (const { event, response } of sources) {
      const handler = withCors(async (_event: unknown) => result, { allowOrigins: A }, { logger: memoryLogger() });
      const sent = response(JSON.parse(JSON.stringify(await handler(event(request), {}))));
      expect(sent.lines.filter(([name]) => name === 'access-control-allow-origin')).toEqual([
        ['access-control-allow-origin', A],
      ]);
    }
  });

  test('nothing at all is null to HTTP APIs and function URLs, and the log has the remedy', async () => {
    for (const { event } of sources.filter(({ infers }) => infers)) {
      const logger = memoryLogger();
      const answer = await withCors(async (_event: unknown) => undefined, {}, { logger })(event(request), {});
      expect(answer).toMatchObject({ statusCode: 200, body: 'null' });
      expect(logger.lines).toEqual([
        'lambda-cors: the handler returned undefined, which is sent as "null": return { statusCode: 204 } to send nothing',
      ]);
      expect(logger.details).toEqual([]);
    }
  });

  test('null is what a handler may mean', () => {
    expect(accept(httpApi, null)).toMatchObject({ body: 'null' });
  });
});

describe('a prelude', () => {
  test.each([
    ['has a status of its own, or none', { headers: { 'X-A': 'a' } }, { statusCode: 200, headers: { 'X-A': 'a' } }],
    [
      'may have other keys',
      { statusCode: 201, cookies: ['a=1'], more: 1 },
      { statusCode: 201, cookies: ['a=1'], more: 1 },
    ],
    [
      'may have a length',
      { headers: { 'Content-Length': '5' } },
      { statusCode: 200, headers: { 'Content-Length': '5' } },
    ],
    [
      'may have a length of several digits',
      { headers: { 'Content-Length': 12 } },
      { statusCode: 200, headers: { 'Content-Length': 12 } },
    ],
    [
      'may have a length that is left out',
      { headers: { 'Content-Length': null } },
      { statusCode: 200, headers: { 'Content-Length': null } },
    ],
  ])('%s', (_name, prelude, expected) => {
    for (const source of [restApi, functionUrl]) expect(acceptPrelude(source, prelude)).toEqual(expected);
  });

  test.each([
    ['that is a list', [], [restApi, functionUrl], 'a value of type Array, which'],
    ['with a status that a result cannot have', { statusCode: 100 }, [restApi, functionUrl], '"100" as statusCode'],
    ['with a bad header', { headers: { 'X A': 'a' } }, [restApi, functionUrl], 'the header name "X A"'],
    ['with bad cookies', { cookies: 5 }, [restApi, functionUrl], 'as cookies'],
    [
      'with a length that is none',
      { headers: { 'content-length': 'a' } },
      [restApi],
      'a Content-Length other than one',
    ],
    [
      'with a length of another unit',
      { headers: { 'Content-Length': '5k' } },
      [restApi],
      'a Content-Length other than',
    ],
    [
      'with a sign before its length',
      { headers: { 'Content-Length': '+5' } },
      [restApi],
      'a Content-Length other than',
    ],
    [
      'with two lengths',
      { headers: { 'Content-Length': 5 }, multiValueHeaders: { 'content-length': ['5'] } },
      [restApi],
      'a Content-Length other than one number, which a REST API does not accept: return headers without it',
    ],
  ])('%s is refused', (_name, prelude, refusing, text) => {
    for (const source of refusing) expect(acceptPrelude(source, prelude)).toContain(text);
  });
});

test('a length means nothing in front of a stream that begins without a prelude', () => {
  const headers = { 'Content-Length': 'a' };
  for (const source of [functionUrl, httpApi]) expect(acceptPrelude(source, { headers })).toBeTypeOf('object');
});
