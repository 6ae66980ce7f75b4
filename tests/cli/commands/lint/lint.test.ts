import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../../../src/infra/finding.js';
import { mocked, openapi, PREFLIGHT, proxied, samHttp, samRest, service, withBody } from '../../../infra/templates.js';
import { lines, UNPRINTABLE, useCommand } from '../../command.js';

const command = useCommand();
/** Outside of the repository that the command runs in. */
const outside = realpathSync(mkdtempSync(join(tmpdir(), 'lambda-cors-outside-')));
afterAll(() => rmSync(outside, { recursive: true }));

const GOOD = samHttp({ api: 'CorsConfiguration: { AllowOrigins: [https://app.example.com] }' });
const FAULTY = samHttp({ api: 'CorsConfiguration: { AllowOrigins: [https://app.example.com/] }' });
const NOTED = samHttp({ api: 'CorsConfiguration: { AllowOrigins: ["*"], MaxAge: 86400 }' });
const WARNED = samHttp({ api: "CorsConfiguration: { AllowOrigins: ['*'] }", events: ['POST /notes'] });
const EVIL = samRest({
  api: 'Cors: { AllowOrigin: "*\\e[31m\\n::error file=x,line=1::pwned%0A\\u202e" }',
  events: ['PUT /a%0A'],
});

/** An OpenAPI document with a fault that shows that it was read. */
const DOCUMENT = openapi({ '/a': { get: service({ 200: {} }) } });

function including(location: string): string {
  return `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors: "'*'"
      DefinitionBody: { 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: ${location} } } }
`;
}

async function found(...args: readonly string[]): Promise<readonly Finding[]> {
  const { stdout, stderr } = await command.run('lint', '--format', 'json', ...args);
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as { readonly findings: readonly Finding[] }).findings;
}

async function codes(...args: readonly string[]): Promise<readonly string[]> {
  return (await found(...args)).filter(({ severity }) => severity !== 'info').map(({ code }) => code);
}

beforeAll(() => {
  mkdirSync(join(command.folder, '.git'));
  command.write('good.yaml', GOOD);
  command.write('faulty.yaml', FAULTY);
  command.write('noted.yaml', NOTED);
  command.write('warned.yaml', WARNED);
  command.write('evil.yaml', EVIL);
  command.write('no\n::error::,name:%0A.yaml', EVIL);
});

describe('the exit status', () => {
  it.each([
    ['good.yaml', 0],
    ['faulty.yaml', 1],
    ['faulty.yaml --fail-on error', 1],
    ['warned.yaml', 1],
    ['warned.yaml --fail-on error', 0],
    ['noted.yaml', 0],
    ['noted.yaml --fail-on info', 1],
    ['good.yaml faulty.yaml', 1],
    ['good.yaml --format json', 0],
    ['faulty.yaml --format github', 1],
    ['faulty.yaml --format sarif', 1],
  ])('%s → %i', async (args, status) => {
    expect((await command.run('lint', ...args.split(' '))).status).toBe(status);
  });
});

