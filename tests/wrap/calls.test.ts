/** How handlers are called: with a callback, and a context that answers, as on Lambda up to Node.js 22. */
import { inspect } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { type CorsOptions, withCors } from '../../src/index.js';
import { memoryLogger } from '../support/logger.js';
import { sources, type TestSource } from '../support/sources.js';

// biome-ignore lint/suspicious/noExplicitAny: handlers and contexts of every shape.
type Any = any;

const rest = sources[0] as TestSource;
const http = sources.find(({ infers }) => infers) as TestSource;
const event: Any = rest.event({ method: 'GET', headers: { Origin: 'https://a.example' } });
const queue: Any = { Records: [] };
const ok = { statusCode: 200, body: 'ok' };
const other = { statusCode: 200, body: 'other' };
const ANSWER = { ...ok, headers: { 'Access-Control-Allow-Origin': '*' } };
const FAULT = { statusCode: 500, headers: ANSWER.headers, body: '{"message":"Internal Server Error"}' };

/** A context as Lambda makes it: up to Node.js 22 its methods answer Lambda, and later there are none. */
const CONTEXTS = [
  { name: 'up to Node.js 22', make: () => lambdaContext(true) },
  { name: 'of Node.js 24', make: () => lambdaContext(false) },
] as const;

interface FakeContext {
  readonly context: Any;
  /** What the runtime's own methods were called with. */
  readonly behind: unknown[];
}

function lambdaContext(answers: boolean): FakeContext {
  const behind: unknown[] = [];
  let waits = true;
  const context = {
    get callbackWaitsForEmptyEventLoop() {
      return waits;
    },
    set callbackWaitsForEmptyEventLoop(value: boolean) {
      waits = value;
    },
    ...(answers && {
      succeed: (result: unknown) => behind.push(result),
      fail: (error: unknown) => behind.push(error),
      done: (error: unknown, result: unknown) => behind.push(error ?? result),
    }),
    functionName: 'notes',
    awsRequestId: '1',
    clientContext: undefined,
    getRemainingTimeInMillis: () => 3000,
  };
  return { context, behind };
}

function later(call: () => void): void {
  setTimeout(call, 1);
}

