import type { RequestFacts } from '../core/decide.js';
import type { Decision } from '../core/policy.js';
import { printable } from '../core/printable.js';
import type { HttpEvent } from '../events/types.js';
import { type CorsOptions, type RefusedRequest, tell } from './options.js';

/** Tells `onRefused` of a request. Nothing that it does changes the answer. */
export async function tellRefused(
  options: CorsOptions,
  event: HttpEvent,
  { method, origin, requestMethod, requestHeaders }: RequestFacts,
  decision: Decision,
): Promise<void> {
  const preflight = decision.preflight !== undefined;
  const request: RefusedRequest = {
    origin: escaped(origin as string),
    method: escaped(preflight ? (requestMethod as string) : method),
    preflight,
    requestHeaders: preflight && requestHeaders !== undefined ? escaped(requestHeaders) : undefined,
  };
  try {
    await options.onRefused?.(request, event);
  } catch (error) {
    tell(options, 'error', 'onRefused failed', error);
  }
}

/** Strings of a client, cut and escaped, end up in logs. */
const MAX_TEXT = 256;

/** Text that neither breaks out of its line or its quotes, nor looks like another origin: printable ASCII only. */
function escaped(text: string): string {
  return printable(text.slice(0, MAX_TEXT), /[^ !#-[\]-~]/g);
}
