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
  /** The context that the handler sees. */
  proxy: object | undefined;
}

/**
 * A context whose `succeed`, `fail` and `done` answer this call. The runtime's own would answer Lambda behind the
 * wrapper's back, and the one for Node.js 24 has none. Everything else is that of the context, which is not changed.
 *
 * A proxy, because a copy would lose the accessors of the runtime's context, and costs many times as much.
 */
export function answeringContext(context: object, callback: Callback): object {
  // A literal with all of it is made faster than an object that inherits the traps.
  const call: Call & ProxyHandler<object> = {
    callback,
    answers: undefined,
    proxy: undefined,
    get,
    set,
    has,
    deleteProperty,
    defineProperty,
    getOwnPropertyDescriptor,
    ownKeys,
  };
  // A proxy cannot show anything else than an object that is frozen has.
  const proxy = new Proxy(Object.isExtensible(context) ? context : copyOf(context), call);
  call.proxy = proxy;
  return proxy;
}

function copyOf(context: object): object {
  return Object.assign(Object.create(Object.getPrototypeOf(context)), context);
}

// The traps. Getters and setters run on the context itself: it may have private fields.

function get(this: Call, context: object, key: PropertyKey): unknown {
  return Reflect.get(holderOf(this, context, key), key);
}

function set(this: Call, context: object, key: PropertyKey, value: unknown, receiver: unknown): boolean {
  const holder = holderOf(this, context, key);
  // What inherits from the proxy gets a property of its own.
  return receiver === this.proxy ? Reflect.set(holder, key, value) : Reflect.set(holder, key, value, receiver);
}

function has(this: Call, context: object, key: PropertyKey): boolean {
  return Reflect.has(holderOf(this, context, key), key);
}

function deleteProperty(this: Call, context: object, key: PropertyKey): boolean {
  return Reflect.deleteProperty(holderOf(this, context, key), key);
}

function defineProperty(this: Call, context: object, key: PropertyKey, descriptor: PropertyDescriptor): boolean {
  return Reflect.defineProperty(holderOf(this, context, key), key, descriptor);
}

function getOwnPropertyDescriptor(this: Call, context: object, key: PropertyKey): PropertyDescriptor | undefined {
  return Reflect.getOwnPropertyDescriptor(holderOf(this, context, key), key);
}

function ownKeys(this: Call, context: object): (string | symbol)[] {
  return [...new Set([...Reflect.ownKeys(context), ...Reflect.ownKeys(answersOf(this))])];
}

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