describe('the formats', () => {
  it('text: a place, a code, what the browser says and the remedy, then how many', async () => {
    const { stdout } = await command.run('lint', 'faulty.yaml');
    expect(lines(stdout)).toEqual([
      'faulty.yaml:8:43 error LC103 AllowOrigins "https://app.example.com/" ends with a slash, so no origin equals it: a browser says "No \'Access-Control-Allow-Origin\' header is present on the requested resource."',
      '    to fix it: write https://app.example.com',
      '1 error in 1 file.',
    ]);
    expect((await command.run('lint', 'good.yaml', 'noted.yaml')).stdout).toContain('1 note in 2 files.');
    expect((await command.run('lint', 'good.yaml')).stdout).toBe('Nothing found in 1 file.\n');
  });

  it('text: an API without a sign of CORS is not judged, and it says so', async () => {
    const api = (events: string) =>
      `Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n${events}`;
    const get = (type: string) => `        ${type}: { Type: ${type}, Properties: { Path: /a, Method: get } }\n`;
    command.write('silent.yaml', api(get('Api')));
    command.write('silent-both.yaml', api(get('Api') + get('HttpApi')));
    const remedy = 'To see what pages need, give --policy cors.json, or run lambda-cors explain --template.';
    expect(lines((await command.run('lint', 'silent.yaml')).stdout)).toEqual([
      'Nothing found in 1 file.',
      `1 API says nothing about CORS, so lint does not judge it. ${remedy}`,
    ]);
    expect(lines((await command.run('lint', 'silent-both.yaml')).stdout)).toEqual([
      'Nothing found in 1 file.',
      `2 APIs say nothing about CORS, so lint does not judge them. ${remedy}`,
    ]);
    command.write('open.json', '{ "allowOrigins": "*" }');
    expect((await command.run('lint', 'silent.yaml', '--policy', 'open.json')).stdout).not.toContain('says nothing');
  });

  it('json: the findings and nothing else', async () => {
    expect(await found('good.yaml')).toEqual([]);
    const [finding] = await found('faulty.yaml');
    expect(finding).toEqual({
      code: 'LC103',
      severity: 'error',
      file: 'faulty.yaml',
      line: 8,
      column: 43,
      endLine: 8,
      message: expect.stringContaining('ends with a slash'),
      remedy: 'write https://app.example.com',
    });
  });

  it('json: --json is short for it', async () => {
    const { stdout } = await command.run('lint', 'faulty.yaml', '--json');
    expect(stdout).toBe((await command.run('lint', 'faulty.yaml', '--format', 'json')).stdout);
  });

  it('github: commands that nothing in a template can add to', async () => {
    const { stdout } = await command.run('lint', '--format', 'github', 'evil.yaml', 'no\n::error::,name:%0A.yaml');
    const written = lines(stdout);
    expect(written.length).toBeGreaterThan(4);
    for (const line of written) {
      expect(line).toMatch(
        /^::(error|warning|notice) file=[^,:\s]+,line=\d+,endLine=\d+,col=\d+,title=lambda-cors LC\d{3}::./,
      );
      expect(line).not.toMatch(UNPRINTABLE);
      expect(line).not.toMatch(/%(?!25|0D|0A|3A|2C)/);
    }
    expect(written.some((line) => line.includes('file=no%0A%3A%3Aerror%3A%3A%2Cname%3A%250A.yaml,'))).toBe(true);
  });

  it('sarif: a log of version 2.1.0, with the rules that were broken', async () => {
    const { stdout } = await command.run('lint', '--format', 'sarif', 'faulty.yaml', 'noted.yaml', 'evil.yaml');
    const log = JSON.parse(stdout);
    expect(log.version).toBe('2.1.0');
    const [{ tool, results }] = log.runs;
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).not.toMatch(UNPRINTABLE);
      expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
    }
    expect(results.map((each: { ruleId: string }) => each.ruleId)).toEqual(
      expect.arrayContaining(['LC103', 'LC104', 'LC101']),
    );
  });

  it.each(['text', 'json', 'github', 'sarif'])('%s prints nothing that a terminal obeys', async (format) => {
    const { stdout } = await command.run('lint', '--format', format, 'evil.yaml', 'no\n::error::,name:%0A.yaml');
    expect(stdout).not.toMatch(UNPRINTABLE);
    expect(lines(stdout).filter((line) => /^\s*::error file=x/.test(line))).toEqual([]);
  });
});

