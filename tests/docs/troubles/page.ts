/** docs/troubleshooting.md as data: its sentences, and what it says of each cause. */
import { textOf } from '../blocks.js';
import { patternOf } from '../pages.js';

export type Console = 'Chrome, Edge' | 'Firefox' | 'Safari' | 'Deployment';

export interface Sentence {
  readonly console: Console;
  /** Whether a console's text has it. `…` stands for anything. */
  readonly pattern: RegExp;
  readonly text: string;
}

/** What a command prints where an entry's cause is at work. */
export interface Shown {
  readonly command: 'probe' | 'lint';
  readonly args: readonly string[];
  readonly text: string;
  readonly pattern: RegExp;
}

export interface Entry {
  readonly section: string;
  readonly cause: string;
  /** Those of the section; of a console that the entry has sentences of its own for, these. */
  readonly sentences: readonly Sentence[];
  readonly shown: readonly Shown[];
  readonly remedy: string;
}

const [, ...SECTIONS] = textOf('docs/troubleshooting.md').split(/^## /m);

export const ENTRIES: readonly Entry[] = SECTIONS.flatMap((section) => {
  const [head = '', ...entries] = section.split(/^### /m);
  const title = lineOf(head);
  const common = sentencesIn(head);
  return entries.map((entry): Entry => {
    const own = sentencesIn(entry);
    return {
      section: title,
      cause: lineOf(entry),
      sentences: [...common.filter((each) => !own.some((other) => other.console === each.console)), ...own],
      shown: shownIn(entry),
      remedy: /^\*\*To fix it\*\*: (.+)$/m.exec(entry)?.[1] ?? '',
    };
  });
});

function lineOf(text: string): string {
  return text.split('\n')[0] ?? '';
}

function sentencesIn(text: string): readonly Sentence[] {
  return [...text.matchAll(/^- (Chrome, Edge|Firefox|Safari|Deployment): `([^`]+)`$/gm)].map(
    ([, console, sentence = '']) => ({ console: console as Console, text: sentence, pattern: patternOf(sentence) }),
  );
}

function shownIn(text: string): readonly Shown[] {
  return [...text.matchAll(/^- `(probe|lint)( [^`]+)?` prints `([^`]+)`/gm)].map(
    ([, command, args = '', printed = '']) => ({
      command: command as Shown['command'],
      args: args.split(' ').filter((arg) => arg !== ''),
      text: printed,
      pattern: patternOf(printed),
    }),
  );
}
