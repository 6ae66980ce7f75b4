// Streaming handlers of every kind behind a function URL: what Lambda hands on, bare and wrapped.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corsLines, otherLines, type Response, sources, type TestSource } from '../support/sources.js';
import { type Bundled, bundle, FORMATS } from './bundle.js';
import { leftOut } from './client.js';
import { DEFAULT_POLICY } from './default-policy.js';
import { startFunction } from './function.js';
import type { StreamingKind } from './functions/streaming.js';
import { type Fate, fateOf, responseOf, streamedOf } from './outcome.js';
import type { Outcome } from './runtime-api.js';

const url = sources.find(({ name }) => name === 'function URL') as TestSource;
const get = url.event({ method: 'GET', headers: { Origin: 'https://app.example.com' } });

const OWN = [
  ['content-type', 'text/plain'],
  ['set-cookie', 'a=1'],
  ['set-cookie', 'b=2'],
];
/** The CORS headers that the handler sets. */
const WRITTEN = [['access-control-allow-origin', 'https://written.example']];
const JSON_BODY = [['content-type', 'application/json']];
const SERVER_ERROR = '{"message":"Internal Server Error"}';

interface Row {
  readonly kind: StreamingKind;
  /** Left out where it depends on timing. */
  readonly bare?: Fate;
  readonly wrapped: Wrapped;
}

interface Wrapped {
  readonly status: number;
  /** The lines that are not about CORS. */
  readonly lines: readonly (readonly string[])[];
  readonly body: string;
  /** The type in the trailers. */
  readonly error?: string;
}

function created(body: string): Wrapped {
  return { status: 201, lines: OWN, body };
}
function ok(contentType: string, body: string): Wrapped {
  return { status: 200, lines: [['content-type', contentType]], body };
}
const FAILED: Wrapped = { status: 500, lines: JSON_BODY, body: SERVER_ERROR };

const rows: readonly Row[] = [
  { kind: 'writes', bare: 'prelude', wrapped: created('one two') },
  { kind: 'pipes', bare: 'prelude', wrapped: created('one two') },
  { kind: 'pipesNothing', bare: 'no prelude', wrapped: created('') },
  { kind: 'isPipedTo', bare: 'prelude', wrapped: created('one two') },
  { kind: 'ends', bare: 'no prelude', wrapped: created('') },
  { kind: 'endsWith', bare: 'no prelude', wrapped: created('one') },
  { kind: 'endsWithCallback', bare: 'prelude', wrapped: created('one') },
  { kind: 'writesBytes', bare: 'prelude', wrapped: created('\0\0\0\0\0\0\0\0\u00FF\u0001') },
  { kind: 'writesObject', bare: 'prelude', wrapped: created('{"note":1}') },
  { kind: 'writesEncoded', bare: 'prelude', wrapped: created('one') },
  { kind: 'opensTwice', bare: 'prelude', wrapped: created('one') },
  { kind: 'writesWithoutPrelude', bare: 'no prelude', wrapped: ok('application/octet-stream', 'one') },
  { kind: 'setsContentType', bare: 'no prelude', wrapped: ok('text/html', 'one') },
  { kind: 'onlyEnds', bare: 'no prelude', wrapped: ok('application/octet-stream', '') },
  { kind: 'isNotAsync', bare: 'prelude, error', wrapped: created('one') },
  { kind: 'throws', bare: 'error', wrapped: FAILED },
  { kind: 'throwsAtOnce', bare: 'error', wrapped: FAILED },
  { kind: 'throwsString', bare: 'error', wrapped: FAILED },
  {
    kind: 'throwsHttpError',
    bare: 'error',
    wrapped: { status: 404, lines: JSON_BODY, body: '{"message":"no such note"}' },
  },
  { kind: 'throwsAfterPrelude', bare: 'error', wrapped: FAILED },
  { kind: 'throwsAfterWrite', bare: 'prelude, error', wrapped: { ...created('one'), error: 'TypeError' } },
  { kind: 'throwsAfterEnd', bare: 'no prelude', wrapped: created('one') },
  { kind: 'pipeFailsAtOnce', bare: 'process ends', wrapped: FAILED },
  { kind: 'pipeFailsLater', bare: 'process ends', wrapped: { ...created('one'), error: 'TypeError' } },
  { kind: 'pipeFailsUnawaited', bare: 'process ends', wrapped: { ...created('one'), error: 'TypeError' } },
  { kind: 'pipeFailsAndWrites', bare: 'process ends', wrapped: { ...created('one'), error: 'TypeError' } },
  { kind: 'destroys', bare: 'process ends', wrapped: FAILED },
  { kind: 'writesPrelude', bare: 'prelude', wrapped: created('one') },
  { kind: 'listens', bare: 'no prelude', wrapped: created('one') },
  { kind: 'writesNull', bare: 'error', wrapped: FAILED },
  { kind: 'endsWithObject', bare: 'error', wrapped: created('{"note":1}') },
  { kind: 'endsEncoded', bare: 'no prelude', wrapped: created('one') },
  { kind: 'throwsAndGoesOn', wrapped: FAILED },
  { kind: 'endsWithBoth', wrapped: created('one') },
];