describe('what a template includes', () => {
  beforeAll(() => {
    command.write('app/api.yaml', DOCUMENT);
    command.write('app/template.yaml', including('api.yaml'));
    command.write('app/sub/template.yaml', including('../api.yaml'));
    writeFileSync(join(outside, 'secret.yaml'), DOCUMENT);
    mkdirSync(join(outside, 'project'));
    writeFileSync(join(outside, 'project', 'template.yaml'), including('../secret.yaml'));
    command.write('app/absolute.yaml', including(join(outside, 'secret.yaml')));
    command.write('app/url.yaml', including('https://example.com/secret.yaml'));
    command.write('app/up.yaml', including('../../../../../../../../../../../../../tmp/secret.yaml'));
    symlinkSync(join(outside, 'secret.yaml'), join(command.folder, 'app/link.yaml'));
    symlinkSync(outside, join(command.folder, 'app/linked'));
    execFileSync('mkfifo', [join(command.folder, 'app/pipe')]);
    command.write('app/by-link.yaml', including('link.yaml'));
    command.write('app/by-pipe.yaml', including('pipe'));
    command.write('app/by-folder.yaml', including('linked/secret.yaml'));
  });

  it('is read and judged, and found where it stands', async () => {
    const [finding] = (await found('app/template.yaml')).filter(({ code }) => code === 'LC301');
    expect(finding?.file).toBe('app/api.yaml');
  });

  it('may be anywhere in the repository of the working directory', async () => {
    expect(await codes('app/sub/template.yaml')).toEqual(['LC301']);
  });

  it('is not read outside of --root', async () => {
    expect(await codes('--root', 'app/sub', 'app/sub/template.yaml')).toEqual([]);
    expect(await codes('--root', 'app', 'app/sub/template.yaml')).toEqual(['LC301']);
  });

  it.each(['absolute', 'url', 'up', 'by-link', 'by-folder'])(
    'is not read outside of the repository: %s',
    async (name) => {
      expect(await codes(`app/${name}.yaml`)).toEqual([]);
    },
  );

  it('is not waited for where it is a pipe', async () => {
    expect(await codes('app/by-pipe.yaml')).toEqual([]);
  });

  it('is not read outside of the folder of a file that is elsewhere', async () => {
    expect(await codes(join(outside, 'project/template.yaml'))).toEqual([]);
    expect(await codes('--root', outside, join(outside, 'project/template.yaml'))).toEqual(['LC301']);
  });

  it('is judged with the template that includes it when it is given alone', async () => {
    expect(await found('app/api.yaml')).toEqual([expect.objectContaining({ code: 'LC301', file: 'app/api.yaml' })]);
  });

  it('is found once when both are given', async () => {
    expect((await codes('app/template.yaml', 'app/api.yaml')).filter((code) => code === 'LC301')).toEqual(['LC301']);
    expect((await codes('app/api.yaml', 'app/template.yaml')).filter((code) => code === 'LC301')).toEqual(['LC301']);
  });
});

describe('--base', () => {
  const api = (origin: string, id: string) => `Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
  Options:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      Integration: { Type: MOCK, RequestTemplates: { application/json: '{"statusCode":200}' }, IntegrationResponses: [{ StatusCode: '200', ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'${origin}'" } }] }
      MethodResponses: [{ StatusCode: '200', ResponseParameters: { method.response.header.Access-Control-Allow-Origin: true } }]
  ${id}: { Type: AWS::ApiGateway::Deployment, DependsOn: Options, Properties: { RestApiId: !Ref Api } }
`;
  beforeAll(() => {
    command.write('old.yaml', api('https://old.example.com', 'Deployment'));
    command.write('new.yaml', api('https://new.example.com', 'Deployment'));
    const body = (origin: string) =>
      withBody(
        openapi({
          '/a': {
            get: proxied(),
            options: mocked({ headers: { ...PREFLIGHT, 'Access-Control-Allow-Origin': origin } }),
          },
        }),
        '',
        'Deployment: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref Api } }',
      );
    command.write('body-old.yaml', body("'https://old.example.com'"));
    command.write('body-new.yaml', body("'https://new.example.com'"));
    command.write('renamed.yaml', api('https://new.example.com', 'Deployment2'));
  });

  it('finds a change in a Body too', async () => {
    expect(await codes('--base', 'body-old.yaml', 'body-new.yaml')).toEqual(['LC212']);
  });

  it.each([
    ['new.yaml', ['LC212']],
    ['renamed.yaml', []],
    ['old.yaml', []],
  ])('%s → %j', async (file, expected) => {
    expect(await codes('--base', 'old.yaml', file)).toEqual(expected);
  });
});

describe('what lies beside a template', () => {
  it('--policy compares with a policy', async () => {
    command.write('policy.json', '{ "allowOrigins": ["https://other.example.com"] }');
    expect(await codes('--policy', 'policy.json', 'good.yaml')).toContain('LC501');
  });

  it('package.json says whether the functions have withCors', async () => {
    const url = `Resources:
  Url: { Type: AWS::Lambda::Url, Properties: { AuthType: NONE, TargetFunctionArn: f, Cors: { AllowOrigins: ['*'] } } }
`;
    command.write('with/package.json', '{ "dependencies": { "lambda-cors": "1" } }');
    command.write('with/infra/template.yaml', url);
    command.write('without/package.json', '{ "devDependencies": { "lambda-cors": "1" } }');
    command.write('without/template.yaml', url);
    expect((await found('with/infra/template.yaml')).map(({ code }) => code)).toEqual(['LC307']);
    expect(await found('without/template.yaml')).toEqual([]);
  });
});

