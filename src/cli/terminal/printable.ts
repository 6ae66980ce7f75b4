import { printable } from '../../core/printable.js';

const MAX_TEXT = 1000;

/** Text from elsewhere as one line that is safe to print, cut where nobody reads on. */
export function printableText(text: string): string {
  return printable(text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
}

/** JSON that is safe to print: `JSON.stringify` itself leaves most characters above ASCII as they are. */
export function printableJson(json: string): string {
  return json
    .split('\n')
    .map((line) => printable(line))
    .join('\n');
}

/** A patch that is safe to print, and still applies to a file with tabs or with line ends of Windows. */
export function printablePatch(patch: string): string {
  return patch
    .split(/(\t|\r?\n)/)
    .map((part, at) => (at % 2 === 0 ? printable(part) : part))
    .join('');
}
