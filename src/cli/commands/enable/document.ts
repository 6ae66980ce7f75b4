import { createPatch } from 'diff';
import type { CompiledPolicy } from '../../../index.js';
import { type Enabled, EnableError, enableDocument, TemplateError } from '../../../infra.js';
import { misuse } from '../../input/misuse.js';
import { openNamed } from '../../input/template-files.js';
import { loadPolicy } from '../../modules/load-policy.js';
import { dim, green, type Line, printJson, printLines, printText, red } from '../../terminal/print.js';
import { printablePatch } from '../../terminal/printable.js';
import { changeLines, confirmed } from './confirm.js';
import { type EnableFileOptions, selectionOf } from './options.js';
import { openWhole, type WholeFile } from './whole-file.js';

/** Writes CORS into a template or a definition, once the user has seen what that changes. */
export async function enableFile(given: string, options: EnableFileOptions): Promise<number> {
  const { dryRun = false, yes = false, json = false } = options;
  const policy = options.policy === undefined ? undefined : await loadPolicy(options.policy);
  const file = openWhole(given);
  const enabled = enabledFile(given, file.text, policy, options);
  const isChanged = enabled.text !== file.text;
  const asks = !yes && !json && process.stdin.isTTY === true && process.stdout.isTTY === true;
  if (isChanged && !dryRun && !yes && !asks) {
    throw misuse(
      `${given} is not changed, since nobody can be asked; give --yes to change it, or --dry-run to see the difference`,
    );
  }
  const write = isChanged && !dryRun && yes;
  if (json) {
    if (write) file.replace(enabled.text);
    const { changes, notes } = enabled;
    const diff = isChanged ? { diff: difference(given, file, enabled) } : {};
    printJson({ file: given, changes, notes, written: write, ...diff });
    return 0;
  }
  if (dryRun) {
    if (isChanged) printDifference(difference(given, file, enabled));
    printLines(noteLines(enabled), process.stderr);
    return 0;
  }
  printLines([...changeLines(enabled.changes), ...noteLines(enabled)]);
  if (!isChanged) {
    printLines([`${given} has all of it; nothing is changed.`]);
    return 0;
  }
  if (asks && !(await confirmed(`Write ${given}?`))) {
    printLines(['Nothing is changed.']);
    return 1;
  }
  file.replace(enabled.text);
  printLines([[green('✓ '), `${given} is written.`]]);
  return 0;
}

function enabledFile(
  given: string,
  text: string,
  policy: CompiledPolicy | undefined,
  options: EnableFileOptions,
): Enabled {
  const { path, root } = openNamed(given, undefined);
  try {
    return enableDocument(text, policy, { path, ...selectionOf(options), read: (name) => root.read(name) });
  } catch (error) {
    if (!(error instanceof EnableError) && !(error instanceof TemplateError)) throw error;
    const issues = error instanceof EnableError ? error.issues : [];
    const [message = ''] = error.message.split('\n');
    throw misuse(message.startsWith(path) ? `${given}${message.slice(path.length)}` : message, issues);
  }
}

function noteLines({ notes }: Enabled): readonly Line[] {
  return notes.map((note) => `note: ${note}`);
}

/** As patch and git read it. */
function difference(given: string, { text }: WholeFile, enabled: Enabled): string {
  const patch = createPatch(given, text, enabled.text, '', '', { context: 3 });
  // The header of a file ends with a tab and no date, which `git apply` takes for a part of the name.
  return patch.slice(patch.indexOf('--- ')).replace(/^(--- .*|\+\+\+ .*)\t$/gm, '$1');
}

function printDifference(patch: string): void {
  if (process.stdout.isTTY !== true) {
    printText(printablePatch(patch));
    return;
  }
  const lines = patch.replace(/\r?\n$/, '').split(/\r?\n/);
  printLines(lines.map((line) => differenceLine(line.replaceAll('\t', '  '))));
}

function differenceLine(line: string): Line {
  if (line.startsWith('+')) return [green(line)];
  if (line.startsWith('-')) return [red(line)];
  return line.startsWith('@') ? [dim(line)] : line;
}
