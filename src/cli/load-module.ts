import { pathToFileURL } from 'node:url';
import { isMisuse, misuse } from './misuse.js';
import { settle } from './settle.js';

export type Module = Readonly<Record<string, unknown>>;

/** Imports a user's file. If that fails, the error has one line that says why. */
export async function loadModule(file: string, shown: string): Promise<Module> {
  try {
    return await settle<Module>(
      import(pathToFileURL(file).href),
      `importing ${shown} never ends, because of a top-level await that never settles, in it or in what it imports; fix that first`,
    );
  } catch (error) {
    if (isPolicyError(error) || isMisuse(error)) throw error;
    throw misuse(`${shown} ${whyNot(error, shown)}`);
  }
}

function whyNot(error: unknown, shown: string): string {
  const { code } = error as { readonly code?: unknown };
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION' && /\.[cm]?ts$/.test(shown)) {
    return (
      `is TypeScript, which Node.js ${process.versions.node} does not run; ` +
      'build it first and name the .js file, or use Node.js 22.18 or later'
    );
  }
  if (code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX') {
    return `has TypeScript syntax that Node.js cannot strip (${firstLine(error)}); build it first and name the .js file`;
  }
  const place = placeOf(error);
  return `threw when it was imported: ${firstLine(error)}${place === undefined ? '' : ` (${place})`}; fix that first`;
}

/** Name and message, without the lines that some errors append. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.trim().split('\n', 1)[0] as string;
}

/** The first place in the user's own code in a stack. */
function placeOf(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = stack.matchAll(/(?:file:\/\/)?((?:\/|[A-Za-z]:[\\/])[^\s():]+:\d+)/g);
  return [...places].map(([, place]) => place).find((place) => place !== import.meta.filename);
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
