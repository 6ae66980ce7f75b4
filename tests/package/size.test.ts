import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';

/**
 * Bytes after `esbuild --bundle --minify` and gzip -9, with every source, the validation and the error handling in
 * it. To raise one of these is a decision: say in the commit what it buys.
 */
test.each([
  // docs/performance.md says what each kilobyte does; the goals were 6,700, 6,900 and 7,800.
  ['index.ts', 10_400],
  ['middy.ts', 9_650],
  ['streaming.ts', 10_500],
])('src/%s takes at most %i bytes in a bundle', (entry, most) => {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(`../../src/${entry}`, import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    write: false,
  });
  const [{ contents, text } = { contents: '', text: '' }] = outputFiles;
  const size = gzipSync(contents, { level: 9 }).length;
  expect(size).toBeGreaterThan(1000);
  expect(size).toBeLessThanOrEqual(most);
  // V8 looks up such classes when it reads a literal, at every cold start.
  expect(text).not.toMatch(/(?<!\\)\\p\{/);
});
