import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { textOfThrown } from '../../sources/describe.js';

/** What was thrown, its first line, and where. */
export function faultText(error: unknown): string {
  const place = placeOf(error);
  return `${firstLine(error)}${place === undefined ? '' : ` (${place})`}`;
}

/** Name and message, without the lines that some errors append. */
export function firstLine(error: unknown): string {
  return textOfThrown(error).trim().split('\n', 1)[0] as string;
}

/** The place in a user's code that an error comes from, as `policy.js:3`; `undefined` where its stack has none. */
export function placeOf(error: unknown): string | undefined {
  const frames = framesOf(error).filter(({ file }) => file !== import.meta.filename);
  const own = frames.find(({ file }) => !file.includes(`${sep}node_modules${sep}`)) ?? frames[0];
  return own && `${shown(own.file)}:${own.line}`;
}

/** The same of a place as Node.js prints it above an error of syntax: `file:///folder/policy.js:3`. */
export function shownPlace(printed: string): string | undefined {
  const [, name = '', line = ''] = /^(.+):(\d+)$/.exec(printed) ?? [];
  const file = pathOf(name);
  return file === undefined ? undefined : `${shown(file)}:${line}`;
}

interface Frame {
  readonly file: string;
  readonly line: string;
}

/** Of the frames alone: the message above them may have anything in it that looks like a place. */
function framesOf(error: unknown): readonly Frame[] {
  const { stack, message } = readStack(error);
  const begin = message === '' ? 0 : stack.indexOf(message) + message.length;
  return stack
    .slice(begin)
    .split('\n')
    .flatMap((line) => {
      const [, name = '', number = ''] = EVALUATED.exec(line) ?? FRAME.exec(line) ?? [];
      const file = pathOf(name);
      return file === undefined ? [] : [{ file, line: number }];
    });
}

const FRAME = /^\s+at (?:.* \()?((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+):\d+\)?$/;
/** Of code in a text: where that was evaluated. */
const EVALUATED =
  /^\s+at .*?\(eval at .*?\(((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+):\d+\)+, <anonymous>:\d+:\d+\)/;

function readStack(error: unknown): { readonly stack: string; readonly message: string } {
  try {
    const { stack, message } = error as { readonly stack?: unknown; readonly message?: unknown };
    return { stack: String(stack ?? ''), message: String(message ?? '') };
  } catch {
    return { stack: '', message: '' };
  }
}

function pathOf(name: string): string | undefined {
  if (name === '') return undefined;
  try {
    return name.startsWith('file:') ? fileURLToPath(name.replace(/[?#].*$/, '')) : name;
  } catch {
    return undefined;
  }
}

/** Where the command runs; a handler may go elsewhere. */
const HOME = process.cwd();

/** From where the command runs, if that is shorter. */
function shown(file: string): string {
  const path = relative(HOME, file);
  return path.startsWith('..') ? file : path;
}