describe('what cannot be used', () => {
  beforeAll(() => {
    command.write('empty.yaml', '');
    command.write('text.yaml', 'hello');
    command.write('other.yaml', 'a: 1');
    command.write('list.json', '[1]');
    command.write('broken.yaml', 'a: [1');
    command.write('serverless.yml', 'service: a\nprovider: { name: aws }\nfunctions: {}');
    command.write('deep.json', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    command.write('large.yaml', `a: ${'x'.repeat(5_300_000)}`);
    const nine = (name: string) => Array(9).fill(`*${name}`).join(',');
    command.write(
      'bomb.yaml',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${nine('a')}]\nc: &c [${nine('b')}]\nd: &d [${nine('c')}]\ne: &e [${nine('d')}]\nf: &f [${nine('e')}]\ng: [${nine('f')}]\n`,
    );
    command.write('cycle.yaml', 'Resources: &a\n  X: *a\n');
    command.write('bad.json', '{ "allowOrigins": [] }');
    mkdirSync(join(command.folder, 'folder'));
    execFileSync('mkfifo', [join(command.folder, 'pipe.yaml')]);
  });

  it.each([
    ['', /missing required argument 'file'/],
    ['missing.yaml', /missing\.yaml does not exist/],
    ['folder', /folder is a folder; give the path of a template/],
    ['pipe.yaml', /pipe\.yaml is not a regular file/],
    ['empty.yaml', /empty\.yaml: .*neither/],
    ['text.yaml', /text\.yaml: .*neither/],
    ['other.yaml', /other\.yaml: .*neither/],
    ['list.json', /list\.json: .*neither/],
    ['broken.yaml', /broken\.yaml:1:6: not YAML/],
    ['serverless.yml', /serverless\.yml.*serverless package/],
    ['deep.json', /deep\.json: is nested too deeply/],
    ['large.yaml', /large\.yaml is larger than 5 MB/],
    ['bomb.yaml', /bomb\.yaml: its aliases stand for too much/],
    ['cycle.yaml', /cycle\.yaml.*stands for itself/],
    ['good.yaml --format xml', /'xml' is invalid/],
    ['good.yaml --fail-on never', /'never' is invalid/],
    ['good.yaml --root missing', /--root "missing" is not a folder/],
    ['good.yaml --root folder', /good\.yaml is outside of --root/],
    ['good.yaml --policy missing.json', /missing\.json does not exist/],
    ['good.yaml --base missing.yaml', /missing\.yaml does not exist/],
    ['good.yaml faulty.yaml --base good.yaml', /give one file/],
    ['faulty.yaml missing.yaml', /missing\.yaml does not exist/],
  ])('lint %s: one line, exit status 2, and nothing else', async (args, says) => {
    const { status, stdout, stderr } = await command.run('lint', ...args.split(' ').filter((arg) => arg !== ''));
    expect(stdout).toBe('');
    expect(lines(stderr)).toEqual([expect.stringMatching(says)]);
    expect(status).toBe(2);
  });

  it('is told of all at once', async () => {
    const { status, stdout, stderr } = await command.run('lint', 'missing.yaml', 'good.yaml', 'other.yaml', 'folder');
    expect([status, stdout]).toEqual([2, '']);
    expect(lines(stderr)).toHaveLength(3);
  });

  it.each([
    ['in one folder', ['other.yaml', 'good.yaml', 'broken.yaml'], ['other.yaml', 'broken.yaml']],
    ['in several', ['other.yaml', 'there/a.yaml', 'there/b.yaml'], ['other.yaml', 'there/a.yaml', 'there/b.yaml']],
  ])('names every file that can be opened and not read, %s', async (_, files, unreadable) => {
    // A folder with a .git is a repository, and so a root of its own.
    mkdirSync(join(command.folder, 'there/.git'), { recursive: true });
    for (const name of ['a', 'b']) command.write(`there/${name}.yaml`, 'a: 1');
    const { status, stdout, stderr } = await command.run('lint', ...files);
    expect([status, stdout]).toEqual([2, '']);
    const [heading, ...rest] = lines(stderr);
    expect(heading).toBe(`lambda-cors: ${unreadable.length} files cannot be used:`);
    expect(rest).toEqual(unreadable.map((file) => expect.stringContaining(`  ${file}:`)));
  });
});

it('lints what SAM and CloudFormation have in common: a body, as JSON', async () => {
  const text = withBody(
    openapi({
      '/a': { put: proxied(), options: mocked({ headers: { ...PREFLIGHT, 'Access-Control-Allow-Methods': "'GET'" } }) },
    }),
  );
  command.write('body.yaml', text);
  expect(await codes('body.yaml')).toEqual(['LC205']);
});
