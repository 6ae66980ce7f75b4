/** Answers a call of a handler, with an error or a result. */
export type Callback = (error?: unknown, result?: unknown) => void;

/** How handlers answered before there were promises. */
interface Answers {
  succeed: unknown;
  fail: unknown;
  done: unknown;
}

/** What is kept for a call. */
interface Call {
  callback: Callback;
  answers: Answers | undefined;
}

/**
 * A context whose `succeed`, `fail` and `done` answer this call. The runtime's own would answer Lambda behind the
 * wrapper's back, and the one for Node.js 24 has none. Everything else is that of the context, which is not changed.
 *
 * A proxy, because a copy would lose the accessors of the runtime's context, and costs many times as much.
 */
export function answeringContext(context: object, callback: Callback): object {
  const call: Call & ProxyHandler<object> = { __proto__: TRAPS, callback, answers: undefined } as Call;
  // A proxy cannot show anything else than an object that is frozen has.
  return new Proxy(Object.isExtensible(context) ? context : copyOf(context), call);
}

function copyOf(context: object): object {
  return Object.assign(Object.create(Object.getPrototypeOf(context)), context);
}

/** Shared by all calls. Getters and setters run on the context itself: it may have private fields. */
const TRAPS: ProxyHandler<object> & ThisType<Call> = {
  get(context, key) {
    return Reflect.get(holderOf(this, context, key), key);
  },
  set(context, key, value) {
    return Reflect.set(holderOf(this, context, key), key, value);
  },
  has(context, key) {
    return Reflect.has(holderOf(this, context, key), key);
  },
  deleteProperty(context, key) {
    return Reflect.deleteProperty(holderOf(this, context, key), key);
  },
  defineProperty(context, key, descriptor) {
    return Reflect.defineProperty(holderOf(this, context, key), key, descriptor);
  },
  getOwnPropertyDescriptor(context, key) {
    return Reflect.getOwnPropertyDescriptor(holderOf(this, context, key), key);
  },
  ownKeys(context) {
    return [...new Set([...Reflect.ownKeys(context), ...Reflect.ownKeys(answersOf(this))])];
  },
};

function holderOf(call: Call, context: object, key: PropertyKey): object {
  return key === 'succeed' || key === 'fail' || key === 'done' ? answersOf(call) : context;
}

function answersOf(call: Call): Answers {
  const { callback } = call;
  call.answers ??= {
    succeed: (result: unknown) => callback(null, result),
    // As Lambda has it: a failure without an error is one too.
    fail: (error: unknown) => callback(error ?? 'handled'),
    done: callback,
  };
  return call.answers;
}
