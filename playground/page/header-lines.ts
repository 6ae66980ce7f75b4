import type { HeaderLine } from '../../src/browser.js';

/** What a person wrote as headers, one a line; `faults` are the lines that are none. */
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
    if (colon < 1) faults.push(`line ${at + 1} has no name before a colon; write "Name: value"`);
    else lines.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return { lines, faults };
}
