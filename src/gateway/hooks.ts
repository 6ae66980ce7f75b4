import { printable } from '../core/printable.js';
import { describe } from '../sources/describe.js';
import { isThenable } from '../sources/handler.js';
import type { GatewayFault } from '../sources/settings.js';
import type { GatewayExchange, GatewayOptions } from './types.js';

/** The hooks of a gateway, called so that nothing which they throw or reject with ends it. */
export interface Hooks {
  onError(fault: GatewayFault, event?: unknown): void;
  onExchange(exchange: GatewayExchange): void;
}

export function makeHooks(options: GatewayOptions): Hooks {
  function onError(fault: GatewayFault, event?: unknown): void {
    guard(
      () => options.onError?.(fault, event),
      // There is nobody else to tell.
      (error) =>
        process.emitWarning(
          printable(`onError of createGateway threw ${describe(error)}; it was told: ${fault.message}`),
        ),
    );
  }
  return {
    onError,
    onExchange(exchange) {
      guard(
        () => options.onExchange?.(exchange),
        (error) =>
          onError({ kind: 'hook failed', message: `onExchange threw ${describe(error)}`, error }, exchange.event),
      );
    },
  };
}

function guard(call: () => unknown, onFailure: (error: unknown) => void): void {
  try {
    const returned = call();
    if (isThenable(returned)) returned.then(undefined, onFailure);
  } catch (error) {
    onFailure(error);
  }
}
