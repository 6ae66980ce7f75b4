import { createInterface } from 'node:readline';
import type { EnableChange } from '../../../infra.js';
import { bold, dim, green, type Line, red, standardOutput, yellow } from '../../terminal/print.js';
import { printableText } from '../../terminal/printable.js';

/** What is changed, place by place. */
export function changeLines(changes: readonly EnableChange[]): readonly Line[] {
  const groups = new Map<string, EnableChange[]>();
  for (const change of changes) groups.set(change.where, [...(groups.get(change.where) ?? []), change]);
  return [...groups].flatMap(([where, members]) => [[bold(where)], ...members.map(changeLine)]);
}

function changeLine({ action, what, before = '', after }: EnableChange): Line {
  const value = after === undefined ? '' : `: ${after}`;
  if (action === 'add') return [green('  + '), `${what}${value}`];
  if (action === 'remove') return [red('  - '), `${what}: ${before}`];
  return [yellow('  ~ '), `${what}: `, dim(before), ' → ', after ?? 'another text'];
}

/** Whether the answer is yes; the end of the input, and Ctrl-C, are a no. */
export function confirmed(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: standardOutput });
  return new Promise((resolve) => {
    function leave(): void {
      // Nobody has pressed Enter.
      standardOutput.write('\n');
      resolve(false);
    }
    terminal.once('SIGINT', () => terminal.close());
    terminal.once('close', leave);
    terminal.question(`${printableText(question)} (y/N) `, (answer) => {
      resolve(/^y(?:es)?$/i.test(answer.trim()));
      terminal.off('close', leave).close();
    });
  });
}
