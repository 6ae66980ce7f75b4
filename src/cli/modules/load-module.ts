import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { remember, rememberThrown, settleDown } from '../input/background.js';
import { isMisuse, misuse } from '../input/misuse.js';
import { settle } from '../input/settle.js';
import { faultText, firstLine, placeOf, shownPlace } from '../input/thrown.js';

export type Module = Readonly<Record<string, unknown>>;

export const INSTALL_ESBUILD = 'npm install --save-dev esbuild';

/** What Node.js says of TypeScript that needs more than to have its types removed. */
const PARTLY: ReadonlySet<unknown> = new Set([
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_MODULE_NOT_FOUND',
  'MODULE_NOT_FOUND',
  'ERR_UNSUPPORTED_DIR_IMPORT',
]);

export function isTypeScript(file: string): boolean {
  return /\.([cm]?ts|tsx)$/.test(file);
}

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
    rememberThrown(error);
    if (isPolicyError(error) || isMisuse(error)) throw error;
    throw misuse(`${shown} ${whyNot(error, file)}`);
  }
}

function whyNot(error: unknown, file: string): string {
  const code = codeOf(error);
  const text = firstLine(error);
  if (isTypeScript(file)) {
    if (code === 'ERR_UNKNOWN_FILE_EXTENSION') {
      return `is TypeScript, which Node.js ${process.versions.node} does not run by itself; run ${INSTALL_ESBUILD}`;
    }
    if (PARTLY.has(code)) {
      return `threw when it was imported: ${faultText(error)}; Node.js by itself runs only a part of TypeScript, so run ${INSTALL_ESBUILD}`;
    }
  }
  if (/^SyntaxError: (Unexpected token 'export'|Cannot use import statement)/.test(text)) {
    return `is an ES module, and Node.js takes it for CommonJS (${text}); name it .mjs, or set "type": "module" in package.json`;
  }
  if (text.startsWith('SyntaxError: ')) {
    return `threw when it was imported: ${text} (${syntaxPlace(error, file)}); fix that first`;
  }
  return `threw when it was imported: ${faultText(error)}; fix that first`;
}

/** Above its stack, an error in a CommonJS file says where. Of one in an ES module Node.js keeps that, and prints it. */
function syntaxPlace(error: unknown, file: string): string {
  const place = shownPlace(String((error as { readonly stack?: unknown }).stack).split('\n', 1)[0] as string);
  if (place !== undefined) return place;
  const thrown = placeOf(error);
  if (thrown !== undefined) return thrown;
  const { stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8', timeout: 5000 });
  return shownPlace((stderr ?? '').split('\n', 1)[0] as string) ?? 'in what it imports';
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
