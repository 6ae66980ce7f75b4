/** A docstring's `call() // value` is true. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { afterAll, expect, it } from 'vitest';
import { EXAMPLES, writeExamples } from './examples.js';
import { importExample } from './import-example.js';

const folder = writeExamples();
afterAll(() => rmSync(folder, { recursive: true }));

/** A line that is a call, with the value that it has. */
const CLAIM = /^(\w+\(.*\)(?:\.[\w.]+(?:\(.*\))?)?) \/\/ (.+)$/gm;

const CLAIMS = EXAMPLES.filter(({ name, code }) => name.startsWith('src/') && claimsOf(code).length > 0);

function claimsOf(code: string): readonly string[] {
  return [...code.matchAll(CLAIM)].map(([, , value = '']) => value).filter(isValue);
}

/** Others are remarks. */
function isValue(text: string): boolean {
  try {
    transformSync(`(${text})`);
    return /^['"[{\d]|^(true|false|undefined)$/.test(text);
  } catch {
    return false;
  }
}

it('there are some', () => {
  expect(CLAIMS.length).toBeGreaterThan(8);
});

it.each(CLAIMS)('$name', async ({ path, code }) => {
  const file = join(folder, path.replace('.ts', '.values.ts'));
  const checked = code.replace(CLAIM, (line, call, value) =>
    isValue(value) ? `values.push([${call}, (${value})])` : line,
  );
  writeFileSync(file, `${importsOf(checked)}\nexport const values: unknown[][] = []\n${checked}\n`);
  const { values } = (await importExample(file)) as { readonly values: readonly (readonly unknown[])[] };
  expect(values).toHaveLength(claimsOf(code).length);
  for (const [value, claimed] of values) expect(value).toEqual(claimed);
});

/** Of every name that is used. */
function importsOf(code: string): string {
  return `import { ${[...new Set(code.match(/\b\w+(?=\()|\bENGINES\b/g))].join(', ')} } from 'lambda-cors/browser'`;
}
