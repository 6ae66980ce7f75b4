/** The tests that docs/testing.md shows, in a project that has the package installed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { blocksOf } from '../docs/blocks.js';
import { link } from './project.js';

/** Writes every file of the page, and the handler as others compile it. @param project With the package in node_modules. */
export function writeTestingPage(project: string): void {
  for (const { file, text } of blocksOf('docs/testing.md')) {
    if (file !== undefined) writeFileSync(join(project, file), text);
    if (file !== 'notes.ts') continue;
    for (const [extension, format] of [
      ['mjs', 'esm'],
      ['cjs', 'cjs'],
    ] as const) {
      writeFileSync(join(project, `notes.${extension}`), transformSync(text, { loader: 'ts', format }).code);
    }
  }
  for (const name of ['vitest', 'expect']) link(project, name);
  writeFileSync(join(project, 'jest.cjs'), JEST);
}

/** In place of Jest, which is large: its own `expect`, and what Jest makes global. */
const JEST = `globalThis.expect = require('expect').expect;
globalThis.test = require('node:test').test;
`;
