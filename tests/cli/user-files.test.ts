/** Files of the user's that are faulty: each fault is told as one, in one line, with status 2. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { lines, useCommand } from './command.js';

const command = useCommand();
const APP = 'https://app.example.com';
const POLICY = `export const policy = { allowOrigins: ['${APP}'] };`;

function explain(policy: string, ...more: readonly string[]) {
  return command.run('explain', '--policy', policy, '--origin', APP, ...more);
}

/** A module, and what is said about it. */
const MODULES: Readonly<Record<string, readonly [code: string, says: string | RegExp]>> = {
  'a rejection': [
    `Promise.reject(new Error('gone')); ${POLICY}`,
    'has a promise that rejects, and nothing handles it: Error: gone (x.mjs:1)',
  ],
  'a rejection without a reason': [
    `Promise.reject(); ${POLICY}`,
    'has a promise that rejects, and nothing handles it: undefined;',
  ],
  'a rejection in a timer': [
    `setTimeout(() => Promise.reject(7)); ${POLICY}`,
    'has a promise that rejects, and nothing handles it: 7;',
  ],
  'an error in a timer': [
    `setTimeout(() => { throw new TypeError('late') });\n${POLICY}`,
    'threw in the background: TypeError: late (x.mjs:1)',
  ],
  'an empty text in a timer': [`setTimeout(() => { throw '' }); ${POLICY}`, 'threw in the background: an empty text;'],
  'throw undefined': ['throw undefined', 'threw when it was imported: undefined;'],
  'throw null': ['throw null', 'threw when it was imported: null;'],
  "throw ''": ["throw ''", 'threw when it was imported: an empty text;'],
  'an error without a message': [
    '\nthrow new RangeError()',
    'threw when it was imported: RangeError without a message (x.mjs:2);',
  ],
  'throw an object': ['throw { code: 5 }', 'threw when it was imported: {"code":5};'],
  'throw what has no text': ['throw { toString() { throw 1 }, toJSON() { throw 2 } }', 'that has no text;'],
  'a message of several lines': [
    "throw new Error('one\\n    at two (/three.js:4:5)')",
    'threw when it was imported: Error: one (x.mjs:1);',
  ],
  'a message with places in it': [
    "throw new Error('http://localhost:3000/a /b:7:8')",
    'Error: http://localhost:3000/a /b:7:8 (x.mjs:1);',
  ],
  'an error without a stack': ["const e = new Error('no'); e.stack = undefined; throw e", 'imported: Error: no; fix'],
  'an error from a library': [
    "import { readFileSync } from 'node:fs'; readFileSync('/none')",
    "no such file or directory, open '/none' (x.mjs:1);",
  ],
  'process.exit(0)': ['process.exit(0)', 'x.mjs ended the process; fix that first'],
  'process.exit() in a timer': [
    `setTimeout(() => process.exit(0)); ${POLICY}`,
    'x.mjs ended the process; fix that first',
  ],
  'a top-level await that never ends': ['await new Promise(() => {})', 'importing x.mjs never ends'],
  'an export that throws': [
    "export const policy = { get allowOrigins() { throw '' } }",
    'threw when its export was read: an empty text;',
  ],
  'allowOrigins that throws': [
    "export const policy = { allowOrigins() { throw new Error('db') } }",
    'its allowOrigins threw Error: db (x.mjs:1);',
  ],
  'allowOrigins that rejects': [
    'export const policy = { allowOrigins: () => Promise.reject() }',
    'its allowOrigins threw undefined;',
  ],
  'allowOrigins that leaves a rejection behind': [
    'export const policy = { allowOrigins() { Promise.reject(1); return true } }',
    'has a promise that rejects, and nothing handles it: 1;',
  ],
  'syntax, in an ES module that it imports': [
    "import './broken.mjs'",
    "SyntaxError: Unexpected token '=' (in what it imports); fix",
  ],
  'syntax, in a CommonJS file that it imports': [
    "import './broken.cjs'",
    "SyntaxError: Unexpected token '=' (broken.cjs:2); fix",
  ],
  'JSON that is not': ["\nJSON.parse('{')", ' (x.mjs:2); fix'],
  'code in a text': ["\neval('throw new Error(1)')", 'Error: 1 (x.mjs:2); fix'],
  'code in a text in a text': ['\n\neval(\'(() => eval("throw new Error(1)"))\')()', 'Error: 1 (x.mjs:3); fix'],
  syntax: [
    '\n\nexport const policy = {',
    /threw when it was imported: SyntaxError: [^()]+ \(x\.mjs:3\); fix that first/,
  ],
};

