/** Compiles every example, and runs it. An example that promises an error throws it. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { tsc } from '../package/project.js';
import { EXAMPLES, writeExamples } from './examples.js';
import { importExample } from './import-example.js';

const folder = writeExamples();
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
});

it('examples are found', () => {
  expect(EXAMPLES.length).toBeGreaterThan(50);
});

it('each compiles, strictly', async () => {
  expect(await tsc(folder)).toBe('');
});

describe('each runs:', () => {
  it.each(EXAMPLES.filter(({ runs }) => runs))('$name', async ({ path, code }) => {
    const promised = [...code.matchAll(/^\/\/ {3}(.+)$/gm)].map(([, line]) => line);
    const outcome: unknown = await importExample(join(folder, path)).catch((error: unknown) => error);
    if (promised.length === 0) {
      if (outcome instanceof Error) throw outcome;
    } else {
      expect(outcome).toBeInstanceOf(Error);
      expect((outcome as Error).message.trim().split(/\n +/)).toEqual(promised);
    }
  });
});
