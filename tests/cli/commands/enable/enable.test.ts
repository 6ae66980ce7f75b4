import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { applyPatch } from 'diff';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { enableDocument } from '../../../../src/infra.js';
import { lines, UNPRINTABLE, useCommand } from '../../command.js';

const command = useCommand();

const TEMPLATE = `openapi: 3.0.1
info: { title: pets, version: '1' }
paths:
  /pets:
    get:
      responses: { '200': { description: ok, headers: { Access-Control-Allow-Origin: { schema: { type: string } } } } }
      x-amazon-apigateway-integration:
        type: aws
        httpMethod: POST
        uri: arn:aws:apigateway:eu-west-1:sqs:path/1/q
        responses:
          default:
            statusCode: '200'
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: "'https://old.example'" # as it was
  /pets/{id}:
    put:
      x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: arn:aws:apigateway:eu-west-1:lambda:path/f/invocations }
`;

const file = join(command.folder, 'api.yaml');
const text = () => readFileSync(file, 'utf8');
/** What is in the folder besides what the tests write. */
const strays = () => readdirSync(command.folder).filter((name) => name.startsWith('.'));

beforeEach(() => {
  command.write('api.yaml', TEMPLATE);
  command.write('cors.json', '{ "allowOrigins": "https://a.example", "allowCredentials": true }');
  command.write('pattern.json', '{ "allowOrigins": "https://*.a.example" }');
});

