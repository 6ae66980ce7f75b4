// Handlers are called as the runtime clients 3.3 (Node.js 22) and 4.0 (Node.js 24) call them, in process and behind the
// local gateway alike.
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { inProcess } from '../../src/browser.js';
import { createGateway, type GatewayFault, type GatewayHandler, httpTransport } from '../../src/gateway.js';

interface Called {
  readonly status: number;
  readonly body: unknown;
  readonly faults: readonly string[];
}

type Runtime = 22 | 24 | undefined;

async function call(where: string, handler: GatewayHandler, nodejs: Runtime): Promise<Called> {
  const faults: string[] = [];
  const onError = ({ kind, message }: GatewayFault) => void faults.push(`${kind}: ${message}`);
  const settings = { source: 'http', nodejs, timeout: 100, onError } as const;
  const request = { method: 'GET', headers: [] };
  if (where === 'in process') {
    const { status, body } = await inProcess(handler, settings)({ ...request, url: 'https://a.example/' });
    return { status, body, faults };
  }
  const gateway = await createGateway({ ...settings, handler }).listen();
  const { status, body } = await httpTransport()({ ...request, url: `${gateway.url}/` }).finally(gateway.close);
  return { status, body, faults };
}

const result = { statusCode: 200, body: 'hi' };
const answered = { status: 200, body: 'hi', faults: [] };
const error = { status: 500, faults: [expect.stringMatching(/^thrown: /)] };
const late = { status: 500, faults: ['function timeout: Task timed out after 0.10 seconds'] };

const silent = {
  status: 500,
  faults: [
    'function timeout: Task timed out after 0.10 seconds; it returned no promise, and called neither its callback nor context.succeed',
  ],
};

/** Each way of answering, with what comes of it on Node.js 22 and on 24; where 24 would end the process, nothing. */
const WAYS: readonly (readonly [how: string, handler: GatewayHandler, on22: object, on24: object | undefined])[] = [
  ['a promise', async () => result, answered, answered],
  // biome-ignore lint/suspicious/noThenProperty: some promises are not Promise's own.
  ['a thenable', () => ({ then: (resolve: (value: unknown) => void) => resolve(result) }), answered, answered],
  [
    'a result without a promise',
    () => result,
    { status: 200, body: 'null', faults: [expect.stringMatching(/^result ignored: /)] },
    answered,
  ],
  [
    'the callback, reached by a rest parameter',
    (...given: readonly unknown[]) => void setTimeout(given[2] as (...given: unknown[]) => void, 1, null, result),
    answered,
    error,
  ],
  [
    'the callback, with a default of its own',
    (_event, _context, callback = () => {}) => callback(null, result),
    answered,
    { status: 200, body: 'null' },
  ],
  ['context.succeed', (_event, context) => context.succeed(result), answered, error],
  ['context.succeed, later', (_event, context) => setTimeout(() => context.succeed(result), 1), answered, undefined],
  ['context.done', (_event, context) => context.done(null, result), answered, error],
  ['context.done with an error', (_event, context) => context.done('no', result), error, error],
  ['context.fail', (_event, context) => context.fail(new Error('no')), error, error],
  ['context.fail without an error', (_event, context) => context.fail(), error, error],
  [
    'an error thrown',
    () => {
      throw new Error('no');
    },
    error,
    error,
  ],
  [
    'undefined thrown at once',
    () => {
      throw undefined;
    },
    { status: 200, body: 'null', faults: [] },
    error,
  ],
  ['undefined rejected', () => Promise.reject(), error, error],
  ['nothing', () => undefined, silent, { status: 200, body: 'null' }],
  ['a promise that never settles', () => new Promise(() => {}), late, late],
  [
    'context.succeed before a promise',
    async (_event, context) => {
      context.succeed(result);
      await wait(5);
      return { statusCode: 201 };
    },
    answered,
    error,
  ],
  [
    'context.succeed, then context.fail',
    (_event, context) => {
      context.succeed(result);
      context.fail(new Error('no'));
    },
    answered,
    error,
  ],
];

describe.each(['in process', 'behind the gateway'])('%s, a handler that answers by', (where) => {
  test.each(WAYS)('%s, on Node.js 22', async (_how, handler, expected) => {
    expect(await call(where, handler, 22)).toMatchObject(expected);
  });

  test.each(WAYS.filter(([, , , on24]) => on24 !== undefined))(
    '%s, on Node.js 24',
    async (_how, handler, _on22, expected) => {
      expect(await call(where, handler, 24)).toMatchObject(expected ?? {});
    },
  );

  test.each([
    [22, 3, true],
    [24, 2, false],
  ] as const)(
    'anything on Node.js %i gets %i arguments; context.succeed is there: %s',
    async (nodejs, count, there) => {
      let given: readonly unknown[] = [];
      const handler: GatewayHandler = async (...all) => {
        given = all;
        return result;
      };
      expect(await call(where, handler, nodejs)).toMatchObject(answered);
      expect(given).toHaveLength(count);
      for (const name of ['succeed', 'fail', 'done', 'callbackWaitsForEmptyEventLoop']) {
        expect(name in (given[1] as object), name).toBe(there);
      }
    },
  );

  test('more than two parameters is refused on Node.js 24', async () => {
    const handler: GatewayHandler = (_event, _context, callback) => callback(null, result);
    await expect(call(where, handler, 24)).rejects.toThrow('Runtime.CallbackHandlerDeprecated');
  });
});

test('in process, without a runtime, a result counts that is returned without a promise', async () => {
  expect(await call('in process', () => result, undefined)).toEqual(answered);
  expect(await call('in process', (_event, context) => context.succeed(result), undefined)).toEqual(answered);
});
