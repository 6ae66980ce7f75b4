import { beforeAll, describe, expect, it } from 'vitest';
import { lines, useCommand } from './command.js';

const command = useCommand();
const APP = 'https://app.example.com';
const EXPLAIN = ['explain', '--policy', 'ok.json', '--origin', APP];

beforeAll(() => {
  command.write('ok.json', `{ "allowOrigins": ["${APP}"] }`);
  command.write('api.yaml', 'Resources: { Api: { Type: AWS::Serverless::HttpApi } }');
  command.write('fn.mjs', 'export const handler = async () => ({ statusCode: 200 });');
});

describe('as in other commands:', () => {
  it.each([
    ['-V', '--version'],
    ['help', '--help'],
    ['help serve', 'serve --help'],
    ['help help', 'help --help'],
    ['serve -h', 'serve --help'],
  ])('%s does what %s does', async (short, long) => {
    const outcome = await command.run(...short.split(' '));
    expect(outcome).toEqual(await command.run(...long.split(' ')));
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    expect(outcome.stdout).toMatch(/\S/);
  });

  it('help names a command that is not there', async () => {
    const { status, stdout, stderr } = await command.run('help', 'sevre');
    expect([status, stdout, stderr]).toEqual([2, '', "lambda-cors: unknown command 'sevre'; see lambda-cors --help\n"]);
  });

  it('every command says what its exit status means', async () => {
    for (const name of ['serve', 'explain', 'probe', 'lint', 'generate', 'enable']) {
      expect((await command.run(name, '--help')).stdout).toMatch(/\nExit status: 0 .*\b2 if /);
    }
    // What 1 means differs.
    const { stdout } = await command.run('--help');
    expect(stdout).toMatch(/\nExit status: .*\nlambda-cors help NAME has .* what its exit status means\.\n$/);
  });

  it.each([
    [['-X', 'PUT', '-H', 'X-A: 1', '-H', 'X-B: 2']],
    [['-XPUT', '-HX-A: 1', '-HX-B:2']],
    [['--method=PUT', '--header=X-A: 1', '--header', 'X-B: 2']],
  ])('explain %j', async (options) => {
    const { stdout } = await command.run(...EXPLAIN, '--json', ...options);
    const { method, headers } = JSON.parse(stdout).request;
    expect({ method, headers }).toEqual({
      method: 'PUT',
      headers: [
        ['X-A', '1'],
        ['X-B', '2'],
      ],
    });
  });

  it('probe -X -H', async () => {
    const { stdout } = await command.run(
      'probe',
      'https://a.example/',
      '--origin',
      APP,
      '--curl',
      '-X',
      'PUT',
      '-H',
      'X-A: 1',
    );
    expect(stdout).toMatch(/--request PUT .*--header 'x-a: 1' https:\/\/a\.example\/\n$/);
  });
});

