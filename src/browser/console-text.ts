const MAX_TEXT = 500;

/**
 * Text from a response as Chromium's console shows it: anything but printable ASCII as `\uXXXX`, so that no terminal
 * takes it for a command. Long text is cut, since a server can send megabytes.
 */
export function consoleText(text: string): string {
  const start = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return start.replace(/[^ -~…]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
}
