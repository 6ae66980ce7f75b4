// Handlers in TypeScript, as people write it, in a project with esbuild and in one without; and --watch.
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Outcome, outcomeOf, useCommand } from '../../command.js';

const command = useCommand();
const running: ChildProcess[] = [];

beforeAll(() => {
  for (const project of ['app', 'esm']) {
    mkdirSync(join(command.folder, project, 'node_modules'), { recursive: true });
    const esbuild = fileURLToPath(new URL('../../../../node_modules/esbuild', import.meta.url));
    symlinkSync(esbuild, join(command.folder, project, 'node_modules/esbuild'));
  }
  command.write('app/package.json', '{ "name": "app" }');
  command.write('app/node_modules/pkg/package.json', '{ "name": "pkg", "main": "index.js" }');
  command.write(
    'app/node_modules/pkg/index.js',
    'globalThis.loads = (globalThis.loads ?? 0) + 1; exports.loads = () => globalThis.loads; exports.file = __filename;',
  );
  command.write('app/node_modules/only-esm/package.json', '{ "name": "only-esm", "type": "module", "main": "a.js" }');
  command.write('app/node_modules/only-esm/a.js', 'await 0; export const name = "only-esm";');
  command.write(
    'app/tsconfig.json',
    '{ "compilerOptions": { "paths": { "@lib/*": ["./src/lib/*"] }, "experimentalDecorators": true } }',
  );
  command.write('app/src/lib/level.ts', 'export enum Level { Low = 1, High }');
  command.write('app/src/lib/other.ts', "export const other: string = 'other';");
  command.write('app/src/lib/say.ts', "export const say = (): string => 'said';");
  command.write('app/src/lib/data.json', '{ "answer": 42 }');
  command.write('esm/package.json', '{ "type": "module" }');
  command.write('none/package.json', '{ "type": "module" }');
});

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGINT');
});

interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
  readonly said: () => string;
  readonly outcome: Promise<Outcome>;
  /** Waits until something has been said after what was said before. */
  readonly until: (text: RegExp, milliseconds?: number) => Promise<void>;
}

async function start(...args: readonly string[]): Promise<Serving> {
  const child = command.start('serve', ...args, '--source', 'http', '--port', '0');
  running.push(child);
  let said = '';
  let read = 0;
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (said += text));
  const outcome = outcomeOf(child);
  const ended = outcome.then(() => {
    throw new Error(`ended: ${said}`);
  });
  ended.catch(() => undefined);
  async function until(text: RegExp, milliseconds = 10_000): Promise<void> {
    const last = Date.now() + milliseconds;
    for (;;) {
      const found = text.exec(said.slice(read));
      if (found !== null) {
        read += found.index + found[0].length;
        return;
      }
      if (Date.now() > last) throw new Error(`${text} is not in: ${said.slice(read)}`);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 20))]);
    }
  }
  await until(args.includes('--json') ? /"listening".*\n/ : /Ctrl-C ends it/);
  const [url = ''] = /http:\/\/\S+/.exec(said) ?? [];
  return { child, url, said: () => said, outcome, until };
}

async function answerOf({ url }: Serving, path = '/'): Promise<string> {
  return (await fetch(`${url}${path}`)).text();
}

