/** What the blocks of a page are to each other. */
import { fileURLToPath } from 'node:url';
import { type Block, blocksOf } from './blocks.js';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Output {
  readonly name: string;
  readonly output: Block;
  /** The command line that prints it. */
  readonly line: string;
  /** The files that the page has shown before. */
  readonly files: readonly Block[];
}

/** The blocks that show what the command line right before them prints. */
export function outputsOf(page: string): readonly Output[] {
  const blocks = blocksOf(page);
  return blocks.flatMap((output, at) => {
    const line = commandOf(blocks[at - 1]);
    if (line === undefined || !output.follows) return [];
    const files = blocks.slice(0, at - 1).filter(({ file }) => file !== undefined);
    return [{ name: `${output.name}, ${line}`, output, line, files }];
  });
}

/** The line of a block that has one line, and runs the command. */
function commandOf(block: Block | undefined): string | undefined {
  const [line = '', ...more] = block?.language === 'sh' ? block.text.trim().split('\n') : [];
  return line.startsWith('npx lambda-cors ') && more.length === 0 ? line.replace(/ +#.*$/, '') : undefined;
}

/** What matches a text of a page, in which `…` stands for anything: in a line, unless `anything` says otherwise. */
export function patternOf(text: string, anything = '[^\n]*'): RegExp {
  const parts = text.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join(anything));
}
