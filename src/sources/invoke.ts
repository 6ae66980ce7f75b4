import type { FaultKind } from '../sources/rules.js';
import { STREAMING } from './awslambda.js';
import type { LambdaContext } from './context.js';
import type { GatewayFault, GatewayHandler } from './types.js';

/** Why the gateway answers instead of the function. */
export interface Failure extends GatewayFault {
  readonly kind: FaultKind;
}

/** What became of an invocation: the JSON of the result, or what went wrong. */
export type Outcome = { readonly json: string; readonly fault?: GatewayFault } | { readonly failure: Failure };

interface Returned {
  readonly value: unknown;
  readonly fault?: GatewayFault;
}

/** Refuses, before any request comes, what Lambda refuses when it loads a function. */
export function checkHandler(handler: unknown, nodejs: 22 | 24): asserts handler is GatewayHandler {
  if (typeof handler !== 'function') {
    throw new TypeError(
      `createGateway needs a handler, a function of (event, context), but got ${handler === null ? 'null' : typeof handler}`,
    );
  }
  if (STREAMING in handler) return;
  if (nodejs === 24 && handler.length >= 3) {
    throw new TypeError(
      'the handler has three parameters, so it is a callback-style handler, which Node.js 24 on Lambda refuses (Runtime.CallbackHandlerDeprecated): make it async and return the result',
    );
  }
}

export function isStreaming(handler: GatewayHandler): boolean {
  return STREAMING in handler;
}

/**
 * Calls a handler as Lambda's runtime does, and waits no longer than the function or the gateway may take. What passes
 * through JSON on Lambda does so here.
 */
export async function invoke(
  handler: GatewayHandler,
  event: unknown,
  context: LambdaContext,
  times: { readonly timeout: number; readonly gatewayTimeout: number | undefined; readonly nodejs: 22 | 24 },
): Promise<Outcome> {
  const { timeout, gatewayTimeout, nodejs } = times;
  const alarms: NodeJS.Timeout[] = [];
  function alarm(kind: 'function timeout' | 'gateway timeout', delay: number, message: string): Promise<Outcome> {
    return new Promise((resolve) => {
      alarms.push(setTimeout(() => resolve({ failure: { kind, message } }), delay).unref());
    });
  }

  const ends = [
    (nodejs === 24 ? callOn24 : callOn22)(handler, event, context).then(
      toOutcome,
      (error: unknown): Outcome => ({
        failure: { kind: 'thrown', message: `the handler threw ${describe(error)}`, error },
      }),
    ),
    alarm('function timeout', timeout, `Task timed out after ${(timeout / 1000).toFixed(2)} seconds`),
  ];
  if (gatewayTimeout !== undefined && gatewayTimeout < timeout) {
    ends.push(
      alarm('gateway timeout', gatewayTimeout, `the gateway waited ${gatewayTimeout} ms and the function went on`),
    );
  }
  const outcome = await Promise.race(ends);
  for (const timer of alarms) clearTimeout(timer);
  return outcome;
}

async function callOn24(handler: GatewayHandler, event: unknown, context: LambdaContext): Promise<Returned> {
  return { value: await (handler as (event: unknown, context: unknown) => unknown)(event, context) };
}

/**
 * Up to Node.js 22, only a promise or the callback counts. What else a handler returns is ignored, and the answer is
 * `null` once nothing is left to do; with two parameters there is nothing to wait for.
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/Runtime.js
 */
function callOn22(handler: GatewayHandler, event: unknown, context: LambdaContext): Promise<Returned> {
  return new Promise((resolve, reject) => {
    const returned = handler(event, context, (error: unknown, value: unknown) =>
      error === undefined || error === null ? resolve({ value }) : reject(error),
    );
    if (isThenable(returned)) {
      returned.then((value) => resolve({ value }), reject);
    } else if (handler.length < 3) {
      resolve(returned === undefined ? { value: null } : { value: null, fault: IGNORED });
    }
  });
}

const IGNORED: GatewayFault = {
  kind: 'result ignored',
  message:
    'the handler returned a result that is no promise, which Lambda ignores up to Node.js 22: make the handler async',
};

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

/** Throws where JSON cannot hold the value, and the runtime then reports an error. */
function toOutcome({ value, fault }: Returned): Outcome {
  try {
    const json = JSON.stringify(value) ?? 'null';
    return fault === undefined ? { json } : { json, fault };
  } catch (error) {
    return { failure: { kind: 'thrown', message: `the result is not JSON: ${describe(error)}`, error } };
  }
}

export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