const error = new Error('x');
const WAYS: readonly (readonly [name: string, handler: (...args: Any[]) => Any, expected: object])[] = [
  ['callback', (_event, _context, callback) => void callback(null, ok), ANSWER],
  ['callback, later', (_event, _context, callback) => later(() => callback(null, ok)), ANSWER],
  ['callback of rest parameters', (...args) => args[2](null, ok), ANSWER],
  ['callback with a default', (_event, _context, callback = () => {}) => later(() => callback(null, ok)), ANSWER],
  [
    'callback of `arguments`',
    function (this: unknown) {
      // biome-ignore lint/complexity/noArguments: what memoizing and decorating functions do.
      const [, , callback] = arguments;
      later(() => callback(null, ok));
    },
    ANSWER,
  ],
  ['callback in an async function', async (_event, _context, callback) => callback(null, ok), ANSWER],
  [
    'callback before a promise that settles later',
    (_event, _context, callback) => {
      later(() => callback(null, ok));
      return new Promise((resolve) => setTimeout(resolve, 20, other));
    },
    ANSWER,
  ],
  [
    'callback beside a promise that never settles',
    (_event, _context, callback) => {
      later(() => callback(null, ok));
      return new Promise(() => {});
    },
    ANSWER,
  ],
  ['callback, and a timer that the arrow returns', (_e, _c, callback) => setTimeout(callback, 1, null, ok), ANSWER],
  ['callback with an error', (_event, _context, callback) => later(() => callback(error)), FAULT],
  ['succeed', (_event, context) => context.succeed(ok), ANSWER],
  ['succeed, later', (_event, context) => later(() => context.succeed(ok)), ANSWER],
  ['succeed, taken off the context', (_event, { succeed }) => later(() => succeed(ok)), ANSWER],
  ['succeed of a copy', (_event, context) => later(() => ({ ...context }).succeed(ok)), ANSWER],
  [
    'a promise before succeed',
    (_event, context) => {
      later(() => context.succeed(other));
      return Promise.resolve(ok);
    },
    ANSWER,
  ],
  ['done', (_event, context) => later(() => context.done(null, ok)), ANSWER],
  ['done with an error', (_event, context) => later(() => context.done(error)), FAULT],
  ['fail', (_event, context) => later(() => context.fail(error)), FAULT],
  ['fail without an error', (_event, context) => later(() => context.fail()), FAULT],
  ['a result', () => ok, ANSWER],
  ['a promise', async () => ok, ANSWER],
  // biome-ignore lint/suspicious/noThenProperty: a promise of another library.
  ['a thenable', () => ({ then: (resolve: (value: unknown) => void) => resolve(ok) }), ANSWER],
  [
    'the first of many',
    (_event, context, callback) => {
      callback(null, ok);
      context.succeed(other);
      context.fail(error);
      callback(error);
      return other;
    },
    ANSWER,
  ],
  [
    'the callback before what is thrown',
    (_event, _context, callback) => {
      callback(null, ok);
      throw error;
    },
    ANSWER,
  ],
  [
    'what is thrown before the callback',
    (_event, _context, callback) => {
      later(() => callback(null, ok));
      throw error;
    },
    FAULT,
  ],
  [
    'the callback before a rejection',
    async (_event, _context, callback) => {
      callback(null, ok);
      throw error;
    },
    ANSWER,
  ],
  ['a promise of nothing', async () => {}, FAULT],
  ['a promise of nothing, whatever comes later', async (_e, _c, callback) => later(() => callback(null, ok)), FAULT],
];

