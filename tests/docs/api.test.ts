/** api/ and docs/api say what the entries export. A public type that changes fails here until `npm run api` is run. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DOORS, extract } from '../../scripts/api/extract.js';
import { toTsdoc } from '../../scripts/api/tsdoc.js';
import { root } from './pages.js';

const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-api-'));
afterAll(() => rmSync(folder, { recursive: true }));

function filesOf(path: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'utf8')]));
}

describe.each([
  ['api', 'npm run build && npm run api'],
  ['docs/api', 'npm run build && npm run docs:api'],
])('%s', (path, command) => {
  it(`is what ${command} writes`, () => {
    const made = join(folder, path);
    execFileSync(process.execPath, ['scripts/api.js', path, made], { cwd: root, stdio: 'pipe' });
    expect(filesOf(join(root, path))).toEqual(filesOf(made));
  });
});

it('every function has an example, which examples.test.ts runs', () => {
  const sections = Object.values(filesOf(join(root, 'docs/api'))).flatMap((text) => text.split(/^(?=## )/m).slice(1));
  const functions = sections.filter((text) => /^## \w+\(\)\n/.test(text));
  expect(functions.length).toBeGreaterThan(20);
  const without = functions.filter((text) => !text.includes('**Example**\n\n```ts\n'));
  expect(without.map((text) => text.split('\n')[0])).toEqual([]);
});

describe('the public types', () => {
  it.each([
    ['a name without documentation', 'export interface Policy {}', /ae-undocumented .*"Policy"/],
    [
      'a member without documentation',
      '/** It. */\nexport interface Policy { readonly a: 1 }',
      /ae-undocumented .*"a"/,
    ],
    [
      'a type that is reached and not exported',
      'interface Hidden {}\n/** It. */\nexport type Policy = Hidden;',
      /ae-forgotten-export .*"Hidden"/,
    ],
    ['a link that leads nowhere', '/** See {@link Nothing}. */\nexport type Policy = 1;', /ae-unresolved-link/],
  ])('are refused for %s', (_, declaration, fault) => {
    const work = mkdtempSync(join(folder, 'faulty-'));
    const source = join(work, 'declarations');
    mkdirSync(source);
    for (const { file } of DOORS) writeFileSync(join(source, file), 'export {};\n');
    writeFileSync(join(source, 'index.d.ts'), `${declaration}\nexport {};\n`);
    expect(() => extract(source, work)).toThrow(fault);
  });
});

describe('a comment', () => {
  it.each([
    ['@param origin The origin.', '@param origin - The origin.'],
    ['@throws {TypeError} For none.', '@throws `TypeError` For none.'],
    ['@example\nuse({ a: 1 })', '@example\n```ts\nuse({ a: 1 })\n```'],
    ['Takes `{ a }` or {b}.', 'Takes `{ a }` or \\{b\\}.'],
    ['See {@link readApis}.', 'See {@link readApis}.'],
    ['See https://example.com/a/#b.', 'See {@link https://example.com/a/#b | example.com b}.'],
  ])('with %j is %j for API Extractor', (written, read) => {
    const lines = (text: string): string => `/**\n * ${text.replaceAll('\n', '\n * ')}\n */`;
    expect(toTsdoc(`${lines(written)}\nexport {};`)).toBe(`${lines(read)}\nexport {};`);
  });
});
