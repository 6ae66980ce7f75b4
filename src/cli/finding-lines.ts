import type { Finding } from './finding.js';
import { bold, dim, type Line, yellow } from './terminal.js';

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
