import { printable } from '../../core/printable.js';

/**
 * What `enable` cannot do with a document: nothing is written then.
 *
 * @example
 * try {
 *   enableDocument(text, policy, { resources: ['/dogs'] })
 * } catch (error) {
 *   if (error instanceof EnableError) console.error(error.message) // template.yaml: there is no resource /dogs; …
 * }
 */
export class EnableError extends Error {
  /** Its name, for code that cannot use `instanceof`. */
  override readonly name = 'EnableError';
  /** The faults one by one, where one line cannot hold them. */
  readonly issues: readonly string[];

  constructor(message: string, issues: readonly string[] = []) {
    super([message, ...issues.map((issue) => `  ${issue}`)].map((line) => printable(line)).join('\n'));
    this.issues = issues;
  }
}
