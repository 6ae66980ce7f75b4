import type { PolicyIssue } from '../../core/policy-error.js';
import { printable, quote } from '../../core/printable.js';

/**
 * What a target cannot express, or an argument of `generate` that is not valid. Names every fault at once, each with
 * the way out.
 *
 * @example
 * try {
 *   generate({ allowOrigins: 'https://*.example.com' }, 'sam')
 * } catch (error) {
 *   if (error instanceof GenerateError) console.error(error.message) // …allowOrigins: …has patterns, which sam cannot match; …
 * }
 */
export class GenerateError extends Error {
  /** Its name, for code that cannot use `instanceof`. */
  override readonly name = 'GenerateError';
  /** Every fault, with the way out. */
  readonly issues: readonly PolicyIssue[];

  constructor(target: string, issues: readonly PolicyIssue[]) {
    const lines = issues.map(
      ({ path, value, reason, fix }) => `\n  ${printable(`${path}: ${show(value)} ${reason}; ${fix}`)}`,
    );
    super(`nothing is generated for ${quote(target)}:${lines.join('')}`);
    this.issues = issues;
  }
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? `a ${typeof value}`;
}
