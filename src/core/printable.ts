/**
 * What a log or a terminal obeys, or shows as something else: controls, marks of direction, line separators, tags, halves
 * of characters. A text, since V8 looks up such classes as soon as it reads a literal: that is 0.4 ms of every cold start.
 */
export const UNPRINTABLE = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\u{e0000}-\\u{e007f}]';

/**
 * Text as one line for a log or a terminal, with `\uXXXX` for what is not safe there. Everything from outside is printed
 * through this.
 *
 * @param unsafe What else to escape.
 */
export function printable(text: string, unsafe: RegExp = new RegExp(UNPRINTABLE, 'gu')): string {
  return text.replace(unsafe, (found) =>
    found.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}

/** Text in quotation marks, for a message. */
export function quote(text: string): string {
  return printable(JSON.stringify(text));
}

/** A value in a message: its JSON, where that tells what it is. To be printed through `printable`. */
export function show(value: unknown): string {
  try {
    const json = JSON.stringify(value) ?? typeof value;
    if (json !== 'null' && json !== '{}') return json;
    // NaN, a regular expression, a promise, or really an empty object.
    const text = String(value);
    return text === '[object Object]' ? json : text;
  } catch {
    return typeof value;
  }
}
