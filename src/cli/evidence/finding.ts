import type { Cause } from '../../diagnosis/cause.js';
import { bold, dim, type Line, yellow } from '../terminal/print.js';

/** A likely cause, and what shows it. */
export interface Finding extends Cause {
  readonly evidence: string;
}

/** The finding as `--json` prints it: what was found, what shows it, what to do, where to read on. */
export function finding({ code, title, remedy, link }: Cause, evidence: string): Finding {
  return { code, title, evidence, remedy, link };
}

/** Findings as text, under a heading; nothing if there are none. */
export function findingLines(heading: string, findings: readonly Finding[]): readonly Line[] {
  if (findings.length === 0) return [];
  const lines = findings.flatMap(({ code, title, evidence, remedy, link }): Line[] => [
    [yellow('! '), title, ` [${code}]`],
    ['  Seen: ', evidence],
    ['  To fix it: ', remedy],
    [dim(`  ${link}`)],
  ]);
  return ['', [bold(heading)], ...lines];
}
