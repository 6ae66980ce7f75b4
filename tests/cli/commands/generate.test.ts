import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { lines, UNPRINTABLE, useCommand } from '../command.js';

const command = useCommand();

beforeAll(() => {
  command.write('cors.json', '{ "allowOrigins": "https://a.example" }');
  command.write('two.json', '{ "allowOrigins": ["https://a.example", "https://b.example"] }');
  command.write('cors.mjs', "export const policy = { allowOrigins: ['https://m.example'] };\n");
  command.write('function.mjs', 'export default { allowOrigins: () => true };\n');
  command.write('faulty.json', '{ "allowOrigins": "https://a.example/" }');
});

describe('generate', () => {
  it('prints the document to standard output and nothing else there, and notes to standard error', async () => {
    const { status, stdout, stderr } = await command.run('generate', 'openapi', '--policy', 'two.json');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^# CORS for a REST API/);
    expect(parse(stdout).paths['/notes'].options.security).toEqual([]);
    expect(lines(stderr).every((line) => line.startsWith('note: '))).toBe(true);
    expect(stderr).toContain('Gateway responses are left out');
    expect(stdout + stderr).not.toMatch(UNPRINTABLE);
  });

  it('takes a module, methods and a format', async () => {
    const args = 'generate sam-http --policy cors.mjs --methods get,DELETE --format json'.split(' ');
    const { status, stdout } = await command.run(...args);
    expect(status).toBe(0);
    const { AllowOrigins, AllowMethods } = JSON.parse(stdout).Globals.HttpApi.CorsConfiguration;
    expect([AllowOrigins, AllowMethods]).toEqual([['https://m.example'], ['GET', 'DELETE']]);
  });

  it('may be read by a program that stops reading', async () => {
    const child = command.start('generate', 'cloudformation', '--policy', 'cors.json');
    child.stdout?.destroy();
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  });

  /** Arguments, and a part of what standard error says. */
  const MISUSES: readonly (readonly [args: string, says: string])[] = [
    ['sam --policy two.json', 'allowOrigins: ["https://a.example","https://b.example"] are several'],
    ['sam --policy function.mjs', 'allowOrigins: a function can only be asked by code; leave Cors out'],
    ['sam --policy faulty.json', 'has a path'],
    ['sam --policy none.json', 'none.json does not exist'],
    ['openapi --policy none.json --format json', 'none.json does not exist'],
    ['openapi --policy faulty.json --format=json', 'has a path'],
    ['sam', '--policy is missing'],
    ['sam2 --policy cors.json', "lambda-cors: target 'sam2' is invalid: allowed choices are headers, sam,"],
    ['sam --policy cors.json --format xml', "'xml' is invalid"],
    ['terraform --policy cors.json --format yaml', 'format: "yaml" is not a format of terraform'],
    ['sam --policy cors.json --methods GET,,PUT', 'write names with commas between them'],
    ['sam --policy cors.json --methods CONNECT', '--methods[0]: "CONNECT"'],
    [
      'sam --policy cors.json --methods GET,FOO',
      '--methods: ["FOO"] is not among the methods there: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, *; leave it out',
    ],
    ['function-url --policy cors.json --methods OPTIONS', 'has no method but OPTIONS'],
    ['--policy cors.json', "missing required argument 'target'"],
  ];

  it.each(MISUSES)('%s: nothing on standard output, status 2', async (args, says) => {
    const { status, stdout, stderr } = await command.run('generate', ...args.split(' '));
    expect(stderr).toContain(says);
    expect(stdout).toBe('');
    expect(status).toBe(2);
    expect(stderr).not.toMatch(/\n {4,}at |fault of lambda-cors/);
  });
});