describe.each(CONTEXTS)('a context $name', ({ make }) => {
  test.each(WAYS)('the answer is %s', async (_name, handler, expected) => {
    const { context, behind } = make();
    const before = Object.getOwnPropertyDescriptors(context);
    const logger = memoryLogger();
    expect(await withCors(handler as Any, {}, { logger })(event, context)).toMatchObject(expected);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(logger.entries).toHaveLength(expected === FAULT ? 1 : 0);
    expect(behind).toEqual([]);
    expect(Object.getOwnPropertyDescriptors(context)).toEqual(before);
  });

  test('its methods are those of the call in every way they can be had', async () => {
    const { context, behind } = make();
    const names = ['succeed', 'fail', 'done'];
    let seen: Any;
    const handler = (_event: unknown, given: Any) => {
      seen = given;
      given.succeed(ok);
    };
    await withCors(handler as Any)(event, context);
    for (const name of names) {
      expect(name in seen).toBe(true);
      expect(Object.keys(seen)).toContain(name);
      expect(Object.getOwnPropertyDescriptor(seen, name)?.value).toBe(seen[name]);
      expect({ ...seen }[name]).toBe(seen[name]);
      seen[name]();
      Object.getOwnPropertyDescriptor(seen, name)?.value();
      ({ ...seen })[name]();
    }
    expect(behind).toEqual([]);
  });

  test('all else is theirs: values, accessors, prototype, JSON', async () => {
    const { context } = make();
    let seen: Any;
    const handler = (_event: unknown, given: Any) => {
      seen = given;
      given.callbackWaitsForEmptyEventLoop = false;
      given.added = 1;
      given.succeed(ok);
    };
    await withCors(handler as Any)(event, context);
    expect(context.callbackWaitsForEmptyEventLoop).toBe(false);
    expect(seen.callbackWaitsForEmptyEventLoop).toBe(false);
    expect(context.added).toBe(1);
    delete seen.added;
    expect('added' in context).toBe(false);
    Object.defineProperty(seen, 'hidden', { value: 2, configurable: true });
    expect(context.hidden).toBe(2);
    expect(JSON.stringify(seen)).toBe(JSON.stringify(context));
    expect(Object.getPrototypeOf(seen)).toBe(Object.getPrototypeOf(context));
    const { succeed, fail, done, ...others } = seen;
    const { succeed: _s, fail: _f, done: _d, ...theirs } = context;
    expect(others).toEqual(theirs);
    expect(seen.getRemainingTimeInMillis).toBe(context.getRemainingTimeInMillis);
  });

  test('it is printed as what the handler sees', async () => {
    const { context } = make();
    let printed = '';
    const handler = (_event: unknown, given: unknown) => {
      printed = inspect(given);
      return ok;
    };
    await withCors(handler as Any)(event, context);
    const answers = { succeed: expect.any(Function), fail: expect.any(Function), done: expect.any(Function) };
    const names = Object.keys({ ...context, ...answers }).sort();
    expect([...printed.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name).sort()).toEqual(names);
    expect(printed).toContain("awsRequestId: '1'");
  });

  test('a handler may put other methods in their place, and the context stays as it is', async () => {
    const { context } = make();
    const { succeed } = context;
    const patched = vi.fn();
    const handler = (_event: unknown, given: Any) => {
      const own = given.succeed;
      given.succeed = (result: unknown) => {
        patched();
        own(result);
      };
      given.succeed(ok);
    };
    expect(await withCors(handler as Any)(event, context)).toMatchObject(ANSWER);
    expect(patched).toHaveBeenCalledOnce();
    expect(context.succeed).toBe(succeed);
  });

  test('what inherits from the context gets properties of its own', async () => {
    const { context } = make();
    const before = Object.getOwnPropertyDescriptors(context);
    const handler = (_event: unknown, given: Any) => {
      const own = Object.create(given);
      own.user = 'Ann';
      own.functionName = 'mine';
      own.succeed = 'theirs';
      return { ...ok, body: Object.keys(own).slice(0, 3).join() + typeof given.succeed };
    };
    const answer = await withCors(handler as Any)(event, context);
    expect(answer).toMatchObject({ body: 'user,functionName,succeedfunction' });
    expect(Object.getOwnPropertyDescriptors(context)).toEqual(before);
  });

  test('a context that is frozen works too', async () => {
    const { context, behind } = make();
    const handler = (_event: unknown, given: Any) => {
      expect(given.functionName).toBe('notes');
      expect(Object.keys(given)).toEqual(expect.arrayContaining([...Object.keys(context), 'succeed', 'fail', 'done']));
      expect(Object.getOwnPropertyDescriptor(given, 'functionName')).toMatchObject({ value: 'notes', writable: false });
      expect(Reflect.set(given, 'functionName', 'mine')).toBe(false);
      expect(Reflect.deleteProperty(given, 'functionName')).toBe(false);
      given.succeed(ok);
    };
    const logger = memoryLogger();
    expect(await withCors(handler as Any, {}, { logger })(event, Object.freeze(context))).toMatchObject(ANSWER);
    expect(logger.details).toEqual([]);
    expect(behind).toEqual([]);
  });

  test('a property may be fixed, by the context or by the handler', async () => {
    const { context } = make();
    Object.defineProperty(context, 'tenant', { value: 'a' });
    const fixed = { value: 1, writable: false, enumerable: true, configurable: false };
    const handler = (_event: unknown, given: Any) => {
      expect(given.tenant).toBe('a');
      expect(Object.getOwnPropertyDescriptor(given, 'tenant')?.value).toBe('a');
      Object.defineProperty(given, 'user', fixed);
      expect(Object.getOwnPropertyDescriptor(given, 'user')).toEqual(fixed);
      expect(given.user).toBe(1);
      expect(Reflect.set(given, 'user', 2)).toBe(false);
      expect(Reflect.deleteProperty(given, 'user')).toBe(false);
      expect(Reflect.defineProperty(given, 'user', { value: 2 })).toBe(false);
      expect(Object.keys(given)).toContain('user');
      given.succeed({ ...ok, body: JSON.stringify(given.user) });
    };
    const logger = memoryLogger();
    expect(await withCors(handler as Any, {}, { logger })(event, context)).toMatchObject({ body: '1' });
    expect(logger.details).toEqual([]);
    expect(Object.getOwnPropertyDescriptor(context, 'user')).toEqual(fixed);
  });

  test('names that are used for a call itself are the context’s', async () => {
    const { context } = make();
    const names = ['context', 'callback', 'answers', 'proxy'];
    const handler = (_event: unknown, given: Any) => {
      for (const name of names) {
        expect(name in given).toBe(false);
        given[name] = name;
        expect(given[name]).toBe(name);
        expect(Object.getOwnPropertyDescriptor(given, name)).toEqual(Object.getOwnPropertyDescriptor(context, name));
        delete given[name];
      }
      given.succeed(ok);
    };
    const logger = memoryLogger();
    const before = Object.getOwnPropertyDescriptors(context);
    expect(await withCors(handler as Any, {}, { logger })(event, context)).toMatchObject(ANSWER);
    expect(logger.details).toEqual([]);
    expect(Object.getOwnPropertyDescriptors(context)).toEqual(before);
  });

  test('a handler cannot freeze it, but may change its prototype', async () => {
    const { context } = make();
    const before = Object.getOwnPropertyDescriptors(context);
    const prototype = { inherited: 1 };
    const handler = (_event: unknown, given: Any) => {
      expect(() => Object.freeze(given)).toThrow(TypeError);
      expect(Object.isExtensible(given)).toBe(true);
      Object.setPrototypeOf(given, prototype);
      expect(given.inherited).toBe(1);
      given.succeed(ok);
    };
    const logger = memoryLogger();
    expect(await withCors(handler as Any, {}, { logger })(event, context)).toMatchObject(ANSWER);
    expect(logger.details).toEqual([]);
    expect(Object.getPrototypeOf(context)).toBe(prototype);
    expect(Object.isExtensible(context)).toBe(true);
    expect(Object.getOwnPropertyDescriptors(context)).toEqual(before);
  });

  test('accessors run on the context itself, which may have private fields', async () => {
    class Context {
      #name = 'private';
      get functionName() {
        return this.#name;
      }
      set functionName(name) {
        this.#name = name;
      }
    }
    const context: Any = Object.assign(new Context(), make().context);
    const handler = (_event: unknown, given: Any) => {
      given.functionName += '!';
      given.succeed({ ...ok, body: given.functionName });
      expect(given).toBeInstanceOf(Context);
    };
    expect(await withCors(handler as Any)(event, context)).toMatchObject({ body: 'notes!' });
  });

  test('two calls at the same time answer for themselves', async () => {
    const handler = (given: Any, context: Any) =>
      setTimeout(() => context.succeed({ ...ok, body: given.path }), given.path === '/slow' ? 10 : 1);
    const wrapped = withCors(handler as Any);
    const { context } = make();
    const answers: Any[] = await Promise.all(
      ['/slow', '/fast', '/other'].map((path) => wrapped({ ...event, path }, context)),
    );
    expect(answers.map(({ body }) => body)).toEqual(['/slow', '/fast', '/other']);
  });

  test.each([
    ['callback', (_event: unknown, _context: unknown, callback: Any) => later(() => callback(error))],
    ['fail', (_event: unknown, context: Any) => later(() => context.fail(error))],
    ['a rejection', async () => Promise.reject(error)],
    [
      'what it throws',
      () => {
        throw error;
      },
    ],
  ])('an event that is not HTTP fails with the error itself: %s', async (_name, handler) => {
    // Where the runtime would not wait for a handler that returned nothing, neither does the wrapper.
    const { context } = handler.length > 2 ? make() : lambdaContext(true);
    await expect(withCors(handler as Any)(queue, context)).rejects.toBe(error);
  });
});