describe.skipIf(leftOut !== undefined).each(FORMATS)('a streaming handler in $name', ({ format }) => {
  let bundled: Bundled;
  beforeAll(async () => {
    bundled = await bundle(['tests/runtime/functions/streaming.ts'], format);
  });
  afterAll(() => bundled.remove());

  it.each(rows.filter(({ bare }) => bare !== undefined))(
    '$kind, bare: $bare, no CORS headers',
    async ({ kind, bare }) => {
      const outcome = await invokeOnce(bundled.folder, `streaming.bare.${kind}`);
      expect(fateOf(outcome)).toBe(bare);
      const response = outcome?.kind === 'streamed' ? responseOf(outcome) : undefined;
      if (response !== undefined) expect(corsLines(response)).toEqual(WRITTEN);
    },
  );

  it.each(rows)('$kind, wrapped: its response with CORS headers, again and again', async ({ kind, wrapped }) => {
    const fn = await startFunction(bundled.folder, `streaming.wrapped.${kind}`);
    const outcomes = [await fn.invoke(get), await fn.invoke(get)];
    const log = await fn.stop();

    const { status, lines, body, error } = wrapped;
    for (const streamed of outcomes.map(streamedOf)) {
      const response = responseOf(streamed) as Response;
      expect({
        status: response.status,
        lines: otherLines(response),
        cors: corsLines(response),
        body: response.body,
        error: streamed.error?.errorType,
        complete: streamed.complete,
      }).toEqual({ status, lines, cors: DEFAULT_POLICY, body, error, complete: true });
    }
    expect(log.filter((line) => line.includes('lambda-cors:'))).toHaveLength(status === 500 ? 2 : 0);
  });
});

describe.skipIf(leftOut !== undefined)('a streaming function', () => {
  let bundled: Bundled;
  beforeAll(async () => {
    bundled = await bundle(['tests/runtime/functions/streaming.ts'], 'esm');
  });
  afterAll(() => bundled.remove());

  it('sends each part when it is written', async () => {
    const outcome = await invokeOnce(bundled.folder, 'streaming.wrapped.writes');
    const { chunks } = streamedOf(outcome as Outcome);
    const [first, second] = ['one ', 'two'].map((text) => chunks.find(({ bytes }) => bytes.toString().endsWith(text)));
    // The handler waits for 80 ms between them.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(40);
  });

  it('keeps the high-water mark', async () => {
    const outcome = await invokeOnce(bundled.folder, 'streaming.narrow');
    expect(responseOf(streamedOf(outcome as Outcome))?.body).toBe('x123456789{"highWaterMark":5,"accepted":false}');
  });
});

/** `undefined` when the process ended without an answer. */
async function invokeOnce(folder: string, handler: string): Promise<Outcome | undefined> {
  const fn = await startFunction(folder, handler);
  try {
    return await fn.invoke(get).catch(() => undefined);
  } finally {
    await fn.stop();
  }
}
