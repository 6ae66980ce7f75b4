import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { remember, settleDown } from './background.js';
import { isMisuse, misuse } from './misuse.js';
import { settle } from './settle.js';
import { faultText, firstLine, shownPlace } from './thrown.js';

export type Module = Readonly<Record<string, unknown>>;

/** Imports a user's file. If that fails, the error has one line that says why. */
export async function loadModule(file: string, shown: string): Promise<Module> {
  remember(shown);
  try {
    const module = await settle<Module>(
      import(pathToFileURL(file).href),
      `importing ${shown} never ends, because of a top-level await that never settles, in it or in what it imports; fix that first`,
    );
    await settleDown();
    return module;
  } catch (error) {
    if (isPolicyError(error) || isMisuse(error)) throw error;
    throw misuse(`${shown} ${whyNot(error, shown, file)}`);
  }
}

function whyNot(error: unknown, shown: string, file: string): string {
  const code = codeOf(error);
  const text = firstLine(error);
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[cm]?ts$/.test(shown)) {
    return (
      `is TypeScript, which Node.js ${process.versions.node} does not run; ` +
      'build it first and name the .js file, or use Node.js 22.18 or later'
    );
  }
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    return `has TypeScript syntax that Node.js cannot strip (${text}); build it first and name the .js file`;
  }
  if (/^SyntaxError: (Unexpected token 'export'|Cannot use import statement)/.test(text)) {
    return `is an ES module, and Node.js takes it for CommonJS (${text}); name it .mjs, or set "type": "module" in package.json`;
  }
  if (text.startsWith('SyntaxError: '))
    return `threw when it was imported: ${text}${syntaxPlace(file)}; fix that first`;
  return `threw when it was imported: ${faultText(error)}; fix that first`;
}

/** Of an error of syntax in the file itself. Node.js keeps it from scripts, and prints it. */
function syntaxPlace(file: string): string {
  const { stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8', timeout: 5000 });
  const place = shownPlace((stderr ?? '').split('\n', 1)[0] as string);
  return place === undefined ? '' : ` (${place})`;
}

function codeOf(error: unknown): unknown {
  try {
    return (error as { readonly code?: unknown } | null | undefined)?.code;
  } catch {
    return undefined;
  }
}

/** Goes by the name, because a user's file may compile its policy with another copy of lambda-cors. */
export function isPolicyError(error: unknown): error is Error & { readonly issues: readonly PolicyIssue[] } {
  return error instanceof Error && error.name === 'CorsPolicyError' && 'issues' in error && Array.isArray(error.issues);
}

interface PolicyIssue {
  readonly path: string;
  readonly value: unknown;
  readonly reason: string;
  readonly fix: string;
}
