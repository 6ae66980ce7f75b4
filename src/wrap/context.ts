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
  /** The runtime's own. */
  readonly context: object;
  readonly callback: Callback;
  answers: Answers | undefined;
  /** The context that the handler sees. */
  proxy: object | undefined;
  readonly [INSPECT]: (this: object) => object;
}

/** https://nodejs.org/api/util.html#utilinspectcustom */
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** `console.log(context)` looks behind the proxy, where it would print the record; `this` is the proxy. */
function inspected(this: object): object {
  return { ...this };
}

/**
 * A context whose `succeed`, `fail` and `done` answer this call. The runtime's own would answer Lambda behind the
 * wrapper's back, and the one for Node.js 24 has none. Everything else is that of the context, which is not changed.
 *
 * A proxy, because a copy would lose the accessors of the runtime's context, and costs many times as much. It is one of
 * the record, not of the context: a proxy can show nothing else than what a frozen object has, and to ask whether a
 * context is frozen would take half as long again.
 */
export function answeringContext(context: object, callback: Callback): object {
  const call: Call = { context, callback, answers: undefined, proxy: undefined, [INSPECT]: inspected };
  call.proxy = new Proxy(call, TRAPS);
  return call.proxy;
}

// Getters and setters run on the context itself: it may have private fields.
const TRAPS: ProxyHandler<Call> = {
  get: (call, key) => holderOf(call, key)[key],
  // What inherits from the proxy gets a property of its own.
  set(call, key, value, receiver) {
    const holder = holderOf(call, key);
    return Reflect.set(holder, key, value, receiver === call.proxy ? holder : receiver);
  },
  has: (call, key) => key in holderOf(call, key),
  deleteProperty: (call, key) => Reflect.deleteProperty(holderOf(call, key), key),
  // A proxy can only show as fixed what its target has too.
  defineProperty(call, key, descriptor) {
    const fixed = descriptor.configurable === false && !(key in call);
    return (
      Reflect.defineProperty(holderOf(call, key), key, descriptor) &&
      (!fixed || Reflect.defineProperty(call, key, descriptor))
    );
  },
  getOwnPropertyDescriptor(call, key) {
    const descriptor = Reflect.getOwnPropertyDescriptor(holderOf(call, key), key);
    return key in call ? descriptor : descriptor && { ...descriptor, configurable: true };
  },
  ownKeys: (call) => [...new Set([...Reflect.ownKeys(call.context), ...Reflect.ownKeys(answersOf(call))])],
  getPrototypeOf: ({ context }) => Reflect.getPrototypeOf(context),
  setPrototypeOf: ({ context }, prototype) => Reflect.setPrototypeOf(context, prototype),
  preventExtensions: () => false,
};

function holderOf(call: Call, key: PropertyKey): Readonly<Record<PropertyKey, unknown>> {
  return (key === 'succeed' || key === 'fail' || key === 'done' ? answersOf(call) : call.context) as never;
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
