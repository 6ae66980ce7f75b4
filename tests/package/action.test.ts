/** The steps of action.yml, run as GitHub runs them: what a pull request brings along is never taken for code. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { useCommand } from '../cli/command.js';

interface Step {
  readonly name: string;
  readonly shell?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const action = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
const steps: readonly Step[] = action.runs.steps;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const command = useCommand();

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lambda-cors action ')));
const checkout = join(folder, 'check out');
const temp = join(folder, 'runner temp');
const bin = join(folder, 'bin');
const npmArgs = join(folder, 'npm-args');
afterAll(() => rmSync(folder, { recursive: true }));

const FAULTY = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins: ['*']
        AllowCredentials: true
`;
const SOUND = FAULTY.replace("'*'", "'https://app.example.com'");

beforeEach(() => {
  for (const each of [checkout, temp, bin]) {
    rmSync(each, { recursive: true, force: true });
    mkdirSync(each);
  }
  // In place of the registry: it notes what it is asked for, and where.
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\n{ pwd; printf '%s\\n' "$@"; } > '${npmArgs}'\n`);
  chmodSync(join(bin, 'npm'), 0o755);
  rmSync(npmArgs, { force: true });
  const installed = join(temp, 'lambda-cors/node_modules/lambda-cors/dist');
  mkdirSync(installed, { recursive: true });
  cpSync(command.path, join(installed, 'cli.js'));
});

type Inputs = Readonly<Record<string, string>>;

/** Every expression of the action's variables. */
function evaluate(expression: string, inputs: Inputs): string {
  const value: string | undefined = expression.startsWith('inputs.')
    ? (inputs[expression.slice(7)] ?? action.inputs[expression.slice(7)].default)
    : { 'runner.temp': temp }[expression];
  if (value === undefined) throw new Error(`${expression} is not known`);
  return value;
}

function run(name: string, inputs: Inputs): SpawnSyncReturns<string> & { readonly sarif: string | undefined } {
  const step = steps.find((each) => each.name === name) as Required<Step>;
  const env = Object.fromEntries(
    Object.entries(step.env).map(([key, value]) => [
      key,
      value.replace(/\$\{\{ ([^}]+) \}\}/g, (_, expression) => evaluate(expression, inputs)),
    ]),
  );
  const script = join(folder, 'script.sh');
  const output = join(folder, 'output');
  writeFileSync(script, step.run);
  writeFileSync(output, '');
  const ran = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: checkout,
    encoding: 'utf8',
    env: { PATH: [bin, process.env.PATH].join(delimiter), HOME: folder, GITHUB_OUTPUT: output, ...env },
  });
  const [, path] = /^sarif=(.*)$/m.exec(readFileSync(output, 'utf8')) ?? [];
  return { ...ran, sarif: path === undefined ? undefined : readFileSync(path, 'utf8') };
}

function lint(inputs: Inputs) {
  return run('Lint', inputs);
}

/** What the runner takes for commands: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs */
function commandsIn(output: string): readonly string[] {
  let stopped: string | undefined;
  return output.split('\n').filter((line) => {
    if (stopped !== undefined) {
      if (line === `::${stopped}::`) stopped = undefined;
      return false;
    }
    stopped = /^::stop-commands::(.+)$/.exec(line)?.[1];
    return stopped === undefined && /^\s*::|##\[/.test(line);
  });
}

describe('the action', () => {
  it('writes no expression into a script', () => {
    const scripts = steps.flatMap(({ run }) => run ?? []);
    expect(scripts).toHaveLength(2);
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });

  it('uses no other action than the one that uploads', () => {
    expect(steps.flatMap(({ uses }) => uses ?? [])).toEqual(['github/codeql-action/upload-sarif@v4']);
  });

  it('uploads nothing for a pull request from a fork, which may not', () => {
    expect(steps.at(-1)?.if).toContain('github.event.pull_request.head.repo.fork != true');
  });

  it('has the version of the package', () => {
    expect(action.inputs.version.default).toBe(version);
  });
});

