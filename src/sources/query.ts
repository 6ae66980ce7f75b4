import type { Pairs } from './messages.js';

/** The parameters of a query string as they were sent. */
export function rawParameters(query: string): Pairs {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    });
}

/** The same, decoded as HTML forms are: `+` is a space. */
export function decodedParameters(query: string): Pairs {
  return rawParameters(query).map(([name, value]) => [decodeParameter(name), decodeParameter(value)]);
}

function decodeParameter(text: string): string {
  return percentDecoded(text.replaceAll('+', ' '));
}

/** Text with its percent-encoding undone; as it is when it cannot be. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
