import { describe, expect, it } from 'vitest';
import { includedPath } from '../../src/infra/read/include.js';
import { readModel } from '../../src/infra/read/read.js';
import { readApis } from '../../src/infra.js';
import { apiOf, methodOf, namesOf, optionsOf, shown } from './facts.js';

const DOCUMENT =
  'openapi: 3.0.1\npaths: { /notes: { get: { x-amazon-apigateway-integration: { type: aws_proxy, uri: !Sub "x:functions/${F.Arn}" } } } }\n';

function including(location: string): string {
  return `Resources:
  F: { Type: AWS::Lambda::Function, Properties: {} }
  Api:
    Type: AWS::Serverless::Api
    Properties:
      Cors: "'*'"
      DefinitionBody: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: ${location} } } }
`;
}

describe('what a template includes', () => {
  it('is read as if it stood there, in the scope of the template, with its own places', () => {
    const api = apiOf(including('api/openapi.yaml'), { 'api/openapi.yaml': DOCUMENT });
    expect(optionsOf(api)).toEqual({ '/notes': 'OPTIONS sam-cors' });
    const method = methodOf(api, 'GET /notes');
    expect([method.function, method.key.source.path]).toEqual(['F', 'api/openapi.yaml']);
  });

  it('joins what stands beside it', () => {
    const text = `Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Body: { openapi: 3.0.1, paths: { /own: { get: {} }, Fn::Transform: { Name: AWS::Include, Parameters: { Location: paths.yaml } } } } } }
`;
    expect(namesOf(apiOf(text, { 'paths.yaml': '/notes: { get: {} }\n' }))).toEqual(['GET /notes', 'GET /own']);
  });

  it.each<readonly [why: string, text: string]>([
    [
      'DefinitionUri',
      'Resources: { Api: { Type: AWS::Serverless::Api, Properties: { DefinitionUri: openapi.yaml } } }',
    ],
    [
      'BodyS3Location',
      'Resources: { Api: { Type: AWS::ApiGateway::RestApi, Properties: { BodyS3Location: openapi.yaml } } }',
    ],
    [
      'BodyS3Location of an HTTP API',
      'Resources: { Api: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP, BodyS3Location: openapi.yaml } } }',
    ],
  ])('%s', (_why, text) => {
    expect(namesOf(apiOf(text, { 'openapi.yaml': DOCUMENT }))).toEqual(['GET /notes']);
    const without = apiOf(text);
    expect(without).toMatchObject({ complete: false, definition: 'uri', routes: [] });
    expect(without.gaps.map(({ why }) => why)).toEqual(['openapi.yaml is not at hand']);
  });

  it.each<readonly [why: string, body: string, gap: RegExp]>([
    ['a macro', '{ Fn::Transform: { Name: Mine } }', /the macro Mine/],
    [
      'a parameter',
      '{ Fn::Transform: { Name: AWS::Include, Parameters: { Location: !Ref P } } }',
      /Location .* is not known/,
    ],
    [
      'what is not YAML',
      '{ Fn::Transform: { Name: AWS::Include, Parameters: { Location: broken.yaml } } }',
      /^broken\.yaml:1:\d+: not YAML/,
    ],
  ])('%s is a gap', (_why, body, gap) => {
    const text = `Resources: { Api: { Type: AWS::Serverless::Api, Properties: { DefinitionBody: ${body} } } }`;
    const api = apiOf(text, { 'broken.yaml': 'a: b: c' });
    expect(api.complete).toBe(false);
    expect(api.gaps[0]?.why).toMatch(gap);
  });

  it('a document that a given template includes is not read by itself', () => {
    const files = [
      { path: 'openapi.yaml', text: DOCUMENT },
      { path: 'template.yaml', text: including('openapi.yaml') },
    ];
    expect(readApis(files).map(({ id }) => id)).toEqual(['Api']);
  });

  it('a file that includes itself ends', () => {
    const text =
      'openapi: 3.0.1\npaths: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: openapi.yaml } } }\n';
    expect(apiOf(including('openapi.yaml'), { 'openapi.yaml': text }).routes.length).toBeLessThan(5);
  });
});

describe('nested templates', () => {
  const NESTED = `Parameters: { Origin: { Type: String, Default: https://default.test } }
Resources: { Url: { Type: AWS::Lambda::Url, Properties: { AuthType: NONE, Cors: { AllowOrigins: [!Ref Origin] } } } }
`;

  it.each<readonly [why: string, parameters: string, origin: string]>([
    ['what is passed', '{ Origin: https://passed.test }', '[https://passed.test]'],
    ['the Default, where nothing is passed', '{}', '[https://default.test]'],
    ['not the Default, where what is passed is not known', '{ Origin: !GetAtt X.Y }', '[?]'],
  ])('have %s', (_why, parameters, origin) => {
    const text = `Resources: { Nested: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: nested/api.yaml, Parameters: ${parameters} } } }`;
    const api = apiOf(text, { 'nested/api.yaml': NESTED });
    expect(shown(api.cors?.allowOrigins?.value)).toBe(origin);
  });

  it('are files of the model, and end where they go round', () => {
    const text = 'Resources: { Self: { Type: AWS::Serverless::Application, Properties: { Location: template.yaml } } }';
    const model = readModel([{ path: 'template.yaml', text }], { read: () => text });
    expect(model.files.map(({ document, included }) => [document.source.path, included])).toEqual([
      ['template.yaml', false],
    ]);
  });
});

describe('which files are followed', () => {
  it.each<readonly [from: string, location: string, root: string, path: string | undefined]>([
    ['a/b.yaml', 'c.yaml', '', 'a/c.yaml'],
    ['a/b.yaml', './c/../d.yaml', '', 'a/d.yaml'],
    ['a/b.yaml', '../c.yaml', '', 'c.yaml'],
    ['a/b.yaml', '../../c.yaml', '', undefined],
    ['a/b.yaml', '../c.yaml', 'a', undefined],
    ['a/b.yaml', '../ab/c.yaml', 'a', undefined],
    ['/r/a/b.yaml', '../c.yaml', '/r', '/r/c.yaml'],
    ['/r/a/b.yaml', '../../etc/passwd', '/r', undefined],
    ['../t/b.yaml', 'c.yaml', '../t', '../t/c.yaml'],
    ['../t/b.yaml', '../c.yaml', '../t', undefined],
    ['b.yaml', '/etc/passwd', '', undefined],
    ['b.yaml', 's3://bucket/key', '', undefined],
    ['b.yaml', 'https://a.test/b.yaml', '', undefined],
    ['b.yaml', 'file:///etc/passwd', '', undefined],
    ['b.yaml', 'C:\\x.yaml', '', undefined],
    ['b.yaml', '..\\x.yaml', '', undefined],
    ['b.yaml', 'x\0.yaml', '', undefined],
  ])('from %s, %s below %j: %s', (from, location, root, path) => {
    const place = { source: { path: from, text: '' }, start: 0, end: 0 };
    const result = includedPath(location, place, root);
    expect(typeof result === 'string' ? undefined : result.path).toBe(path);
  });

  it('nothing else is asked for', () => {
    const asked: string[] = [];
    const read = (path: string): undefined => void asked.push(path);
    for (const location of ['/etc/passwd', '../x.yaml', 's3://b/k', 'ok.yaml']) {
      readApis([{ path: 'template.yaml', text: including(location) }], { read });
    }
    expect(asked).toEqual(['ok.yaml']);
  });
});
