import type { RequestFacts } from '../core/decide.js';
import type { Decision } from '../core/policy.js';
import { printable } from '../core/printable.js';
import type { HttpEvent } from '../events/types.js';
import { type CorsOptions, type RefusedRequest, tell } from './options.js';

/** Strings of a client, cut and escaped, end up in logs. */
const MAX_TEXT = 256;

/** Tells `onRefused` of a request. Nothing that it does changes the answer. */
export function tellRefused(options: CorsOptions, event: HttpEvent, facts: RequestFacts, decision: Decision): void {
  const { method, origin, requestMethod, requestHeaders } = facts;
  const preflight = decision.preflight !== undefined;
  const request: RefusedRequest = {
    origin: escaped(origin) as string,
    method: escaped(preflight ? requestMethod : method) as string,
    preflight,
    requestHeaders: preflight ? escaped(requestHeaders) : undefined,
  };
  try {
    Promise.resolve(options.onRefused?.(request, event)).catch((error) => tellFailure(options, error));
  } catch (error) {
    tellFailure(options, error);
  }
}

function tellFailure(options: CorsOptions, error: unknown): void {
  tell(options, 'error', 'onRefused failed', error);
}

/** Text that neither breaks out of its line or its quotes, nor looks like another origin: printable ASCII only. */
function escaped(text: string | undefined): string | undefined {
  return text && printable(text.slice(0, MAX_TEXT), /[^ !#-[\]-~]/g);
}
