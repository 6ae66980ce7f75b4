import type { Engine } from './engine.js';
import { firefoxLines } from './firefox-console.js';
import { consoleMessage, type Place } from './message.js';
import type { CredentialsMode, Exchange, Fault } from './types.js';
import { webkitLines } from './webkit-console.js';

/** A request that failed, with everything that consoles name. */
export interface FailedRequest extends Place {
  readonly fault: Fault;
  /** What the Origin header says, which is `null` after some redirects. */
  readonly sentOrigin: string;
  readonly credentials: CredentialsMode;
  /** The URL that redirects to `url`. */
  readonly from: string | undefined;
  /** Whether it needs a preflight. */
  readonly needsPreflight: boolean;
  /** Whether CORS judges it. */
  readonly cors: boolean;
  /** The last exchange; `undefined` if nothing was sent. */
  readonly exchange: Exchange | undefined;
  /** Where the response redirects to. */
  readonly target: string | undefined;
  /** A request header's name as the page wrote it. */
  readonly written: (name: string) => string;
}

/**
 * What the engine's console says of a failure, in one line or several. Firefox and WebKit say nothing of failures that
 * are not about CORS; then it is the error that the page gets.
 */
export function messageOf(failed: FailedRequest, engine: Engine): string {
  switch (engine.name) {
    case 'firefox':
      return joined(firefoxLines(failed)) ?? 'TypeError: NetworkError when attempting to fetch resource.';
    case 'webkit':
      return joined(webkitLines(failed)) ?? 'TypeError: Load failed';
    default:
      return consoleMessage(failed.fault, failed);
  }
}

function joined(lines: readonly string[]): string | undefined {
  return lines.length === 0 ? undefined : lines.join('\n');
}
