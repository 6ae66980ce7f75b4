import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type Api, judge, readApis, TemplateError } from '../../src/infra.js';

type Data = unknown;

/** The words that readers look for, so that random data is not passed over. */
const KEYS = [
  'Type',
  'Properties',
  'Events',
  'Auth',
  'Cors',
  'CorsConfiguration',
  'FunctionUrlConfig',
  'AllowOrigin',
  'AllowOrigins',
  'AllowMethods',
  'DefinitionBody',
  'Body',
  'paths',
  '/notes',
  'get',
  'options',
  'security',
  'responses',
  'x-amazon-apigateway-integration',
  'responseParameters',
  'method.response.header.Access-Control-Allow-Origin',
  'GatewayResponses',
  'Integration',
  'IntegrationResponses',
  'MethodResponses',
  'RestApiId',
  'ResourceId',
  'HttpMethod',
  'AuthorizationType',
  'RouteKey',
  'Ref',
  'Fn::Sub',
  'Fn::If',
  'Fn::Join',
  'Fn::GetAtt',
  'Fn::Transform',
  'Fn::Select',
  'Fn::Split',
  'Fn::FindInMap',
  '$ref',
  '__proto__',
  'constructor',
];

const TYPES = [
  'AWS::Serverless::Api',
  'AWS::Serverless::HttpApi',
  'AWS::Serverless::Function',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Route',
  'AWS::Lambda::Url',
  'AWS::CloudFormation::Stack',
];

const scalar = fc.oneof(
  fc.constantFrom<Data>(
    'Api',
    'A',
    'C',
    "'*'",
    '*',
    '${A}',
    'GET /notes',
    '#/paths',
    'AWS::NoValue',
    'mock',
    'AWS_PROXY',
  ),
  fc.constantFrom<Data>(null, true, false, 0, -1, 600, 1e308, ''),
  fc.string(),
);

const { value: anything } = fc.letrec<{ value: Data }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const wild = fc
  .dictionary(
    fc.constantFrom('Api', 'A', 'B', 'C'),
    fc.record({
      Type: fc.oneof({ weight: 5, arbitrary: fc.constantFrom<Data>(...TYPES) }, scalar),
      Properties: anything,
    }),
    { maxKeys: 4, noNullPrototype: true },
  )
  .chain((Resources) =>
    fc.record({
      Globals: fc.oneof(fc.constant({}), fc.record({ Api: anything, HttpApi: anything, Function: anything })),
      Conditions: anything,
      Mappings: anything,
      Parameters: anything,
      Resources: fc.constant(Resources),
    }),
  );

const mapping = fc.constantFrom<Data>(
  "'*'",
  '*',
  600,
  { 'Fn::Sub': "'${Origin}'" },
  { 'Fn::If': ['Prod', "'*'", "'https://a.test'"] },
);
const event = fc.record({
  Type: fc.constantFrom('Api', 'HttpApi'),
  Properties: fc.record({
    Path: fc.constantFrom('/notes', '/notes/{id}', '/{proxy+}', '/'),
    Method: fc.constantFrom('get', 'POST', 'put', 'any', 'options'),
    Auth: fc.constantFrom({}, { Authorizer: 'NONE' }, { ApiKeyRequired: true }),
  }),
});

/** SAM refuses a method that comes twice. */
const events = fc
  .uniqueArray(event, {
    maxLength: 5,
    selector: ({ Type, Properties: { Path, Method } }) => `${Type} ${Path} ${Method}`,
  })
  .map((list) => Object.fromEntries(list.map((each, at) => [`E${at}`, each])));

