import type { HeaderLine } from '../../src/browser.js';

/** The headers in the text, one per line; `faults` are about lines that are not headers. */
export interface WrittenHeaders {
  readonly lines: readonly HeaderLine[];
  readonly faults: readonly string[];
}

export function readHeaders(text: string): WrittenHeaders {
  const lines: HeaderLine[] = [];
  const faults: string[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const colon = line.indexOf(':');
    if (colon < 1) faults.push(`line ${at + 1} does not begin with a name and a colon; write "Name: value"`);
    else lines.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return { lines, faults };
}
