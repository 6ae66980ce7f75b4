/**
 * The gateway's own error page never reaches a page's script: where a source would answer a result with it, the wrappers
 * have answered 500 with CORS headers, and have told the log what to return instead.
 */
import fc from 'fast-check';
import middy from 'middy6';
import { describe, expect, test } from 'vitest';
import { installAwslambda } from '../../src/gateway.js';
import { withCors } from '../../src/index.js';
import { cors } from '../../src/middy.js';
import { FRONT_DOORS } from '../../src/sources/front-doors.js';
import type { HttpRequest, HttpResponse } from '../../src/sources/messages.js';
import { NO_ROUTE } from '../../src/sources/router.js';
import { withCorsStreaming } from '../../src/streaming.js';
import { memoryLogger } from '../support/logger.js';

// biome-ignore lint/suspicious/noExplicitAny: results of every shape go through here.
type Any = any;
declare const awslambda: Any;
installAwslambda();

const SETTINGS = { binaryMediaTypes: [] };
const PASSAGE = { route: NO_ROUTE, authorizer: undefined };
const REQUEST: HttpRequest = {
  id: 'id',
  extendedId: 'extended-id',
  traceId: 'Root=1-0-0',
  time: new Date(0),
  method: 'GET',
  fullPath: '/notes',
  path: '/notes',
  stage: '$default',
  query: '',
  lines: [['Origin', 'https://a.example']],
  body: new Uint8Array(),
  sourceIp: '203.0.113.7',
};
type Source = keyof typeof FRONT_DOORS;
const names = Object.keys(FRONT_DOORS) as Source[];
const source = fc.constantFrom(...names);
const streamingSource = fc.constantFrom(...names.filter((name) => FRONT_DOORS[name].streaming !== undefined));

/** What the source makes of a result, after Lambda has made JSON of it; `undefined` is its own error page. */
function responseTo(from: Source, result: unknown): HttpResponse | undefined {
  try {
    const json = JSON.parse(JSON.stringify(result) ?? 'null');
    const response = FRONT_DOORS[from].fromResult(json, REQUEST, SETTINGS);
    return 'fault' in response ? undefined : response;
  } catch {
    return undefined;
  }
}

/** Whether AWS says that a status may be left out differs from place to place; the wrapper sends one. */
function withStatus(from: Source, result: Any): unknown {
  if (from !== 'http-1.0') return result;
  try {
    const json = JSON.parse(JSON.stringify(result));
    return typeof json === 'object' && !Array.isArray(json) ? { statusCode: 200, ...json } : result;
  } catch {
    return result;
  }
}

const text = fc.oneof(
  fc.constantFrom(
    'a',
    'text/plain',
    'Accept, Origin',
    '*',
    '',
    'a=1; HttpOnly',
    'é',
    '\u007f',
    'a\r\nX-B: c',
    'a\tb',
    '€',
  ),
  fc.string(),
  fc.string({ unit: 'binary' }),
);
const name = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'Content-Type',
      'x-a',
      'X-B',
      'Set-Cookie',
      'Vary',
      'content-length',
      'Access-Control-Expose-Headers',
    ),
  },
  fc.constantFrom('X A', '', 'Ä', 'a\r\nb', '__proto__', 'undefined', 'toJSON', 'constructor'),
  fc.string(),
);
const oddity = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, 5, true, Number.NaN, 5n, [], {}, ['a', 'b'], [undefined], [null], [['a']]),
  fc.constantFrom<unknown>(new Date(0), new URL('https://a.example'), Symbol('a'), new String('a'), new Number(201)),
  fc.constantFrom<unknown>(new Headers({ a: 'b' }), new Map([['a', 'b']]), new Response('a'), new Error('a')),
  fc.constantFrom<unknown>(
    () => 'a',
    { toJSON: () => 'a' },
    { toJSON: () => ['a'] },
    { toJSON: () => ({ 'x-a': 'b' }) },
  ),
  fc.anything({ withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withNullPrototype: true }),
);
function mostly<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 6, arbitrary }, oddity);
}
const lines = mostly(fc.array(mostly(text), { maxLength: 3 }));
const envelope = fc.record(
  {
    statusCode: mostly(fc.oneof(fc.integer({ min: 90, max: 610 }), fc.constantFrom('200', '600', '99', '0200', '2e2'))),
    headers: mostly(fc.dictionary(name, mostly(text), { maxKeys: 4 })),
    multiValueHeaders: mostly(fc.dictionary(name, lines, { maxKeys: 3 })),
    cookies: mostly(fc.array(mostly(text), { maxLength: 3 })),
    body: mostly(text),
    isBase64Encoded: mostly(fc.boolean()),
    more: oddity,
  },
  { requiredKeys: [] },
);

class Answer {
  constructor(fields: object) {
    Object.assign(this, fields);
  }
  get statusCode(): number {
    return 204;
  }
  set statusCode(value: unknown) {
    Object.defineProperty(this, 'statusCode', { value, enumerable: true });
  }
}

