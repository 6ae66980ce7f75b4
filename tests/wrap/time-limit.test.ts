/** `timeoutEarlyInMillis`: a 504 that the page can read, before Lambda ends the function. */
import middy7 from '@middy/core';
import middy6 from 'middy6';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type CorsOptions, withCors } from '../../src/index.js';
import { cors } from '../../src/middy.js';
import { withCorsStreaming } from '../../src/streaming.js';
import { memoryLogger } from '../support/logger.js';
import { sources, type TestSource } from '../support/sources.js';

// biome-ignore lint/suspicious/noExplicitAny: events, contexts and streams.
type Any = any;

const rest = sources[0] as TestSource;
const event: Any = rest.event({ method: 'GET', headers: { Origin: 'https://a.example' } });
const context = { getRemainingTimeInMillis: () => 3000 };
const never = () => new Promise<never>(() => {});
const TIMED_OUT = {
  statusCode: 504,
  body: '{"message":"Gateway Timeout"}',
  headers: { 'Access-Control-Allow-Origin': '*' },
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

interface Written {
  readonly chunks: string[];
  ended: boolean;
}

function fakeStream(): Written & { write(chunk: unknown): boolean; end(): void } {
  const stream = {
    chunks: [] as string[],
    ended: false,
    write: (chunk: unknown) => stream.chunks.push(String(chunk)) > 0,
    end() {
      stream.ended = true;
    },
  };
  return stream;
}

function readStream({ chunks }: Written): unknown {
  const [prelude = '', body] = chunks.map((chunk) => chunk.replace(/\0+$/, ''));
  return { ...JSON.parse(prelude), body };
}

describe('withCors', () => {
  test.each([
    ['a promise that does not settle', never],
    ['a callback that is not called', (_event: unknown, _context: unknown, _callback: unknown) => {}],
  ])('%s: 504 with the headers, and a line in the log', async (_name, handler) => {
    const logger = memoryLogger();
    const answer = withCors(handler as Any, {}, { timeoutEarlyInMillis: 50, logger })(event, context);
    await vi.advanceTimersByTimeAsync(2949);
    expect(await Promise.race([answer, 'pending'])).toBe('pending');
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toMatchObject(TIMED_OUT);
    expect(logger.entries).toMatchObject([
      { level: 'error', message: 'lambda-cors: the handler threw', details: [{ name: 'TimeoutError' }] },
    ]);
  });

  test('onError is asked, with an error named TimeoutError', async () => {
    const onError = vi.fn((error: Any) => ({ statusCode: 503, body: error.name }));
    const answer = withCors(never, {}, { timeoutEarlyInMillis: 50, onError })(event, context);
    await vi.advanceTimersByTimeAsync(2950);
    expect(await answer).toMatchObject({ statusCode: 503, body: 'TimeoutError', headers: TIMED_OUT.headers });
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(Error), event);
  });

  test('it comes at once if less time is left than that', async () => {
    const late = { getRemainingTimeInMillis: () => 20 };
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const options = { timeoutEarlyInMillis: 50, logger: memoryLogger() };
    const answer = withCors(never, {}, options)(event, late);
    await vi.advanceTimersByTimeAsync(0);
    expect(await answer).toMatchObject(TIMED_OUT);
    // Node.js logs a warning about a negative delay.
    expect(timers.mock.calls.map(([, delay]) => delay)).toEqual([0]);
    timers.mockRestore();
  });

  test('the context keeps its `this`', async () => {
    class Context {
      readonly #left = 70;
      getRemainingTimeInMillis() {
        return this.#left;
      }
    }
    const options = { timeoutEarlyInMillis: 50, logger: memoryLogger() };
    const answer = withCors(never, {}, options)(event, new Context());
    await vi.advanceTimersByTimeAsync(20);
    expect(await answer).toMatchObject(TIMED_OUT);
  });

  test.each<[string, CorsOptions, unknown]>([
    ['off by default', {}, context],
    ['0 is off', { timeoutEarlyInMillis: 0 }, context],
    ['a context without a clock', { timeoutEarlyInMillis: 50 }, {}],
    ['no context', { timeoutEarlyInMillis: 50 }, undefined],
    ...[() => {}, () => Number.NaN, () => Number.POSITIVE_INFINITY, () => 2 ** 31 + 50, async () => 3000].map(
      (getRemainingTimeInMillis): [string, CorsOptions, unknown] => [
        `a clock that is ${getRemainingTimeInMillis}`,
        { timeoutEarlyInMillis: 50 },
        { getRemainingTimeInMillis },
      ],
    ),
  ])('no timer: %s', async (_name, options, given) => {
    withCors(never as Any, {}, options)(event, given);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    ['answers', async () => ({ statusCode: 200, body: '' }), 200],
    ['answers at once', () => ({ statusCode: 200, body: '' }), 200],
    ['fails', async () => Promise.reject(new Error('x')), 500],
  ])('no timer is left behind by a handler that %s', async (_name, handler, statusCode) => {
    const options = { timeoutEarlyInMillis: 50, logger: memoryLogger() };
    expect(await withCors(handler as Any, {}, options)(event, context)).toMatchObject({ statusCode });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('the longest time that a timer can wait for is waited for', async () => {
    let settle: (result: unknown) => void = () => {};
    const pending = () =>
      new Promise((resolve) => {
        settle = resolve;
      });
    const clock = { getRemainingTimeInMillis: () => 2 ** 31 + 49 };
    const answer = withCors(pending, {}, { timeoutEarlyInMillis: 50 })(event, clock);
    expect(vi.getTimerCount()).toBe(1);
    settle({ statusCode: 200, body: '' });
    expect(await answer).toMatchObject({ statusCode: 200 });
  });

  test('a clock that throws changes no answer', async () => {
    const broken = {
      getRemainingTimeInMillis(): number {
        throw new Error('x');
      },
    };
    const handler = async () => ({ statusCode: 200, body: '' });
    expect(await withCors(handler, {}, { timeoutEarlyInMillis: 50 })(event, broken)).toMatchObject({ statusCode: 200 });
  });

  test('a preflight and an event that is not HTTP start no timer', async () => {
    const handler = withCors(async () => 'ok', {}, { timeoutEarlyInMillis: 50 });
    expect(await handler({ Records: [] } as Any, context)).toBe('ok');
    const headers = { Origin: 'https://a.example', 'Access-Control-Request-Method': 'PUT' };
    await handler(rest.event({ method: 'OPTIONS', headers }) as Any, context);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('what the handler does later changes nothing', async () => {
    const logger = memoryLogger();
    const slow = () => new Promise((_, reject) => setTimeout(reject, 5000, new Error('late')));
    const answer = withCors(slow, {}, { timeoutEarlyInMillis: 50, logger })(event, context);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await answer).toMatchObject(TIMED_OUT);
    expect(logger.entries).toHaveLength(1);
  });
});

describe('withCorsStreaming', () => {
  function start(handler: Any, options: CorsOptions = {}): { done: Promise<unknown>; stream: Written } {
    const stream = fakeStream();
    const wrapped = withCorsStreaming(handler, {}, { timeoutEarlyInMillis: 50, logger: memoryLogger(), ...options });
    return { done: wrapped(event, stream, context), stream };
  }

  test.each([
    ['a handler that does not return', never],
    ['a handler that returns, but does not end the stream', async () => {}],
    ['a prelude that may not be complete', async (_event: unknown, stream: Any) => stream.write('{')],
  ])('before the first write it is a 504: %s', async (_name, handler) => {
    const { done, stream } = start(handler);
    await vi.advanceTimersByTimeAsync(2950);
    await done;
    expect(readStream(stream)).toMatchObject(TIMED_OUT);
    expect(stream.ended).toBe(true);
  });

  test('without the option there is no timer', async () => {
    let timers = -1;
    const handler = async (_event: unknown, responseStream: Any) => {
      timers = vi.getTimerCount();
      responseStream.end();
    };
    await start(handler, { timeoutEarlyInMillis: 0 }).done;
    expect(timers).toBe(0);
  });

  test('what is written after it is dropped', async () => {
    const { done, stream } = start((_event: unknown, responseStream: Any) => {
      setTimeout(() => responseStream.write('too late'), 2960);
      return never();
    });
    await vi.advanceTimersByTimeAsync(2960);
    await done;
    expect(stream.chunks).toHaveLength(2);
  });

  test('onError is asked', async () => {
    const { done, stream } = start(never, { onError: (error: Any) => ({ statusCode: 503, body: error.name }) });
    await vi.advanceTimersByTimeAsync(2950);
    await done;
    expect(readStream(stream)).toMatchObject({ statusCode: 503, body: 'TimeoutError' });
  });

  test('after the first write the response goes on', async () => {
    const { done, stream } = start(async (_event: unknown, responseStream: Any) => {
      responseStream.write('text');
      await new Promise((resolve) => setTimeout(resolve, 2990));
      responseStream.end();
    });
    await vi.advanceTimersByTimeAsync(2990);
    await done;
    expect(readStream(stream)).toMatchObject({ statusCode: 200, body: 'text' });
    expect(stream.ended).toBe(true);
  });

  test.each([
    ['has ended the stream', async (_event: unknown, stream: Any) => stream.end('x')],
    ['has failed', async () => Promise.reject(new Error('x'))],
  ])('no timer is left behind by a handler that %s', async (_name, handler) => {
    await start(handler).done;
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('cors()', () => {
  test('refuses the option, and names the one of Middy', () => {
    const options = { timeoutEarlyInMillis: 50 } as object;
    expect(() => cors({}, options)).toThrow(TypeError);
    expect(() => cors({}, options)).toThrow(/middy\(handler, \{ timeoutEarlyInMillis \}\)/);
  });

  test.each<[string, Any]>([
    ['Middy 6', middy6],
    ['Middy 7', middy7],
  ])('%s: its own TimeoutError is the 504', async (_name, middy) => {
    const logger = memoryLogger();
    const onError = vi.fn();
    const handler = middy(never, { timeoutEarlyInMillis: 50 }).use(cors({}, { logger, onError }));
    // Middy's timer is not a fake one.
    const answer = handler(event, { getRemainingTimeInMillis: () => 60 });
    expect(await answer).toMatchObject(TIMED_OUT);
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ name: 'TimeoutError' }), event);
    expect(logger.entries).toMatchObject([{ level: 'error' }]);
  });

  test("an error that others call TimeoutError is the handler's own", async () => {
    const error = Object.assign(new Error('no answer from the table'), { name: 'TimeoutError' });
    const handler = withCors(async () => Promise.reject(error), {}, { logger: memoryLogger() });
    expect(await handler(event, context)).toMatchObject({ statusCode: 500 });
  });
});
