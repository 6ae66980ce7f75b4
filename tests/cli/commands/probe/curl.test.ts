import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { lines, UNPRINTABLE, useCommand } from '../../command.js';

const command = useCommand();

function probe(url: string, ...args: string[]) {
  return command.run('probe', url, '--origin', 'https://app.example.com', ...args, '--curl');
}

it('prints the request, and sends nothing', async () => {
  const { stdout, status } = await probe('https://api.invalid/notes?a=b#c');
  expect(stdout).toBe(
    "curl --include --globoff --request GET --header 'accept: */*' --header 'origin: https://app.example.com' " +
      "--header 'sec-fetch-mode: cors' 'https://api.invalid/notes?a=b'\n",
  );
  expect(status).toBe(0);
});

it('prints the preflight first where one is needed', async () => {
  const { stdout } = await probe('https://api.invalid/', '--method', 'PUT', '--header', 'X-B:1', '--header', 'X-A:1');
  const [preflight, request, ...more] = lines(stdout);
  expect(preflight).toContain('--request OPTIONS ');
  expect(preflight).toContain(
    "'access-control-request-method: PUT' --header 'access-control-request-headers: x-a,x-b'",
  );
  expect(request).toContain("--request PUT --header 'accept: */*'");
  expect(request).toContain("--header 'x-a: 1'");
  expect(more).toEqual([]);
});

it('goes on to the request also with credentials', async () => {
  const { stdout } = await probe('https://api.invalid/', '--method', 'DELETE', '--credentials');
  expect(lines(stdout).map((line) => / --request (\w+)/.exec(line)?.[1])).toEqual(['OPTIONS', 'DELETE']);
});

it('says why a browser sends nothing', async () => {
  const { stdout, stderr, status } = await probe('http://api.invalid/');
  expect(stdout).toBe('');
  expect(stderr).toContain('a browser sends nothing: Mixed Content: ');
  expect(stderr).toContain('To fix it: request "https://api.invalid/" instead');
  expect(status).toBe(2);
});

it('prints JSON', async () => {
  const { stdout } = await probe('https://api.invalid/', '--method', 'HEAD', '--json');
  expect(JSON.parse(stdout)).toEqual({ commands: [expect.stringMatching(/^curl --include --globoff --head /)] });
});

it.each([
  ['it\'s $HOME `id` "x" \\n !!', 'utf8'],
  ['é\u009b\u007fend', 'latin1'],
  ['', 'utf8'],
] as const)('a shell sends the header %j as it is', async (value, encoding) => {
  const { stdout } = await probe('https://api.invalid/', '--header', value === '' ? 'X-A;' : `X-A: ${value}`);
  expect(stdout).not.toMatch(UNPRINTABLE);
  const words = shellWords(lines(stdout)[1] as string);
  const header = words.find((word) => word.startsWith('x-a'));
  expect(header).toBe(value === '' ? 'x-a;' : Buffer.from(`x-a: ${value}`, encoding).toString('latin1'));
});

it('a shell sends a body as it is, however long', async () => {
  const body = `{"a":"é' $(id)\n"}${'x'.repeat(5000)}`;
  const { stdout } = await probe('https://api.invalid/', '--method', 'POST', '--body', body);
  expect(stdout).not.toMatch(UNPRINTABLE);
  const words = shellWords(lines(stdout)[0] as string);
  expect(words[words.indexOf('--data-raw') + 1]).toBe(Buffer.from(body).toString('latin1'));
});

/** The words as bash hands them to curl, a character for each byte. */
function shellWords(line: string): string[] {
  const script = line.replace(/^curl /, "printf '%s\\0' ");
  return execFileSync('bash', ['-c', script]).toString('latin1').split('\0');
}
