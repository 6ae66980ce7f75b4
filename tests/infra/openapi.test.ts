import { describe, expect, it } from 'vitest';
import { readApis, type TemplateError } from '../../src/infra.js';
import { apiOf, mappedOf, methodOf, namesOf, optionsOf, shown } from './facts.js';

const MOCK = `{ type: mock, requestTemplates: { application/json: '{"statusCode":200}' }, responses: { default: { statusCode: "200", responseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } } } }`;

describe('an OpenAPI document', () => {
  it('is a fragment by itself', () => {
    const api = apiOf(`openapi: 3.0.1
paths:
  /notes/:
    options:
      responses: { "200": { headers: { Access-Control-Allow-Origin: { schema: { type: string } } } } }
      x-amazon-apigateway-integration: ${MOCK}
    x-amazon-apigateway-any-method: { x-amazon-apigateway-integration: { type: http_proxy } }
    parameters: [{ in: header, name: X-Shared, required: true }]
  x-not-a-path: { get: {} }
`);
    expect(api).toMatchObject({ origin: 'openapi', id: '', fragment: true, kind: 'rest', definition: 'openapi' });
    expect(namesOf(api)).toEqual(['OPTIONS /notes', 'ANY /notes']);
    expect(mappedOf(methodOf(api, 'OPTIONS /notes'))).toEqual({ 'Allow-Origin': "'*'" });
    expect(methodOf(api, 'ANY /notes').parameters.map(({ name, required }) => [name, shown(required)])).toEqual([
      ['X-Shared', 'true'],
    ]);
  });

  it('follows references to parameters, responses and bodies', () => {
    const api = apiOf(`openapi: 3.0.1
paths:
  /notes:
    post:
      parameters: [{ $ref: '#/components/parameters/Tenant' }]
      requestBody: { $ref: '#/components/requestBodies/Note' }
      responses: { "200": { $ref: '#/components/responses/Ok' } }
      x-amazon-apigateway-integration: { $ref: '#/components/x-amazon-apigateway-integrations/Shared' }
components:
  parameters: { Tenant: { in: header, name: X-Tenant } }
  requestBodies: { Note: { content: { application/json: {} } } }
  responses: { Ok: { headers: { Vary: {} } } }
  x-amazon-apigateway-integrations: { Shared: { type: aws_proxy } }
`);
    const method = methodOf(api, 'POST /notes');
    expect(method.parameters.map(({ name, required }) => [name, shown(required)])).toEqual([['X-Tenant', 'false']]);
    expect(method.consumes).toEqual(['application/json']);
    expect(method.integration.kind).toBe('lambda-proxy');
    expect(method.responses[0]?.headers.map(({ name }) => name)).toEqual(['Vary']);
  });

  it.each<readonly [why: string, operation: string, root: string, auth: object, key: string]>([
    ['the operation', 'security: [{ pool: [] }]', '', { kind: 'cognito', authorizer: 'pool', from: 'method' }, 'false'],
    [
      'the document',
      'summary: x',
      'security: [{ token: [] }]',
      { kind: 'lambda', from: 'default', headers: ['x-token'] },
      'false',
    ],
    ['nobody, over the document', 'security: []', 'security: [{ token: [] }]', { kind: 'none' }, 'false'],
    ['an API key', 'security: [{ key: [] }]', '', { kind: 'none' }, 'true'],
    ['both', 'security: [{ key: [], pool: [] }]', '', { kind: 'cognito' }, 'true'],
    ['signatures', 'security: [{ iam: [] }]', '', { kind: 'iam' }, 'false'],
    [
      'signatures, by extension',
      'x-amazon-apigateway-auth: { type: AWS_IAM }',
      '',
      { kind: 'iam', from: 'method' },
      'false',
    ],
    ['what API Gateway does not enforce', 'security: [{ bearer: [] }]', '', { kind: 'none' }, 'false'],
    ['what another file defines', 'security: [{ elsewhere: [] }]', '', { kind: 'unknown' }, 'false'],
  ])('is asked for by %s', (_why, operation, root, auth, key) => {
    const api = apiOf(`openapi: 3.0.1
${root}
paths: { /notes: { get: { ${operation} } } }
components:
  securitySchemes:
    pool: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: cognito_user_pools, x-amazon-apigateway-authorizer: { type: cognito_user_pools } }
    token: { type: apiKey, name: X-Token, in: header, x-amazon-apigateway-authtype: custom, x-amazon-apigateway-authorizer: { type: token } }
    key: { type: apiKey, name: x-api-key, in: header }
    iam: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 }
    bearer: { type: http, scheme: bearer }
`);
    expect(methodOf(api, 'GET /notes').auth).toMatchObject(auth);
    expect(shown(methodOf(api, 'GET /notes').apiKey.value)).toBe(key);
  });

  it('reads the extensions of the document', () => {
    const api = apiOf(`swagger: "2.0"
x-amazon-apigateway-binary-media-types: ["*~1*"]
x-amazon-apigateway-request-validator: all
x-amazon-apigateway-policy: { Version: '2012-10-17' }
x-amazon-apigateway-endpoint-configuration: { types: [private] }
x-amazon-apigateway-gateway-responses:
  DEFAULT_4XX: { responseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" } }
paths:
  /notes: { post: { consumes: [text/plain], parameters: [{ in: body, name: note }], x-amazon-apigateway-integration: { type: aws, uri: 'arn:aws:apigateway:x:dynamodb:action/PutItem' } } }
`);
    expect(api.binaryMediaTypes.map(shown)).toEqual(['*/*']);
    expect(api.gatewayResponses).toMatchObject([{ where: 'body', headers: [{ name: 'Access-Control-Allow-Origin' }] }]);
    expect([api.guards.map(({ kind }) => kind), shown(api.private)]).toEqual([['resource policy'], 'true']);
    const method = methodOf(api, 'POST /notes');
    expect(method).toMatchObject({
      consumes: ['text/plain'],
      integration: { kind: 'aws' },
      validator: expect.anything(),
    });
    expect(optionsOf(api)).toEqual({ '/notes': 'nothing' });
  });

  it('is of an HTTP API where only HTTP APIs have what is in it', () => {
    const api = apiOf(`openapi: 3.0.1
x-amazon-apigateway-cors: { allowOrigins: [https://a.test] }
paths: { /notes: { get: { x-amazon-apigateway-integration: { type: aws_proxy, payloadFormatVersion: "2.0" } } } }
`);
    expect(api).toMatchObject({ kind: 'http', cors: { where: 'openapi', form: 'map' } });
    expect(optionsOf(api)).toEqual({ '/notes': 'cors' });
  });
});

describe('a file that is neither a template nor a document', () => {
  it.each<readonly [text: string, message: RegExp]>([
    ['a: 1', /^template\.yaml: neither a CloudFormation or SAM template nor an OpenAPI document; /],
    ['', /neither a CloudFormation/],
    ['[1, 2]', /neither a CloudFormation/],
    ['service: x\nprovider: { name: aws }\nfunctions: {}\n', /a serverless\.yml is not read; give the template/],
  ])('%j', (text, message) => {
    let failure: TemplateError | undefined;
    try {
      readApis([{ path: 'template.yaml', text }]);
    } catch (error) {
      failure = error as TemplateError;
    }
    expect(failure?.name).toBe('TemplateError');
    expect(failure?.message).toMatch(message);
  });

  it('resources without the template around them are read', () => {
    const api = apiOf(
      'Api: { Type: AWS::ApiGateway::RestApi, Properties: { Body: { openapi: 3.0.1, paths: { /a: { get: {} } } } } }',
    );
    expect(namesOf(api)).toEqual(['GET /a']);
  });
});
