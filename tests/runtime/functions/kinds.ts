// Handlers of every kind, bare and wrapped: `kinds.bare.sync`, `kinds.wrapped.sync`.
import { withCors } from '../../../src/index.js';

type Callback = (error?: unknown, result?: unknown) => void;
// biome-ignore lint/suspicious/noExplicitAny: contexts and handlers of every shape.
type AnyContext = any;
// biome-ignore lint/suspicious/noExplicitAny: see above.
type AnyHandler = (...args: any[]) => any;

const ok = { statusCode: 200, body: 'ok' };
const circular: Record<string, unknown> = {};
circular.self = circular;

export const bare = {
  async: async () => ok,
  sync: () => ok,
  // biome-ignore lint/suspicious/noThenProperty: a promise of another library.
  thenable: () => ({ then: (resolve: (value: unknown) => void) => resolve(ok) }),
  callback: (_event: unknown, _context: unknown, callback: Callback) => callback(null, ok),
  callbackLater: (_event: unknown, _context: unknown, callback: Callback) => void setTimeout(callback, 20, null, ok),
  callbackError: (_event: unknown, _context: unknown, callback: Callback) => callback(new TypeError('boom')),
  callbackString: (_event: unknown, _context: unknown, callback: Callback) => callback('boom'),
  restParameters: (...args: readonly unknown[]) => void setTimeout(args[2] as Callback, 20, null, ok),
  defaultCallback: (_event: unknown, _context: unknown, callback: Callback = () => {}) =>
    void setTimeout(callback, 20, null, ok),
  // The example of the guide: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
  succeed(_event: unknown, context: AnyContext) {
    context.succeed(ok);
  },
  succeedLater: (_event: unknown, context: AnyContext) => void setTimeout(() => context.succeed(ok), 20),
  succeedOfCopy: (_event: unknown, context: AnyContext) => void setTimeout(() => ({ ...context }).succeed(ok), 20),
  done: (_event: unknown, context: AnyContext) => void context.done(null, ok),
  fail: (_event: unknown, context: AnyContext) => void context.fail(new TypeError('boom')),
  succeedTwice(_event: unknown, context: AnyContext) {
    context.succeed(ok);
    context.succeed({ statusCode: 418 });
  },
  readsContext: (_event: unknown, context: AnyContext) => {
    context.callbackWaitsForEmptyEventLoop = false;
    return Promise.resolve({ statusCode: context.getRemainingTimeInMillis() > 0 && context.awsRequestId ? 200 : 418 });
  },
  asyncOfThree: async (_event: unknown, _context: unknown, _callback: Callback) => ok,
  throws: () => {
    throw new TypeError('boom');
  },
  rejects: () => Promise.reject(new TypeError('boom')),
  throwsString: async () => {
    throw 'boom';
  },
  throwsUndefined: async () => {
    throw undefined;
  },
  throwsCircular: async () => {
    throw circular;
  },
  throwsHttpError: async () => {
    throw Object.assign(new Error('no such note'), { statusCode: 404, expose: true });
  },
  returnsNothing: async () => {},
  silent: () => {},
  silentCallback: (_event: unknown, _context: unknown, _callback: Callback) => {},
  silentPromise: () => new Promise(() => {}),
  silentAsync: async () => new Promise(() => {}),
  silentAsyncOfTwo: async (_event: unknown, _context: unknown) => new Promise(() => {}),
  asyncSucceed: async (_event: unknown, context: AnyContext) => {
    context.succeed(ok);
    await new Promise(() => {});
  },
  returnsBigInt: async () => 1n,
  returnsCircular: async () => circular,
  circularBody: async () => ({ statusCode: 200, body: circular }),
  frozen: async () => Object.freeze({ ...ok, headers: Object.freeze({ 'access-control-allow-origin': 'null' }) }),
} satisfies Record<string, AnyHandler>;

export type Kind = keyof typeof bare;

export const wrapped = Object.fromEntries(
  Object.entries(bare).map(([kind, handler]) => [kind, withCors(handler as AnyHandler)]),
) as Record<Kind, AnyHandler>;

/** The runtime API of these tests gives 20 seconds, so that this is over after some 200 milliseconds. */
export const timed = withCors(bare.silent as AnyHandler, {}, { timeoutEarlyInMillis: 19_800 });
