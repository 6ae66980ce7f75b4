import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
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

/** Standard output as the command writes to it, whoever else has been sent away from it. */
export const standardOutput: NodeJS.WriteStream = Object.create(process.stdout, {
  write: { value: process.stdout.write.bind(process.stdout) },
});

/** Sends what a user's file prints to standard error: what the command prints may be JSON, or a template. */
export function keepStandardOutput(): void {
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  // Loggers such as pino write to the descriptor itself.
  for (const name of ['write', 'writeSync', 'writev', 'writevSync', 'writeFileSync', 'appendFileSync'] as const) {
    const elsewhere = new Proxy(fs[name], {
      apply: (write, self, [descriptor, ...rest]) =>
        Reflect.apply(write, self, [descriptor === STDOUT ? STDERR : descriptor, ...rest]),
    });
    Object.defineProperty(fs, name, { value: elsewhere });
  }
  syncBuiltinESMExports();
}

const STDOUT = 1;
const STDERR = 2;

export function printLines(lines: readonly Line[], stream: NodeJS.WriteStream = standardOutput): void {
  const colors = pc.createColors(hasColors(stream));
  const text = lines.map((line) => {
    const spans = typeof line === 'string' ? [line] : line;
    return `${spans
      .map((span) => (typeof span === 'string' ? printableText(span) : colors[span.style](printableText(span.text))))
      .join('')}\n`;
  });
  stream.write(text.join(''));
}

/**
 * Any value of FORCE_COLOR except the empty string, 0 and false turns colours on, and any of NO_COLOR except the empty
 * string turns them off. As in Node.js itself, the first has the last word: https://nodejs.org/api/cli.html#force_color1-2-3
 * and https://no-color.org
 */
function hasColors(stream: NodeJS.WriteStream): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && !NO_COLOR && TERM !== 'dumb';
}

/** Indented for people and programs; on one line (`0`) where more lines follow. */
export function printJson(value: unknown, indent: 0 | 2 = 2): void {
  printText(`${printableJson(JSON.stringify(value, null, indent))}\n`);
}

/** Text that is safe to print already. */
export function printText(text: string): void {
  standardOutput.write(text);
}