describe('a policy file with', () => {
  beforeAll(() => {
    command.write('broken.mjs', '\nconst = 1');
    command.write('broken.cjs', '\nconst = 1');
  });

  it.each(Object.entries(MODULES))('%s', async (_, [code, says]) => {
    command.write('x.mjs', code);
    const { status, stdout, stderr } = await explain('x.mjs');
    expect(stderr).toMatch(
      /^lambda-cors: x\.mjs/.test(stderr) ? /^lambda-cors: x\.mjs/ : /^lambda-cors: importing x\.mjs/,
    );
    if (typeof says === 'string') expect(stderr).toContain(says);
    else expect(stderr).toMatch(says);
    expect([status, stdout, lines(stderr).length]).toEqual([2, '', 1]);
    const json = await explain('x.mjs', '--json');
    expect(JSON.parse(json.stdout)).toEqual({ error: stderr.slice('lambda-cors: '.length, -1), issues: [] });
    expect([json.status, json.stderr]).toEqual([2, '']);
  });

  it.each([
    ['explain', '--template', 'api.yaml', '--origin', APP],
    ['lint', 'api.yaml'],
    ['lint', 'api.yaml', '--json'],
    ['generate', 'sam'],
    ['enable', 'rest.yaml', '--yes'],
    ['enable', 'rest.yaml', '--yes', '--json'],
  ])('a fault in a timer: nothing else is told or written, %j', async (...args) => {
    command.write('late.mjs', `setTimeout(() => { throw '' }); ${POLICY}`);
    command.write('api.yaml', 'Resources: { Api: { Type: AWS::Serverless::HttpApi } }');
    command.write('rest.yaml', 'Resources: { Api: { Type: AWS::Serverless::Api, Properties: { StageName: a } } }');
    const { status, stdout, stderr } = await command.run(...args, '--policy', 'late.mjs');
    const told = args.includes('--json') ? JSON.parse(stdout).error : stderr;
    expect(told).toContain('late.mjs threw in the background: an empty text;');
    expect([status, args.includes('--json') ? stderr : stdout]).toEqual([2, '']);
    expect(readFileSync(join(command.folder, 'rest.yaml'), 'utf8')).not.toContain('Cors');
  });

  it('a place in a file with a space and an umlaut in its name', async () => {
    command.write('a folder/ü (1).mjs', "\nthrow new Error('no')");
    expect((await explain('a folder/ü (1).mjs')).stderr).toContain('Error: no (a folder/ü (1).mjs:2); fix');
  });

  it('an ES module that Node.js takes for CommonJS', async () => {
    command.write('cjs/package.json', '{ "type": "commonjs" }');
    command.write('cjs/x.js', POLICY);
    const { status, stderr } = await explain('cjs/x.js');
    expect(stderr).toMatch(
      /^lambda-cors: cjs\/x\.js is an ES module, and Node\.js takes it for CommonJS .*; name it \.mjs, .*\n$/,
    );
    expect(status).toBe(2);
  });
});

it('a policy that TypeScript or Babel has compiled to CommonJS', async () => {
  command.write(
    'compiled.cjs',
    `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = { allowOrigins: ['${APP}'] };`,
  );
  expect(await explain('compiled.cjs')).toMatchObject({ status: 0, stderr: '' });
});

describe('what a policy file prints', () => {
  beforeAll(() => {
    command.write(
      'loud.mjs',
      `import { appendFileSync, writeFileSync, writeSync } from 'node:fs'; console.log('one'); console.info('two'); process.stdout.write('three\\n');
       writeSync(1, 'by number\\n'); writeFileSync(1, 'as a file\\n'); appendFileSync(1, 'at its end\\n'); process.emitWarning('a warning of Node.js'); new Buffer(1);
       export const policy = { allowOrigins: (origin) => { console.log('four'); return true; } };
       export const cors = { allowOrigins: ['*'] };`,
    );
    command.write('list.mjs', `console.log('one'); ${POLICY}`);
    command.write('api.yaml', 'Resources: { Api: { Type: AWS::Serverless::HttpApi } }');
  });

  it('goes to standard error, and --json prints JSON alone', async () => {
    const { status, stdout, stderr } = await explain('loud.mjs', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ allowed: true });
    expect([status, stderr]).toEqual([0, 'one\ntwo\nthree\nby number\nas a file\nat its end\nfour\n']);
  });

  it.each([
    ['explain', '--policy', 'list.mjs', '--origin', APP],
    ['generate', 'openapi', '--policy', 'list.mjs'],
    ['lint', 'api.yaml', '--policy', 'list.mjs'],
    ['lint', 'api.yaml', '--policy', 'list.mjs', '--format', 'sarif'],
  ])('%s', async (...args) => {
    const { stdout, stderr } = await command.run(...args);
    expect(stdout).not.toMatch(/^one$/m);
    expect(stderr).toMatch(/^one$/m);
  });
});