/** Templates as people write them. */
const sensible = fc.record({
  Transform: fc.constant('AWS::Serverless-2016-10-31'),
  Parameters: fc.constantFrom(
    { Origin: { Type: 'String' } },
    { Origin: { Type: 'String', Default: 'https://p.test' } },
  ),
  Globals: fc.record({
    Api: fc.record({
      Cors: fc.oneof(mapping, fc.record({ AllowOrigin: mapping, AllowHeaders: mapping, MaxAge: mapping })),
    }),
    HttpApi: fc.constantFrom(
      {},
      { CorsConfiguration: true },
      { CorsConfiguration: { AllowOrigins: ['https://a.test'] } },
    ),
  }),
  Resources: fc.record({
    F: fc.record({
      Type: fc.constant('AWS::Serverless::Function'),
      Properties: fc.record({
        Events: events,
      }),
    }),
    Url: fc.record({
      Type: fc.constant('AWS::Lambda::Url'),
      Properties: fc.record({
        AuthType: fc.constantFrom('NONE', 'AWS_IAM'),
        Cors: fc.record({ AllowOrigins: fc.array(mapping) }),
      }),
    }),
    Other: fc.record({
      Type: fc.constant('AWS::ApiGateway::RestApi'),
      Properties: fc.record({
        Body: fc.record({
          openapi: fc.constant('3.0.1'),
          paths: fc.dictionary(
            fc.constantFrom('/a', '/b'),
            fc.dictionary(
              fc.constantFrom('get', 'put', 'options'),
              fc.record({
                security: fc.constantFrom([], [{ x: [] }]),
                'x-amazon-apigateway-integration': fc.record({
                  type: fc.constantFrom('mock', 'aws', 'aws_proxy'),
                  requestTemplates: fc.constant({ 'application/json': '{"statusCode":200}' }),
                  responses: fc.record({
                    default: fc.record({
                      statusCode: fc.constant('200'),
                      responseParameters: fc.record({ 'method.response.header.Access-Control-Allow-Origin': mapping }),
                    }),
                  }),
                }),
                responses: fc.constant({ '200': { headers: { 'Access-Control-Allow-Origin': {} } } }),
              }),
              { noNullPrototype: true },
            ),
            { noNullPrototype: true },
          ),
        }),
      }),
    }),
  }),
});

function read(text: string): readonly Api[] {
  return readApis([{ path: 'template.yaml', text }], { read: () => undefined });
}

/** A model without its places, its lists of routes and methods sorted. */
function withoutPlaces(apis: readonly Api[]): unknown {
  const plain = JSON.parse(
    JSON.stringify(apis, (_key, value: unknown) => {
      if (value instanceof Set) return [...value].sort();
      if (typeof value !== 'object' || value === null) return value;
      if ('source' in value && 'start' in value) return undefined;
      const { node: _node, ...rest } = value as Record<string, unknown>;
      return Array.isArray(value) ? value : rest;
    }),
  );
  return sorted(plain);
}

/** The order of keys says nothing; nor then does that of what they become. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted).sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([key, each]) => [key, sorted(each)]),
  );
}

function reversed(value: Data): Data {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, reversed(each)]),
  );
}

describe('a template says the same', () => {
  it.each<readonly [why: string, write: (data: Data) => string]>([
    ['as YAML', (data) => stringify(data)],
    ['as JSON with indentation', (data) => JSON.stringify(data, null, 4)],
    ['as YAML with CRLF, and a BOM', (data) => `\uFEFF${stringify(data).replaceAll('\n', '\r\n')}`],
    [
      'as YAML with other quotes and indentation',
      (data) => stringify(data, { defaultStringType: 'QUOTE_DOUBLE', indent: 3 }),
    ],
    ['as YAML with comments', (data) => `# first\n${stringify(data).replaceAll(/:\n/g, ': # here\n')}# last\n`],
    ['with its keys in another order', (data) => JSON.stringify(reversed(data))],
  ])('%s', (_why, write) => {
    fc.assert(
      fc.property(sensible, (data) => {
        expect(withoutPlaces(read(write(data)))).toEqual(withoutPlaces(read(JSON.stringify(data))));
      }),
      { numRuns: 60 },
    );
  });
});

describe('whatever it reads', () => {
  function survives(text: string): void {
    let apis: readonly Api[];
    try {
      apis = read(text);
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateError);
      expect((error as Error).message).not.toContain('\n');
      return;
    }
    for (const api of apis) judge(api, { origin: 'https://a.test', credentials: 'include', policy: {} });
  }

  it('it neither throws nor hangs: wild templates', () => {
    fc.assert(
      fc.property(wild, (data) => survives(JSON.stringify(data))),
      { numRuns: 1000 },
    );
  });

  it('the same in YAML', () => {
    fc.assert(
      fc.property(wild, (data) => survives(stringify(data))),
      { numRuns: 200 },
    );
  });

  it('the same of documents', () => {
    const documents = fc.record({ openapi: scalar, paths: anything, security: anything, components: anything });
    fc.assert(
      fc.property(documents, (data) => survives(JSON.stringify(data))),
      { numRuns: 500 },
    );
  });

  it('the same of any text', () => {
    const lines = fc.array(
      fc.constantFrom(
        'a:',
        ' - ',
        '  b: !Sub x',
        '? ',
        '&a ',
        '*a',
        '[',
        ']',
        '{',
        '"',
        "'",
        '|',
        '\t',
        '#',
        '---',
        '\r',
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          lines.map((all) => all.join('\n')),
          lines.map((all) => all.join('')),
        ),
        survives,
      ),
      { numRuns: 1000 },
    );
  });
});