test('an async function gets the context itself where that cannot answer Lambda', async () => {
  const { context } = lambdaContext(false);
  let seen: unknown;
  const handler = async (_event: unknown, given: unknown) => {
    seen = given;
    return ok;
  };
  await withCors(handler as Any)(event, context);
  expect(seen).toBe(context);
});

test('the callback is always passed', async () => {
  for (const given of [event, queue]) {
    for (const handler of [async (..._args: unknown[]) => ok, (..._args: unknown[]) => ok]) {
      const spy = vi.fn(handler);
      await withCors(spy as Any)(given, {});
      expect(spy.mock.calls).toEqual([[given, expect.anything(), expect.any(Function)]]);
    }
  }
});

test.each([undefined, null, 'context'])('a context that is not an object goes through: %s', async (context) => {
  const spy = vi.fn((..._args: unknown[]) => ok);
  await withCors(spy as Any)(event, context);
  expect(spy.mock.calls[0]?.[1]).toBe(context);
  const handler = async (_event: Any, given: Any) => ({ ...ok, body: String(given) });
  expect(await withCors(handler as Any)(event, context)).toMatchObject({ statusCode: 200, body: String(context) });
});

test('the callback without a result is a fault, and is not waited for', async () => {
  const logger = memoryLogger();
  const handler = (_event: unknown, _context: unknown, callback: Any) => callback();
  expect(await withCors(handler as Any, {}, { logger })(event, {})).toMatchObject(FAULT);
  expect(logger.lines).toEqual([expect.stringContaining('the handler returned undefined')]);
});

