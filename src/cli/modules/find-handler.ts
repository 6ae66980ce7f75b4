import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { quote } from '../../core/printable.js';
import type { GatewayHandler } from '../../gateway.js';
import { misuse } from '../input/misuse.js';
import { faultText } from '../input/thrown.js';
import type { Module } from './load-module.js';

/** Where a handler is, by the Handler setting of its function. */
export interface HandlerPlace {
  readonly setting: string;
  /** The module without its extension, as the setting has it. */
  readonly module: string;
  /** The names of the export, with dots between them. */
  readonly path: string;
  /** As the user would write it. */
  readonly shown: string;
  readonly file: string;
}

/** In the order in which Lambda tries them, then those that Lambda does not run. */
const EXTENSIONS = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.tsx'];

/** Finds the file of the handler that a function's Handler setting names, such as `src/notes.handler`. */
export function findHandler(setting: string): HandlerPlace {
  const [, name = '', path = ''] = /^([^.]*)\.(.+)$/.exec(basename(setting)) ?? [];
  if (name === '') {
    throw misuse(
      `${quote(setting)} does not name a handler; write it as Lambda does, file.export, such as src/notes.handler`,
    );
  }
  const module = join(dirname(setting), name);
  const shown = EXTENSIONS.map((extension) => module + extension).find(isFile);
  if (shown === undefined) {
    const others = `${EXTENSIONS.slice(1, -1).join(', ')} or ${EXTENSIONS.at(-1)}`;
    throw misuse(
      `${module}.js does not exist, and neither does it with ${others}; build it first, or correct the path`,
    );
  }
  return { setting, module, path, shown, file: resolve(shown) };
}

/** The handler in what its file exports. */
export function handlerIn(loaded: Module, place: HandlerPlace): GatewayHandler {
  const { path, shown } = place;
  let handler: unknown;
  try {
    handler = find(loaded, path);
  } catch (error) {
    throw misuse(`${shown} threw when its export ${quote(path)} was read: ${faultText(error)}; fix that first`);
  }
  if (typeof handler === 'function') return handler as GatewayHandler;
  throw misuse(
    `${shown} ${handler === undefined ? `has no export ${quote(path)}` : `exports ${quote(path)}, but not as a function`}; ${hint(place, loaded)}`,
  );
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** As on Lambda, `a.b` is the `b` of the export `a`. */
function find(module: Module, path: string): unknown {
  // Node.js does not see every export of a CommonJS module, so its `module.exports` is searched too.
  const { default: whole } = module;
  return follow(module, path) ?? follow(whole, path);
}

function follow(from: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[name], from);
}

function hint({ setting, module }: HandlerPlace, loaded: Module): string {
  const functions = Object.keys({ ...(loaded.default as object | undefined), ...loaded }).filter(
    (name) => typeof find(loaded, name) === 'function' && name !== 'default',
  );
  const likely = functions.includes('handler') ? 'handler' : functions[0];
  if (likely === undefined) return 'export the handler under that name';
  if (EXTENSIONS.some((extension) => setting.endsWith(extension))) return `write ${module}.${likely}`;
  return `it exports ${functions.join(', ')}: write ${module}.${likely}`;
}
