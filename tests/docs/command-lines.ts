/** The command lines of the documents, in blocks and within sentences. */
import { type Block, blocksOf, PAGES, textOf } from './blocks.js';

export interface CommandLine {
  readonly page: string;
  readonly at: string;
  readonly line: string;
}

export const LINES: readonly CommandLine[] = PAGES.flatMap((page) => blocksOf(page))
  .filter(({ language }) => language === 'sh')
  .flatMap((block) => linesOf(block).map((line) => ({ page: block.page, at: block.name, line })));

/** Without comments; one command each. */
function linesOf({ text }: Block): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/(^| )#.*$/, '').trim())
    .flatMap((line) => line.split(' && '))
    .filter((line) => line !== '');
}

const PROGRAM = /^((npx )?lambda-cors|npm run|node) /;
const NAMES = /^(explain|probe|lint|generate|enable) /;

/** `lambda-cors enable FILE`, or in a sentence about the command `enable FILE`. */
export const INLINE: readonly CommandLine[] = PAGES.flatMap((page) => {
  const prose = textOf(page).replace(/^ *```.*?^ *```/gms, '');
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code.replace(NAMES, 'lambda-cors $&'));
  const found = [...new Set(spans)].filter((code) => PROGRAM.test(code));
  return found.flatMap((line) => line.split(' && ').map((each) => ({ page, at: page, line: each })));
});

/** The words of a line, without their quotes, and without the file that takes its output. */
export function wordsOf(line: string): readonly string[] {
  const words = line.replace(/ > \S+$/, '').match(/'[^']*'|"[^"]*"|[^\s]+/g) ?? [];
  return words.map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
}
