import { describe, expect, it } from 'vitest';
import { linesOf, readApis } from '../../src/infra.js';
import { apiOf, mappedOf, methodOf, namesOf, optionsOf, shown } from './facts.js';

/** A REST API with the path /notes/{id}, and what is given. */
function rest(more: string, api = ''): string {
  return `Parameters: { Origin: { Type: String, Default: https://a.test }, Unset: { Type: String } }
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: notes${api} } }
  Notes: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: notes } }
  Note: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !Ref Notes, PathPart: '{id}' } }
${more}`;
}

const GET = `  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Note
      HttpMethod: GET
      AuthorizationType: NONE
      Integration: { Type: AWS_PROXY, Uri: !Sub 'arn:aws:apigateway:x:lambda:path/2015-03-31/functions/\${Handler.Arn}/invocations' }
`;

const OPTIONS = `  Options:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Note
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      Integration:
        Type: MOCK
        RequestTemplates: { application/json: '{ "statusCode": 204 }' }
        IntegrationResponses:
          - StatusCode: 204
            ResponseParameters:
              method.response.header.Access-Control-Allow-Origin: !Sub "'\${Origin}'"
              method.response.header.Access-Control-Allow-Headers: !Join ['', ["'", !Ref Unset, "'"]]
      MethodResponses:
        - StatusCode: 204
          ResponseParameters: { method.response.header.Access-Control-Allow-Origin: true }
`;

