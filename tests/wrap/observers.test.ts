/**
 * What observes a handler by what it throws, as Sentry, Datadog and Powertools do, and Lambda's own metric `Errors`:
 * inside `withCors` it sees every error, outside none, because there the error has become an answer.
 */
import { expect, test } from 'vitest';
import { withCors } from '../../src/index.js';
import { memoryLogger } from '../support/logger.js';
import { sources, type TestSource } from '../support/sources.js';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const rest = sources[0] as TestSource;
const event = rest.event({ method: 'GET', headers: { Origin: 'https://a.example' } });

/** Stands in for such a wrapper: notes what the handler throws, and throws it again. */
function observe(handler: Handler, seen: unknown[]): Handler {
  return async (...args) => {
    try {
      return await handler(...args);
    } catch (error) {
      seen.push(error);
      throw error;
    }
  };
}

const error = new Error('x');
const failing: Handler = async () => {
  throw error;
};

test('an observer inside sees the error, and the answer is the 500', async () => {
  const seen: unknown[] = [];
  const handler = withCors(observe(failing, seen), {}, { logger: memoryLogger() });
  expect(await handler(event, {})).toMatchObject({ statusCode: 500 });
  expect(seen).toEqual([error]);
});

test('an observer outside sees an answer, not an error', async () => {
  const seen: unknown[] = [];
  const handler = observe(withCors(failing, {}, { logger: memoryLogger() }), seen);
  expect(await handler(event, {})).toMatchObject({ statusCode: 500 });
  expect(seen).toEqual([]);
});

test('onError hears of every error, and can count it in one line of the log', async () => {
  const lines: string[] = [];
  const onError = (thrown: unknown): undefined => {
    const { name } = thrown as Error;
    lines.push(
      JSON.stringify({
        _aws: {
          Timestamp: 0,
          CloudWatchMetrics: [{ Namespace: 'notes', Dimensions: [[]], Metrics: [{ Name: 'Errors', Unit: 'Count' }] }],
        },
        Errors: 1,
        error: name,
      }),
    );
  };
  const handler = withCors(failing, {}, { onError, logger: memoryLogger() });
  expect(await handler(event, {})).toMatchObject({ statusCode: 500, body: '{"message":"Internal Server Error"}' });
  expect(lines).toEqual([expect.stringContaining('"Errors":1')]);
});

test('an event that is not HTTP fails outside too, so that Lambda counts it', async () => {
  const seen: unknown[] = [];
  const handler = observe(withCors(failing), seen);
  await expect(handler({ Records: [] }, {})).rejects.toBe(error);
  expect(seen).toEqual([error]);
});