/** Files that are not what they should be, and what is said about each. */
const FILES: readonly (readonly [name: string, says: string])[] = [
  ['none', 'does not exist'],
  ['none/none', 'does not exist'],
  ['file/below', 'does not exist'],
  ['broken-link', 'does not exist'],
  ['folder', 'is a folder'],
  ['pipe', 'is not a regular file'],
  ['huge', 'is larger than 5 MB'],
  ['latin1', 'is not UTF-8; save it as UTF-8 first'],
  ['utf16', 'is UTF-16; save it as UTF-8 first'],
];

/** How a command is given a file, by its ending. */
const GIVEN: readonly (readonly [ending: string, args: (file: string) => readonly string[]])[] = [
  ['.json', (file) => ['explain', '--policy', file, '--origin', APP]],
  ['.yaml', (file) => ['explain', '--template', file, '--origin', APP]],
  ['.yaml', (file) => ['lint', file]],
  ['.yaml', (file) => ['lint', 'ok.yaml', '--base', file]],
  ['.json', (file) => ['generate', 'sam', '--policy', file]],
  ['.yaml', (file) => ['enable', file, '--dry-run']],
  ['.json', (file) => ['enable', '--undo', file]],
  ['.json', (file) => ['serve', 'fn.handler', '--source', 'url', '--cors', file]],
];

describe('a file that is not what it should be', () => {
  beforeAll(() => {
    command.write('ok.yaml', 'Resources: { Api: { Type: AWS::Serverless::HttpApi } }');
    command.write('fn.mjs', 'export const handler = async () => ({ statusCode: 200 });');
    for (const ending of ['.json', '.yaml']) {
      const at = (name: string) => join(command.folder, `${name}${ending}`);
      command.write('file', '');
      symlinkSync('nowhere', at('broken-link'));
      mkdirSync(at('folder'));
      execFileSync('mkfifo', [at('pipe')]);
      writeFileSync(at('huge'), ' '.repeat(6 * 1024 * 1024));
      writeFileSync(at('latin1'), Buffer.from('{ "a": "\u00fc" }', 'latin1'));
      writeFileSync(at('utf16'), Buffer.from('\ufeff{ "a": 1 }', 'utf16le'));
    }
  });

  it.each(FILES)('%s: %s', async (name, says) => {
    for (const [ending, args] of GIVEN) {
      const { status, stdout, stderr } = await command.run(...args(`${name}${ending}`));
      expect(stderr).toContain(`lambda-cors: ${name}${ending} ${says}`);
      expect([status, stdout, lines(stderr).length]).toEqual([2, '', 1]);
    }
  });

  it('a mark of byte order is fine', async () => {
    command.write('bom.json', `\ufeff{ "allowOrigins": ["${APP}"] }`);
    command.write('bom.yaml', '\ufeffResources: { Api: { Type: AWS::Serverless::HttpApi } }');
    expect(await explain('bom.json')).toMatchObject({ status: 0, stderr: '' });
    expect(await command.run('lint', 'bom.yaml')).toEqual(await command.run('lint', 'ok.yaml'));
  });
});

describe('standard output', () => {
  /** In a shell: the status of the command, and what it says. */
  function shell(script: string): string {
    const options = { cwd: command.folder, encoding: 'utf8', shell: 'bash' } as const;
    return execFileSync(script.replaceAll('COMMAND', `"${process.execPath}" built/cli.js`), {
      ...options,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  beforeAll(() => {
    command.write('other.json', '{ "allowOrigins": ["https://other.example"] }');
  });

  it('may be closed by its reader: the status is the same', () => {
    const status =
      'sleep 0.2; COMMAND explain --policy other.json --origin https://app.example.com 2>err | true; echo $PIPESTATUS; cat err';
    expect(shell(status)).toBe('1\n');
  });

  it.runIf(process.platform === 'linux')('may be full', () => {
    const full =
      'COMMAND explain --policy other.json --origin https://app.example.com 2>err >/dev/full; echo $?; cat err';
    expect(shell(full)).toBe('2\nlambda-cors: standard output cannot be written: ENOSPC\n');
  });

  it('and the other two may not be there', () => {
    const closed = 'COMMAND explain --policy other.json --origin https://app.example.com <&- >&- 2>&-; echo $?';
    expect(shell(closed)).toBe('1\n');
  });
});
