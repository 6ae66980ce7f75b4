import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { lines, useCommand } from './command.js';

const command = useCommand();
const ORIGIN = ['--origin', 'https://app.example.com'];
const stripsTypes = Boolean((process.features as { readonly typescript?: unknown }).typescript);

beforeAll(() => {
  command.write('package.json', '{ "type": "module" }');
  command.write('ok.json', '{ "allowOrigins": ["https://app.example.com"] }');
  command.write('bad.json', '{ "allowOrigins": ["https://a.example/"], "maxAge": -1, "allowCredential": true }');
  command.write('null.json', 'null');
  command.write('broken.json', '{ "allowOrigins": ');
  command.write('policy.yaml', 'allowOrigins: "*"');
  command.write('empty.js', 'export const other = 1;');
  command.write('undefined.js', 'export const policy = undefined; export default { allowOrigins: "*" };');
  command.write('undefined.cjs', 'module.exports = { policy: process.env.NO_SUCH_POLICY };');
  command.write(
    'endless.js',
    'await new Promise(() => {}); export const policy = {}; export const handler = () => {};',
  );
  command.write('silent.js', 'export const policy = { allowOrigins: () => new Promise(() => {}) };');
  command.write('throws.js', 'const settings = undefined;\nexport const policy = settings.cors;');
  command.write('syntax.js', 'export const handler = (;');
  command.write('needs.js', "import 'nothing-of-that-name'; export const handler = 1;");
  command.write('fn.js', 'export const handler = async () => ({ statusCode: 200 }); export const count = 3;');
  command.write('many.js', 'export function create() {} export function handler() {} export function remove() {}');
  command.write('escape.js', "throw new Error('\\u001b[31mred\\u0007');");
  command.write('enum.ts', 'enum A { B }; export const handler = async () => A.B;');
  command.write('three.js', 'export const handler = (event, context, callback) => callback();');
});

/** Invocation, and what the one line on stderr says. */
const ONE_LINE: readonly (readonly [args: string, says: readonly (string | RegExp)[]])[] = [
  ['explain --polic ok.json', ["unknown option '--polic'", 'Did you mean --policy?', 'see lambda-cors explain --help']],
  ['explain', ['--origin is missing', 'https://app.example.com']],
  ['explain --origin https://app.example.com', ['--policy and --template are missing', '--policy cors.json']],
  [
    'explain --template api.yaml --method PUT',
    ["'--template <file>' cannot be used with option '-X, --method <method>'", 'see lambda-cors explain --help'],
  ],
  ['frobnicate', ["unknown command 'frobnicate'", 'see lambda-cors --help']],
  ['--frobnicate', ["unknown option '--frobnicate'", 'see lambda-cors --help']],
  ['explain --policy no.json', ['no.json does not exist', 'give the path']],
  ['explain --policy broken.json', ['broken.json is not valid JSON', 'correct it']],
  ['explain --policy policy.yaml', ['policy.yaml is not a .json, .js or .ts file']],
  ['explain --policy empty.js', ['empty.js does not export policy', 'export it by default or as "policy"']],
  ['explain --policy undefined.js', ['undefined.js exports policy as undefined', 'give it a value']],
  ['explain --policy undefined.cjs', ['undefined.cjs exports policy as undefined', 'give it a value']],
  ['explain --policy endless.js', ['importing endless.js never ends', 'a top-level await']],
  ['explain --policy silent.js', ['silent.js never says', 'allowOrigins', 'settle']],
  ['explain --policy throws.js', ['throws.js threw when it was imported: TypeError', 'throws.js:2', 'fix that']],
  ['explain --policy ok.json --method TRACE', ['method "TRACE" is forbidden to pages', 'use a method']],
  ['explain --policy ok.json --header nonsense', ["'-H, --header <line>'", '"Name: value"']],
  ['explain --policy ok.json --url /notes', ['url "/notes" is not an absolute URL', 'https://api.example.com/notes']],
  ['explain --policy ok.json --body x', ['GET cannot have a body']],
  ['probe nope', ['url "nope" is not an absolute URL', 'write it in full, such as https://api.example.com/notes']],
  ['probe ftp://api.example.com/', ['is not http or https']],
  ['probe https://me:secret@api.example.com/', ['has a user name or password', 'leave them out']],
  ['probe', ["missing required argument 'url'", 'see lambda-cors probe --help']],
  ['probe https://api.example.com/ --timeout soon', ['--timeout', 'a number of seconds']],
  ['probe https://a.example/ https://b.example/', ['too many arguments']],
  ['serve src/notes.handler', ['src/notes.js does not exist', 'build it first, or correct the path']],
  ['serve fn', ['"fn" does not name a handler', 'src/notes.handler']],
  ['serve fn.other', ['fn.js has no export "other"', 'it exports handler: write fn.handler']],
  ['serve fn.js', ['fn.js has no export "js"', 'write fn.handler']],
  ['serve many.js', ['many.js has no export "js"; write many.handler']],
  ['serve many.other', ['it exports create, handler, remove: write many.handler']],
  ['serve fn.count', ['fn.js exports "count", but not as a function', 'fn.handler']],
  ['serve throws.handler', ['throws.js threw when it was imported: TypeError', 'throws.js:2']],
  ['serve endless.handler', ['importing endless.js never ends', 'a top-level await']],
  ['serve fn.handler --source url --cors endless.js', ['importing endless.js never ends']],
  ['serve syntax.handler', ['syntax.js threw when it was imported: SyntaxError']],
  ['serve needs.handler', ["needs.js threw when it was imported: Error: Cannot find package 'nothing-of-that-name'"]],
  ['serve escape.handler', ['\\u001b[31mred\\u0007']],
  ['serve enum.handler', ['enum.ts', 'npm install --save-dev esbuild']],
  ['serve three.handler --node 24', ['three parameters', 'make it async']],
  ['serve fn.handler --source rest --cors ok.json', ['has no CORS feature of its own']],
  [
    'serve fn.handler --source sqs',
    ["'sqs' is invalid", 'rest, http, http-1.0, url, alb', 'see lambda-cors serve --help'],
  ],
  ['serve fn.handler --port 70000', ['an integer from 0 to 65535']],
];

