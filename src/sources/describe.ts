import { isPlain } from '../core/plain.js';
import { printable } from '../core/printable.js';

/** Whatever was thrown, in one line. Never throws itself: what is thrown may have no text, or text that throws. */
export function describe(error: unknown): string {
  return printable(textOfThrown(error));
}

/** The same with all of its lines, as it is. */
export function textOfThrown(error: unknown): string {
  try {
    if (error instanceof Error)
      return error.message === '' ? `${error.name} without a message` : `${error.name}: ${error.message}`;
    if (error === '') return 'an empty text';
    return isPlain(error) || Array.isArray(error) ? JSON.stringify(error) : String(error);
  } catch {
    return `a value of type ${typeof error} that has no text`;
  }
}