/** The same keys and values, in one of the ways in which JSON sees others. */
const disguise = fc.constantFrom<(fields: Any) => unknown>(
  (fields) => fields,
  (fields) => fields,
  (fields) => fields,
  (fields) => new Answer(fields),
  (fields) => Object.create(fields),
  (fields) => ({ toJSON: () => fields }),
  (fields) => ({
    ...fields,
    toJSON() {
      return this;
    },
  }),
  (fields) => ({ ...fields, toJSON: () => 5n }),
  (fields) => Object.assign(Object.create(null), fields),
  (fields) => Object.defineProperty({ ...fields }, 'headers', { value: fields.headers, enumerable: false }),
  (fields) => ({ ...fields, headers: Object.defineProperty({ ...fields.headers }, 'toJSON', { value: () => ({}) }) }),
);
const result = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(envelope, disguise).map(([fields, wear]) => wear(fields)) },
  oddity,
);

/** That arrays are accepted is not documented: what a handler returns there is left to it. */
function isLatticeWithLists(from: Source, returned: unknown): boolean {
  if (!from.startsWith('lattice')) return false;
  try {
    return Object.values(JSON.parse(JSON.stringify(returned))?.headers ?? {}).some(Array.isArray);
  } catch {
    return false;
  }
}

const ADVICE =
  /^lambda-cors: (the handler returned .+, which .+ does not accept: return |what the handler returned cannot be made into JSON)/;

function expectLaw(from: Source, returned: unknown, answer: unknown, log: readonly string[]): void {
  const response = responseTo(from, answer);
  expect(response).toBeDefined();
  expect(response?.lines).toContainEqual(['Access-Control-Allow-Origin', '*']);
  if (responseTo(from, withStatus(from, returned)) !== undefined) return;
  expect(answer).toMatchObject({ statusCode: 500, body: '{"message":"Internal Server Error"}' });
  expect(log).toEqual([expect.stringMatching(ADVICE)]);
  expect(log[0]).toMatch(/^.*$/);
}

describe('where the source would answer with its own error, there is a 500 with CORS headers and advice', () => {
  test('withCors', async () => {
    await fc.assert(
      fc.asyncProperty(source, result, async (from, returned) => {
        fc.pre(!isLatticeWithLists(from, returned));
        const logger = memoryLogger();
        const handler = withCors(async (_event: unknown) => returned, {}, { logger });
        expectLaw(
          from,
          returned,
          await handler(FRONT_DOORS[from].toEvent(REQUEST, SETTINGS, PASSAGE), {}),
          logger.lines,
        );
      }),
      { numRuns: 6000 },
    );
  });

  test('withCors, when the handler throws', async () => {
    const thrown = fc.oneof(
      oddity,
      fc.record(
        {
          message: mostly(text),
          statusCode: mostly(fc.integer({ min: 390, max: 610 })),
          expose: fc.boolean(),
          headers: mostly(fc.dictionary(name, mostly(text), { maxKeys: 4 })),
        },
        { requiredKeys: [] },
      ),
    );
    await fc.assert(
      fc.asyncProperty(source, thrown, async (from, error) => {
        const handler = withCors(
          async (_event: unknown) => {
            throw error;
          },
          {},
          { logger: memoryLogger() },
        );
        const response = responseTo(from, await handler(FRONT_DOORS[from].toEvent(REQUEST, SETTINGS, PASSAGE), {}));
        expect(response?.status).toBeGreaterThanOrEqual(400);
        expect(response?.lines).toContainEqual(['Access-Control-Allow-Origin', '*']);
      }),
      { numRuns: 2000 },
    );
  });

  test('cors() of Middy', async () => {
    await fc.assert(
      fc.asyncProperty(source, result, async (from, returned) => {
        fc.pre(!isLatticeWithLists(from, returned));
        const logger = memoryLogger();
        const handler = (middy as Any)(async () => returned).use(cors({}, { logger }));
        expectLaw(
          from,
          returned,
          await handler(FRONT_DOORS[from].toEvent(REQUEST, SETTINGS, PASSAGE), {}),
          logger.lines,
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('withCorsStreaming', async () => {
    await fc.assert(
      fc.asyncProperty(streamingSource, envelope, async (from, { body: _, more: _m, ...prelude }) => {
        const { toEvent, streaming } = FRONT_DOORS[from];
        fc.pre(isJson(prelude));
        const logger = memoryLogger();
        const written: string[] = [];
        const stream = {
          write: (chunk: string | Uint8Array) => written.push(Buffer.from(chunk as string).toString()) > 0,
          end: () => {},
          setContentType: () => {},
        };
        const handler = withCorsStreaming(
          async (_event: unknown, responseStream: Any) => {
            const own = awslambda.HttpResponseStream.from(responseStream, prelude);
            own.write('body');
            own.end();
          },
          {},
          { logger },
        );
        await handler(toEvent(REQUEST, SETTINGS, PASSAGE), stream, {});
        const sent = JSON.parse(written.join('').split('\0')[0] as string);
        const type = 'application/vnd.awslambda.http-integration-response';
        const isRefused = (value: unknown) => {
          const read = streaming?.fromPrelude(value, type);
          return read !== undefined && 'fault' in read;
        };
        expect(isRefused(sent)).toBe(false);
        if (!isRefused(JSON.parse(JSON.stringify(prelude)))) return;
        expect(sent).toMatchObject({ statusCode: 500, headers: { 'Access-Control-Allow-Origin': '*' } });
        expect(logger.lines).toEqual([expect.stringMatching(ADVICE)]);
      }),
      { numRuns: 2000, examples: [['rest', { statusCode: { toString: 0 } }]] },
    );
  });
});

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}