describe('wrong use is reported in one line, with exit status 2 and without a stack trace:', () => {
  it.each(ONE_LINE)('%s', async (args, says) => {
    const [name = '', ...rest] = args.split(' ');
    const given = [name, ...rest, ...(name !== 'serve' && rest.length > 0 ? ORIGIN : [])];
    const { status, stdout, stderr } = await command.run(
      ...(args.endsWith('app.example.com') ? args.split(' ') : given),
    );
    expect(stdout).toBe('');
    expect(lines(stderr)).toHaveLength(1);
    expect(stderr).toMatch(/^lambda-cors: /);
    for (const each of says) expect(stderr).toContain(each);
    expect(stderr).not.toMatch(/\n\s+at |file:\/\//);
    expect(status).toBe(2);
  });

  it('a port in use', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { status, stderr } = await command.run('serve', 'fn.handler', '--port', String(port));
    server.close();
    expect(lines(stderr)).toEqual([
      `lambda-cors: cannot listen on port ${port} of 127.0.0.1: it is in use; choose another with --port, or --port 0 for any`,
    ]);
    expect(status).toBe(2);
  });

  it('a policy in TypeScript without esbuild, where Node.js does not strip types', async () => {
    command.write('typed.ts', 'export const policy: object = { allowOrigins: "https://app.example.com" };');
    const { status, stdout, stderr } = await command.run('explain', '--policy', 'typed.ts', ...ORIGIN);
    expect(status).toBe(stripsTypes ? 0 : 2);
    if (stripsTypes) expect(stdout).toContain('✓ Allowed.');
    else expect(stderr).toMatch(/typed\.ts is TypeScript, which Node\.js 2\S+ does not run by itself; run npm install/);
  });

  it.each([
    ['enum', 'enum A { B }\nexport const policy = {};'],
    ['extension', 'import { a } from "./a";\nexport const policy = { maxAge: a };'],
  ])('a policy in TypeScript without esbuild, which Node.js cannot run: %s', async (name, source) => {
    command.write('a.ts', 'export const a: number = 60;');
    command.write(`policy-${name}.ts`, source);
    const { status, stderr } = await command.run('explain', '--policy', `policy-${name}.ts`, ...ORIGIN);
    expect(stderr).toMatch(/^lambda-cors: policy-\w+\.ts .*run npm install --save-dev esbuild\n$/);
    expect(status).toBe(2);
  });
});

