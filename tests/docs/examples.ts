/** The TypeScript and JavaScript of README, docs/ and the docstrings, as files that can be compiled and run. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';
import { type Block, blocksOf, PAGES } from './blocks.js';
import { GIVEN } from './given.js';
import { root } from './pages.js';

export interface Example {
  readonly name: string;
  /** Where it is written, in the folder of the examples. */
  readonly path: string;
  readonly code: string;
  /** What it does when it is imported: some examples are tests, and their runners import them. */
  readonly runs: boolean;
}

export function isCode({ language }: Block): boolean {
  return /^(ts|js)$/.test(language);
}

/** Code for CDK, which .ci/infra compiles and synthesizes: aws-cdk-lib is too large to be installed for every test. */
export function isCdk({ page }: Block): boolean {
  return page === 'docs/recipes/cdk.md';
}

/** An example that brings its own tests. */
export function isTest({ file }: Block): boolean {
  return file !== undefined && /\.test\./.test(file);
}

/** What goes by the name of Middy in an example for an older version. */
const OLDER_MIDDY = [/^(\/\/ Middy 6,.*?)'@middy\/core'/s, "$1'middy6'"] as const;

function examplesOf(page: string): readonly Example[] {
  return blocksOf(page)
    .filter((block) => isCode(block) && !(isCdk(block) && block.file !== undefined))
    .map((block) => ({
      name: block.name,
      path: `${page.replace('.md', '')}/${block.file ?? `example-${block.at}.ts`}`,
      code: block.text.replace(...OLDER_MIDDY),
      runs: !isTest(block),
    }));
}

function docstringsOf(file: string): readonly Example[] {
  const text = readFileSync(join(root, 'src', file), 'utf8');
  // Examples of a type show what it comes to; there is nothing to run.
  const found = [...text.matchAll(/@example\n(.*?)\*\/\s*(?:export )?(type )?/gs)].filter(([, , type]) => !type);
  return found.map(([, code = ''], at) => ({
    name: `src/${file}, example ${at + 1}`,
    path: `src/${file.replace('.ts', '')}/example-${at}.ts`,
    code: code.replace(/^ *\* ?/gm, ''),
    runs: true,
  }));
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

/** The pages of docs/api are made of the docstrings. */
const written = PAGES.filter((page) => !page.startsWith('docs/api/'));

export const EXAMPLES: readonly Example[] = [...written.flatMap(examplesOf), ...sources.sort().flatMap(docstringsOf)];

/** Writes all of them where they find the packages of this repository. @returns The folder. */
export function writeExamples(): string {
  const folder = mkdtempSync(join(root, 'node_modules', '.docs-'));
  for (const { path, code } of EXAMPLES) write(folder, path, /\.ts$/.test(path) ? complete(code) : code);
  writeCompiled(folder);
  write(folder, 'tsconfig.json', JSON.stringify({ ...TSCONFIG, files: EXAMPLES.map(({ path }) => path) }));
  return folder;
}

/** As most bundlers compile, and strictly. */
const TSCONFIG = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2023'],
    module: 'esnext',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    allowJs: true,
    checkJs: true,
    skipLibCheck: true,
    experimentalDecorators: true,
    types: ['node', 'aws-lambda', 'vitest/globals'],
    paths: {
      'lambda-cors': ['../../src/index.ts'],
      'lambda-cors/*': ['../../src/*.ts'],
    },
  },
};

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** notes.ts also as notes.cjs, where a page's example requires that. */
function writeCompiled(folder: string): void {
  for (const { path, code } of EXAMPLES) {
    for (const [, name, extension = ''] of code.matchAll(/'\.\/([\w-]+)\.([cm]js)'/g)) {
      const source = readFileSync(join(folder, dirname(path), `${name}.ts`), 'utf8');
      const format = extension === 'cjs' ? 'cjs' : 'esm';
      const compiled = `${dirname(path)}/${name}`;
      write(folder, `${compiled}.${extension}`, transformSync(source, { loader: 'ts', format }).code);
      write(folder, `${compiled}.d.${extension.replace('js', 'ts')}`, `export * from './${name}.js'\n`);
    }
  }
}

/** A policy that stands alone is a valid one. */
function usesOf(code: string): string {
  return /^const policy = \{/m.test(code) ? "void (await import('lambda-cors')).compilePolicy(policy)\n" : '';
}

/** With what it takes for granted. Each name is declared only where the example does not declare it. */
function complete(code: string): string {
  const needed = Object.entries(GIVEN).filter(([name]) => {
    // A binding, perhaps among others in braces or parentheses, before its type.
    const declares = new RegExp(`\\b(const|function)\\b(?:(?! of )[^=:(\\n])*\\b${name}\\b`);
    const imports = new RegExp(`^import [^']*\\b${name}\\b[^']*'`, 'm');
    return new RegExp(`\\b${name}\\b`).test(code) && !declares.test(code) && !imports.test(code);
  });
  return `${needed.map(([, line]) => line).join('\n')}\n${code}\n${usesOf(code)}export {}\n`;
}
