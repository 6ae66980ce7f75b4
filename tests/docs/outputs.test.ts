/**
 * A block right after a command line is what the command prints: run with the files that the page has shown before, it
 * prints just that. `…` stands for anything.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useCommand } from '../cli/command.js';
import { type Block, blocksOf, PAGES, textOf } from './blocks.js';
import { outputsOf, patternOf, root } from './pages.js';
import { PLAYED } from './played.js';

const command = useCommand();

/** Rewrites the blocks instead: `UPDATE_DOCS=1 npx vitest run tests/docs/outputs.test.ts`. */
const UPDATE = process.env.UPDATE_DOCS === '1';

const OUTPUTS = PAGES.flatMap(outputsOf);

describe('is what its command prints:', () => {
  it.each(OUTPUTS)('$name', async ({ output, line, files }) => {
    for (const { file, text } of files) command.write(file as string, text);
    const played = PLAYED[line];
    const printed = played === undefined ? await run(line) : await played(command);
    if (UPDATE && !output.text.includes('…')) return update(output, printed);
    expect(printed.trim()).toMatch(new RegExp(`^${patternOf(output.text.trim(), '[^]*?').source}$`));
  });
});

it('outputs are found', () => {
  expect(OUTPUTS.length).toBeGreaterThan(8);
  expect(Object.keys(PLAYED).filter((line) => !OUTPUTS.some((each) => each.line === line))).toEqual([]);
});

async function run(line: string): Promise<string> {
  const { stdout } = await command.run(
    ...line
      .replace(/ > \S+$/, '')
      .split(' ')
      .slice(2),
  );
  return stdout;
}

function update({ page, at }: Block, printed: string): void {
  const text = textOf(page);
  const old = blocksOf(page, text)[at] as Block;
  writeFileSync(
    join(root, page),
    text.replace(`\n${old.text}\`\`\``, () => `\n${printed.trim()}\n\`\`\``),
  );
}
