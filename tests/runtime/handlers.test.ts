// Handlers of every kind behind a REST API: what Lambda makes of them, bare and wrapped.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corsLines, sources, type TestSource } from '../support/sources.js';
import { type Bundled, bundle, FORMATS } from './bundle.js';
import { client, leftOut } from './client.js';
import { DEFAULT_POLICY } from './default-policy.js';
import { startFunction } from './function.js';
import type { Kind } from './functions/kinds.js';
import { resultOf } from './outcome.js';

/** `as bare` for what is left to the runtime, and is not logged. */
type Wrapped = number | 'null' | 'as bare';
type Bare = number | 'null' | `error ${string}` | 'does not start' | 'process ends';

interface Row {
  readonly kind: Kind;
  /** The status, or what the gateway gets instead of a response; in either version of the client where they differ. */
  readonly bare: Bare | { readonly 3: Bare; readonly 4: Bare };
  readonly wrapped: Wrapped | { readonly 3: Wrapped; readonly 4: Wrapped };
}

/** Client 3 answers by itself when the event loop is empty, before anything else can. Client 4 lets the process end. */
const SILENT = {
  bare: { 3: 'null', 4: 'process ends' },
  wrapped: { 3: 'null', 4: 500 },
} as const;

const rows: readonly Row[] = [
  { kind: 'async', bare: 200, wrapped: 200 },
  { kind: 'sync', bare: { 3: 'null', 4: 200 }, wrapped: 200 },
  { kind: 'thenable', bare: 200, wrapped: 200 },
  { kind: 'callback', bare: { 3: 200, 4: 'does not start' }, wrapped: 200 },
  { kind: 'callbackLater', bare: { 3: 200, 4: 'does not start' }, wrapped: 200 },
  { kind: 'callbackError', bare: { 3: 'error TypeError', 4: 'does not start' }, wrapped: 500 },
  { kind: 'callbackString', bare: { 3: 'error string', 4: 'does not start' }, wrapped: 500 },
  { kind: 'restParameters', bare: { 3: 200, 4: 'error TypeError' }, wrapped: 200 },
  { kind: 'defaultCallback', bare: { 3: 200, 4: 'null' }, wrapped: 200 },
  { kind: 'succeed', bare: { 3: 200, 4: 'error TypeError' }, wrapped: 200 },
  { kind: 'succeedLater', bare: { 3: 200, 4: 'null' }, wrapped: 200 },
  { kind: 'succeedOfCopy', bare: { 3: 200, 4: 'null' }, wrapped: 200 },
  { kind: 'done', bare: { 3: 200, 4: 'error TypeError' }, wrapped: 200 },
  { kind: 'fail', bare: 'error TypeError', wrapped: 500 },
  { kind: 'succeedTwice', bare: { 3: 200, 4: 'error TypeError' }, wrapped: 200 },
  { kind: 'readsContext', bare: 200, wrapped: 200 },
  { kind: 'asyncOfThree', bare: { 3: 200, 4: 'does not start' }, wrapped: 200 },
  { kind: 'throws', bare: 'error TypeError', wrapped: 500 },
  { kind: 'rejects', bare: 'error TypeError', wrapped: 500 },
  { kind: 'throwsString', bare: 'error string', wrapped: 500 },
  { kind: 'throwsUndefined', bare: { 3: 'error string', 4: 'error undefined' }, wrapped: 500 },
  { kind: 'throwsCircular', bare: 'error object', wrapped: 500 },
  { kind: 'throwsHttpError', bare: 'error Error', wrapped: 404 },
  { kind: 'returnsNothing', bare: 'null', wrapped: 500 },
  { kind: 'silent', bare: 'null', wrapped: SILENT.wrapped },
  { kind: 'silentCallback', bare: { 3: 'null', 4: 'does not start' }, wrapped: SILENT.wrapped },
  { kind: 'silentPromise', bare: SILENT.bare, wrapped: SILENT.wrapped },
  { kind: 'silentAsync', bare: SILENT.bare, wrapped: 'as bare' },
  { kind: 'silentAsyncOfTwo', bare: SILENT.bare, wrapped: { 3: 'null', 4: 'as bare' } },
  { kind: 'asyncSucceed', bare: { 3: 200, 4: 'error TypeError' }, wrapped: { 3: 200, 4: 500 } },
  { kind: 'returnsBigInt', bare: { 3: 'error Error', 4: 'error Runtime.JSONStringifyError' }, wrapped: 500 },
  { kind: 'returnsCircular', bare: { 3: 'error Error', 4: 'error Runtime.JSONStringifyError' }, wrapped: 500 },
  { kind: 'circularBody', bare: { 3: 'error Error', 4: 'error Runtime.JSONStringifyError' }, wrapped: 500 },
  { kind: 'frozen', bare: 200, wrapped: 200 },
];

