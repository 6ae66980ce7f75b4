/** The templates of docs/recipes do what their pages say. `.ci/infra` and `npm run test:templates` give them to real tools. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '@cdktf/hcl2json';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { blockOf, blocksOf } from './blocks.js';
import { outputsOf, root } from './pages.js';
import { policyOf, recipeFaults } from './recipe-faults.js';

it.each(['sam', 'cdk', 'serverless', 'terraform'])(
  'docs/recipes/%s.md has one policy, in withCors and for the gateway',
  (name) => {
    const page = `docs/recipes/${name}.md`;
    const [, policy] = /withCors\(listNotes, (\{.*?\})\)/s.exec(blocksOf(page)[0]?.text ?? '') ?? [];
    expect(parseYaml(policy ?? '')).toEqual(policyOf(page));
  },
);

describe('docs/recipes/sam.md', () => {
  const page = 'docs/recipes/sam.md';
  const generated = outputsOf(page).map(({ output }) => output);

  it.each([...['rest.yaml', 'http.yaml', 'url.yaml'].map((file) => blockOf(page, file)), ...generated])(
    '$name: the page can read everything, others nothing',
    ({ text }) => {
      expect(recipeFaults(text, policyOf(page))).toEqual([]);
    },
  );
});

describe('docs/recipes/terraform.md', () => {
  const page = 'docs/recipes/terraform.md';

  /** What HashiCorp's own parser reads in some of the page's files. */
  async function read(...files: readonly string[]): Promise<Configuration> {
    const parts = await Promise.all(files.map(async (file) => parse(file, blockOf(page, file).text)));
    return {
      variable: Object.assign({}, ...parts.map(({ variable }) => variable)),
      resource: Object.fromEntries(
        parts.flatMap(({ resource = {} }) => Object.keys(resource)).map((type) => [type, mergedType(parts, type)]),
      ),
      data: Object.assign({}, ...parts.map(({ data }) => data)),
      module: Object.assign({}, ...parts.map(({ module }) => module)),
    };
  }

  it.each([
    'function.tf, rest.tf',
    'function.tf, rest.tf, mock.tf',
    'function.tf, http.tf',
    'function.tf, http-cors.tf',
    'function.tf, url.tf',
  ])('%s: everything that they refer to is there', async (files) => {
    const configuration = await read(...files.split(', '));
    const references = [...JSON.stringify(configuration).matchAll(/\$\{(.*?)\}/g)].flatMap(([, text = '']) => [
      ...text.matchAll(/\b(?:(var|module)|(data\.)?(aws_\w+|archive_file))\.(\w+)/g),
    ]);
    expect(references.length).toBeGreaterThan(3);
    for (const [reference, kind, isData, type = '', name = ''] of references) {
      const { variable, resource, data, module } = configuration;
      const there = kind === 'var' ? variable : kind === 'module' ? module : (isData ? data : resource)[type];
      expect(there, reference).toHaveProperty(name);
    }
  });

  it('bundles the function into what its handler setting names', async () => {
    const sources = blocksOf(page).filter(({ text }) => text.startsWith('// src/notes.ts'));
    const [command] = blocksOf(page).filter(({ text }) => text.startsWith('npx esbuild '));
    const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-terraform-'));
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src/notes.ts'), sources[0]?.text ?? '');
    const args = (command?.text ?? '').trim().split(' ').slice(2);
    execFileSync(join(root, 'node_modules/.bin/esbuild'), [...args, `--alias:lambda-cors=${root}src/index.ts`], {
      cwd: folder,
      stdio: 'ignore',
    });
    const { handler } = createRequire(folder)(join(folder, 'dist/notes.js'));
    expect(await handler({ httpMethod: 'GET', path: '/notes', headers: {} })).toMatchObject({ statusCode: 200 });
    const { resource } = await read('function.tf');
    expect(resource.aws_lambda_function?.notes?.[0]).toMatchObject({ handler: 'notes.handler' });
    rmSync(folder, { recursive: true });
  });

  it('rest.tf gives every method to the function, and nothing is in front of OPTIONS', async () => {
    const { resource } = await read('rest.tf');
    const methods = Object.values(resource.aws_api_gateway_method ?? {}).map(([each]) => each);
    expect(methods).toMatchObject([
      { http_method: 'ANY', authorization: 'COGNITO_USER_POOLS' },
      { http_method: 'OPTIONS', authorization: 'NONE' },
    ]);
    expect(resource.aws_api_gateway_gateway_response?.cors?.[0]).toMatchObject({
      for_each: '${toset(["DEFAULT_4XX", "DEFAULT_5XX"])}',
      response_parameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': `'${policyOf(page).allowOrigins}'` },
    });
  });

  it('http.tf leaves CORS to the function, and nothing is in front of OPTIONS', async () => {
    const { resource } = await read('http.tf');
    expect(resource.aws_apigatewayv2_api?.notes?.[0]).not.toHaveProperty('cors_configuration');
    expect(Object.values(resource.aws_apigatewayv2_route ?? {}).map(([each]) => each)).toMatchObject([
      { route_key: 'ANY /{proxy+}', authorization_type: 'JWT' },
      { route_key: 'OPTIONS /{proxy+}', authorization_type: 'NONE' },
    ]);
  });

  it('http-cors.tf says what the policy says', async () => {
    const { resource } = await read('http-cors.tf');
    const { allowOrigins, allowMethods, allowHeaders, maxAge } = policyOf(page);
    expect(resource.aws_apigatewayv2_api?.notes?.[0]).toMatchObject({
      cors_configuration: [
        { allow_origins: [allowOrigins], allow_methods: allowMethods, allow_headers: allowHeaders, max_age: maxAge },
      ],
    });
  });

  it('url.tf leaves CORS to the function, and permits what a function URL needs', async () => {
    const { resource } = await read('url.tf');
    expect(resource.aws_lambda_function_url?.notes?.[0]).not.toHaveProperty('cors');
    const permissions = Object.values(resource.aws_lambda_permission ?? {}).map(([each]) => each);
    expect(permissions).toMatchObject([
      { action: 'lambda:InvokeFunctionUrl', function_url_auth_type: 'NONE' },
      { action: 'lambda:InvokeFunction', invoked_via_function_url: true },
    ]);
  });
});