/** What one line on standard error says, with status 2. */
const REFUSED: readonly (readonly [args: readonly string[], says: string])[] = [
  [[...EXPLAIN, '--policy', 'ok.json'], "option '--policy <file>' is given twice; give it once"],
  [[...EXPLAIN, '--origin', APP], "option '--origin <origin>' is given twice"],
  [[...EXPLAIN, '-X', 'PUT', '--method', 'PUT'], "option '-X, --method <method>' is given twice"],
  [[...EXPLAIN, '--url', 'https://a.example', '--url=https://b.example'], "option '--url <url>' is given twice"],
  [['probe', 'https://a.example', '--timeout', '1', '--timeout', '2'], "option '--timeout <seconds>' is given twice"],
  [['lint', 'api.yaml', '--format', 'github', '--format', 'text'], "option '--format <format>' is given twice"],
  [['lint', 'api.yaml', '--fail-on', 'info', '--fail-on', 'info'], "option '--fail-on <severity>' is given twice"],
  [['generate', 'sam', '--methods', 'GET', '--methods', 'PUT'], "option '--methods <list>' is given twice"],
  [['enable', 'api.yaml', '--region', 'a', '--region', 'b'], "option '--region <region>' is given twice"],
  [['serve', 'fn.handler', '--port', '1', '--port', '2'], "option '--port <port>' is given twice"],
  [['serve', 'fn.handler', '--source', 'url', '--source', 'rest'], "option '--source <source>' is given twice"],
  [['serve', 'fn.handler', '--host', ''], "option '--host <host>' has an empty value; write one"],
  [['explain', '--policy=', '--origin', APP], "option '--policy <file>' has an empty value"],
  ...['0', '-1', 'NaN', 'Infinity', '1e3', '0x10', '901', '1 '].flatMap((time): [string[], string][] => [
    [['probe', 'https://a.example', '--timeout', time], 'write a number of seconds up to 900'],
    [['serve', 'fn.handler', '--timeout', time], 'write a number of seconds up to 900'],
  ]),
  ...['-1', '65536', 'NaN', 'Infinity', '1.5', '0x50', ''].map((port): [string[], string] => [
    ['serve', 'fn.handler', '--port', port],
    'write an integer from 0 to 65535',
  ]),
  ...(
    [
      [`${APP}/`, `has a path; did you mean ${APP}?`],
      [`${APP}/notes?x`, `has a path; did you mean ${APP}?`],
      [`${APP}:443`, `has a default port; did you mean ${APP}?`],
      ['HTTPS://App.Example.Com', `has capitals; did you mean ${APP}?`],
      ['app.example.com', `has no scheme; did you mean ${APP}?`],
      ['localhost:5173', 'has no scheme; did you mean http://localhost:5173?'],
      ['127.0.0.1:5173', 'has no scheme; did you mean http://127.0.0.1:5173?'],
      ['localhost.example.com', 'has no scheme; did you mean https://localhost.example.com?'],
      ['https://bücher.example', 'is not as browsers write it; did you mean https://xn--bcher-kva.example?'],
      ['https://*.example.com', 'is not an origin, such as "https://example.com"; write only scheme, host and port'],
      ['*', 'is not an origin'],
      ['nonsense here', 'is not an origin'],
      ['http//localhost:3000', 'is not an origin'],
    ] as const
  ).map(([origin, says]): [string[], string] => [['explain', '--policy', 'ok.json', '--origin', origin], says]),
  [['probe', 'api.example.com/notes', '--origin', APP], 'has no scheme; did you mean https://api.example.com/notes?'],
  [['probe', 'localhost:3000/notes', '--origin', APP], 'has no scheme; did you mean http://localhost:3000/notes?'],
  [['probe', '127.0.0.1:3000', '--origin', APP], 'has no scheme; did you mean http://127.0.0.1:3000/?'],
  [[...EXPLAIN, '--url', '//api.example.com'], 'has no scheme; did you mean https://api.example.com/?'],
  [['probe', 'localhost/?u=https://x', '--origin', APP], 'has no scheme; did you mean http://localhost/?u=https://x?'],
  [[...EXPLAIN, '-H', 'X-A:'], 'curl leaves it out; do so too, or write "X-A;" for no value'],
  [[...EXPLAIN, '--root', '.'], '--root is for --template; add that, or leave it out'],
  [['serve', 'fn.handler', '--stage', 'dev', '--source', 'url'], '--stage is for --source rest, http, http-1.0'],
  [['serve', 'fn.handler', '--binary', 'image/*', '--source', 'http'], '--binary is for --source rest, not for http'],
  [['serve', 'fn.handler', '--stage', '/dev'], '--stage: "/dev" is not a stage; write letters, digits'],
  [['serve', 'fn.handler', '--binary', 'x'], '--binary: "x" is not a media type'],
  [['serve', 'fn.handler', '--allow-host', 'http://x'], '--allow-host: "http://x" is not a host name'],
  [['lint', 'api.yaml', '--json', '--format', 'text'], '--json and --format text contradict each other'],
];

it.each(REFUSED)('%j', async (args, says) => {
  const { status, stdout, stderr } = await command.run(...args);
  const told = args.includes('--json') ? JSON.parse(stdout).error : stderr;
  expect(told).toContain(says);
  expect(lines(stderr).length).toBe(args.includes('--json') ? 0 : 1);
  expect(status).toBe(2);
});

it('a header without a value is written as curl does', async () => {
  const { stdout } = await command.run('probe', 'https://a.example/', '--origin', APP, '--curl', '-H', 'X-A;');
  expect(stdout).toContain("--header 'x-a;'");
});

it('options that may be repeated, and flags, may be', async () => {
  const { status } = await command.run(...EXPLAIN, '-H', 'X-A: 1', '-H', 'X-A: 2', '--json', '--json');
  expect(status).toBe(1);
});

it('--format json is JSON also where something is wrong', async () => {
  for (const options of [['--format', 'json'], ['--format=json'], ['--json']]) {
    const { status, stdout, stderr } = await command.run('lint', 'none.yaml', ...options);
    expect(JSON.parse(stdout).error).toBe('none.yaml does not exist; give the path of a template');
    expect([status, stderr]).toEqual([2, '']);
  }
});
