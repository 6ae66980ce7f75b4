/** A Lambda handler of any kind: async, sync or callback-style, typed or not. */
export type LambdaHandler<Event, Context, Result> = (
  event: Event,
  context: Context,
  callback: (error?: Error | string | null, result?: Result) => void,
  // biome-ignore lint/suspicious/noConfusingVoidType: callback-style handlers return nothing, and AWS types them so.
) => Result | Promise<Result> | void;

/**
 * The context that a wrapped handler is called with. Tests may omit it if the handler does not declare it.
 */
// With a conditional tuple or function type instead, or with the union in place of its name, the compiler could not infer
// a handler's own type parameters.
export type ContextOf<Context> = unknown extends Context ? Undeclared : Context;

/** `unknown`, written so that `void` stays a member: the compiler lets callers omit an argument that may be `void`. */
// biome-ignore lint/suspicious/noConfusingVoidType: see above.
type Undeclared = NonNullable<unknown> | null | undefined | void;

/** A handler as it is called. */
export type AnyHandler = (event: unknown, context: unknown, callback: unknown) => unknown;

/** @throws {TypeError} If it is not a handler that `withCors` can wrap. */
export function checkHandler(handler: unknown): AnyHandler {
  if (typeof handler !== 'function') {
    throw new TypeError(
      `withCors needs a function as its handler, but got ${handler === null ? handler : typeof handler}; write withCors(handler, policy)`,
    );
  }
  if (STREAMING in handler) {
    throw new TypeError('withCors cannot wrap a streaming handler; use withCorsStreaming of lambda-cors/streaming');
  }
  return handler as AnyHandler;
}

/** The mark that `awslambda.streamifyResponse` leaves on a handler. */
export const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** Not `instanceof`: promises come from other realms and libraries too, and the global Promise may have been replaced. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