describe('docs/recipes/serverless.md', () => {
  const page = 'docs/recipes/serverless.md';

  it.each([
    ['rest.yml', 'http'],
    ['http.yml', 'httpApi'],
  ])('%s gives every method to the function, and nothing is in front of OPTIONS', (file, type) => {
    const service = parseYaml(blockOf(page, file).text, { logLevel: 'silent' });
    const events = service.functions.notes.events.map((event: Readonly<Record<string, object>>) => event[type]);
    expect(events).toMatchObject([
      { path: '/{proxy+}', method: type === 'http' ? 'any' : '*', authorizer: { name: 'users' } },
      { path: '/{proxy+}', method: 'options' },
    ]);
    expect(events[1]).not.toHaveProperty('authorizer');
    expect(blockOf(page, file).text).not.toMatch(/\bcors:/);
  });

  it('rest.yml gives the header to both kinds of gateway responses', () => {
    const { Resources } = parseYaml(blockOf(page, 'rest.yml').text, { logLevel: 'silent' }).resources;
    const responses = Object.values<{ readonly Properties: object }>(Resources).map(({ Properties }) => Properties);
    const ResponseParameters = {
      'gatewayresponse.header.Access-Control-Allow-Origin': `'${policyOf(page).allowOrigins}'`,
    };
    expect(responses).toMatchObject(
      ['DEFAULT_4XX', 'DEFAULT_5XX'].map((ResponseType) => ({ ResponseType, ResponseParameters })),
    );
  });

  it('url.yml leaves CORS to the function', () => {
    expect(parseYaml(blockOf(page, 'url.yml').text).functions.notes.url).toBe(true);
  });
});

