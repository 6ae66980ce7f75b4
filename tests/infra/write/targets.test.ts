import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { CorsPolicy } from '../../../src/index.js';
import { GENERATE_TARGETS, type GenerateTarget, generate } from '../../../src/infra.js';

const ONE: CorsPolicy = {
  allowOrigins: 'https://a.example',
  allowMethods: ['GET', 'PUT', 'OPTIONS'],
  allowHeaders: ['Content-Type', 'X-Tenant'],
  allowCredentials: true,
  maxAge: 600,
};
const SEVERAL: CorsPolicy = { ...ONE, allowOrigins: ['https://a.example', 'https://b.example'] };
const EXPOSING: CorsPolicy = { ...ONE, exposeHeaders: ['ETag', 'X-Total'] };

/** CloudFormation's short forms. */
const TAGS = ['!Ref', '!GetAtt', '!Sub'].map((tag) => ({ tag, resolve: (text: string) => text }));

// biome-ignore lint/suspicious/noExplicitAny: a document of which each case looks at some keys.
function documentOf(policy: CorsPolicy, target: GenerateTarget, methods?: readonly string[]): any {
  return parse(generate(policy, target, methods === undefined ? {} : { methods }).text, { customTags: TAGS });
}

/** The answer of a mock, by its headers without the prefix and the inner quotes. */
function mappings(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      expect(value).toMatch(/^'.*'$/);
      return [name.replace(/^(method\.response|gatewayresponse)\.header\./, ''), value.slice(1, -1)];
    }),
  );
}

const PREFLIGHT = {
  'Access-Control-Allow-Origin': 'https://a.example',
  'Access-Control-Allow-Methods': 'GET,PUT,OPTIONS',
  'Access-Control-Allow-Headers': 'Content-Type,X-Tenant',
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Max-Age': '600',
};
const ERRORS = { 'Access-Control-Allow-Origin': 'https://a.example', 'Access-Control-Allow-Credentials': 'true' };
const { 'Access-Control-Allow-Origin': _, ...CHOSEN } = { ...PREFLIGHT, Vary: 'Origin' };

interface Rest {
  readonly headers: Readonly<Record<string, string>>;
  readonly declared: readonly string[];
  readonly template: string | undefined;
  readonly errors: readonly Readonly<Record<string, string>>[];
}

/** How each target of a REST API says the same. */
const REST: Readonly<Record<string, (policy: CorsPolicy) => Rest>> = {
  openapi(policy) {
    const document = documentOf(policy, 'openapi');
    const { options } = document.paths['/notes'];
    const integration = options['x-amazon-apigateway-integration'];
    expect(options.security).toEqual([]);
    expect(integration).toMatchObject({ type: 'mock', contentHandling: 'CONVERT_TO_TEXT' });
    expect(integration.requestTemplates).toEqual({ 'application/json': '{"statusCode": 204}' });
    expect(Object.values(options.responses['204'].headers)).toContainEqual({ schema: { type: 'string' } });
    const responses: Record<string, { responseParameters: Record<string, string> }> =
      document['x-amazon-apigateway-gateway-responses'] ?? {};
    return {
      headers: mappings(integration.responses.default.responseParameters),
      declared: Object.keys(options.responses['204'].headers),
      template: integration.responses.default.responseTemplates?.['application/json'],
      errors: Object.values(responses).map(({ responseParameters }) => mappings(responseParameters)),
    };
  },
  cloudformation(policy) {
    const { Resources } = parse(generate(policy, 'cloudformation', { format: 'json' }).text);
    const { Integration, MethodResponses, ...method } = Resources.NotesOptions.Properties;
    expect(method).toMatchObject({ HttpMethod: 'OPTIONS', AuthorizationType: 'NONE', ApiKeyRequired: false });
    expect(Integration).toMatchObject({ Type: 'MOCK', ContentHandling: 'CONVERT_TO_TEXT' });
    expect(Integration.RequestTemplates).toEqual({ 'application/json': '{"statusCode": 204}' });
    expect(Resources.Deployment.DependsOn).toContain('NotesOptions');
    const [response] = Integration.IntegrationResponses;
    const all: readonly { Type: string; Properties: { ResponseParameters: Record<string, string> } }[] =
      Object.values(Resources);
    const responses = all.filter(({ Type }) => Type === 'AWS::ApiGateway::GatewayResponse');
    return {
      headers: mappings(response.ResponseParameters),
      declared: Object.keys(MethodResponses[0].ResponseParameters).map((name) =>
        name.replace('method.response.header.', ''),
      ),
      template: response.ResponseTemplates?.['application/json'],
      errors: responses.map(({ Properties }) => mappings(Properties.ResponseParameters)),
    };
  },
  terraform(policy) {
    const { resource } = documentOf(policy, 'terraform');
    const integration = resource.aws_api_gateway_integration.cors;
    expect(resource.aws_api_gateway_method.cors).toMatchObject({
      http_method: 'OPTIONS',
      authorization: 'NONE',
      api_key_required: false,
    });
    expect(integration).toMatchObject({ type: 'MOCK', content_handling: 'CONVERT_TO_TEXT' });
    expect(integration.request_templates).toEqual({ 'application/json': '{"statusCode": 204}' });
    const response = resource.aws_api_gateway_integration_response.cors;
    const errors = resource.aws_api_gateway_gateway_response?.cors.response_parameters;
    return {
      headers: mappings(response.response_parameters),
      declared: Object.keys(resource.aws_api_gateway_method_response.cors.response_parameters).map((name) =>
        name.replace('method.response.header.', ''),
      ),
      template: response.response_templates?.['application/json'],
      // One for each of two types.
      errors: errors === undefined ? [] : [mappings(errors), mappings(errors)],
    };
  },
};

