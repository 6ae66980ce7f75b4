import pc from 'picocolors';
import { printableJson, printableText } from './printable.js';

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

/** Text in a style. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** A line to print. Its text is kept apart from colours, so that text cannot smuggle in a colour or another command. */
export type Line = string | readonly (string | Span)[];

export function bold(text: string): Span {
  return { text, style: 'bold' };
}

export function dim(text: string): Span {
  return { text, style: 'dim' };
}

export function green(text: string): Span {
  return { text, style: 'green' };
}

export function red(text: string): Span {
  return { text, style: 'red' };
}

export function yellow(text: string): Span {
  return { text, style: 'yellow' };
}

export function printLines(lines: readonly Line[], stream: NodeJS.WriteStream = process.stdout): void {
  const colors = pc.createColors(hasColors(stream));
  const text = lines.map((line) => {
    const spans = typeof line === 'string' ? [line] : line;
    return `${spans
      .map((span) => (typeof span === 'string' ? printableText(span) : colors[span.style](printableText(span.text))))
      .join('')}\n`;
  });
  stream.write(text.join(''));
}

/** Any value of NO_COLOR except the empty string turns colours off: https://no-color.org */
function hasColors(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, TERM } = process.env;
  return stream.isTTY === true && !NO_COLOR && TERM !== 'dumb';
}

/** Indented for people and programs; on one line (`0`) where more lines follow. */
export function printJson(value: unknown, indent: 0 | 2 = 2): void {
  process.stdout.write(`${printableJson(JSON.stringify(value, null, indent))}\n`);
}