/** Files that make a handler, and what it answers. */
const WRITTEN: readonly (readonly [name: string, setting: string, source: string, answer: string | RegExp])[] = [
  [
    'an import without an extension',
    'app/src/a.handler',
    body('import { Level } from "./lib/level";', 'Level.High'),
    '2',
  ],
  ['an enum', 'app/src/b.handler', body('enum Level { Low = 1, High }', 'Level[Level.High]'), '"High"'],
  ['.js for .ts', 'app/src/c.handler', body('import { other } from "./lib/other.js";', 'other'), '"other"'],
  ['JSON', 'app/src/d.handler', body('import data from "./lib/data.json";', 'data'), '{"answer":42}'],
  ['an alias of tsconfig.json', 'app/src/e.handler', body('import { say } from "@lib/say";', 'say()'), '"said"'],
  [
    'a decorator',
    'app/src/f.handler',
    body(
      'const mark = (at: any, name: string) => { at.marked = name; }; class A { @mark go() {} }',
      '(A.prototype as any).marked',
    ),
    '"go"',
  ],
  [
    'a parameter property',
    'app/src/g.handler',
    body('class A { constructor(readonly b: number) {} }', 'new A(3).b'),
    '3',
  ],
  [
    'a package, loaded once',
    'app/src/h.handler',
    body('import { loads } from "pkg"; import "./lib/pkg";', 'loads()'),
    '1',
  ],
  [
    'where a package is',
    'app/src/i.handler',
    body('import { file } from "pkg";', 'file'),
    /app\/node_modules\/pkg\/index\.js"$/,
  ],
  ['__dirname', 'app/src/j.handler', body('', '__dirname'), /app\/src"$/],
  [
    'module.exports',
    'app/src/k.handler',
    'module.exports = { handler: async () => ({ statusCode: 200, body: "k" }) };',
    'k',
  ],
  ['exports.handler', 'app/src/l.handler', 'exports.handler = async () => ({ statusCode: 200, body: "l" });', 'l'],
  [
    'a package that is an ES module',
    'app/src/m.handler',
    body('import { name } from "only-esm";', 'name'),
    '"only-esm"',
  ],
  ['a top-level await', 'app/src/n.handler', body('const name = await Promise.resolve("n");', 'name'), '"n"'],
  ['import.meta.url', 'esm/src/o.handler', body('', 'import.meta.url'), /^"file:\/\/.*esm\/src\/o\.ts"$/],
  ['import.meta without a type in package.json', 'app/src/s.handler', body('', 'import.meta.url.slice(-5)'), '"/s.ts"'],
  [
    'a require of its own',
    'esm/src/p.handler',
    body(
      'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
      'typeof require("node:fs").readFileSync',
    ),
    '"function"',
  ],
  ['CommonJS beside it', 'esm/src/q.handler', body('import common from "./common.cjs";', 'common.name'), '"common"'],
  [
    'a name with dots',
    'app/src/r.api.notes',
    'export const api = { notes: async () => ({ statusCode: 200, body: "r" }) };',
    'r',
  ],
];

/** A handler that answers with a value. */
function body(before: string, value: string): string {
  return `${before}\nexport const handler = async (_event: unknown) => ({ statusCode: 200, body: JSON.stringify(${value}) });\n`;
}

describe('serve runs TypeScript with the esbuild of the project', () => {
  beforeAll(() => {
    command.write('app/src/lib/pkg.ts', 'import { loads } from "pkg"; export const again = loads;');
    command.write(
      'esm/src/common.cjs',
      'exports.name = require("node:path").basename(__filename, ".cjs");'.replace('__filename', '"common.cjs"'),
    );
    for (const [, setting, source] of WRITTEN) command.write(setting.replace(/\.(handler|api\.notes)$/, '.ts'), source);
  });

  it.each(WRITTEN)('%s', async (_, setting, _source, answer) => {
    const serving = await start(setting);
    const said = await answerOf(serving);
    if (typeof answer === 'string') expect(said).toBe(answer);
    else expect(said).toMatch(answer);
  });

  it('and stacks name its lines', async () => {
    command.write(
      'app/src/throws.ts',
      'enum A { B }\n\nexport const handler = async () => {\n  throw new Error(A[0]);\n};\n',
    );
    const serving = await start('app/src/throws.handler');
    await answerOf(serving);
    await serving.until(/✗ Error: B\n\s+at .*app\/src\/throws\.ts:4:9/);
  });

  it.each([
    ['wrong.handler', 'const a = ;', 'app/src/wrong.ts cannot be bundled:\n  app/src/wrong.ts:1:11: Unexpected ";"'],
    ['lost.handler', 'import "./nothing";', '  app/src/lost.ts:1:8: Could not resolve "./nothing"'],
    ['missing.handler', 'import "nothing-of-that-name";', 'Could not resolve "nothing-of-that-name"'],
    [
      'thrower.handler',
      '\nthrow new Error("early");',
      'app/src/thrower.ts threw when it was imported: Error: early (app/src/thrower.ts:2); fix',
    ],
    [
      'other.handler',
      'export const a = () => {};',
      'app/src/other.ts has no export "handler"; it exports a: write app/src/other.a',
    ],
    [
      'getter.handler',
      'module.exports = { get handler() { throw new Error("no"); } };',
      'its export "handler" was read: Error: no',
    ],
    [
      'endless.handler',
      'await new Promise(() => {}); export const handler = 1;',
      'importing app/src/endless.ts never ends',
    ],
    ['exit.handler', 'process.exit(0);', 'app/src/exit.ts ended the process'],
    ['escape.handler', 'throw new Error("\\u001b[31m\\u2028.");', 'Error: \\u001b[31m\\u2028.'],
  ])('and says what is wrong with %s', async (setting, source, says) => {
    command.write(`app/src/${setting.replace('.handler', '.ts')}`, source);
    const { status, stderr } = await command.run('serve', `app/src/${setting}`, '--port', '0');
    expect(stderr).toContain(says);
    expect(status).toBe(2);
  });
});

const STRIPS = Boolean((process.features as { readonly typescript?: unknown }).typescript);

describe('without esbuild', () => {
  it.each([
    ['enum', 'enum A { B }\nexport const handler = async () => ({ statusCode: 200 });'],
    ['extension', 'import { a } from "./a";\nexport const handler = async () => ({ statusCode: a });'],
    ['other', 'import { a } from "./a.js";\nexport const handler = async () => ({ statusCode: a });'],
  ])('serve says in a line what to install for %s', async (name, source) => {
    command.write('none/a.ts', 'export const a: number = 200;');
    command.write(`none/${name}.ts`, source);
    const { status, stderr } = await command.run('serve', `none/${name}.handler`, '--port', '0');
    expect(stderr).toMatch(/^lambda-cors: none\/\w+\.ts .*run npm install --save-dev esbuild\n$/);
    expect(status).toBe(2);
  });

  it('--watch says what to install', async () => {
    command.write('none/plain.js', 'export const handler = async () => ({ statusCode: 200 });');
    const { status, stderr } = await command.run('serve', 'none/plain.handler', '--watch');
    expect([status, stderr]).toEqual([
      2,
      'lambda-cors: --watch needs esbuild in your project; run npm install --save-dev esbuild\n',
    ]);
  });

  it('serve runs TypeScript where Node.js can strip it, and says so where it cannot', async () => {
    command.write(
      'none/types.ts',
      'export const handler = async (_: unknown) => ({ statusCode: 200, body: "types" });',
    );
    const says = STRIPS
      ? answerOf(await start('none/types.handler'))
      : command.run('serve', 'none/types.handler').then(({ stderr }) => stderr);
    expect(await says).toMatch(STRIPS ? /^types$/ : /which Node\.js 2\S+ does not run by itself; run npm/);
  });

  it('something else by the name of esbuild is told', async () => {
    command.write('fake/node_modules/esbuild/index.js', 'exports.bundle = 1;');
    command.write('fake/a.ts', 'export const handler = 1;');
    const { status, stderr } = await command.run('serve', 'fake/a.handler');
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('esbuild/index.js is not esbuild as it is published'),
    ]);
  });
});