describe('installing', () => {
  it('asks for the version outside of the checkout, without scripts', () => {
    const { status } = run('Install', {});
    expect(status).toBe(0);
    const [where, ...args] = readFileSync(npmArgs, 'utf8').trim().split('\n');
    expect(where).toBe(join(temp, 'lambda-cors'));
    expect(args).toContain('--ignore-scripts');
    expect(args.at(-1)).toBe(`lambda-cors@${version}`);
  });

  it.each(['latest', '', '^0.2.0', 'npm:evil@1.0.0', '1.0.0; touch pwned', '$(touch pwned)', '1.0.0\n2.0.0'])(
    'refuses the version %j',
    (given) => {
      expect(run('Install', { version: given })).toMatchObject({
        status: 2,
        stdout: expect.stringMatching(/^::error::/),
      });
      expect(existsSync(npmArgs)).toBe(false);
    },
  );
});

describe('linting', () => {
  it('passes where there is nothing, and hands on an empty list', () => {
    writeFileSync(join(checkout, 'template.yaml'), SOUND);
    const { status, sarif } = lint({ files: 'template.yaml' });
    expect(status).toBe(0);
    expect(JSON.parse(sarif ?? '').runs[0].results).toEqual([]);
  });

  it('fails with an annotation and SARIF, by the same path', () => {
    mkdirSync(join(checkout, 'api'));
    writeFileSync(join(checkout, 'api/template.yaml'), FAULTY);
    const { status, stdout, sarif } = lint({ files: '\n  api/template.yaml  \n\n' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error file=api\/template\.yaml,line=7,.*LC105/m);
    const [result] = JSON.parse(sarif ?? '').runs[0].results;
    expect(result.ruleId).toBe('LC105');
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('api/template.yaml');
  });

  it('passes what is below fail-on', () => {
    writeFileSync(join(checkout, 'template.yaml'), SOUND.replace('true', "true\n        AllowHeaders: ['*']"));
    expect(lint({ files: 'template.yaml', 'fail-on': 'error' }).status).toBe(0);
    expect(lint({ files: 'template.yaml' }).status).toBe(1);
  });

  it('compares with a policy in JSON', () => {
    writeFileSync(join(checkout, 'template.yaml'), SOUND);
    writeFileSync(join(checkout, 'cors.json'), '{ "allowOrigins": "https://other.example.com" }');
    expect(lint({ files: 'template.yaml', policy: 'cors.json' }).stdout).toContain('LC501');
  });

  it.each([
    [{ files: '' }, /files is empty/],
    [{ files: 'template.yaml', 'fail-on': 'never' }, /--fail-on/],
    [{ files: 'template.yaml', policy: 'missing.json' }, /missing\.json/],
    [{ files: 'missing.yaml' }, /missing\.yaml/],
  ])('tells what is wrong with %j', (inputs, says) => {
    writeFileSync(join(checkout, 'template.yaml'), SOUND);
    const { status, stdout, stderr, sarif } = lint(inputs);
    expect(status).toBe(2);
    expect(stdout + stderr).toMatch(says);
    expect(sarif).toBeUndefined();
  });
});

describe('a stranger', () => {
  const PWNED = 'pwned';
  const NAMES = [
    '; touch pwned',
    '$(touch pwned)',
    '`touch pwned`',
    "'; touch pwned; '",
    '"; touch pwned; "',
    '${IFS}touch pwned',
    '* pwned',
    '--policy=evil.js',
    '--version',
    '-h',
    '%0A::set-output name=a::b',
    'ü \u202e.yaml',
  ];

  function entries(): readonly string[] {
    return readdirSync(checkout).sort();
  }

  it.each(NAMES)('names a template %j, and it is a name', (name) => {
    writeFileSync(join(checkout, 'evil.js'), "require('fs').writeFileSync('pwned', '')");
    writeFileSync(join(checkout, name), FAULTY);
    const before = entries();
    const { status, stdout } = lint({ files: name });
    expect([status, stdout]).toEqual([1, expect.stringContaining('LC105')]);
    expect(entries()).toEqual(before);
    expect(before).not.toContain(PWNED);
  });

  it.each(NAMES.map((name) => `${name}.json`))('names a policy %j, and it is a name', (name) => {
    writeFileSync(join(checkout, 'template.yaml'), SOUND);
    writeFileSync(join(checkout, name), '{ "allowOrigins": "https://other.example.com" }');
    const before = entries();
    expect(lint({ files: 'template.yaml', policy: name }).stdout).toContain('LC501');
    expect(entries()).toEqual(before);
  });

  it.each(['cors.js', 'cors.ts', 'cors.mjs', 'cors.cts', 'cors.json.js', 'cors'])('cannot have %s run', (name) => {
    writeFileSync(join(checkout, 'template.yaml'), SOUND);
    writeFileSync(join(checkout, name), "require('fs').writeFileSync('pwned', ''); export default {}");
    const before = entries();
    const { status, stdout } = lint({ files: 'template.yaml', policy: name });
    expect([status, stdout]).toEqual([2, expect.stringMatching(/^::error::policy is not a \.json file/)]);
    expect(entries()).toEqual(before);
  });

  it('cannot have a module run that is called .json, by a link or by its text', () => {
    writeFileSync(join(checkout, 'template.yaml'), SOUND);
    writeFileSync(join(checkout, 'cors.js'), "require('fs').writeFileSync('pwned', '')");
    symlinkSync('cors.js', join(checkout, 'cors.json'));
    const before = entries();
    expect(lint({ files: 'template.yaml', policy: 'cors.json' }).status).toBe(2);
    expect(entries()).toEqual(before);
  });

  it.each([
    ['cors.json', '{ "::set-output name=sarif::/etc/passwd": 1, "##[add-mask]e": 2 }'],
    ['cors.json', '{ "allowOrigins": "##[stop-commands]e" }'],
    ['template.yaml', 'Resources: { Api: "##[add-matcher]evil.json"'],
  ])('cannot give the runner a command, by a fault of %s: %s', (name, text) => {
    writeFileSync(join(checkout, 'template.yaml'), SOUND);
    writeFileSync(join(checkout, 'cors.json'), '{}');
    writeFileSync(join(checkout, name), text);
    const { status, stdout, stderr } = lint({ files: 'template.yaml', policy: 'cors.json' });
    expect([status, stdout, commandsIn(stdout), stderr]).toEqual([2, expect.stringContaining(name), [], '']);
  });

  it('cannot guess the word that lets the runner take commands again', () => {
    const words = [1, 2].map(() => /^::stop-commands::(\S{20,})$/m.exec(lint({ files: 'missing.yaml' }).stdout)?.[1]);
    expect(new Set(words).size).toBe(2);
    expect(words).not.toContain(undefined);
  });

  it('cannot bring a program along: node_modules and .npmrc of the checkout are not used', () => {
    writeFileSync(join(checkout, 'template.yaml'), SOUND);
    writeFileSync(join(checkout, '.npmrc'), 'script-shell=./evil\nnode-options=--require ./evil.js\n');
    for (const name of ['.bin', 'lambda-cors/dist', 'esbuild']) {
      mkdirSync(join(checkout, 'node_modules', name), { recursive: true });
    }
    const evil = "#!/usr/bin/env node\nrequire('fs').writeFileSync('pwned', '')";
    for (const path of ['.bin/lambda-cors', '.bin/npm', 'lambda-cors/dist/cli.js', 'esbuild/index.js']) {
      writeFileSync(join(checkout, 'node_modules', path), evil, { mode: 0o755 });
    }
    const before = entries();
    expect([run('Install', {}).status, lint({ files: 'template.yaml' }).status]).toEqual([0, 0]);
    expect(entries()).toEqual(before);
  });

  it.each([
    ['template', FAULTY, /outside/],
    ['policy', '{ "allowOrigins": "https://other.example.com" }', /not a file of the checkout/],
  ])('cannot have a file read beyond the checkout, by a link as %s', (what, text, says) => {
    writeFileSync(join(folder, 'beyond.json'), text);
    writeFileSync(join(checkout, 'template.yaml'), SOUND);
    symlinkSync(join(folder, 'beyond.json'), join(checkout, 'link.json'));
    const inputs = what === 'template' ? { files: 'link.json' } : { files: 'template.yaml', policy: 'link.json' };
    const { status, stdout, stderr } = lint(inputs);
    expect([status, stdout + stderr]).toEqual([2, expect.stringMatching(says)]);
  });
});
