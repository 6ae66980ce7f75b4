/** The command was not used as it can be: exit status 2. */
export interface Misuse extends Error {
  readonly name: 'Misuse';
  /** What is wrong, point by point, where one line cannot say it. */
  readonly issues: readonly string[];
}

/** @param message What is wrong, where, and what to do about it, in one line. */
export function misuse(message: string, issues: readonly string[] = []): Misuse {
  return Object.assign(new Error(message), { name: 'Misuse', issues } as const);
}

export function isMisuse(error: unknown): error is Misuse {
  return error instanceof Error && error.name === 'Misuse' && 'issues' in error;
}

/** Text in quotation marks. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