describe('a malformed policy', () => {
  const FAULTS = [
    'allowOrigins[0]: "https://a.example/" has a path; write "https://a.example"',
    'maxAge: -1 is not a valid number of seconds; write an integer from 0 to 86400',
    'allowCredential: true is not a key of a policy; write allowCredentials, or remove it',
  ];

  it('is reported with all of its faults', async () => {
    const { status, stderr } = await command.run('explain', '--policy', 'bad.json', ...ORIGIN);
    expect(lines(stderr)).toEqual([
      'lambda-cors: bad.json is not a valid policy; it has 3 faults:',
      ...FAULTS.map((fault) => `  ${fault}`),
    ]);
    expect(status).toBe(2);
  });

  it('is reported with all of its faults in JSON', async () => {
    const { status, stdout, stderr } = await command.run('explain', '--policy', 'bad.json', ...ORIGIN, '--json');
    expect(JSON.parse(stdout)).toEqual({ error: 'bad.json is not a valid policy; it has 3 faults:', issues: FAULTS });
    expect([status, stderr]).toEqual([2, '']);
  });

  it('may not even be an object', async () => {
    const { status, stderr } = await command.run('explain', '--policy', 'null.json', ...ORIGIN);
    expect(stderr).toContain('policy: null is not a plain object');
    expect(status).toBe(2);
  });

  it('that a module compiles itself is reported the same way', async () => {
    const thrown = `Object.assign(new Error('\\n  maxAge: -1 is not a valid number of seconds; write another'), {
      name: 'CorsPolicyError', issues: [{ path: 'maxAge', value: -1, reason: 'is', fix: 'write' }],
    })`;
    command.write('compiles.js', `throw ${thrown};`);
    const asPolicy = await command.run('explain', '--policy', 'compiles.js', ...ORIGIN);
    expect(asPolicy.stderr).toContain('it has one fault:\n  maxAge: -1');
    const asHandler = await command.run('serve', 'compiles.handler');
    expect(asHandler.stderr).toContain('because of its policy:\n  maxAge: -1');
    expect([asPolicy.status, asHandler.status]).toEqual([2, 2]);
  });
});

it("a malformed configuration of the gateway's own CORS is reported with all of its faults", async () => {
  command.write(
    'gateway.json',
    '{ "allowOrigins": "*", "maxAge": "1", "AllowMethods": [], "allowCredentials": true, "exposeHeaders": ["X-ł"] }',
  );
  const { status, stderr } = await command.run('serve', 'fn.handler', '--source', 'url', '--cors', 'gateway.json');
  expect(lines(stderr)).toEqual([
    'lambda-cors: gateway.json is not a valid CORS configuration of a gateway:',
    '  cors.allowOrigins: "*" is not a list; write an array of strings',
    '  cors.maxAge: "1" is not an integer; write a number of seconds',
    '  cors.AllowMethods: [] is not a key of cors; write allowMethods, or remove it',
    '  cors.exposeHeaders[0]: "X-ł" is not a header value; write printable ASCII',
  ]);
  expect(status).toBe(2);
});

describe('help', () => {
  it.each([
    ['-h', ['serve', 'explain', 'Exit status: 0']],
    ['lint -h', ['--policy <file>', '--format', '--json', '--fail-on']],
    ['--help', ['serve', 'explain', 'probe', 'Exit status: 0']],
    ['serve --help', ['--source <source>', '--port', '--host', '--stage', '--cors', '--json', 'Ctrl-C']],
    ['explain --help', ['--policy <file>', '--origin', '--method', '--header', '--credentials', '--url', '--json']],
    [
      'probe --help',
      ['<url>', '--origin', '--timeout', '--json', 'a DELETE', 'https://lambda-cors-probe.invalid', 'Exit status: 0'],
    ],
  ])('%s', async (args, says) => {
    const { status, stdout, stderr } = await command.run(...args.split(' '));
    for (const each of says) expect(stdout).toContain(each);
    expect([status, stderr]).toEqual([0, '']);
  });

  it('is printed without arguments, with exit status 2', async () => {
    const { status, stdout } = await command.run();
    expect(stdout).toContain('Usage: lambda-cors');
    expect(status).toBe(2);
  });

  it('--version', async () => {
    const { status, stdout } = await command.run('--version');
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(status).toBe(0);
  });
});
