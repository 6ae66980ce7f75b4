import { printable, show } from './printable.js';

/** One fault of a policy. */
export interface PolicyIssue {
  /** Where it is, such as `allowOrigins[1]`; `policy` for the whole. */
  readonly path: string;
  /** What stands there. */
  readonly value: unknown;
  /** What is wrong with it. */
  readonly reason: string;
  /** What to write instead. */
  readonly fix: string;
}

/**
 * A policy that is malformed, contradictory or insecure. Names every fault at once, in `issues` and in `message`.
 *
 * @example
 * try {
 *   compilePolicy({ allowOrigins: ['https://example.com/'] })
 * } catch (error) {
 *   if (error instanceof CorsPolicyError) console.error(error.message) // …allowOrigins[0]: "https://example.com/" has a path; write "https://example.com"
 * }
 */
export class CorsPolicyError extends Error {
  /** @internal Node.js prints the name of the class too, which is shortened when the package is built or bundled. */
  static override readonly name = 'CorsPolicyError';
  /** Its name, for code that cannot use `instanceof`. */
  override readonly name = 'CorsPolicyError';
  /** Every fault, in the order of the policy's keys. */
  readonly issues: readonly PolicyIssue[];

  constructor(issues: readonly PolicyIssue[]) {
    super(
      issues
        .map(({ path, value, reason, fix }) => `\n  ${printable(`${path}: ${show(value)} ${reason}; ${fix}`)}`)
        .join(''),
    );
    this.issues = issues;
  }
}