describe('a REST API of resources', () => {
  it('has the path of nested resources, and the function behind a method', () => {
    const handler = '  Handler: { Type: AWS::Lambda::Function, Properties: {} }\n';
    const api = apiOf(rest(GET + OPTIONS + handler));
    expect(api).toMatchObject({ kind: 'rest', origin: 'cloudformation', id: 'Api', complete: true, external: false });
    expect(namesOf(api)).toEqual(['GET /notes/{id}', 'OPTIONS /notes/{id}']);
    expect(methodOf(api, 'GET /notes/{id}')).toMatchObject({
      id: 'Get',
      function: 'Handler',
      integration: { kind: 'lambda-proxy' },
    });
    expect(optionsOf(api)).toEqual({ '/notes/{id}': 'OPTIONS written' });
  });

  it('keeps mappings as they are written, with the parts of a text that are known', () => {
    const method = methodOf(apiOf(rest(OPTIONS)), 'OPTIONS /notes/{id}');
    expect(mappedOf(method)).toEqual({ 'Allow-Origin': "'https://a.test'", 'Allow-Headers': '?' });
    const [, headers] = method.integration.responses[0]?.headers ?? [];
    expect(headers?.value).toMatchObject({ kind: 'unknown', parts: ["'", { hole: 'Unset' }, "'"] });
    expect(method.responses.map(({ headers: declared }) => declared.map(({ name }) => name))).toEqual([
      ['Access-Control-Allow-Origin'],
    ]);
  });

  it('has places: of a method its resource, of a mapping its key', () => {
    const text = rest(OPTIONS);
    const method = methodOf(apiOf(text), 'OPTIONS /notes/{id}');
    const line = (part: string) => text.split('\n').findIndex((each) => each.includes(part)) + 1;
    expect(linesOf(method.place)).toMatchObject({
      line: line('  Options:'),
      endLine: line('header.Access-Control-Allow-Origin: true'),
    });
    const [mapping] = method.integration.responses[0]?.headers ?? [];
    expect(mapping && linesOf(mapping.key).line).toBe(line('Allow-Origin: !Sub'));
  });

  it.each<readonly [why: string, properties: string, auth: object]>([
    ['NONE', 'AuthorizationType: NONE', { kind: 'none', from: 'method' }],
    ['nothing', 'OperationName: x', { kind: 'none', from: 'default' }],
    [
      'IAM',
      'AuthorizationType: AWS_IAM',
      { kind: 'iam', headers: ['authorization', 'x-amz-date', 'x-amz-security-token'] },
    ],
    [
      'a user pool',
      'AuthorizationType: COGNITO_USER_POOLS, AuthorizerId: !Ref Pool',
      { kind: 'cognito', authorizer: 'Pool', headers: ['authorization'] },
    ],
    [
      'a function, by its identity source',
      'AuthorizationType: CUSTOM, AuthorizerId: !Ref Own',
      { kind: 'lambda', authorizer: 'Own', headers: ['x-one', 'x-two'] },
    ],
    [
      'an authorizer of another stack',
      'AuthorizationType: CUSTOM, AuthorizerId: !ImportValue own',
      { kind: 'lambda', headers: [] },
    ],
    ['a parameter', 'AuthorizationType: !Ref Unset', { kind: 'unknown' }],
  ])('asks for %s', (_why, properties, auth) => {
    const api = apiOf(
      rest(`  Get: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !Ref Notes, HttpMethod: get, ApiKeyRequired: true, ${properties} } }
  Pool: { Type: AWS::ApiGateway::Authorizer, Properties: { RestApiId: !Ref Api, Type: COGNITO_USER_POOLS } }
  Own: { Type: AWS::ApiGateway::Authorizer, Properties: { RestApiId: !Ref Api, Type: REQUEST, IdentitySource: 'method.request.header.X-One, context.path, method.request.header.X-Two' } }
`),
    );
    expect(methodOf(api, 'GET /notes').auth).toMatchObject(auth);
    expect(shown(methodOf(api, 'GET /notes').apiKey.value)).toBe('true');
    expect(api.authorizers.map(({ name, kind }) => [name, kind])).toEqual([
      ['Pool', 'cognito'],
      ['Own', 'lambda'],
    ]);
  });

  it('gathers what names it: gateway responses, deployments, guards, domains, routing rules', () => {
    const api = apiOf(
      rest(`${GET}${OPTIONS}  Errors: { Type: AWS::ApiGateway::GatewayResponse, Properties: { RestApiId: !Ref Api, ResponseType: DEFAULT_4XX, ResponseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" } } }
  Others: { Type: AWS::ApiGateway::GatewayResponse, Properties: { RestApiId: !Ref Unset, ResponseType: DEFAULT_5XX } }
  Deploy: { Type: AWS::ApiGateway::Deployment, DependsOn: Get, Properties: { RestApiId: !Ref Api } }
  Stage: { Type: AWS::ApiGateway::Stage, Properties: { RestApiId: !Ref Api, DeploymentId: !Ref Deploy } }
  Wall: { Type: AWS::WAFv2::WebACLAssociation, Properties: { ResourceArn: !Sub 'arn:aws:apigateway:x::/restapis/\${Api}/stages/\${Stage}' } }
  Plan: { Type: AWS::ApiGateway::UsagePlan, Properties: { ApiStages: [{ ApiId: !Ref Api, Stage: p }] } }
  Name: { Type: AWS::ApiGateway::DomainName, Properties: { DomainName: api.a.test, MutualTlsAuthentication: { TruststoreUri: s3://x/y } } }
  Mapping: { Type: AWS::ApiGateway::BasePathMapping, Properties: { DomainName: !Ref Name, RestApiId: !Ref Api } }
  Rule: { Type: AWS::ApiGatewayV2::RoutingRule, Properties: { Actions: [{ InvokeApi: { ApiId: !Ref Api } }], Conditions: [{ MatchHeaders: { AnyOf: [{ Header: x-version, ValueGlob: '2' }] } }] } }
`),
    );
    expect(api.gatewayResponses.map(({ id, where }) => [id, where])).toEqual([['Errors', 'resource']]);
    expect(api.deployments.map(({ id, dependsOn }) => [id, dependsOn.map((each) => each.id)])).toEqual([
      ['Deploy', ['Get']],
    ]);
    expect([...(api.deployments[0]?.reaches ?? [])].sort()).toEqual(['Api', 'Get', 'Note', 'Notes']);
    expect(api.guards.map(({ kind }) => kind).sort()).toEqual(['usage plan', 'waf']);
    expect(api.domains).toMatchObject([{ id: 'Name', mutualTls: expect.anything() }]);
    expect(api.routingRules[0]?.headers.map(({ name }) => shown(name))).toEqual(['x-version']);
  });

  it('an API of another template is external: its path is known in part, and it is not complete', () => {
    const api = apiOf(`Parameters: { Other: { Type: String }, Root: { Type: String } }
Resources:
  Notes: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Other, ParentId: !Ref Root, PathPart: notes } }
  Get: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Other, ResourceId: !Ref Notes, HttpMethod: GET } }
  Deploy: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref Other } }
`);
    expect(api).toMatchObject({ id: 'Other', external: true, complete: false, deployments: [{ id: 'Deploy' }] });
    expect(api.routes).toMatchObject([{ path: '{?Root}/notes', pathKnown: false, options: { by: 'unknown' } }]);
  });

  it('whether a greedier path answers OPTIONS is not known, since AWS does not say', () => {
    const greedy = `  All: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: '{proxy+}' } }
  Any: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !Ref All, HttpMethod: ANY } }
`;
    expect(optionsOf(apiOf(rest(GET + greedy)))).toEqual({ '/notes/{id}': 'unknown', '/{proxy+}': 'ANY written' });
    expect(optionsOf(apiOf(rest(GET)))).toEqual({ '/notes/{id}': 'nothing' });
  });

  it('joins methods to what the body has', () => {
    const body = `, Body: { openapi: 3.0.1, paths: { /notes: { get: { x-amazon-apigateway-integration: { type: aws_proxy } } } } }`;
    const api = apiOf(rest(OPTIONS.replace('!Ref Note', '!Ref Notes'), body));
    expect(api.definition).toBe('body');
    expect(namesOf(api)).toEqual(['GET /notes', 'OPTIONS /notes']);
  });

  it('a condition of a resource stays with it', () => {
    const api = apiOf(rest(OPTIONS.replace('    Type:', '    Condition: Prod\n    Type:')));
    expect(methodOf(api, 'OPTIONS /notes/{id}').condition).toBe('Prod');
  });
});

