/** SAM templates of all that SAM does by itself with an API. */
import fc from 'fast-check';

type Data = Readonly<Record<string, unknown>>;

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:authorizer';
const URI = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${ARN}/invocations`;

const REST_AUTHORIZERS = {
  Token: { FunctionArn: ARN },
  Named: { FunctionArn: ARN, Identity: { Header: 'X-Token' } },
  Request: { FunctionArn: ARN, FunctionPayloadType: 'REQUEST', Identity: { Headers: ['X-One', 'X-Two'] } },
  Pool: { UserPoolArn: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_x' },
};
const HTTP_AUTHORIZERS = {
  Jwt: { JwtConfiguration: { issuer: 'https://i.test', audience: ['a'] }, IdentitySource: '$request.header.X-Jwt' },
  Function: { FunctionArn: ARN, AuthorizerPayloadFormatVersion: '2.0', Identity: { Headers: ['X-Key'] } },
};

const restAuth = fc.record(
  {
    Authorizers: fc.constant(REST_AUTHORIZERS),
    DefaultAuthorizer: fc.constantFrom('Token', 'Named', 'Request', 'Pool', 'AWS_IAM'),
    ApiKeyRequired: fc.boolean(),
    AddDefaultAuthorizerToCorsPreflight: fc.boolean(),
    AddApiKeyRequiredToCorsPreflight: fc.boolean(),
  },
  { requiredKeys: ['Authorizers'] },
);
const httpAuth = fc.record(
  { Authorizers: fc.constant(HTTP_AUTHORIZERS), DefaultAuthorizer: fc.constantFrom('Jwt', 'Function') },
  { requiredKeys: ['Authorizers'] },
);

const branches = { 'Fn::If': ['Prod', "'https://a.test'", "'https://b.test'"] };
const restCors = fc.oneof(
  fc.constantFrom<unknown>("'*'", '*', branches),
  fc.record(
    {
      AllowOrigin: fc.constantFrom<unknown>("'https://a.test'", 'https://a.test', branches),
      AllowMethods: fc.constantFrom("'GET'", '*'),
      AllowHeaders: fc.constantFrom<unknown>("'x-a'", { 'Fn::Sub': "'${Headers}'" }),
      MaxAge: fc.constantFrom<unknown>("'600'", 0),
      AllowCredentials: fc.constantFrom<unknown>(true, false, 'true'),
    },
    { requiredKeys: ['AllowOrigin'] },
  ),
);
const httpCors = fc.oneof(
  fc.boolean(),
  fc.record(
    {
      AllowOrigins: fc.constant(['https://a.test']),
      AllowMethods: fc.constantFrom(['GET'], ['*']),
      ExposeHeaders: fc.constant(['ETag']),
      MaxAge: fc.constantFrom(0, 600),
      AllowCredentials: fc.boolean(),
    },
    { requiredKeys: ['AllowOrigins'] },
  ),
);

const path = fc.constantFrom('/', '/a', '/a/{id}', '/b', '/{proxy+}');
const operation = (more: fc.Arbitrary<Data>, scheme: string) =>
  fc
    .tuple(more, fc.option(fc.constantFrom<unknown>([], [{ [scheme]: [] }], [{ NONE: [] }]), { nil: undefined }))
    .map(([integration, security]) => ({
      'x-amazon-apigateway-integration': integration,
      responses: { '200': { description: 'ok', headers: { 'Access-Control-Allow-Origin': { type: 'string' } } } },
      ...(security !== undefined && { security }),
    }));
const paths = (each: fc.Arbitrary<Data>) =>
  fc.dictionary(
    path,
    fc.dictionary(fc.constantFrom('get', 'put', 'options', 'x-amazon-apigateway-any-method'), each, { minKeys: 1 }),
  );
const proxy = { type: 'aws_proxy', httpMethod: 'POST', uri: URI };
const mock = {
  type: 'mock',
  requestTemplates: { 'application/json': '{"statusCode": 200}' },
  responses: {
    default: { statusCode: '200', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" } },
  },
};
const OWN = {
  type: 'apiKey',
  name: 'X-Own',
  in: 'header',
  'x-amazon-apigateway-authtype': 'custom',
  'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: URI },
};
const restBody = fc.record(
  {
    swagger: fc.constant('2.0'),
    info: fc.constant({ title: 'notes', version: '1' }),
    paths: paths(operation(fc.constantFrom<Data>(proxy, mock), 'own')),
    securityDefinitions: fc.constant({ own: OWN }),
    security: fc.constant([{ own: [] }]),
  },
  { requiredKeys: ['swagger', 'info', 'paths', 'securityDefinitions'] },
);
const httpBody = fc.record({
  openapi: fc.constant('3.0.1'),
  info: fc.constant({ title: 'notes', version: '1' }),
  paths: paths(operation(fc.constant<Data>({ ...proxy, payloadFormatVersion: '2.0' }), 'Jwt')),
});

const ERRORS = { ResponseParameters: { Headers: { 'Access-Control-Allow-Origin': "'*'" } } };
const restApi = fc.record(
  {
    StageName: fc.constant('prod'),
    Auth: restAuth,
    Cors: restCors,
    DefinitionBody: restBody,
    GatewayResponses: fc.constantFrom({ DEFAULT_4XX: ERRORS }, { UNAUTHORIZED: { ...ERRORS, StatusCode: 401 } }),
    BinaryMediaTypes: fc.constantFrom(['*~1*'], ['image/png']),
    EndpointConfiguration: fc.constantFrom<unknown>('PRIVATE', { Type: 'REGIONAL' }),
  },
  { requiredKeys: ['StageName', 'Auth'] },
);
const httpApi = fc.record(
  { Auth: httpAuth, CorsConfiguration: httpCors, DefinitionBody: httpBody },
  { requiredKeys: ['Auth'] },
);

const method = fc.constantFrom('get', 'POST', 'put', 'any', 'options');
const restEvent = fc.record({
  Type: fc.constant('Api'),
  Properties: fc.record(
    {
      Path: path,
      Method: method,
      RestApiId: fc.constant({ Ref: 'Rest' }),
      Auth: fc.record(
        { Authorizer: fc.constantFrom('AWS_IAM', 'Token', 'Pool'), ApiKeyRequired: fc.constant(true) },
        { requiredKeys: ['Authorizer'] },
      ),
      RequestParameters: fc.constant([{ 'method.request.header.X-Tenant': { Required: true } }]),
    },
    { requiredKeys: ['Path', 'Method', 'RestApiId'] },
  ),
});
const httpEvent = fc.record({
  Type: fc.constant('HttpApi'),
  Properties: fc.record(
    {
      Path: path,
      Method: method,
      ApiId: fc.constant({ Ref: 'Http' }),
      Auth: fc.record({ Authorizer: fc.constantFrom('Jwt', 'Function') }),
    },
    { requiredKeys: ['Path', 'Method', 'ApiId'] },
  ),
});
// The translator refuses a method that comes twice.
const events = fc
  .uniqueArray(fc.oneof(restEvent, httpEvent), {
    maxLength: 6,
    selector: ({ Type, Properties: { Path, Method } }) => `${Type} ${Path} ${Method.toLowerCase()}`,
  })
  .map((list) => Object.fromEntries(list.map((event, at) => [`E${at}`, event])));

/** A REST API, an HTTP API and a function with events of both, and a URL. */
export const samTemplates: fc.Arbitrary<Data> = fc.record({
  Transform: fc.constant('AWS::Serverless-2016-10-31'),
  Parameters: fc.constant({ Headers: { Type: 'String' } }),
  Conditions: fc.constant({ Prod: { 'Fn::Equals': [{ Ref: 'Headers' }, 'x'] } }),
  Globals: fc.record(
    {
      Api: fc.record({ Cors: restCors, BinaryMediaTypes: fc.constant(['a~1b']) }, { requiredKeys: [] }),
      HttpApi: fc.record({ CorsConfiguration: httpCors }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  ),
  Resources: fc.record({
    Rest: restApi.map((Properties) => ({ Type: 'AWS::Serverless::Api', Properties })),
    Http: httpApi.map((Properties) => ({ Type: 'AWS::Serverless::HttpApi', Properties })),
    Notes: fc.tuple(events, fc.constantFrom('NONE', 'AWS_IAM')).map(([Events, AuthType]) => ({
      Type: 'AWS::Serverless::Function',
      Properties: {
        Handler: 'notes.handler',
        Runtime: 'nodejs22.x',
        CodeUri: 's3://bucket/key',
        Events,
        FunctionUrlConfig: { AuthType, Cors: { AllowOrigins: ['*'] } },
      },
    })),
  }),
});
