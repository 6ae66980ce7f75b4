import { afterEach, describe, expect, it, vi } from 'vitest';
import { green, printLines } from '../../../src/cli/terminal/print.js';
import { printableJson, printableText } from '../../../src/cli/terminal/printable.js';

function printed(isTTY: boolean): string {
  let text = '';
  const stream = { isTTY, write: (chunk: string) => (text += chunk) } as unknown as NodeJS.WriteStream;
  printLines([[green('a\u001b[31mb'), ' plain\r\n']], stream);
  return text;
}

afterEach(() => vi.unstubAllEnvs());

describe('colours', () => {
  it.each([
    ['on a terminal', true, {}, true],
    ['not elsewhere, whatever CI says', false, { CI: '1' }, false],
    ['anywhere with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
    ['also with FORCE_COLOR=true', false, { FORCE_COLOR: 'true', TERM: 'dumb' }, true],
    ['not elsewhere with an empty FORCE_COLOR', false, { FORCE_COLOR: '' }, false],
    ['not with FORCE_COLOR=0', true, { FORCE_COLOR: '0' }, false],
    ['not with FORCE_COLOR=false', true, { FORCE_COLOR: 'false' }, false],
    ['with FORCE_COLOR and NO_COLOR, as Node.js has it', false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    ['not with NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['also with an empty NO_COLOR', true, { NO_COLOR: '' }, true],
    ['not on a dumb terminal', true, { TERM: 'dumb' }, false],
  ])('%s', (_, isTTY, environment, colours) => {
    for (const name of ['NO_COLOR', 'FORCE_COLOR', 'CI']) vi.stubEnv(name, undefined);
    vi.stubEnv('TERM', 'xterm');
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const text = 'a\\u001b[31mb';
    expect(printed(isTTY)).toBe(`${colours ? `\u001b[32m${text}\u001b[39m` : text} plain\\u000d\\u000a\n`);
  });
});

describe('what comes from elsewhere is escaped', () => {
  it.each([
    ['\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
    ['a\nb\rc\td\0', 'a\\u000ab\\u000dc\\u0009d\\u0000'],
    ['\u009b31m', '\\u009b31m'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['\u2028\u2029\u200b\ufeff', '\\u2028\\u2029\\u200b\\ufeff'],
    ['\ud800', '\\ud800'],
    ['\u{e0041}', '\\udb40\\udc41'],
    ['é 漢 ✓', 'é 漢 ✓'],
  ])('%j', (text, escaped) => {
    expect(printableText(text)).toBe(escaped);
    expect(JSON.parse(printableJson(JSON.stringify({ text }, null, 2)))).toEqual({ text });
  });

  it('and cut where nobody reads on', () => {
    expect(printableText('x'.repeat(1_000_000))).toHaveLength(1001);
  });
});