describe('HTTP APIs and function URLs of resources', () => {
  it('reads routes, integrations, authorizers and the CORS configuration', () => {
    const api = apiOf(`Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP, CorsConfiguration: { AllowOrigins: [https://a.test] } } }
  Handler: { Type: AWS::Lambda::Function, Properties: {} }
  Integration: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Handler.Arn, PayloadFormatVersion: '2.0' } }
  Jwt: { Type: AWS::ApiGatewayV2::Authorizer, Properties: { ApiId: !Ref Api, AuthorizerType: JWT, IdentitySource: [$request.header.X-Token] } }
  Get: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: 'GET /notes', AuthorizationType: JWT, AuthorizerId: !Ref Jwt, Target: !Sub 'integrations/\${Integration}' } }
  All: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: $default, Target: !Join [/, [integrations, !Ref Integration]] } }
`);
    expect(namesOf(api)).toEqual(['GET /notes', 'ANY $default']);
    expect(methodOf(api, 'GET /notes')).toMatchObject({
      function: 'Handler',
      integration: { kind: 'lambda-proxy' },
      auth: { kind: 'jwt', headers: ['x-token'] },
    });
    expect(shown(api.cors?.allowOrigins?.value)).toBe('[https://a.test]');
    expect(optionsOf(api)).toEqual({ '/notes': 'cors', $default: 'cors' });
  });

  it('quick creation makes one route', () => {
    const api = apiOf(
      'Resources: { Api: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP, Target: x } } }',
    );
    expect(namesOf(api)).toEqual(['ANY $default']);
  });

  it('a WebSocket API is not there, nor are its routes', () => {
    const apis = readApis([
      {
        path: 'a.yaml',
        text: `Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: WEBSOCKET } }
  Connect: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: $connect } }
  Send: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Elsewhere, RouteKey: send } }
`,
      },
    ]);
    expect(apis).toEqual([]);
  });

  it.each([
    [
      'AWS::Lambda::Url',
      'Url: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !Ref Handler, AuthType: AWS_IAM, Cors: { AllowOrigins: ["*"] } } }',
    ],
    [
      'FunctionUrlConfig',
      'Url: { Type: AWS::Serverless::Function, Properties: { FunctionUrlConfig: { AuthType: AWS_IAM, Cors: { AllowOrigins: ["*"] } } } }',
    ],
  ])('a function URL: %s', (_type, resource) => {
    const api = apiOf(`Resources:\n  Handler: { Type: AWS::Lambda::Function, Properties: {} }\n  ${resource}\n`);
    expect(api).toMatchObject({ kind: 'url', id: 'Url', cors: { where: 'url', form: 'map' } });
    expect(methodOf(api, 'ANY /').auth.kind).toBe('iam');
    expect(optionsOf(api)).toEqual({ '/': 'cors' });
  });
});
