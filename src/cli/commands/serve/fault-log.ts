import { fileURLToPath } from 'node:url';
import type { GatewayFault } from '../../../gateway.js';
import { dim, printLines, red } from '../../terminal/print.js';

/** What a handler throws is told with its stack, as in the log of a function; the rest is in the log of requests. */
export function printFault({ kind, message, error }: GatewayFault): void {
  if (error === undefined) return;
  const own = fileURLToPath(import.meta.url);
  // Nobody's code has a part in what is not a request.
  const lines = ((kind !== 'unreadable request' && stackOf(error)) || message)
    .split('\n')
    .filter((line) => !line.includes(own));
  // Indented as frames are: no line of a message looks like one of the log.
  const more = lines.slice(1).map((line) => [dim(line.startsWith('    ') ? line : `    ${line}`)]);
  printLines([[red('✗ '), lines[0] as string], ...more], process.stderr);
}

/** Nothing where an error has none, or throws when it is asked. */
function stackOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.stack ?? '') : '';
  } catch {
    return '';
  }
}
