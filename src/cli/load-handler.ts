import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { GatewayHandler } from '../gateway.js';
import { isPolicyError, loadModule, type Module } from './load-module.js';
import { misuse } from './misuse.js';

/** In the order in which Lambda tries them, then those that only Node.js runs. */
const EXTENSIONS = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];

/** Loads the handler that a function's Handler setting names, such as `src/notes.handler`. */
export async function loadHandler(setting: string): Promise<GatewayHandler> {
  const [, module = '', path = ''] = /^([^.]*)\.(.+)$/.exec(basename(setting)) ?? [];
  if (module === '') {
    throw misuse(
      `"${setting}" does not name a handler; write it as Lambda does, file.export, such as src/notes.handler`,
    );
  }
  const wanted = join(dirname(setting), module);
  const file = EXTENSIONS.map((extension) => wanted + extension).find(isFile);
  if (file === undefined) {
    throw misuse(
      `${wanted}.js does not exist, and neither does it with ${others()}; build it first, or correct the path`,
    );
  }
  let loaded: Module;
  try {
    loaded = await loadModule(resolve(file), file);
  } catch (error) {
    if (!isPolicyError(error)) throw error;
    throw misuse(`importing ${file} failed because of its policy:`, error.message.trim().split(/\n\s*/));
  }
  const handler = find(loaded, path);
  if (typeof handler === 'function') return handler as GatewayHandler;
  throw misuse(
    `${file} ${handler === undefined ? `has no export "${path}"` : `exports "${path}", but not as a function`}; ${hint(setting, wanted, loaded)}`,
  );
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function others(): string {
  return `${EXTENSIONS.slice(1, -1).join(', ')} or ${EXTENSIONS.at(-1)}`;
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

function hint(setting: string, wanted: string, module: Module): string {
  const functions = Object.keys({ ...(module.default as object | undefined), ...module }).filter(
    (name) => typeof find(module, name) === 'function' && name !== 'default',
  );
  const likely = functions.includes('handler') ? 'handler' : functions[0];
  if (likely === undefined) return 'export the handler under that name';
  if (EXTENSIONS.some((extension) => setting.endsWith(extension))) return `write ${wanted}.${likely}`;
  return `it exports ${functions.join(', ')}: write ${wanted}.${likely}`;
}
