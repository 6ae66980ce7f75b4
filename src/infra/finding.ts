/** How bad a finding is: refused or not deployed; refused under a condition that the text names; worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** Something that a browser will refuse, or that API Gateway or CloudFormation will, found before a deployment. */
export interface Finding {
  /** Stays the same from version to version; `docs/lint` has a page for each. */
  readonly code: string;
  /** How bad it is. */
  readonly severity: Severity;
  /** As the file was named. */
  readonly file: string;
  /** The line that it begins on, from 1. */
  readonly line: number;
  /** The column that it begins at, from 1. */
  readonly column: number;
  /** The line that it ends on. */
  readonly endLine: number;
  /** What is wrong, and what a browser or a deployment says about it, in one line. */
  readonly message: string;
  /** What to do about it, with the text to write. */
  readonly remedy: string;
}

const RANKS: readonly Severity[] = ['info', 'warning', 'error'];

/** Whether a severity is as bad as another, or worse. */
export function reaches(severity: Severity, least: Severity): boolean {
  return RANKS.indexOf(severity) >= RANKS.indexOf(least);
}

/** By file as they come, then from top to bottom. */
export function sortFindings(findings: readonly Finding[], files: readonly string[]): readonly Finding[] {
  const order = new Map(files.map((file, at) => [file, at]));
  const rank = (finding: Finding): number => order.get(finding.file) ?? files.length;
  return [...findings].sort(
    (a, b) => rank(a) - rank(b) || a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : 1),
  );
}
