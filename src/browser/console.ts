import { chromiumLine } from './chromium-console.js';
import type { Engine } from './engine.js';
import type { FailedRequest } from './failed-request.js';
import { firefoxLines } from './firefox-console.js';
import { webkitLines } from './webkit-console.js';

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
      return chromiumLine(failed.fault, failed);
  }
}

function joined(lines: readonly string[]): string | undefined {
  return lines.length === 0 ? undefined : lines.join('\n');
}