describe('enable', () => {
  it('writes what the library says, with the mode of the file, and shows what it replaces', async () => {
    chmodSync(file, 0o640);
    const { status, stdout, stderr } = await command.run('enable', 'api.yaml', '--policy', 'cors.json', '--yes');
    expect([status, stderr]).toEqual([0, '']);
    expect(text()).toBe(
      enableDocument(TEMPLATE, { allowOrigins: 'https://a.example', allowCredentials: true }, { path: 'api.yaml' })
        .text,
    );
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(strays()).toEqual([]);
    expect(stdout).toContain(`~ Access-Control-Allow-Origin: 'https://old.example' → 'https://a.example'`);
    expect(stdout).toContain('withCors(yourHandler, {"allowOrigins":"https://a.example","allowCredentials":true})');
    expect(stdout).not.toMatch(UNPRINTABLE);
  });

  it('changes nothing when it is run again', async () => {
    await command.run('enable', 'api.yaml', '--yes');
    const [before, { mtimeMs }] = [text(), statSync(file)];
    const { status, stdout } = await command.run('enable', 'api.yaml');
    expect([status, text(), statSync(file).mtimeMs]).toEqual([0, before, mtimeMs]);
    expect(stdout).toContain('api.yaml has all of it; nothing is changed.');
  });

  it('writes nothing where nobody can be asked', async () => {
    const { status, stdout, stderr } = await command.run('enable', 'api.yaml');
    expect([status, stdout, text()]).toEqual([2, '', TEMPLATE]);
    expect(lines(stderr)).toHaveLength(1);
    expect(stderr).toContain('give --yes to change it, or --dry-run to see the difference');
  });

  it('prints the difference as a patch, and writes nothing', async () => {
    const { status, stdout } = await command.run('enable', 'api.yaml', '--dry-run');
    expect([status, text()]).toEqual([0, TEMPLATE]);
    expect(applyPatch(TEMPLATE, stdout)).toBe(enableDocument(TEMPLATE, undefined, { path: 'api.yaml' }).text);
    expect(lines(stdout).filter((line) => /^-(?!--)/.test(line))).toHaveLength(1);
  });

  it.each([
    ['line ends of Windows', (yaml: string) => yaml.replaceAll('\n', '\r\n'), 'windows.yaml'],
    ['tabs', (yaml: string) => JSON.stringify(parse(yaml), undefined, '\t'), 'tabs.json'],
  ])('prints a patch that git applies to a file with %s', async (_, change, name) => {
    const before = change(TEMPLATE);
    command.write(name, before);
    const { stdout } = await command.run('enable', name, '--dry-run');
    command.write('changes.patch', stdout);
    execFileSync('git', ['apply', '-p0', 'changes.patch'], { cwd: command.folder });
    const after = readFileSync(join(command.folder, name), 'utf8');
    expect(after).toBe(enableDocument(before, undefined, { path: name }).text);
    expect(after).not.toBe(before);
  });

  it('prints JSON, and writes with --yes only', async () => {
    const dry = JSON.parse((await command.run('enable', 'api.yaml', '--json', '--dry-run')).stdout);
    expect(dry).toMatchObject({ file: 'api.yaml', written: false });
    expect(text()).toBe(TEMPLATE);
    const { changes, notes, written } = JSON.parse((await command.run('enable', 'api.yaml', '--json', '--yes')).stdout);
    expect({ changes, notes, written }).toEqual({ changes: dry.changes, notes: dry.notes, written: true });
    expect(text()).toBe(applyPatch(TEMPLATE, dry.diff));
  });

  it('takes resources and methods', async () => {
    await command.run('enable', 'api.yaml', '--yes', '--resource', '/pets', '--method', 'GET');
    expect(text().match(/^ {4}options:/gm)).toHaveLength(1);
    await command.run('enable', 'api.yaml', '--yes', '--resource', '/pets', '--recursive');
    expect(text().match(/^ {4}options:/gm)).toHaveLength(2);
  });

  it('writes through a link in the folder, and not through one that leads out of it', async () => {
    symlinkSync('api.yaml', join(command.folder, 'link.yaml'));
    expect((await command.run('enable', 'link.yaml', '--yes')).status).toBe(0);
    expect(text()).toContain('options:');
    mkdirSync(join(command.folder, 'below'), { recursive: true });
    command.write('api.yaml', TEMPLATE);
    symlinkSync('../api.yaml', join(command.folder, 'below/out.yaml'));
    const { status, stderr } = await command.run('enable', 'below/out.yaml', '--yes');
    expect([status, text()]).toEqual([2, TEMPLATE]);
    expect(stderr).toContain('below/out.yaml is a link to');
  });

  it('leaves the other name of a file as it was', async () => {
    linkSync(file, join(command.folder, 'other.yaml'));
    await command.run('enable', 'api.yaml', '--yes');
    expect(readFileSync(join(command.folder, 'other.yaml'), 'utf8')).toBe(TEMPLATE);
  });

  it('does not write text back that is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from(TEMPLATE), Buffer.from([0x23, 0xe9, 0x0a])]);
    writeFileSync(file, bytes);
    const { status, stderr } = await command.run('enable', 'api.yaml', '--yes');
    expect([status, readFileSync(file).equals(bytes)]).toEqual([2, true]);
    expect(stderr).toContain('api.yaml is not UTF-8');
  });

  /** Arguments, and a part of the one line that is said. */
  const MISUSES: readonly (readonly [args: string, says: string])[] = [
    ['none.yaml --yes', 'none.yaml does not exist'],
    ['. --yes', '. is a folder; give the path of a template'],
    ['cors.json --yes', 'neither a CloudFormation or SAM template nor an OpenAPI document'],
    ['api.yaml --yes --resource /dogs', 'there is no resource "/dogs"; it has /pets and /pets/{id}'],
    ['api.yaml --yes --method PATCH', 'there is no method "PATCH" there; it has GET and PUT'],
    ['api.yaml --yes --policy pattern.json', 'a REST API cannot express the policy'],
    ['api.yaml --yes --policy none.json', 'none.json does not exist'],
    ['api.yaml --yes --dry-run', 'cannot be used with'],
    ['--yes', "missing required argument 'file'"],
  ];

  it.each(MISUSES)('%s: nothing is written, status 2', async (args, says) => {
    const { status, stdout, stderr } = await command.run('enable', ...args.split(' '));
    expect(stderr).toContain(says);
    expect([status, stdout, text()]).toEqual([2, '', TEMPLATE]);
    expect(stderr).not.toMatch(/\n {4,}at |a bug in lambda-cors/);
    expect(strays()).toEqual([]);
  });
});

const hasScript = spawnSync('script', ['--version'], { stdio: 'ignore' }).status === 0;

// A terminal, as script(1) makes one.
it.runIf(hasScript).each([
  ['n', 'n\n'],
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
])('%s to the question changes nothing, and says so on a line of its own', async (_, answer) => {
  const line = `"${process.execPath}" "${command.path}" enable api.yaml`;
  const child = spawn('script', ['-qefc', line, '/dev/null'], { cwd: command.folder });
  let shown = '';
  let isAnswered = false;
  child.stdout.on('data', (text) => {
    shown += text;
    if (isAnswered || !shown.includes('(y/N)')) return;
    isAnswered = true;
    child.stdin.write(answer);
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect(shown.split('\r\n').slice(-2)).toEqual(['Nothing is changed.', '']);
  expect(status).toBe(1);
  expect(readFileSync(join(command.folder, 'api.yaml'), 'utf8')).toBe(TEMPLATE);
});