const [rest] = sources as readonly [TestSource];
const event = rest.event({ method: 'GET', headers: { Origin: 'https://app.example.com' } });

describe.skipIf(leftOut !== undefined).each(FORMATS)('a handler in $name', ({ format }) => {
  let bundled: Bundled;
  beforeAll(async () => {
    bundled = await bundle(['tests/runtime/functions/kinds.ts'], format);
  });
  afterAll(() => bundled.remove());

  it.each(rows)('$kind, bare: what Lambda makes of it, without CORS headers', async ({ kind, bare }) => {
    expect(await outcomeOf(bundled.folder, `bare.${kind}`)).toBe(here(bare));
  });

  it.each(rows)('$kind, wrapped: with CORS headers, again and again', async ({ kind, bare, wrapped }) => {
    const expected = here(wrapped);
    if (expected === 'as bare') {
      expect(await outcomeOf(bundled.folder, `wrapped.${kind}`)).toBe(here(bare));
      return;
    }
    const fn = await startFunction(bundled.folder, `kinds.wrapped.${kind}`);
    const outcomes = [await fn.invoke(event), await fn.invoke(event)];
    const log = await fn.stop();

    // Faults of the handler are logged, once each time; nothing else is.
    const fault = expect.stringMatching(/\tERROR\tlambda-cors: (what )?the handler (threw|returned)/);
    if (expected === 'null') {
      expect(outcomes.map(resultOf)).toEqual([null, null]);
      // The second time the function may be ended before it has logged. The client complains of a second answer.
      expect(log).toContainEqual(fault);
      return;
    }
    for (const response of outcomes.map((outcome) => rest.response(resultOf(outcome)))) {
      expect(response.status).toBe(expected);
      expect(corsLines(response)).toEqual(DEFAULT_POLICY);
      if (expected === 500) expect(response.body).toBe('{"message":"Internal Server Error"}');
    }
    expect(log).toEqual(expected === 500 ? [fault, fault] : []);
  });

  it('that does not answer is a 504 with CORS headers before its time is over', async () => {
    const fn = await startFunction(bundled.folder, 'kinds.timed');
    const outcomes = [await fn.invoke(event), await fn.invoke(event)];
    const log = await fn.stop();
    for (const response of outcomes.map((outcome) => rest.response(resultOf(outcome)))) {
      expect(response).toMatchObject({ status: 504, body: '{"message":"Gateway Timeout"}' });
      expect(corsLines(response)).toEqual(DEFAULT_POLICY);
    }
    const line = expect.stringMatching(/\tERROR\tlambda-cors: the handler threw .*TimeoutError/);
    expect(log).toEqual([line, line]);
  });
});

function here<Outcome>(outcome: Outcome | { readonly 3: Outcome; readonly 4: Outcome }): Outcome {
  return typeof outcome === 'object' && outcome !== null && '3' in outcome ? outcome[client.major] : outcome;
}

/** @param name Whether it is wrapped, and its kind. */
async function outcomeOf(folder: string, name: string): Promise<unknown> {
  const fn = await startFunction(folder, `kinds.${name}`);
  try {
    const outcome = await Promise.race([fn.invoke(event), fn.initError]).catch(() => undefined);
    if (outcome === undefined) return 'process ends';
    if (!('kind' in outcome)) {
      expect(outcome.errorType).toBe('Runtime.CallbackHandlerDeprecated');
      return 'does not start';
    }
    if (outcome.kind === 'failed') return `error ${outcome.error.errorType}`;
    const result = resultOf(outcome);
    if (result === null) return 'null';
    const response = rest.response(result);
    expect(corsLines(response)).not.toEqual(DEFAULT_POLICY);
    return response.status;
  } finally {
    await fn.stop();
  }
}