describe.each(Object.entries(REST))('%s', (_, read) => {
  it('answers one origin with static headers, and so do the errors of the gateway', () => {
    const { headers, declared, template, errors } = read(ONE);
    expect(headers).toEqual(PREFLIGHT);
    expect(declared).toEqual(Object.keys(PREFLIGHT));
    expect(template).toBeUndefined();
    expect(errors).toEqual([ERRORS, ERRORS]);
  });

  it('gives the errors what pages may read', () => {
    const exposed = { ...ERRORS, 'Access-Control-Expose-Headers': 'ETag,X-Total' };
    expect(read(EXPOSING).errors).toEqual([exposed, exposed]);
  });

  it('chooses among several origins, tells a stranger none, and varies', () => {
    const { headers, declared, template, errors } = read(SEVERAL);
    expect(headers).toEqual(CHOSEN);
    expect(declared).toEqual(Object.keys(CHOSEN));
    expect(template).toContain('$origin == "https://a.example" || $origin == "https://b.example"');
    // A second override would be a 5XX.
    expect(template?.match(/responseOverride/g)).toHaveLength(1);
    expect(template).not.toMatch(/matches|params\("/);
    expect(errors).toEqual([]);
  });

  it('names the wildcards, and Authorization, which the wildcard of headers does not cover', () => {
    expect(read({ allowMethods: '*', allowHeaders: '*' }).headers).toMatchObject({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': '*',
      'Access-Control-Allow-Headers': '*,Authorization',
    });
  });
});

describe('sam', () => {
  it('has Cors with inner quotes, both switches, and gateway responses', () => {
    const { Api } = documentOf(ONE, 'sam').Globals;
    expect(Api.Cors).toEqual({
      AllowOrigin: "'https://a.example'",
      AllowMethods: "'GET,PUT,OPTIONS'",
      AllowHeaders: "'Content-Type,X-Tenant'",
      MaxAge: "'600'",
      AllowCredentials: true,
    });
    expect(Api.Auth).toEqual({ AddDefaultAuthorizerToCorsPreflight: false, AddApiKeyRequiredToCorsPreflight: false });
    expect(Object.keys(Api.GatewayResponses)).toEqual(['DEFAULT_4XX', 'DEFAULT_5XX']);
    expect(mappings(Api.GatewayResponses.DEFAULT_4XX.ResponseParameters.Headers)).toEqual(ERRORS);
  });
});

describe('serverless', () => {
  it('has the settings that an event takes', () => {
    const { custom, functions, resources } = documentOf(ONE, 'serverless');
    expect(custom.cors).toEqual({
      origin: 'https://a.example',
      methods: ['GET', 'PUT', 'OPTIONS'],
      headers: ['Content-Type', 'X-Tenant'],
      maxAge: 600,
      allowCredentials: true,
    });
    expect(functions.notes.events[0].http.cors).toBe('${self:custom.cors}');
    const { Default4xx } = resources.Resources;
    expect(mappings(Default4xx.Properties.ResponseParameters)).toEqual(ERRORS);
  });
});

/** The CORS of HTTP APIs and function URLs, in camel case. */
const HTTP: readonly (readonly [target: GenerateTarget, read: (policy: CorsPolicy) => unknown])[] = [
  ['sam-http', (policy) => camelCase(documentOf(policy, 'sam-http').Globals.HttpApi.CorsConfiguration)],
  ['openapi-http', (policy) => documentOf(policy, 'openapi-http')['x-amazon-apigateway-cors']],
  [
    'function-url',
    (policy) => camelCase(documentOf(policy, 'function-url').Resources.Notes.Properties.FunctionUrlConfig.Cors),
  ],
  [
    'serverless-http',
    (policy) => {
      const cors = documentOf(policy, 'serverless-http').provider.httpApi.cors;
      const { allowedOrigins, allowedMethods, allowedHeaders, exposedResponseHeaders, ...rest } = cors;
      const names = { allowOrigins: allowedOrigins, allowMethods: allowedMethods, allowHeaders: allowedHeaders };
      return { ...names, ...(exposedResponseHeaders && { exposeHeaders: exposedResponseHeaders }), ...rest };
    },
  ],
];

function camelCase(cors: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(cors).map(([key, value]) => [key[0]?.toLowerCase() + key.slice(1), value]));
}

describe.each(HTTP)('%s', (target, read) => {
  it('has the policy in the keys of the gateway', () => {
    expect(read({ ...EXPOSING, allowOrigins: SEVERAL.allowOrigins as readonly string[] })).toEqual({
      allowOrigins: ['https://a.example', 'https://b.example'],
      allowMethods: target === 'function-url' ? ['GET', 'PUT'] : ['GET', 'PUT', 'OPTIONS'],
      allowHeaders: ['Content-Type', 'X-Tenant'],
      exposeHeaders: ['ETag', 'X-Total'],
      maxAge: 600,
      allowCredentials: true,
    });
  });

  it('has wildcards as lists, and leaves out what the policy does not allow', () => {
    expect(read({ allowMethods: '*', allowHeaders: '*', maxAge: 0 })).toEqual({
      allowOrigins: ['*'],
      allowMethods: ['*'],
      allowHeaders: ['*', 'Authorization'],
      maxAge: 0,
    });
  });
});

describe('function-url', () => {
  it('leaves OPTIONS out and says so, only where it was', () => {
    const says = expect.stringContaining('OPTIONS is left out of AllowMethods');
    expect(generate(ONE, 'function-url').notes).toContainEqual(says);
    expect(generate({ ...ONE, allowMethods: ['GET'] }, 'function-url').notes).not.toContainEqual(says);
  });
});

describe('cdk', () => {
  it('has one origin in a static header, and methods for the errors', () => {
    const { text } = generate(ONE, 'cdk');
    expect(text).toContain(`"method.response.header.Access-Control-Allow-Origin": "'https://a.example'"`);
    expect(text).toContain('contentHandling: ContentHandling.CONVERT_TO_TEXT');
    expect(text).toContain('export function addCorsToErrors(api: RestApi)');
  });

  it('has the template for several, and a comment instead of the errors', () => {
    const { text, notes } = generate(SEVERAL, 'cdk');
    expect(text).toContain('responseTemplates');
    expect(text).not.toMatch(/static|addCorsToErrors|"method.response.header.Access-Control-Allow-Origin"/);
    expect(text).toMatch(/^\/\/ Gateway responses are left out/m);
    expect(notes).toContainEqual(expect.stringContaining('Gateway responses are left out'));
  });

  it('has the options of an HTTP API', () => {
    const { text } = generate({ ...ONE, allowMethods: '*', allowCredentials: false }, 'cdk-http');
    expect(text).toContain('allowMethods: [CorsHttpMethod.ANY]');
    expect(text).toContain('maxAge: Duration.seconds(600)');
    expect(text).not.toContain('allowCredentials');
  });
});

describe('headers', () => {
  it('is two maps for one origin', () => {
    expect(documentOf(EXPOSING, 'headers')).toEqual({
      preflight: { ...PREFLIGHT, Vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers' },
      response: {
        'Access-Control-Allow-Origin': 'https://a.example',
        'Access-Control-Allow-Methods': 'GET,PUT,OPTIONS',
        'Access-Control-Allow-Headers': 'Content-Type,X-Tenant',
        'Access-Control-Allow-Credentials': 'true',
        'Access-Control-Expose-Headers': 'ETag,X-Total',
      },
    });
  });

  it('is two maps for each of several, and what others get', () => {
    const { origins, others } = documentOf(SEVERAL, 'headers');
    expect(Object.keys(origins)).toEqual(['https://a.example', 'https://b.example']);
    expect(origins['https://b.example'].response).toMatchObject({
      'Access-Control-Allow-Origin': 'https://b.example',
      Vary: 'Origin',
    });
    expect(others.response).toEqual({ Vary: 'Origin' });
    expect(Object.keys(others.preflight)).toEqual(['Vary']);
  });
});

describe('every target', () => {
  it.each(GENERATE_TARGETS)('%s takes methods in the place of the policy’s', (target) => {
    const { text, notes } = generate(ONE, target, { methods: ['get', 'DELETE'] });
    expect(text).toContain('DELETE');
    expect(text).not.toMatch(/PUT/);
    expect(notes).toContainEqual(expect.stringContaining('does not allow DELETE'));
    expect(generate(ONE, target, { methods: ['PUT'] }).notes.join()).not.toContain('does not allow');
  });

  it.each(GENERATE_TARGETS)('%s says where it goes', (target) => {
    const { text, notes } = generate(ONE, target);
    expect(`${text}\n${notes.join('\n')}`).toMatch(/Merge|Take|Put|Copy|Write it|What to send/);
  });

  it.each(['sam', 'sam-http', 'function-url', 'cloudformation', 'openapi', 'openapi-http', 'serverless'] as const)(
    '%s is the same in YAML and in JSON, and what YAML has as comments JSON has as notes',
    (target) => {
      const [yaml, json] = [generate(ONE, target), generate(ONE, target, { format: 'json' })];
      const longForms = yaml.text
        .replace(/!Ref (\w+)/g, '{ Ref: $1 }')
        .replace(/!GetAtt (\w+)\.(\w+)/g, '{ "Fn::GetAtt": [$1, $2] }')
        .replace(/!Sub (.*)/g, '{ "Fn::Sub": "$1" }');
      expect(parse(longForms)).toEqual(JSON.parse(json.text));
      expect(yaml.text).toMatch(/^# CORS for/);
      expect(json.notes).toEqual([expect.stringMatching(/^CORS for/), ...json.notes.slice(1)]);
      expect(json.notes.length).toBeGreaterThan(yaml.notes.length);
    },
  );

  it.each(['sam-http', 'openapi', 'cloudformation', 'headers'] as const)(
    '%s quotes in YAML what a parser of 1.1 takes for something else',
    (target) => {
      const names = ['No', 'y', 'on', '0x1f', '1e3', 'null', '.5'];
      const { text } = generate({ ...ONE, allowHeaders: names }, target, { format: 'yaml' });
      const old = parse(text, { version: '1.1', customTags: TAGS });
      expect(JSON.stringify(old)).toBe(JSON.stringify(parse(text, { customTags: TAGS })));
      for (const name of names) expect(JSON.stringify(old)).toContain(name);
    },
  );

  it('changes nothing that it is given, and gives the same again', () => {
    const policy = Object.freeze({
      ...SEVERAL,
      allowOrigins: Object.freeze(['https://a.example', 'https://b.example']),
    });
    expect(generate(policy, 'openapi')).toEqual(generate(policy, 'openapi'));
  });
});