describe('docs/recipes/alb.md', () => {
  const resourcesOf = (file: string) =>
    parseYaml(blockOf('docs/recipes/alb.md', file).text, { logLevel: 'silent' }).Resources;

  it('alb.yaml gives every request to the function, in the format that it says, and sets no header itself', () => {
    const { NotesTarget, Https } = resourcesOf('alb.yaml');
    expect(NotesTarget.Properties.TargetGroupAttributes).toEqual([
      { Key: 'lambda.multi_value_headers.enabled', Value: 'true' },
    ]);
    expect(Https.Properties.DefaultActions).toEqual([{ Type: 'forward', TargetGroupArn: 'NotesTarget' }]);
    expect(Https.Properties).not.toHaveProperty('ListenerAttributes');
  });

  it('alb-options.yaml gives preflights to the function, before a rule that authenticates', () => {
    expect(resourcesOf('alb-options.yaml').Preflights.Properties).toEqual({
      ListenerArn: 'ListenerArn',
      Priority: 1,
      Conditions: [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['OPTIONS'] } }],
      Actions: [{ Type: 'forward', TargetGroupArn: 'TargetGroupArn' }],
    });
  });

  it('lattice.yaml gives every request to the function, without IAM, which no preflight passes', () => {
    const { Service, Listener, NotesTarget } = resourcesOf('lattice.yaml');
    expect(Service.Properties.AuthType).toBe('NONE');
    expect(Listener.Properties.DefaultAction.Forward.TargetGroups).toEqual([{ TargetGroupIdentifier: 'NotesTarget' }]);
    expect(NotesTarget.Properties).toMatchObject({ Type: 'LAMBDA', Targets: [{ Id: 'Notes.Arn' }] });
  });
});

describe('docs/recipes/cloudfront.md', () => {
  const page = 'docs/recipes/cloudfront.md';
  const { Resources } = parseYaml(blockOf(page, 'cloudfront.yaml').text, { logLevel: 'silent' });
  const { DefaultCacheBehavior, CacheBehaviors } = Resources.Distribution.Properties.DistributionConfig;
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
  const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
  const ALL_VIEWER_EXCEPT_HOST_HEADER = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

  it.each([DefaultCacheBehavior, ...CacheBehaviors])(
    'what is cached is cached by origin, preflights never: %j',
    (each) => {
      const {
        AllowedMethods,
        CachedMethods = [],
        CachePolicyId,
        OriginRequestPolicyId,
        ResponseHeadersPolicyId,
      } = each;
      expect(AllowedMethods).toContain('OPTIONS');
      expect(CachedMethods).not.toContain('OPTIONS');
      expect(ResponseHeadersPolicyId).toBeUndefined();
      if (CachePolicyId === CACHING_DISABLED) {
        expect(OriginRequestPolicyId).toBe(ALL_VIEWER_EXCEPT_HOST_HEADER);
        return;
      }
      expect(Resources[OriginRequestPolicyId].Properties.OriginRequestPolicyConfig.HeadersConfig.Headers).toEqual([
        'Access-Control-Request-Method',
        'Access-Control-Request-Headers',
      ]);
      const { CachePolicyConfig } = Resources[CachePolicyId].Properties;
      expect(CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig.Headers).toContain('Origin');
    },
  );
});

/** Each thing by type and name; the parser puts it into a list. */
type Things = Readonly<Record<string, Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>>>;

interface Configuration {
  readonly variable: Readonly<Record<string, unknown>>;
  readonly resource: Things;
  readonly data: Things;
  readonly module: Readonly<Record<string, unknown>>;
}

function mergedType(parts: readonly Partial<Configuration>[], type: string): Things[string] {
  return Object.assign({}, ...parts.map(({ resource }) => resource?.[type]));
}
