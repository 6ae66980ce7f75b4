/**
 * Text from a response as Chromium's console shows it: what is not printable ASCII as `\uXXXX`, so that nothing
 * reaches a terminal as a command.
 */
export function escapeText(text: string): string {
  const start = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return start.replace(/[^ -~…]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
}

/** Nobody reads on; a server can send megabytes. */
const LONGEST = 500;
