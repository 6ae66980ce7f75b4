import { existsSync, readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { type CompiledPolicy, type CorsPolicy, compilePolicy } from '../index.js';
import { firstLine, isPolicyError, loadModule, type Module } from './load-module.js';
import { misuse } from './misuse.js';

const MODULES = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];

/** The policy in a file: JSON, or what a module exports as `policy` or by default. */
export async function loadPolicy(path: string): Promise<CompiledPolicy> {
  try {
    return compilePolicy((await read(path)) as CorsPolicy);
  } catch (error) {
    if (!isPolicyError(error)) throw error;
    const count = error.issues.length;
    const faults = error.message.trim().split(/\n\s*/);
    throw misuse(`${path} is no valid policy; ${count === 1 ? 'one fault' : `${count} faults`} to mend:`, faults);
  }
}

/** What a file holds: JSON, or the export of a module. */
export async function read(path: string, name = 'policy'): Promise<unknown> {
  const file = resolve(path);
  if (!existsSync(file)) throw misuse(`${path} does not exist; give the path of a .json, .js or .ts file`);
  const extension = extname(file);
  if (MODULES.includes(extension)) return exportOf(await loadModule(file, path), path, name);
  if (extension !== '.json') {
    throw misuse(`${path} is neither .json, .js nor .ts; name the file after what it holds`);
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw misuse(`${path} cannot be read as JSON: ${firstLine(error)}; mend it there`);
  }
}

function exportOf(module: Module, path: string, name: string): unknown {
  const { default: fallback } = module;
  // CommonJS: the default export is `module.exports`.
  const holder = [module, fallback].find((each) => typeof each === 'object' && each !== null && name in each);
  if (holder !== undefined) {
    const value = (holder as Module)[name];
    // It would pass for a policy with every default, and so for one that allows any origin.
    if (value === undefined) throw misuse(`${path} exports ${name} as undefined; give it a value`);
    return value;
  }
  if (fallback !== undefined) return fallback;
  throw misuse(`${path} exports no ${name}; export it by default or as "${name}"`);
}