test('where `null` is a result, so is a promise of nothing', async () => {
  const logger = memoryLogger();
  const answer = await withCors(async () => {}, {}, { logger })(http.event({ method: 'GET' }) as Any, {} as Any);
  expect(answer).toMatchObject({ statusCode: 200, body: 'null' });
  expect(logger.entries).toMatchObject([{ level: 'warn' }]);
});

test('an async function that has answered by its context need not settle', async () => {
  const [{ make }] = CONTEXTS.filter(({ make }) => 'succeed' in make().context) as [(typeof CONTEXTS)[number]];
  const { context } = make();
  const handler = async (_event: unknown, given: Any) => {
    given.succeed(ok);
    await new Promise(() => {});
  };
  expect(await withCors(handler as Any)(event, context)).toMatchObject(ANSWER);
});

describe('when the event loop is empty', () => {
  const NOTHING_LEFT = 'The handler has not answered, and nothing is left that could';

  /** Calls a handler that does not answer, as if nothing else were left to do. */
  async function askIdly(handler: Any, options: CorsOptions = {}, given: Any = event, context: Any = {}) {
    const logger = memoryLogger();
    const answer = withCors(handler, {}, { logger, ...options })(given, context);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await Promise.race([answer, 'pending'])).toBe('pending');
    process.emit('beforeExit', 0);
    return { answer: await answer, entries: logger.entries };
  }

  const SILENT: readonly (readonly [string, Any])[] = [
    ['returned nothing', () => {}],
    ['does not call its callback', (_event: unknown, _context: unknown, _callback: unknown) => {}],
    ['returned a promise that nobody settles', () => new Promise(() => {})],
    [
      'is async, has a callback and waits for nothing',
      async (_event: unknown, _context: unknown, _callback: unknown) => new Promise(() => {}),
    ],
    ['returned an emitter', () => ({ on() {} })],
    ['returned a timer', () => ({ unref() {} })],
  ];
  test.each(SILENT)('a handler that %s is the logged 500', async (_name, handler) => {
    for (const { make } of CONTEXTS) {
      const { answer, entries } = await askIdly(handler, {}, event, make().context);
      expect(answer).toMatchObject(FAULT);
      expect(entries).toMatchObject([{ level: 'error', message: 'lambda-cors: the handler threw' }]);
      expect(String(entries[0]?.details[0])).toContain(NOTHING_LEFT);
    }
  });

  test('an async function that waits for nothing is left to the runtime, which reports it', async () => {
    const logger = memoryLogger();
    const answer = withCors(async () => new Promise(() => {}), {}, { logger })(event, {});
    process.emit('beforeExit', 0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await Promise.race([answer, 'pending'])).toBe('pending');
    expect(logger.entries).toEqual([]);
  });

  test('onError is asked', async () => {
    const onError = vi.fn(() => ({ statusCode: 503, body: '' }));
    expect((await askIdly(() => {}, { onError })).answer).toMatchObject({ statusCode: 503, headers: ANSWER.headers });
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(Error), event);
  });

  test('every call that waits is answered, and none twice', async () => {
    const logger = memoryLogger();
    const silent = withCors((() => {}) as Any, {}, { logger });
    const answers = [silent(event, {}), silent(event, {}), silent(event, {})];
    process.emit('beforeExit', 0);
    process.emit('beforeExit', 0);
    expect(await Promise.all(answers)).toMatchObject([FAULT, FAULT, FAULT]);
    expect(logger.entries).toHaveLength(3);
  });

  test('a call that is answered twice takes no other from those that wait', async () => {
    const logger = memoryLogger();
    const twice = (_event: Any, _context: Any, callback: Any) => later(() => [callback(null, ok), callback(null, ok)]);
    const silent = withCors((() => {}) as Any, {}, { logger });
    const answered = withCors(twice as Any)(event, {} as Any);
    const answers = [silent(event, {}), silent(event, {}), silent(event, {})];
    expect(await answered).toMatchObject(ANSWER);
    process.emit('beforeExit', 0);
    expect(await Promise.all(answers)).toMatchObject([FAULT, FAULT, FAULT]);
    expect(logger.entries).toHaveLength(3);
  });

  test('a call that was answered is left alone', async () => {
    const logger = memoryLogger();
    const wrapped = withCors(async () => ok, {}, { logger });
    await Promise.all([wrapped(event, {} as Any), wrapped(event, {} as Any), wrapped(event, {} as Any)]);
    process.emit('beforeExit', 0);
    expect(logger.entries).toEqual([]);
  });

  test('only the calls that wait are kept, in whatever order others were answered', async () => {
    const callbacks: Any[] = [];
    const wrapped = withCors(
      (_event: unknown, _context: unknown, callback: unknown) => void callbacks.push(callback),
      {},
      {
        logger: memoryLogger(),
      },
    );
    const answers = [0, 1, 2, 3, 4].map(() => wrapped(event, {}));
    for (const at of [1, 0, 4, 2]) callbacks[at](null, ok);
    const made: unknown[] = [];
    class CountedError extends Error {
      constructor(message: string) {
        super(message);
        made.push(message);
      }
    }
    vi.stubGlobal('Error', CountedError);
    process.emit('beforeExit', 0);
    vi.unstubAllGlobals();
    expect(await Promise.all(answers)).toMatchObject([ANSWER, ANSWER, ANSWER, FAULT, ANSWER]);
    expect(made).toEqual([expect.stringContaining(NOTHING_LEFT)]);
  });

  test('one listener serves all wrappers and requests', async () => {
    const before = process.listenerCount('beforeExit');
    await Promise.all([1, 2, 3].map(() => withCors(async () => ok)(event, {} as Any)));
    expect(process.listenerCount('beforeExit')).toBe(before);
    expect(before).toBeGreaterThan(0);
  });
});

