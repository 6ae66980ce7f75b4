import { pathToFileURL } from 'node:url';
import { isMisuse, misuse } from './misuse.js';
import { settle } from './settle.js';

export type Module = Readonly<Record<string, unknown>>;

/** Imports a user's file. Why that fails is told in one line. */
export async function loadModule(file: string, shown: string): Promise<Module> {
  try {
    return await settle<Module>(
      import(pathToFileURL(file).href),
      `${shown} is never done with its import, because a top-level await in it, or in what it imports, never ends; mend that first`,
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
    return `has TypeScript that Node.js cannot strip (${firstLine(error)}); build it first and name the .js file`;
  }
  const place = placeOf(error);
  return `threw when it was imported: ${firstLine(error)}${place === undefined ? '' : ` (${place})`}; mend that first`;
}

/** Name and message, without what some errors append to it. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.trim().split('\n', 1)[0] as string;
}

/** The first line of the user's own code in a stack. */
function placeOf(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const places = stack.matchAll(/(?:file:\/\/)?((?:\/|[A-Za-z]:[\\/])[^\s():]+:\d+)/g);
  return [...places].map(([, place]) => place).find((place) => place !== import.meta.filename);
}

/** A user's file may compile its policy itself, with a lambda-cors of its own. */
export function isPolicyError(error: unknown): error is Error & { readonly issues: readonly PolicyIssue[] } {
  return error instanceof Error && error.name === 'CorsPolicyError' && 'issues' in error && Array.isArray(error.issues);
}

interface PolicyIssue {
  readonly path: string;
  readonly value: unknown;
  readonly reason: string;
  readonly fix: string;
}
