// Ways to write YAML that make it hard to put something in.
import { describe, expect, it } from 'vitest';
import { enableDocument, lint, readApis } from '../../../src/infra.js';
import { linesLost } from './undo.js';

const PROXY = '{ type: aws_proxy, httpMethod: POST, uri: arn:aws:apigateway:eu-west-1:lambda:path/f/invocations }';

const HEAD = "openapi: 3.0.1\ninfo: { title: a, version: '1' }\n";

const EDGES: Readonly<Record<string, string>> = {
  'a byte order mark': `\uFEFF${HEAD}paths:\n  /a:\n    get:\n      x-amazon-apigateway-integration: ${PROXY}\n`,
  'a byte order mark before JSON': `\uFEFF{ "openapi": "3.0.1", "paths": { "/a": { "get": {} } } }`,
  'the end of a document': `---\n${HEAD}paths:\n  /a:\n    get:\n      x-amazon-apigateway-integration: ${PROXY}\n...\n`,
  'a comment and blanks after the last key': `${HEAD}paths:\n  /a:\n    get:\n      x-amazon-apigateway-integration: ${PROXY}   # here\n\n      # of get\n    # of /a\n\n# of the file\n`,
  'a text in lines at the end of a path': `${HEAD}paths:\n  /a:\n    get:\n      description: |\n        One\n\n        Two\n\n\n  /b:\n    get:\n      description: >-\n        One\n        two\n    summary: |+\n      kept\n\n\n\nservers: []\n`,
  'a quoted text in lines': `${HEAD}paths:\n  /a:\n    get:\n      description: "one\n        two # no comment\n        three"\n      summary: one\n        two\n`,
  'keys in quotes and with question marks': `${HEAD}paths:\n  '/a':\n    "get":\n      ? x-amazon-apigateway-integration\n      : ${PROXY}\n`,
  'an alias': `${HEAD}x-proxy: &proxy ${PROXY}\npaths:\n  /a:\n    get:\n      x-amazon-apigateway-integration: *proxy\n  /b:\n    get:\n      x-amazon-apigateway-integration: *proxy # too\n`,
  'OPTIONS by an alias': `${HEAD}paths:\n  /a:\n    get:\n      x-amazon-apigateway-integration: ${PROXY}\n    options: &options\n      x-amazon-apigateway-integration:\n        type: mock\n  /b:\n    put:\n      x-amazon-apigateway-integration: ${PROXY}\n    options: *options\n  /c:\n    delete:\n      x-amazon-apigateway-integration: ${PROXY}\n    options: *options\n`,
  'a merge': `${HEAD}x-base: &base\n  get:\n    x-amazon-apigateway-integration: ${PROXY}\npaths:\n  /a:\n    <<: *base\n  /b:\n    <<: *base\n    put:\n      x-amazon-apigateway-integration: ${PROXY}\n`,
  'nothing behind a key': `${HEAD}paths:\n  /a:\n    get:\n      responses:\n      x-amazon-apigateway-integration:\n        type: aws\n        responses:\n          default:\n            statusCode: 200\n            responseParameters:\n`,
  'a response that is referred to': `${HEAD}paths:\n  /a:\n    get:\n      responses: { '200': { $ref: '#/components/responses/Ok' } }\n      x-amazon-apigateway-integration: { type: mock, responses: { default: { statusCode: '200' } } }\ncomponents:\n  responses:\n    Ok:\n      description: ok\n`,
  'lists in the column of their key': `Resources:\n  Api:\n    Type: AWS::ApiGateway::RestApi\n  Get:\n    Type: AWS::ApiGateway::Method\n    Properties:\n      Integration:\n        Type: AWS\n        IntegrationResponses:\n        - StatusCode: 200\n        - ResponseTemplates: {}\n          StatusCode: 400\n      MethodResponses:\n      -\n        StatusCode: 200\n      RestApiId: !Ref Api\n      ResourceId: !GetAtt\n        - Api\n        - RootResourceId\n      HttpMethod: GET\n`,
  'resources by themselves': `Api:\n  Type: AWS::Serverless::Api\n  Properties:\n    StageName: prod\nFunction:\n  Type: AWS::Serverless::Function\n  Properties:\n    Events:\n      Get: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /a, Method: GET } }\n`,
  'Globals, and nothing behind them': `Transform: AWS::Serverless-2016-10-31\nGlobals:\nResources:\n  Function:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        Get: { Type: Api, Properties: { Path: /a, Method: GET } }\n`,
};

