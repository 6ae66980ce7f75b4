import pc from 'picocolors';
import { printableJson, printableText } from './printable.js';

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

/** Text in a style. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** What is to be printed. Text stays apart from colours, so that nothing in it can be a colour, or any other command. */
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

/** https://no-color.org: any value but an empty one. */
function hasColors(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, TERM } = process.env;
  return stream.isTTY === true && !NO_COLOR && TERM !== 'dumb';
}

/** For people and programs: indented; on one line where more will follow. */
export function printJson(value: unknown, indent: 0 | 2 = 2): void {
  process.stdout.write(`${printableJson(JSON.stringify(value, null, indent))}\n`);
}
