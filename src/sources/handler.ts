import { isPlain } from '../core/plain.js';
import type { GatewayHandler, NodejsRuntime } from './settings.js';

/** The mark by which Lambda knows a handler that streams. */
export const STREAMING = /* @__PURE__ */ Symbol.for('aws.lambda.runtime.handler.streaming');

export function isStreaming(handler: GatewayHandler): boolean {
  return STREAMING in handler;
}

/**
 * Refuses, before any request comes, what Lambda refuses when it loads a function.
 *
 * @param caller Whose message it is.
 */
export function checkHandler(
  caller: string,
  handler: unknown,
  nodejs: NodejsRuntime | undefined,
): asserts handler is GatewayHandler {
  if (typeof handler !== 'function') {
    throw new TypeError(
      `${caller} needs a handler, a function of (event, context), but got ${handler === null ? 'null' : typeof handler}`,
    );
  }
  if (STREAMING in handler) return;
  if (nodejs === 24 && handler.length >= 3) {
    throw new TypeError(
      'the handler has three parameters, so it is a callback-style handler, which Node.js 24 on Lambda refuses (Runtime.CallbackHandlerDeprecated): make it async and return the result',
    );
  }
}

/** What a handler answered. */
export interface Returned {
  readonly value: unknown;
  /** It returned a result that Lambda does not look at. */
  readonly ignored?: boolean;
}

/** A handler that has been called. */
export interface Call {
  readonly answer: Promise<Returned>;
  /** It returned a promise; otherwise it may still call back. */
  readonly promised: boolean;
}

/** The ways of answering that a context has up to Node.js 22. */
export interface AnswerMethods {
  succeed(value?: unknown): void;
  fail(error?: unknown): void;
  done(error?: unknown, value?: unknown): void;
}

/**
 * Calls a handler as Lambda's runtime does: on Node.js 24 with an event and a context, before it also with a callback
 * and, on the context, `succeed`, `fail` and `done`; whichever answers first is the answer.
 *
 * A handler up to Node.js 22 that returns neither a promise nor a result is waited for, without a limit here.
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/v3.3.0/src/Runtime.js
 *
 * @param makeContext Makes the context, with the methods where it has them.
 * @param nodejs Without one, a result counts as well that is returned without a promise.
 */
export function callHandler(
  handler: GatewayHandler,
  event: unknown,
  makeContext: (methods?: AnswerMethods) => unknown,
  nodejs: NodejsRuntime | undefined,
): Call {
  return nodejs === 24
    ? { answer: callOn24(handler, event, makeContext()), promised: true }
    : callOn22(handler, event, makeContext, nodejs);
}

async function callOn24(handler: GatewayHandler, event: unknown, context: unknown): Promise<Returned> {
  return { value: await (handler as (event: unknown, context: unknown) => unknown)(event, context) };
}

function callOn22(
  handler: GatewayHandler,
  event: unknown,
  makeContext: (methods: AnswerMethods) => unknown,
  nodejs: 22 | undefined,
): Call {
  let promised = false;
  const answer = new Promise<Returned>((resolve, reject) => {
    function done(error?: unknown, value?: unknown): void {
      if (error === undefined || error === null) resolve({ value });
      else reject(error);
    }
    const context = makeContext({ succeed: (value) => done(null, value), fail: reject, done });
    const returned = callOrDone(handler, [event, context, done], done);
    if (isThenable(returned)) {
      // Not simply resolved with: another way of answering may still come before the promise.
      promised = true;
      returned.then((value) => resolve({ value }), reject);
    } else if (handler.length < 3 && isResult(returned)) {
      resolve(nodejs === 22 ? { value: null, ignored: true } : { value: returned });
    }
  });
  return { answer, promised };
}

/** What a handler throws goes to its callback: the runtime does not see `throw undefined` as an error. */
function callOrDone(
  handler: GatewayHandler,
  given: readonly [unknown, unknown, unknown],
  done: (error: unknown) => void,
): unknown {
  try {
    return handler(...given);
  } catch (error) {
    done(error);
    return undefined;
  }
}

/**
 * Whether a value was meant as the result. Much else is returned by the way, such as the timer of
 * `(event, context) => setTimeout(() => context.succeed(result), 10)`.
 */
function isResult(value: unknown): boolean {
  return typeof value === 'string' || Array.isArray(value) || isPlain(value);
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
