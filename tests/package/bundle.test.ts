// A bundled function has the files whose code it needs, and imports nothing.
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Bundle {
  /** The source files with at least one byte in the bundle, sorted. */
  readonly files: readonly string[];
  /** What the bundle still imports when it runs. */
  readonly imports: readonly string[];
  readonly code: string;
}

async function bundle(contents: string): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: `${root}src`, sourcefile: 'entry.ts', loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    // Everything except our own files stays an import, so that the test below sees it.
    packages: 'external',
    external: ['node:*'],
    write: false,
    metafile: true,
  });
  const outputs = Object.values(metafile.outputs);
  const inputs = outputs.flatMap((output) => Object.entries(output.inputs));
  return {
    files: inputs
      .filter(([name, { bytesInOutput }]) => bytesInOutput > 0 && name !== 'src/entry.ts')
      .map(([name]) => name)
      .sort(),
    imports: outputs.flatMap((output) => output.imports.map(({ path }) => path)),
    code: outputFiles.map(({ text }) => text).join(''),
  };
}

/** What both ways of applying a policy need. */
const SHARED = [
  'src/core/compile.ts',
  'src/core/decide.ts',
  'src/core/echo.ts',
  'src/core/methods.ts',
  'src/core/origins.ts',
  'src/core/plain.ts',
  'src/core/policy-error.ts',
  'src/core/printable.ts',
  'src/core/readable-headers.ts',
  'src/core/remedy-for.ts',
  'src/core/tokens.ts',
  'src/core/validate.ts',
  'src/core/vary.ts',
  'src/events/accept.ts',
  'src/events/error-result.ts',
  'src/events/json.ts',
  'src/events/merge.ts',
  'src/events/read.ts',
  'src/events/result-fault.ts',
  'src/events/source.ts',
  'src/events/status-phrase.ts',
  'src/events/status.ts',
  'src/events/types.ts',
  'src/wrap/for-log.ts',
  'src/wrap/handler.ts',
  'src/wrap/options.ts',
  'src/wrap/refused.ts',
  'src/wrap/respond.ts',
];

describe.each([
  {
    name: 'withCors',
    code: "export { withCors } from './index.js'",
    own: [
      'src/events/common-result.ts',
      'src/wrap/call.ts',
      'src/wrap/context.ts',
      'src/wrap/time-limit.ts',
      'src/wrap/with-cors.ts',
    ],
  },
  {
    name: './middy',
    code: "export { cors } from './middy.js'",
    own: ['src/events/common-result.ts', 'src/wrap/middy.ts'],
  },
  {
    name: './streaming',
    code: "export { withCorsStreaming } from './streaming.js'",
    own: ['src/wrap/prelude.ts', 'src/wrap/streamed-response.ts', 'src/wrap/streaming.ts', 'src/wrap/time-limit.ts'],
  },
])('a bundle of $name', ({ code, own }) => {
  it('is made of exactly these files, and imports nothing', async () => {
    expect(await bundle(code)).toMatchObject({ files: [...SHARED, ...own].sort(), imports: [] });
  });
});

describe('a bundle of compilePolicy', () => {
  it('is made of core/ alone, and imports nothing', async () => {
    const { files, imports } = await bundle("export { compilePolicy, CorsPolicyError } from './index.js'");
    expect(files.filter((name) => !name.startsWith('src/core/'))).toEqual([]);
    expect(files).toContain('src/core/compile.ts');
    expect(imports).toEqual([]);
  });

  it('prints the error of a faulty policy under its name, though the class has another', async () => {
    const { code } = await bundle("export { compilePolicy } from './index.js'");
    const { compilePolicy } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    let printed = '';
    try {
      compilePolicy({ maxAge: -1 });
    } catch (error) {
      printed = inspect(error);
    }
    expect(printed).toMatch(/^CorsPolicyError: \n {2}maxAge: -1 /);
  });
});
