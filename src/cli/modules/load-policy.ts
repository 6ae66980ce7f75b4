import { extname, resolve } from 'node:path';
import { type CompiledPolicy, type CorsPolicy, compilePolicy } from '../../index.js';
import { isMisuse, misuse } from '../input/misuse.js';
import { tellingWait } from '../input/settle.js';
import { checkIsFile, readText, shownName } from '../input/text-file.js';
import { faultText, firstLine } from '../input/thrown.js';
import { bundle } from './bundle.js';
import { findEsbuild } from './esbuild.js';
import { isPolicyError, isTypeScript, loadModule, type Module } from './load-module.js';

const MODULES = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];
const KIND = 'a .json, .js or .ts file';

/** The policy in a JSON file, or in a module's export `policy` or default export. */
export async function loadPolicy(path: string): Promise<CompiledPolicy> {
  try {
    const policy = (await loadValue(path)) as CorsPolicy;
    return blaming(path, () => compilePolicy(policy));
  } catch (error) {
    if (!isPolicyError(error)) throw error;
    const count = error.issues.length;
    const faults = error.message.trim().split(/\n\s*/);
    throw misuse(`${path} is not a valid policy; it has ${count === 1 ? 'one fault' : `${count} faults`}:`, faults);
  }
}

/** The value in a JSON file, or the export of a module. */
export async function loadValue(path: string, name = 'policy'): Promise<unknown> {
  const file = resolve(path);
  checkIsFile(path, KIND);
  const extension = extname(file);
  if (MODULES.includes(extension)) {
    const module = await tellingWait(`Importing ${path}`, importModule(file, path));
    return blaming(path, () => exportOf(module, path, name));
  }
  if (extension !== '.json') throw misuse(`${shownName(path)} is not ${KIND}; name the file after what it holds`);
  const text = readText(path, KIND).replace(/^\uFEFF/, '');
  try {
    return withoutSchema(JSON.parse(text));
  } catch (error) {
    throw misuse(`${path} is not valid JSON: ${firstLine(error)}; correct it there`);
  }
}

/** TypeScript is bundled by the project's own esbuild, where there is one. */
async function importModule(file: string, shown: string): Promise<Module> {
  const esbuild = isTypeScript(file) ? await findEsbuild(file) : undefined;
  if (esbuild === undefined) return loadModule(file, shown);
  const { load } = await bundle(esbuild, { file, shown });
  return load();
}

/** A module may export what throws when it is read. */
export function blaming<T>(path: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (isMisuse(error) || isPolicyError(error)) throw error;
    throw misuse(`${path} threw when its export was read: ${faultText(error)}; fix that first`);
  }
}

/** Editors read `$schema` to help with the file; it is not part of the policy. */
function withoutSchema(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { $schema, ...rest } = value as Module;
  return rest;
}

function exportOf(module: Module, path: string, name: string): unknown {
  // CommonJS: the default export is `module.exports`; what is compiled to it has its own default export in there.
  const { default: whole } = module;
  const fallback = isCompiled(whole) ? whole.default : whole;
  const holder = [module, whole, fallback].find((each) => typeof each === 'object' && each !== null && name in each);
  if (holder !== undefined) {
    const value = (holder as Module)[name];
    // It would count as a policy with every default, and so allow any origin.
    if (value === undefined) throw misuse(`${path} exports ${name} as undefined; give it a value`);
    return value;
  }
  if (fallback !== undefined) return fallback;
  throw misuse(`${path} does not export ${name}; export it by default or as "${name}"`);
}

function isCompiled(value: unknown): value is Module {
  return typeof value === 'object' && value !== null && '__esModule' in value && 'default' in value;
}