it('serve names the right file where node_modules is a link', async () => {
  command.write('linked/broken.ts', "\nthrow new Error('gone') as Error;");
  symlinkSync(join(command.folder, 'app/node_modules'), join(command.folder, 'linked/node_modules'));
  const { stderr } = await command.run('serve', 'linked/broken.handler', '--port', '0');
  expect(stderr).toContain('Error: gone (linked/broken.ts:2)');
});

it('serve takes a handler in a .tsx file', async () => {
  command.write(
    'app/page.tsx',
    "const h = (name: string, _: null, text: string) => ['<', name, '>', text, '</', name, '>'].join('');\n/** @jsx h */\n" +
      'export const handler = async (): Promise<object> => ({ statusCode: 200, body: <p>hi</p> as string });',
  );
  expect(await answerOf(await start('app/page.handler'))).toBe('<p>hi</p>');
});

describe('serve --watch', () => {
  it('goes on where a handler changes the working directory, and names places as before', async () => {
    const body = (text: string) =>
      `process.chdir('/'); exports.handler = async ({ fail }) => ({ statusCode: 200, body: '${text}' });`;
    command.write('app/watched/moves.js', body('one'));
    command.write('app/watched/moves.json', '{ "sub": "me" }');
    const serving = await start('app/watched/moves.handler', '--watch', '--claims', 'app/watched/moves.json');
    command.write('app/watched/moves.js', body('two'));
    await serving.until(/reloaded app/);
    expect(await answerOf(serving)).toBe('two');
    command.write('app/watched/moves.json', '{ "sub": "you" }');
    await serving.until(/reloaded app/);
    command.write('app/watched/moves.js', "\nthrow new Error('gone');");
    await serving.until(/Error: gone \(app\/watched\/moves\.js:2\)/);
  });

  const version = (text: string): string => `export const version = ${JSON.stringify(text)};`;

  it('serves the next version once it compiles and loads, and the one before until then', async () => {
    command.write('app/watched/notes.ts', body('import { version } from "./version";', 'version'));
    command.write('app/watched/version.ts', version('1'));
    const serving = await start('app/watched/notes.handler', '--watch');
    expect(await answerOf(serving)).toBe('"1"');

    command.write('app/watched/version.ts', version('2'));
    await serving.until(/reloaded app\/watched\/notes\.handler\n/);
    expect(await answerOf(serving)).toBe('"2"');

    command.write('app/watched/version.ts', 'export const version = ;');
    await serving.until(
      /✗ not reloaded: .*cannot be bundled:\n {2}app\/watched\/version\.ts:1:24: Unexpected ";"\nThe version/,
    );
    expect(await answerOf(serving)).toBe('"2"');

    command.write('app/watched/version.ts', `${version('3')} throw new Error('early');`);
    await serving.until(/✗ not reloaded: app\/watched\/notes\.ts threw when it was imported: Error: early/);
    expect(await answerOf(serving)).toBe('"2"');

    command.write('app/watched/version.ts', 'export { version } from "./new/version";');
    await serving.until(/Could not resolve "\.\/new\/version"/);
    command.write('app/watched/new/version.ts', version('4'));
    await serving.until(/reloaded/);
    expect(await answerOf(serving)).toBe('"4"');

    command.write('app/watched/new/version.ts', version('5'));
    await serving.until(/reloaded/);
    expect(await answerOf(serving)).toBe('"5"');

    command.write('app/watched/notes.ts', 'export const other = 1;');
    await serving.until(/not reloaded: app\/watched\/notes\.ts has no export "handler"/);
    expect(await answerOf(serving)).toBe('"5"');
    serving.child.kill('SIGINT');
    expect(await serving.outcome).toMatchObject({ status: 0 });
  }, 60_000);

  it('works for JavaScript, takes claims anew, and may change how it answers', async () => {
    command.write(
      'app/watched/plain.js',
      'exports.handler = async (event) => ({ statusCode: 200, body: event.requestContext.authorizer.jwt.claims.sub });',
    );
    command.write('app/watched/claims.json', '{ "sub": "me" }');
    const serving = await start('app/watched/plain.handler', '--watch', '--claims', 'app/watched/claims.json');
    expect(await answerOf(serving)).toBe('me');

    command.write('app/watched/claims.json', '{ "sub": "you" }');
    await serving.until(/reloaded/);
    expect(await answerOf(serving)).toBe('you');

    command.write('app/watched/claims.json', '{ "sub": ');
    await serving.until(/not reloaded: app\/watched\/claims\.json is not valid JSON/);
    expect(await answerOf(serving)).toBe('you');

    command.write('app/watched/plain.js', 'exports.handler = async (event) => ({ statusCode: 200, body: "anew" });');
    command.write('app/watched/claims.json', '{ "sub": "they" }');
    await serving.until(/reloaded/);
    expect(await answerOf(serving)).toBe('anew');
  }, 60_000);

  it('says it in JSON, a line each', async () => {
    command.write('app/watched/json.js', 'exports.handler = async () => ({ statusCode: 200 });');
    const serving = await start('app/watched/json.handler', '--watch', '--json');
    command.write('app/watched/json.js', 'exports.handler = ;');
    await serving.until(/"error".*\n/);
    command.write('app/watched/json.js', 'exports.handler = async () => ({ statusCode: 201 });');
    await serving.until(/"reloaded".*\n/);
    serving.child.kill('SIGINT');
    const { stdout } = await serving.outcome;
    const [listening, ...said] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(listening).toMatchObject({ handler: 'app/watched/json.handler' });
    const issues = ['app/watched/json.js:1:19: Unexpected ";"'];
    // What is written while a version is built may be in it, and is built again.
    expect(said.slice(0, 2)).toEqual([
      { error: 'app/watched/json.js cannot be bundled:', issues },
      { reloaded: 'app/watched/json.handler' },
    ]);
  }, 60_000);

  it('goes on, and ends with Ctrl-C, while a version never loads', async () => {
    command.write('app/watched/slow.mjs', 'export const handler = async () => ({ statusCode: 200, body: "fast" });');
    const serving = await start('app/watched/slow.handler', '--watch');
    command.write('app/watched/slow.mjs', 'await new Promise(() => {}); export const handler = 1;');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await answerOf(serving)).toBe('fast');
    command.write('app/watched/slow.mjs', 'export const handler = async () => ({ statusCode: 200, body: "faster" });');
    await serving.until(/reloaded/);
    expect(await answerOf(serving)).toBe('faster');
    command.write('app/watched/slow.mjs', 'await new Promise(() => {}); export const handler = 2;');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    serving.child.kill('SIGINT');
    expect(await serving.outcome).toMatchObject({ status: 0 });
  }, 60_000);
});

it.each(['app', 'esm'])('every bundle of %s has been removed', (project) => {
  expect(readdirSync(join(command.folder, project, 'node_modules/.cache/lambda-cors'))).toEqual([]);
});