describe('an event that is not HTTP', () => {
  test.each(WAYS.filter(([, , expected]) => expected === ANSWER))(
    'is answered the same, and the result stays as it is: %s',
    async (_name, handler) => {
      const { context, behind } = lambdaContext(true);
      expect(await withCors(handler as Any)(queue, context)).toBe(ok);
      expect(behind).toEqual([]);
    },
  );

  test('is over when the handler returned nothing, where Lambda does not wait either', async () => {
    expect(await withCors((() => {}) as Any)(queue, lambdaContext(false).context)).toBeUndefined();
  });

  test('is waited for where Lambda would wait', async () => {
    const handler = (_event: unknown, context: Any) => later(() => context.succeed(ok));
    expect(await withCors(handler as Any)(queue, lambdaContext(true).context)).toBe(ok);
  });
});

describe('an async function that calls back too', () => {
  test.each<[string, (callback: Any) => unknown, object, unknown[]]>([
    ['a result, before its own', (callback) => callback(null, other), { ...ANSWER, body: 'other' }, []],
    ['a result without an error', (callback) => callback(undefined, other), { ...ANSWER, body: 'other' }, []],
    ['an error, before its result', (callback) => callback(error), FAULT, [error]],
    ['an empty error, which is one', (callback) => callback(''), FAULT, ['']],
    ['twice: the first counts', (callback) => [callback(null, other), callback(error)], { body: 'other' }, []],
    ['an error first, and then a result', (callback) => [callback(error), callback(null, other)], FAULT, [error]],
  ])('%s', async (_name, call, expected, logged) => {
    for (const settle of [() => ok, () => Promise.reject(new Error('y'))]) {
      const logger = memoryLogger();
      const handler = async (...args: Any[]): Promise<Any> => {
        call(args[2]);
        return settle();
      };
      expect(await withCors(handler, {}, { logger })(event, lambdaContext(false).context)).toMatchObject(expected);
      expect(logger.details).toEqual(logged);
    }
  });

  test.each([
    ['a result', async () => ok, ANSWER, 0],
    ['an error', async () => Promise.reject(error), FAULT, 1],
  ])('too late, after %s: nobody hears of it', async (_name, settle, expected, heard) => {
    const logger = memoryLogger();
    const onError = vi.fn();
    let callback: Any;
    const handler = async (...args: Any[]): Promise<Any> => {
      callback = args[2];
      return settle();
    };
    expect(await withCors(handler, {}, { logger, onError })(event, lambdaContext(false).context)).toMatchObject(
      expected,
    );
    callback(new Error('y'));
    callback(null, { statusCode: 'malformed' });
    await new Promise(setImmediate);
    expect(onError).toHaveBeenCalledTimes(heard);
    expect(logger.lines).toHaveLength(heard);
  });

  test('a result whose properties throw is the logged 500', async () => {
    const logger = memoryLogger();
    const faulty = Object.defineProperty({}, 'statusCode', {
      enumerable: true,
      get: () => {
        throw error;
      },
    });
    const handler = async (...args: Any[]): Promise<Any> => args[2](null, faulty);
    expect(await withCors(handler, {}, { logger })(event, lambdaContext(false).context)).toMatchObject(FAULT);
    expect(logger.details).toEqual([error]);
  });
});

test('what a function with a callback returns by accident is not its answer', async () => {
  const handler = (_event: Any, _context: Any, callback: Any) => {
    later(() => callback(null, ok));
    return 5;
  };
  expect(await withCors(handler as Any)(event, {} as Any)).toMatchObject(ANSWER);
});

test('a failure without an error is logged as Lambda names it', async () => {
  const logger = memoryLogger();
  await withCors((_event: Any, context: Any) => context.fail(), {}, { logger })(event, lambdaContext(true).context);
  expect(logger.details).toEqual(['handled']);
});

describe('an event that is not HTTP and a function that', () => {
  test('has a callback and returns a promise', async () => {
    const handler = async (_event: Any, _context: Any, _callback: Any) => ok;
    expect(await withCors(handler as Any)(queue, {} as Any)).toBe(ok);
  });

  test('has no callback and returns nothing', async () => {
    const handler = (_event: Any, _context: Any) => undefined;
    expect(await withCors(handler as Any)(queue, {} as Any)).toBeUndefined();
  });
});
