import { describe } from './describe.js';
import type { FaultKind } from './front-door.js';
import { type AnswerMethods, callHandler, type Returned } from './handler.js';
import { whenIdle } from './idle.js';
import type { GatewayFault, GatewayHandler, NodejsRuntime } from './settings.js';

/** Why the gateway answers instead of the function. */
export interface Failure extends GatewayFault {
  readonly kind: FaultKind;
}

/** What became of an invocation: the JSON of the result, or what went wrong. */
export type Outcome = { readonly json: string; readonly fault?: GatewayFault } | { readonly failure: Failure };

interface InvokeSettings {
  /** Milliseconds that the function may take. */
  readonly timeout: number;
  /** Milliseconds that the gateway waits. */
  readonly gatewayTimeout: number | undefined;
  readonly nodejs: NodejsRuntime | undefined;
}

/**
 * Calls a handler and waits no longer than the function or the gateway may take. What passes through JSON on Lambda does
 * so here.
 */
export async function invoke(
  handler: GatewayHandler,
  event: unknown,
  makeContext: (methods?: AnswerMethods) => unknown,
  { timeout, gatewayTimeout, nodejs }: InvokeSettings,
): Promise<Outcome> {
  const { answer, promised } = callHandler(handler, event, makeContext, nodejs);
  const end = answer.then(toOutcome, (error: unknown): Outcome => ({ failure: thrown(error) }));
  const hint = promised ? '' : '; it returned no promise, and called neither its callback nor context.succeed';
  const alarms = [alarm(timeout, functionTimeout(timeout, hint)), idleAlarm(nodejs)];
  if (gatewayTimeout !== undefined && gatewayTimeout < timeout) {
    const message = `the gateway waited ${gatewayTimeout} ms, and the function had not answered${hint}`;
    alarms.push(alarm(gatewayTimeout, { kind: 'gateway timeout', message }));
  }
  const outcome = await Promise.race([end, ...alarms.map(({ rings }) => rings)]);
  for (const { cancel } of alarms) cancel();
  return outcome;
}

/** As Lambda words it, in its logs. */
export function functionTimeout(milliseconds: number, hint = ''): Failure {
  const message = `Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds${hint}`;
  return { kind: 'function timeout', message };
}

export function thrown(error: unknown): Failure {
  return { kind: 'thrown', message: `the handler threw ${describe(error)}`, error };
}

interface Alarm {
  readonly rings: Promise<Outcome>;
  readonly cancel: () => void;
}

function alarm(milliseconds: number, failure: Failure): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rings = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ failure }), milliseconds);
    // Node.js alone would wait for it although the server has been closed; elsewhere a timer is a number.
    (timer as { unref?(): void }).unref?.();
  });
  return { rings, cancel: () => clearTimeout(timer) };
}

/**
 * Nothing is left that could still answer: the answer is `null` up to Node.js 22, and an error on 24. Beside a server or
 * in a test runner this does not happen, and the time-outs are what ends the waiting.
 */
function idleAlarm(nodejs: NodejsRuntime | undefined): Alarm {
  const error = 'Runtime exited without providing a reason';
  const outcome: Outcome = nodejs === 24 ? { failure: { kind: 'thrown', message: error } } : { json: 'null' };
  let cancel = () => {};
  const rings = new Promise<Outcome>((resolve) => {
    cancel = whenIdle(() => resolve(outcome));
  });
  return { rings, cancel };
}

const IGNORED: GatewayFault = {
  kind: 'result ignored',
  message:
    'the handler returned its result without a promise, which Lambda ignores up to Node.js 22: make the handler async',
};

/** Where JSON cannot hold the value, the runtime reports an error. */
function toOutcome({ value, ignored }: Returned): Outcome {
  try {
    const json = JSON.stringify(value) ?? 'null';
    return ignored ? { json, fault: IGNORED } : { json };
  } catch (error) {
    return { failure: { kind: 'thrown', message: `the result is not JSON: ${describe(error)}`, error } };
  }
}
