// The packed tarball that users get, installed in projects of every kind.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blockOf } from '../docs/blocks.js';
import { importsIn } from '../support/imports.js';
import { bin, installConsumer, link, makeFolder, node, type Packed, packProject, root, tsc } from './project.js';
import { writeTestingPage } from './testing-page.js';

/** Each consumer, and the one that it is like except for its package.json. */
const CONSUMERS = {
  typescript: 'typescript',
  'typescript-commonjs': 'typescript',
  'typescript-aws-lambda': 'typescript-aws-lambda',
} as const;
type Consumer = keyof typeof CONSUMERS;

/** The last compiler that knows it: API Extractor brings it along. */
const OLDER_TSC = join(root, 'node_modules/@microsoft/api-extractor/node_modules/typescript/bin/tsc');

const folder = makeFolder();
let packed: Packed;
let consumers: Readonly<Record<Consumer, string>>;

beforeAll(async () => {
  packed = await packProject(folder);
  const installed = Object.entries(CONSUMERS).map(
    async ([name, like]) => [name, await installConsumer(folder, name, packed, like)] as const,
  );
  consumers = Object.fromEntries(await Promise.all(installed)) as Record<Consumer, string>;
});

afterAll(() => rmSync(folder, { recursive: true }));

const PREFLIGHT = {
  statusCode: 204,
  headers: {
    'Access-Control-Allow-Origin': 'https://app.example.com',
    'Access-Control-Allow-Methods': 'GET',
    'Access-Control-Allow-Headers':
      'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent',
    'Access-Control-Max-Age': '60',
    Vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  },
};
const RESULTS = {
  answer: {
    statusCode: 200,
    headers: {
      ETag: '"1"',
      'Access-Control-Allow-Origin': 'https://app.example.com',
      'Access-Control-Allow-Methods': 'GET',
      'Access-Control-Allow-Headers':
        'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent',
    },
    body: 'hello',
  },
  preflight: PREFLIGHT,
  middy: PREFLIGHT,
  // It accepts a policy that another entry point has compiled.
  streaming: 'function',
  errors: [
    [true, true, 'allowOrigins[0]'],
    [true, true, 'allowOrigins[0]'],
  ],
};

const TOOLS = {
  page: 'MethodDisallowedByPreflightResponse',
  real: 'hello',
  generated: {
    'Access-Control-Allow-Origin': 'https://app.example.com',
    'Access-Control-Allow-Methods': 'GET',
    'Access-Control-Allow-Headers':
      'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent',
  },
  found: ['LC105'],
  error: 'allowOrigins[0]',
};

/** Runs a consumer's `results` and `tools` in a process of its own. */
async function resultsOf(cwd: string, file: string, ...flags: readonly string[]): Promise<unknown> {
  const code = `import('./${file}').then(async (main) => console.log(JSON.stringify([await main.results(), await main.tools()])))`;
  return JSON.parse(await node(cwd, ...flags, '-e', code));
}

