import { printable } from '../core/printable.js';

/** Whatever was thrown, in one line. Never throws itself: what is thrown may have no text, or text that throws. */
export function describe(error: unknown): string {
  try {
    return printable(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  } catch {
    return `a value of type ${typeof error} that has no text`;
  }
}
