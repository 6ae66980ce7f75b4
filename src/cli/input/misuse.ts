/** An error in how the command was used: exit status 2. */
export interface Misuse extends Error {
  readonly name: 'Misuse';
  /** The faults one by one, where one line cannot hold them. */
  readonly issues: readonly string[];
}

/** @param message One line: what is wrong, where, and what to do about it. */
export function misuse(message: string, issues: readonly string[] = []): Misuse {
  return Object.assign(new Error(message), { name: 'Misuse', issues } as const);
}

export function isMisuse(error: unknown): error is Misuse {
  return error instanceof Error && error.name === 'Misuse' && 'issues' in error;
}