describe.each(Object.keys(EDGES))('%s', (name) => {
  it.each([undefined, { allowOrigins: 'https://a.example' }])('with %o: put in, and nothing lost', (policy) => {
    const before = EDGES[name] as string;
    const { text } = enableDocument(before, policy);
    expect(linesLost(before, text)).toEqual([]);
    expect(enableDocument(text, policy)).toMatchObject({ text, changes: [] });
    const findings = lint([{ path: 'a.yaml', text }], { policy });
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    for (const { options } of readApis([{ path: 'a.yaml', text }]).flatMap((api) => api.routes)) {
      expect(options).toMatchObject({ by: 'method', method: { method: 'OPTIONS' } });
    }
  });
});

describe('a template in lines', () => {
  const text = (template: string) =>
    `${HEAD}paths:\n  /a:\n    get:\n      responses: { '200': { description: ok } }\n      x-amazon-apigateway-integration:\n        type: aws\n        responses:\n          default:\n            statusCode: '200'\n            responseTemplates:\n              application/json: ${template}\n            contentHandling: CONVERT_TO_TEXT\n`;
  const several = { allowOrigins: ['https://a.example', 'https://b.example'] };

  it.each([
    ['|\n                { "a": 1 }\n\n                $x', '{ "a": 1 }\n\n$x\n'],
    ['|\n                { "a": 1 }\n\n', '{ "a": 1 }\n'],
    ['|-\n                { "a": 1 }', '{ "a": 1 }\n'],
    ['|+\n                { "a": 1 }\n\n', '{ "a": 1 }\n\n\n'],
    ['>\n                { "a":\n                1 }', '{ "a": 1 }\n'],
    ['"{ \\"a\\": 1 }" # so', '{ "a": 1 }\n'],
    ["'it''s'", "it's\n"],
    ['plain', 'plain\n'],
  ])('%j: the choice comes behind it', (template, before) => {
    const { text: after } = enableDocument(text(template), several);
    const [api] = readApis([{ path: 'a.yaml', text: after }]);
    const [response] = api?.routes[0]?.methods[0]?.integration.responses ?? [];
    const value = response?.templates[0]?.text;
    const whole = value?.kind === 'known' ? String(value.value) : '';
    expect(whole.startsWith(`${before}#set($allowed = "")\n`)).toBe(true);
    expect(response?.contentHandling).toMatchObject({ value: 'CONVERT_TO_TEXT' });
    expect(enableDocument(after, several).changes).toEqual([]);
  });

  it('is left where it is empty, which passes the body through: with a choice in it, the body would be lost', () => {
    const { text: after, notes } = enableDocument(text("''"), several);
    const [api] = readApis([{ path: 'a.yaml', text: after }]);
    const [response] = api?.routes[0]?.methods[0]?.integration.responses ?? [];
    expect(response?.templates[0]?.text).toMatchObject({ value: '' });
    expect(notes.join('\n')).toContain('passes through without a response template');
  });

  it('stays where it chooses among the same origins already', () => {
    const own = [
      '|',
      '#set($allowed="")',
      '#foreach($n in ["origin","Origin"])',
      '#set($v=$input.params().header.get($n))',
      '#if($v=="https://b.example"||$v=="https://a.example")#set($allowed=$v)#end',
      '#end',
      '#if($allowed!="")#set($context.responseOverride.header.Access-Control-Allow-Origin=$allowed)#end',
    ].join('\n                ');
    const { changes } = enableDocument(text(own), several);
    expect(changes.filter(({ what }) => what.startsWith('response template'))).toEqual([]);
  });

  it('is left where it is not a plain text, or sets the header itself', () => {
    for (const template of [
      '!Sub "{ ${AWS::Region} }"',
      '"#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)"',
    ]) {
      const before = text(template);
      const { text: after, notes } = enableDocument(before, several);
      expect(after).toContain(`application/json: ${template}\n            contentHandling`);
      expect(notes.some((note) => note.startsWith('GET /a 200 is left'))).toBe(true);
    }
  });
});