describe('the tarball', () => {
  it('holds the build, the pages of the documentation and three documents, and nothing else', () => {
    const pages = packed.files.filter((path) => path.startsWith('docs/'));
    expect(pages).toEqual(expect.arrayContaining(['docs/index.md', 'docs/recipes/sam.md', 'docs/lint/LC101.md']));
    // Not those that are about how it is made.
    const left = /\/(api|decisions|mutation|performance|\.vitepress)\b/;
    expect(pages.filter((path) => !path.endsWith('.md') || left.test(path))).toEqual([]);
    expect(packed.files.filter((path) => !/^(dist|docs)\//.test(path))).toEqual([
      'LICENSE',
      'README.md',
      'package.json',
    ]);
    const entries = ['esm', 'cjs'].flatMap((format) =>
      ['index', 'middy', 'streaming', 'browser', 'gateway', 'infra'].flatMap((name) => [
        `dist/${format}/${name}.d.ts`,
        `dist/${format}/${name}.js`,
      ]),
    );
    expect(packed.files).toEqual(expect.arrayContaining([...entries, 'dist/cli.js']));
    expect(packed.files.filter((path) => /\/cli[./]/.test(path))).toEqual(['dist/cli.js']);
    const unexpected = /(?<!\.d)\.ts$|\.map$|test(?!ing\.md)|bench|fixture/i;
    expect(packed.files.filter((path) => unexpected.test(path))).toEqual([]);
  });

  it('is under 1 MB without the bundle of the command', () => {
    const bytes = [...packed.sizes].map(([path, size]) => (path === 'dist/cli.js' ? 0 : size));
    expect(bytes.reduce((sum, each) => sum + each)).toBeLessThan(1024 * 1024);
  });

  it('has no dependency to install', () => {
    const { dependencies, peerDependenciesMeta } = readPackage();
    expect(dependencies).toBeUndefined();
    expect(peerDependenciesMeta).toEqual({
      '@aws-sdk/client-api-gateway': { optional: true },
      '@middy/core': { optional: true },
    });
  });

  it('has types that need no other package: they mention neither aws-lambda nor node:', () => {
    const types = packed.files.filter((path) => path.endsWith('.d.ts'));
    expect(types.length).toBeGreaterThan(4);
    const mentions = types.filter((path) =>
      /['"](@types\/)?aws-lambda|['"]node:|['"]@middy|reference types/.test(readPublished(path)),
    );
    expect(mentions).toEqual([]);
  });

  it('imports nothing but its own files, and the gateway, infra and the command Node.js', () => {
    const code = packed.files.filter((path) => path.endsWith('.js'));
    const imported = code.flatMap((path) => importsIn(path, readPublished(path)).map((name) => ({ path, name })));
    expect(imported.length).toBeGreaterThan(0);
    const foreign = imported.filter(
      ({ path, name }) =>
        !/^(\.|\.\.\/cjs)\/[\w-]+\.js$/.test(name) && !(/\/(gateway|infra|cli)\.js$/.test(path) && isBuiltin(name)),
    );
    // The one that a user installs who wants the command to change an API that runs.
    const optional = { path: 'dist/cli.js', name: '@aws-sdk/client-api-gateway' };
    expect(foreign).toEqual([optional]);
  });

  it('has a command that runs where it is installed', () => {
    const path = join(consumers.typescript, 'node_modules/.bin/lambda-cors');
    expect(execFileSync(path, ['--version'], { encoding: 'utf8' }).trim()).toBe(readPackage().version);
  });

  it.each([
    ['import', "import { withCors } from 'lambda-cors'"],
    ['require', "const { withCors } = require('lambda-cors')"],
  ])('shows a faulty policy on the first screen of a terminal, with %s', async (_, first) => {
    // Node.js prints the line that threw above the message.
    const type = first.startsWith('import') ? 'module' : 'commonjs';
    const code = `${first}\nwithCors(() => {}, { allowOrigins: 'https://app.example.com/' })`;
    const failed = node(consumers.typescript, `--input-type=${type}`, '-e', code);
    const { cause } = (await failed.catch((error) => error)) as { readonly cause: { readonly stderr: string } };
    const [before, after] = cause.stderr.split('CorsPolicyError: \n');
    expect(after).toContain('"https://app.example.com/" has a path; write "https://app.example.com"');
    expect(before?.length).toBeLessThan(700);
  });

  it('is clean for publint, suggestions included', async () => {
    expect(await bin('publint', packed.tarball, '--strict')).toContain('All good!');
  });

  it('has types that are right for each way of importing it, as attw sees them', async () => {
    const { analysis } = JSON.parse(await bin('attw', packed.tarball, '--format', 'json'));
    expect(Object.keys(analysis.entrypoints)).toEqual([
      '.',
      './middy',
      './streaming',
      './gateway',
      './browser',
      './infra',
      './package.json',
    ]);
    expect(
      analysis.problems.filter(({ resolutionKind }: { resolutionKind: string }) => resolutionKind !== 'node10'),
    ).toEqual([]);
  });

  function readPublished(path: string): string {
    return readFileSync(join(consumers.typescript, 'node_modules/lambda-cors', path), 'utf8');
  }

  function readPackage(): Record<string, unknown> {
    return JSON.parse(readPublished('package.json'));
  }
});

