/** The examples of a page, for tests that ask them. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { writeExamples } from './examples.js';
import { importExample } from './import-example.js';

/**
 * Writes the examples, and removes them after the tests of the file.
 *
 * @returns What imports a file of the page.
 */
export function useExamples(page: string): (file: string, query?: string) => ReturnType<typeof importExample> {
  const folder = writeExamples();
  afterAll(() => rmSync(folder, { recursive: true }));
  return (file, query) => importExample(join(folder, page.replace('.md', ''), file), query);
}