describe('what CloudFormation decides', () => {
  const text = (value: string) =>
    `Parameters:\n  Origin: { Type: String }\nConditions:\n  Prod: !Equals [!Ref AWS::Region, eu-west-1]\nResources:\n  Api:\n    Type: AWS::ApiGateway::RestApi\n    Properties:\n      Body:\n        openapi: 3.0.1\n        paths:\n          /a:\n            get:\n              responses: { '200': { description: ok, headers: { Access-Control-Allow-Origin: { schema: { type: string } } } } }\n              x-amazon-apigateway-integration:\n                type: aws\n                responses:\n                  default:\n                    statusCode: '200'\n                    responseParameters:\n                      ${value}\n`;

  it('is replaced as a value, whatever it is made of, and shown', () => {
    for (const value of [
      `method.response.header.Access-Control-Allow-Origin: !Sub "'\${Origin}'"`,
      `method.response.header.Access-Control-Allow-Origin:\n                        Fn::If:\n                        - Prod\n                        - "'https://a.example'"\n                        - "'*'"`,
      `method.response.header.Access-Control-Allow-Origin: !If [Prod, "'https://a.example'", !Ref AWS::NoValue]`,
    ]) {
      const { changes, text: after } = enableDocument(text(value), { allowOrigins: 'https://a.example' });
      expect(changes.filter(({ action }) => action === 'replace')).toHaveLength(1);
      expect(lint([{ path: 'a.yaml', text: after }]).filter(({ severity }) => severity !== 'info')).toEqual([]);
    }
  });

  it('is left where it is the map, and told', () => {
    const before = text(
      'Fn::If:\n                      - Prod\n                      - method.response.header.X: "\'1\'"\n                      - !Ref AWS::NoValue',
    );
    const { text: after, notes } = enableDocument(before, { allowOrigins: 'https://a.example' });
    expect(linesLost(before, after)).toEqual([]);
    expect(notes).toContain(
      "GET /a 200: map Access-Control-Allow-Origin to 'https://a.example' by hand, in responseParameters.",
    );
  });
});

describe('an origin that is there, without a policy', () => {
  const cors = (value: string) =>
    `Transform: AWS::Serverless-2016-10-31\nResources:\n  Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      StageName: prod\n      Cors: ${value}\n  Function:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n        Get: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /a, Method: GET } }\n`;
  const openApi = `${HEAD}paths:\n  /a:\n    get:\n      responses: { '200': { description: ok, headers: { Access-Control-Allow-Origin: { schema: { type: string } } } } }\n      x-amazon-apigateway-integration:\n        type: mock\n        responses: { default: { statusCode: '200', responseParameters: { method.response.header.Access-Control-Allow-Origin: "'https://a.example'" } } }\n`;
  const NOTE = "Every origin is allowed now, in place of 'https://a.example', since there is no policy";
  const notesOf = (text: string, policy?: { allowOrigins: string }) =>
    enableDocument(text, policy).notes.filter((note) => note.startsWith('Every origin'));

  it.each([cors(`"'https://a.example'"`), cors(`{ AllowOrigin: "'https://a.example'" }`), openApi])(
    'is told: %s',
    (text) => {
      expect(notesOf(text)).toEqual([expect.stringContaining(NOTE)]);
      expect(notesOf(text, { allowOrigins: 'https://b.example' })).toEqual([]);
    },
  );

  it.each([cors(`"'*'"`), cors(`{ AllowOrigin: '*' }`), cors(`{ AllowOrigin: "'*'" }`), EDGES['a merge'] as string])(
    'is not told where all were allowed, or nothing was said: %s',
    (text) => {
      expect(notesOf(text)).toEqual([]);
    },
  );
});
