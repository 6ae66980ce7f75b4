import { answeringContext, type Callback } from './context.js';
import { type AnyHandler, isThenable } from './handler.js';
import { type CorsRequest, finish, recover } from './respond.js';
import { startTimer, type Timer } from './time-limit.js';

/** A handler, and what each call would else have to find out. */
interface Callee {
  readonly handler: AnyHandler;
  readonly arity: number;
  readonly isAsync: boolean;
}

export function calleeOf(handler: AnyHandler): Callee {
  const isAsync = Object.prototype.toString.call(handler) === '[object AsyncFunction]';
  return { handler, arity: handler.length, isAsync };
}

/** A call of a handler that has not been answered. */
interface Call {
  readonly fail: (error: unknown) => void;
  readonly timer: Timer | undefined;
  /** Its place among those that wait. */
  place: number;
}

/** An array, because a set would cost as much as the rest of the call. */
const waiting: Call[] = [];
let watched = false;

/**
 * Makes sure that calls are answered when the event loop is empty, because nothing is left then that could answer them.
 * Done once, by the first call that waits: a listener for each would cost more than the request.
 */
function watchEventLoop(): void {
  watched = true;
  globalThis.process?.on('beforeExit', () => {
    for (const call of [...waiting]) call.fail(new Error(NOTHING_LEFT));
  });
}

const NOTHING_LEFT =
  'The handler has not answered, and nothing is left that could: return a result or a promise, or call the callback';

/**
 * Calls a handler as Lambda does up to Node.js 22, on every Node.js: with a callback, and a context that has `succeed`,
 * `fail` and `done`. The handler answers by one of these, or by what it returns or throws; the first answer counts.
 * Gives the response. No async function: V8 needs less for promises that are followed by hand.
 */
export function callHandler(callee: Callee, request: CorsRequest, context: unknown): Promise<unknown> {
  const { event, options } = request;
  if (settles(callee, context) && !options.timeoutEarlyInMillis) return followHandler(callee, request, context);
  return new Promise((resolve) => {
    let answered = false;
    let call: Call | undefined;
    const succeed = (result: unknown) => {
      if (answered) return;
      answered = true;
      if (call !== undefined) stopWaiting(call);
      resolve(finish(request, result));
    };
    const fail = (error: unknown) => {
      if (answered) return;
      answered = true;
      if (call !== undefined) stopWaiting(call);
      resolve(recover(request, error));
    };
    try {
      const returned = invoke(callee, event, context, (error, result) =>
        isError(error) ? fail(error) : succeed(result),
      );
      if (isThenable(returned)) returned.then(succeed, fail);
      else if (isResult(callee, returned)) succeed(returned);
    } catch (error) {
      fail(error);
    }
    if (answered) return;
    if (!watched) watchEventLoop();
    call = { fail, timer: startTimer(options, context, fail), place: waiting.length };
    waiting.push(call);
  });
}

/**
 * Whether the promise of a handler is enough to wait for, as that of an async function is. Not if the handler may
 * answer by its callback or context: it may never settle its promise after that.
 */
function settles({ isAsync, arity }: Callee, context: unknown): boolean {
  return isAsync && arity < 3 && (arity < 2 || !canAnswer(context));
}

/** The same for a handler whose promise is enough to wait for. What it has called back before that still counts. */
function followHandler(callee: Callee, request: CorsRequest, context: unknown): Promise<unknown> {
  let first: unknown;
  const failed = (error: unknown) => (first ??= recover(request, error));
  try {
    const returned = invoke(callee, request.event, context, (error, result) => {
      first ??= isError(error) ? recover(request, error) : finish(request, result);
    });
    return Promise.resolve(returned).then((result) => (first ??= finish(request, result)), failed);
  } catch (error) {
    return Promise.resolve(failed(error));
  }
}

/** The same for an event that is not HTTP, whose result and error stay as they are. */
export function callUntouched(callee: Callee, event: unknown, context: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const callback: Callback = (error, result) => (isError(error) ? reject(error) : resolve(result));
    const returned = invoke(callee, event, context, callback);
    if (isThenable(returned)) returned.then(resolve, reject);
    else if (isResult(callee, returned) || !mayAnswerLater(callee, context)) resolve(returned);
  });
}

function invoke({ handler, isAsync }: Callee, event: unknown, context: unknown, callback: Callback): unknown {
  // An async function answers by its promise. It needs another context only where the runtime's could answer Lambda.
  const answers = isAsync ? canAnswer(context) : typeof context === 'object' && context !== null;
  return handler(event, answers ? answeringContext(context as object, callback) : context, callback);
}

/** Whether a context answers Lambda by its methods, as it does up to Node.js 22. */
function canAnswer(context: unknown): boolean {
  return typeof (context as { succeed?: unknown } | null | undefined)?.succeed === 'function';
}

/** As on Lambda: `callback('')` fails. */
function isError(error: unknown): boolean {
  return error !== undefined && error !== null;
}

/**
 * Whether a handler has answered by what it returned, and not by accident: a callback-style handler that is an arrow
 * function returns whatever its last call does, such as a timer or a server.
 */
function isResult({ arity }: Callee, returned: unknown): boolean {
  if (arity > 2 || returned === undefined) return false;
  const { on, unref } = Object(returned);
  return typeof on !== 'function' && typeof unref !== 'function';
}

/** Whether Lambda itself would wait for a handler that returned nothing: up to Node.js 22. */
function mayAnswerLater({ arity }: Callee, context: unknown): boolean {
  return arity > 2 || canAnswer(context);
}

function stopWaiting(call: Call): void {
  if (call.timer !== undefined) clearTimeout(call.timer);
  const last = waiting.pop() as Call;
  if (last === call) return;
  waiting[call.place] = last;
  last.place = call.place;
}