/** Lambda sets this flag on the runtimes that know it. */
function requireFlags(): readonly string[] {
  const flag = '--no-experimental-require-module';
  return process.allowedNodeEnvironmentFlags.has(flag) ? [flag] : [];
}

describe('a TypeScript project', () => {
  it('without any other types compiles it to import and runs it, library files checked', async () => {
    const cwd = consumers.typescript;
    expect(await tsc(cwd)).toBe('');
    expect(readFileSync(join(cwd, 'out/main.js'), 'utf8')).toContain("from 'lambda-cors/middy'");
    expect(await resultsOf(cwd, 'out/main.js')).toEqual([RESULTS, TOOLS]);
  });

  it.each([
    ['ESNext', 'Bundler'],
    ['Node16', 'Node16'],
  ])('with module %s and moduleResolution %s compiles it', async (module, resolution) => {
    const options = ['--module', module, '--moduleResolution', resolution, '--noEmit'];
    expect(await tsc(consumers.typescript, ...options)).toBe('');
  });

  it('with moduleResolution node10 of older compilers finds every entry', async () => {
    const cwd = consumers['typescript-commonjs'];
    const options = ['--module', 'CommonJS', '--moduleResolution', 'node10', '--ignoreDeprecations', '6.0', '--noEmit'];
    expect(await node(cwd, OLDER_TSC, '--pretty', 'false', '-p', '.', ...options)).toBe('');
  });

  it('of CommonJS modules compiles it to require() and runs it, without require(esm), as Lambda runs Node.js', async () => {
    const cwd = consumers['typescript-commonjs'];
    expect(await tsc(cwd)).toBe('');
    expect(readFileSync(join(cwd, 'out/main.js'), 'utf8')).toContain('require("lambda-cors/middy")');
    expect(await resultsOf(cwd, 'out/main.js', ...requireFlags())).toEqual([RESULTS, TOOLS]);
  });

  it('with @types/aws-lambda compiles it, library files checked', async () => {
    const cwd = consumers['typescript-aws-lambda'];
    for (const name of ['aws-lambda', 'node']) link(cwd, `@types/${name}`);
    expect(await tsc(cwd)).toBe('');
  });
});

describe('the tests that docs/testing.md shows', () => {
  beforeAll(() => writeTestingPage(consumers['typescript-commonjs']));

  it.each([
    ['Vitest', 'notes.test.ts', [join(root, 'node_modules/vitest/vitest.mjs'), 'run']],
    ['node:test', 'notes.test.mjs', ['--test']],
    ["Jest's expect", 'notes.test.cjs', ['--require', './jest.cjs', '--test']],
  ])('pass as they are: %s', async (_, file, args) => {
    const tests = blockOf('docs/testing.md', file).text.match(/^test\(/gm) ?? [];
    const printed = stripVTControlCharacters(await node(consumers['typescript-commonjs'], ...args, file));
    expect(printed).toMatch(new RegExp(`Tests +${tests.length} passed|^. pass ${tests.length}$`, 'm'));
  });
});

describe('esbuild', () => {
  it.each(['esm', 'cjs'] as const)('bundles it into one %s file that runs alone', async (format) => {
    const outfile = join(folder, `bundle-${format}`, format === 'esm' ? 'main.mjs' : 'main.cjs');
    const entryPoints = [join(consumers.typescript, 'main.ts')];
    buildSync({ entryPoints, outfile, format, bundle: true, minify: true, platform: 'node', target: 'node20' });
    expect(await resultsOf(join(folder, `bundle-${format}`), format === 'esm' ? 'main.mjs' : 'main.cjs')).toEqual([
      RESULTS,
      TOOLS,
    ]);
  });

  it.each(['lambda-cors', 'lambda-cors/middy', 'lambda-cors/streaming'])(
    'leaves nothing of an import of %s that is not used',
    (name) => {
      const { outputFiles } = buildSync({
        stdin: {
          contents: `import '${name}'; import * as unused from '${name}';`,
          resolveDir: consumers.typescript,
        },
        bundle: true,
        format: 'esm',
        write: false,
        logLevel: 'silent',
      });
      expect(outputFiles.map(({ text }) => text)).toEqual(['']);
    },
  );
});
