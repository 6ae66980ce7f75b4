import { describe, expect, it } from 'vitest';
import { lint } from '../../src/infra/lint.js';
import { functionUrl, mocked, openapi, PREFLIGHT, proxied, samHttp, samRest, service, withBody } from './templates.js';

/** Codes with severities, notes aside: `LC101 error`. */
function faults(text: string, options: Parameters<typeof lint>[1] = {}): readonly string[] {
  return lint([{ path: 'template.yaml', text }], options)
    .filter(({ severity }) => severity !== 'info')
    .map(({ code, severity }) => `${code} ${severity}`)
    .sort();
}

function notes(text: string): readonly string[] {
  return lint([{ path: 'template.yaml', text }])
    .filter(({ severity }) => severity === 'info')
    .map(({ code }) => code);
}

type Case = readonly [name: string, text: string, found: readonly string[]];

const JWT =
  'Auth: { DefaultAuthorizer: Jwt, Authorizers: { Jwt: { IdentitySource: $request.header.Authorization, JwtConfiguration: { issuer: https://i.example, audience: [a] } } } }';
const TOKEN = 'Authorizers: { Token: { FunctionArn: arn:aws:lambda:eu-west-1:1:function:a } }';
const ERRORS = `GatewayResponses:
  DEFAULT_4XX: { ResponseParameters: { Headers: { Access-Control-Allow-Origin: "'*'" } } }
  DEFAULT_5XX: { ResponseParameters: { Headers: { Access-Control-Allow-Origin: "'*'" } } }`;

function cors(origin: string, top = '', more = ''): string {
  return samRest({ api: `Cors:\n  AllowOrigin: ${origin}\n${more}`, top });
}

function httpCors(settings: string, top = ''): string {
  return samHttp({ api: `CorsConfiguration: ${settings}`, top });
}

/** An HTTP API in OpenAPI with CORS and a JWT authorizer that reads this source. */
function jwtCors(source: string): string {
  const authorizer = `{ type: jwt, identitySource: ${source}, jwtConfiguration: { issuer: https://i.example, audience: [a] } }`;
  return `x-amazon-apigateway-cors: { allowOrigins: ['*'] }
components: { securitySchemes: { jwt: { type: oauth2, x-amazon-apigateway-authorizer: ${authorizer} } } }`;
}

const PROD = 'Parameters: { Stage: { Type: String } }\nConditions: { Prod: !Equals [!Ref Stage, prod] }';

const VALUES: readonly Case[] = [
  ['a parameter without a default may have the quotes', cors('!Ref O', 'Parameters: { O: { Type: String } }'), []],
  ['quotes around a parameter', cors(`!Sub "'\${O}'"`, 'Parameters: { O: { Type: String } }'), []],
  ['quotes around an empty default', cors(`!Sub "'\${O}'"`, "Parameters: { O: { Type: String, Default: '' } }"), []],
  ['an empty default', cors('!Ref O', "Parameters: { O: { Type: String, Default: '' } }"), []],
  ['a default without quotes', cors('!Ref O', "Parameters: { O: { Type: String, Default: '*' } }"), ['LC101 error']],
  ['a beginning without a quote', cors(`!Sub 'https://\${O}'`, 'Parameters: { O: { Type: String } }'), ['LC101 error']],
  [
    'Fn::Join without quotes',
    cors(`!Join ['', ['https://', !Ref O]]`, 'Parameters: { O: { Type: String } }'),
    ['LC101 error'],
  ],
  ['Fn::Join with quotes', cors(`!Join ['', ["'https://", !Ref O, "'"]]`, 'Parameters: { O: { Type: String } }'), []],
  ['one branch without quotes', cors(`!If [Prod, "'https://a.example'", '*']`, PROD), ['LC101 error']],
  [
    'settings in Globals without an API of that kind',
    samHttp({ top: 'Globals: { Api: { Cors: { AllowOrigin: "*" } } }' }),
    [],
  ],
  [
    'a Cors that has no effect',
    samRest({ api: 'Cors: { AllowOrigin: "*" }', events: ['GET /notes', 'OPTIONS /notes'] }),
    [],
  ],
  ['origins with a space between', cors(`"'https://a.example https://b.example'"`), ['LC102 error']],
  ['a setting without origins', httpCors('{ AllowMethods: [GET] }'), ['LC110 error']],
  ['a setting with a misspelled name', httpCors('{ AllowOrigin: ["*"] }'), ['LC110 error']],
  ['a list without origins', functionUrl('{ AllowOrigins: [] }'), ['LC110 error']],
  ['CorsConfiguration: true', httpCors('true'), []],
  ['CorsConfiguration: false', httpCors('false'), []],
  ['words with a comma', cors(`"'a,b'"`), ['LC103 error']],
  [
    'a trailing slash after a parameter',
    httpCors(`{ AllowOrigins: [!Sub 'https://\${O}/'] }`, 'Parameters: { O: { Type: String } }'),
    ['LC103 error'],
  ],
  [
    'a parameter as the host',
    httpCors(`{ AllowOrigins: [!Sub 'https://\${O}'] }`, 'Parameters: { O: { Type: String } }'),
    [],
  ],
  ['inner quotes in an HTTP API', httpCors(`{ AllowOrigins: ["'https://a.example'"] }`), ['LC103 error']],
  ['the default port', httpCors('{ AllowOrigins: ["https://a.example:443"] }'), ['LC103 error']],
  ['capitals', httpCors('{ AllowOrigins: ["https://A.example"] }'), ['LC103 error']],
  ['null', cors(`"'null'"`), ['LC103 warning']],
  ['https://* in an HTTP API', httpCors('{ AllowOrigins: ["https://*", "http://*"] }'), []],
  ['https://* in a function URL', functionUrl('{ AllowOrigins: ["https://*"] }'), ['LC103 error']],
  ['other schemes', httpCors('{ AllowOrigins: ["capacitor://localhost", "chrome-extension://abc"] }'), []],
  ['a MaxAge of text', cors(`"'*'"`, '', '  MaxAge: "600"'), ['LC104 error']],
  ['a MaxAge of words', cors(`"'*'"`, '', `  MaxAge: "'ten minutes'"`), ['LC104 warning']],
  ['-1 in an HTTP API', httpCors('{ AllowOrigins: ["*"], MaxAge: -1 }'), []],
  ['-1 in a function URL', functionUrl('{ AllowOrigins: ["*"], MaxAge: -1 }'), ['LC104 error']],
  ['a MaxAge above what an HTTP API takes', httpCors('{ AllowOrigins: ["*"], MaxAge: 86401 }'), ['LC104 error']],
  [
    'any origin and credentials in two branches',
    cors(`!If [Prod, "'https://a.example'", "'*'"]`, PROD, '  AllowCredentials: !If [Prod, true, false]'),
    [],
  ],
  [
    'any origin and credentials in one branch',
    cors(`!If [Prod, "'*'", "'https://a.example'"]`, PROD, '  AllowCredentials: !If [Prod, true, false]'),
    ['LC105 error'],
  ],
  ['any origin and credentials, quoted', cors(`"'*'"`, '', '  AllowCredentials: true'), ['LC105 error']],
  ['AllowCredentials that means false', cors(`"'*'"`, '', `  AllowCredentials: "'false'"`), []],
  [
    '* beside credentials that are dropped',
    cors(`"'*'"`, '', `  AllowHeaders: "'*'"\n  AllowCredentials: "'true'"`),
    ['LC107 error'],
  ],
  ['* without an authorizer', httpCors('{ AllowOrigins: ["*"], AllowHeaders: ["*"] }'), []],
  ['put in lower case', cors(`"'*'"`, '', `  AllowMethods: "'get,put'"`), ['LC109 error']],
  ['get in lower case', cors(`"'*'"`, '', `  AllowMethods: "'get,post'"`), []],
  ['OPTIONS in a function URL', functionUrl('{ AllowOrigins: ["*"], AllowMethods: [GET, OPTIONS] }'), ['LC109 error']],
  ['OPTIONS in an HTTP API', httpCors('{ AllowOrigins: ["*"], AllowMethods: [GET, OPTIONS] }'), []],
  [
    'a list of a parameter',
    httpCors(
      '{ AllowOrigins: !Ref O }',
      "Parameters: { O: { Type: CommaDelimitedList, Default: 'https://a.example,https://b.example' } }",
    ),
    [],
  ],
  ['text in an HTTP API', httpCors(`{ AllowOrigins: 'https://a.example' }`), ['LC111 error']],
  [
    'several origins as text in one',
    httpCors(`{ AllowOrigins: 'https://a.example,https://b.example' }`),
    ['LC111 error'],
  ],
  ['CorsConfiguration as text', httpCors(`"'*'"`), ['LC111 error']],
  [
    'a list in a REST API',
    cors(`"'*'"`, '', '  AllowMethods: [GET, PUT]'),
    ['LC101 error', 'LC101 error', 'LC111 error'],
  ],
  ['a page of a public suffix', httpCors('{ AllowOrigins: ["https://a.github.io"], AllowCredentials: true }'), []],
  ['a public suffix', httpCors('{ AllowOrigins: ["https://github.io"], AllowCredentials: true }'), ['LC113 warning']],
  ['a public suffix without credentials', httpCors('{ AllowOrigins: ["https://github.io"] }'), []],
  ['localhost with credentials', httpCors('{ AllowOrigins: ["http://localhost:3000"], AllowCredentials: true }'), []],
];

const PREFLIGHTS: readonly Case[] = [
  [
    'GET needs no preflight',
    withBody(openapi({ '/a': { get: proxied(), options: mocked() }, '/b': { get: proxied() } })),
    [],
  ],
  [
    'PUT needs one',
    withBody(openapi({ '/a': { get: proxied(), options: mocked() }, '/b': { put: proxied() } })),
    ['LC201 error'],
  ],
  [
    'ANY answers itself',
    withBody(
      openapi({ '/a': { get: proxied(), options: mocked() }, '/b': { 'x-amazon-apigateway-any-method': proxied() } }),
    ),
    [],
  ],
  ['no sign of CORS, no findings', withBody(openapi({ '/b': { put: proxied() } })), []],
  [
    'the root security of a document',
    withBody(
      openapi(
        {
          '/a': {
            get: proxied(),
            options: mocked({ headers: { ...PREFLIGHT, 'Access-Control-Allow-Headers': "'Authorization'" } }),
          },
        },
        'security: [{ jwt: [] }]\ncomponents: { securitySchemes: { jwt: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: cognito_user_pools, x-amazon-apigateway-authorizer: { type: cognito_user_pools, providerARNs: [arn] } } } }',
      ),
    ),
    ['LC202 error', 'LC401 warning'],
  ],
  [
    'an options method with security: []',
    withBody(
      openapi(
        {
          '/a': {
            get: proxied(),
            options: mocked({
              more: 'security: [], ',
              headers: { ...PREFLIGHT, 'Access-Control-Allow-Headers': "'Authorization'" },
            }),
          },
        },
        'security: [{ jwt: [] }]\ncomponents: { securitySchemes: { jwt: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: cognito_user_pools, x-amazon-apigateway-authorizer: { type: cognito_user_pools, providerARNs: [arn] } } } }',
      ),
    ),
    ['LC401 warning'],
  ],
  [
    'authorizers that nothing names',
    samRest({ api: `Cors: { AllowOrigin: "'*'" }\nAuth: { ${TOKEN} }\n${ERRORS}` }),
    [],
  ],
  [
    'an OPTIONS event with an authorizer of its own',
    samHttp({
      api: `${JWT}\nCorsConfiguration: { AllowOrigins: ['*'], AllowHeaders: [Authorization] }`,
      events: ['GET /notes', 'OPTIONS /notes Jwt'],
    }),
    ['LC202 error'],
  ],

  [
    'an OPTIONS event of an HTTP API, which the default authorizer leaves out',
    samHttp({
      api: `${JWT}\nCorsConfiguration: { AllowOrigins: ['*'], AllowHeaders: [Authorization] }`,
      events: ['GET /notes', 'OPTIONS /notes'],
    }),
    [],
  ],
  [
    'ANY shielded by a greedier OPTIONS',
    samHttp({
      api: `${JWT}\nCorsConfiguration: { AllowOrigins: ['*'], AllowMethods: ['*'], AllowHeaders: [Authorization] }`,
      events: ['ANY /{proxy+}', 'OPTIONS /{proxy+} NONE'],
    }),
    [],
  ],
  [
    'ANY with an authorizer behind CorsConfiguration',
    samHttp({
      api: `${JWT}\nCorsConfiguration: { AllowOrigins: ['*'], AllowMethods: ['*'], AllowHeaders: [Authorization] }`,
      events: ['ANY /{proxy+}'],
    }),
    ['LC204 error'],
  ],
  [
    'every method without credentials',
    samHttp({ api: "CorsConfiguration: { AllowOrigins: ['*'], AllowMethods: ['*'] }", events: ['DELETE /notes'] }),
    [],
  ],
  [
    'no methods in an HTTP API',
    samHttp({ api: "CorsConfiguration: { AllowOrigins: ['*'] }", events: ['DELETE /notes'] }),
    ['LC205 error'],
  ],
  ["SAM's default methods", samRest({ api: `Cors: { AllowOrigin: "'*'" }`, events: ['DELETE /notes'] }), []],
  [
    'GET, HEAD and POST need not be listed',
    samRest({
      api: `Cors: { AllowOrigin: "'*'", AllowMethods: "'OPTIONS'", AllowHeaders: "'content-type'" }`,
      events: ['GET /notes', 'POST /notes', 'HEAD /notes'],
    }),
    [],
  ],
  ['POST without a list of headers', samRest({ api: `Cors: "'*'"`, events: ['POST /notes'] }), ['LC207 warning']],
  [
    'a token in the query needs no header',
    samHttp({ api: `${JWT.replace('header.Authorization', 'querystring.token')}\nCorsConfiguration: true` }),
    [],
  ],
  [
    'a token in the query, in OpenAPI',
    openapi({ '/a': { get: proxied('security: [{ jwt: [] }], ') } }, jwtCors('$request.querystring.token')),
    [],
  ],
  [
    'a token in a header, in OpenAPI',
    openapi({ '/a': { get: proxied('security: [{ jwt: [] }], ') } }, jwtCors('$request.header.X-Token')),
    ['LC207 error'],
  ],
  ['CorsConfiguration: true with an authorizer', samHttp({ api: `${JWT}\nCorsConfiguration: true` }), ['LC207 error']],
  [
    'a function URL with AWS_IAM',
    functionUrl('{ AllowOrigins: ["*"], AllowHeaders: [Authorization] }', 'AWS_IAM'),
    ['LC206 error'],
  ],
  [
    'required, optional and other parameters',
    withBody(
      openapi({
        '/a': {
          get: proxied(
            'parameters: [{ in: header, name: X-Tenant, required: true, schema: { type: string } }, { in: header, name: X-Trace, schema: { type: string } }, { in: header, name: Accept, required: true, schema: { type: string } }, { in: header, name: Origin, required: true, schema: { type: string } }, { in: header, name: X-Forwarded-For, required: true, schema: { type: string } }], ',
          ),
          options: mocked(),
        },
      }),
    ),
    ['LC206 error'],
  ],
  [
    'a body that is a form',
    withBody(
      openapi({
        '/a': {
          post: proxied('requestBody: { content: { multipart/form-data: {} } }, '),
          options: mocked({ headers: { ...PREFLIGHT, 'Access-Control-Allow-Headers': "'X-A'" } }),
        },
      }),
    ),
    [],
  ],
  ['204', withBody(openapi({ '/a': { get: proxied(), options: mocked({ status: '204' }) } })), []],
  [
    'a mock without a template for JSON',
    withBody(openapi({ '/a': { get: proxied(), options: mocked({ template: `text/plain: '{"statusCode": 200}'` }) } })),
    ['LC208 error'],
  ],
  [
    'a mock without a status code',
    withBody(openapi({ '/a': { get: proxied(), options: mocked({ template: `application/json: '{}'` }) } })),
    ['LC208 error'],
  ],
  [
    'a header that is not declared',
    withBody(
      openapi({
        '/a': {
          get: proxied(),
          options: mocked({ declared: ['Access-Control-Allow-Origin', 'Access-Control-Allow-Methods'] }),
        },
      }),
    ),
    ['LC208 error'],
  ],
  [
    'another header that is not declared',
    withBody(
      openapi({
        '/a': {
          get: proxied(),
          options: mocked({ headers: { ...PREFLIGHT, 'X-Other': "'x'" }, declared: Object.keys(PREFLIGHT) }),
        },
      }),
    ),
    [],
  ],
  ['*/* with the mock of Cors', samRest({ api: `Cors: "'*'"\nBinaryMediaTypes: ['*~1*']` }), ['LC209 error']],
  ['image/* with the mock of Cors', samRest({ api: `Cors: "'*'"\nBinaryMediaTypes: ['image~1*']` }), []],
  [
    'CorsConfiguration beside DefinitionUri',
    `Transform: AWS::Serverless-2016-10-31\nResources:\n  Api:\n    Type: AWS::Serverless::HttpApi\n    Properties: { DefinitionUri: s3://bucket/api.yaml, CorsConfiguration: true }\n`,
    ['LC213 error'],
  ],
  [
    'Cors beside DefinitionUri',
    `Transform: AWS::Serverless-2016-10-31\nResources:\n  Api:\n    Type: AWS::Serverless::Api\n    Properties: { StageName: prod, DefinitionUri: s3://bucket/api.yaml, Cors: "'*'" }\n`,
    ['LC213 error'],
  ],
  [
    'an API of the name that SAM reserves for another one',
    `Transform: AWS::Serverless-2016-10-31
Resources:
  ServerlessHttpApi: { Type: AWS::Serverless::HttpApi, Properties: { CorsConfiguration: { AllowOrigins: ['*'] } } }
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events: { Put: { Type: HttpApi, Properties: { Path: /notes, Method: PUT } } }
`,
    ['LC213 error'],
  ],
  [
    'that name with the settings in Globals',
    `Transform: AWS::Serverless-2016-10-31
Globals: { HttpApi: { CorsConfiguration: { AllowOrigins: ['*'] } } }
Resources:
  ServerlessHttpApi: { Type: AWS::Serverless::HttpApi }
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events: { Get: { Type: HttpApi, Properties: { Path: /notes, Method: GET } } }
`,
    [],
  ],
  [
    'a function URL whose requests CloudFront signs',
    `${functionUrl('{ AllowOrigins: ["*"], AllowHeaders: [X-Amz-Content-Sha256] }', 'AWS_IAM')}
  Oac:
    Type: AWS::CloudFront::OriginAccessControl
    Properties: { OriginAccessControlConfig: { Name: a, OriginAccessControlOriginType: lambda, SigningBehavior: always, SigningProtocol: sigv4 } }
`,
    [],
  ],
  [
    'the same without the hash of the body',
    `${functionUrl('{ AllowOrigins: ["*"] }', 'AWS_IAM')}
  Oac:
    Type: AWS::CloudFront::OriginAccessControl
    Properties: { OriginAccessControlConfig: { Name: a, OriginAccessControlOriginType: lambda, SigningBehavior: always, SigningProtocol: sigv4 } }
`,
    ['LC207 warning'],
  ],
  [
    'an API that no event names',
    `Transform: AWS::Serverless-2016-10-31
Resources:
  Api: { Type: AWS::Serverless::HttpApi, Properties: { CorsConfiguration: { AllowOrigins: ['*'] } } }
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events: { Get: { Type: HttpApi, Properties: { Path: /notes, Method: GET } } }
`,
    ['LC213 error'],
  ],
];

const ORIGIN = { 'Access-Control-Allow-Origin': "'https://app.example.com'" };

const RESPONSES: readonly Case[] = [
  [
    'a service without the header',
    withBody(openapi({ '/a': { get: service({ 200: {} }), options: mocked() } })),
    ['LC301 error'],
  ],
  [
    'a service at a path for nobody else',
    withBody(openapi({ '/a': { get: proxied(), options: mocked() }, '/b': { get: service({ 200: {} }) } })),
    [],
  ],
  ['a redirect', withBody(openapi({ '/a': { get: service({ 302: { Location: "'/b'" } }), options: mocked() } })), []],
  [
    'declared and not mapped',
    withBody(openapi({ '/a': { get: service({ 200: {} }, ['Access-Control-Allow-Origin']), options: mocked() } })),
    ['LC302 error'],
  ],
  [
    'one status of two',
    withBody(openapi({ '/a': { get: service({ 200: ORIGIN, 400: {} }), options: mocked() } })),
    ['LC303 warning'],
  ],
  [
    'a redirect beside a response',
    withBody(openapi({ '/a': { get: service({ 200: ORIGIN, 301: {} }), options: mocked() } })),
    [],
  ],
  [
    'an OPTIONS mock without the header',
    withBody(
      openapi({ '/a': { get: proxied(), options: mocked({ headers: { 'Access-Control-Allow-Methods': "'GET'" } }) } }),
    ),
    ['LC301 error'],
  ],
  ['a proxy that declares the header', withBody(openapi({ '/a': { get: proxied(), options: mocked() } })), []],
];

const GATEWAY: readonly Case[] = [
  [
    'an authorizer',
    samRest({
      api: `Cors: { AllowOrigin: "'*'", AllowHeaders: "'Authorization'" }\nAuth: { DefaultAuthorizer: Token, AddDefaultAuthorizerToCorsPreflight: false, ${TOKEN} }`,
    }),
    ['LC401 warning'],
  ],
  [
    'an API of another template',
    `Parameters: { Api: { Type: String } }
Resources:
  Options:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !ImportValue Path
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      Integration: { Type: MOCK, RequestTemplates: { application/json: '{"statusCode":200}' }, IntegrationResponses: [{ StatusCode: '200', ResponseParameters: { method.response.header.Access-Control-Allow-Origin: "'*'" } }] }
      MethodResponses: [{ StatusCode: '200', ResponseParameters: { method.response.header.Access-Control-Allow-Origin: true } }]
  Get:
    Type: AWS::ApiGateway::Method
    Properties: { RestApiId: !Ref Api, ResourceId: !ImportValue Path, HttpMethod: GET, AuthorizationType: AWS_IAM, Integration: { Type: AWS_PROXY } }
`,
    ['LC207 error'],
  ],
  [
    'an HTTP API',
    samHttp({ api: `${JWT}\nCorsConfiguration: { AllowOrigins: ['*'], AllowHeaders: [Authorization] }` }),
    [],
  ],
  [
    'reflected with credentials',
    samRest({
      api: `GatewayResponses:
  DEFAULT_4XX: { ResponseParameters: { Headers: { Access-Control-Allow-Origin: method.request.header.Origin, Access-Control-Allow-Credentials: "'true'" } } }
  DEFAULT_5XX: { ResponseParameters: { Headers: { Access-Control-Allow-Origin: "'*'" } } }`,
    }),
    ['LC404 error'],
  ],
  [
    'a WebSocket API',
    'Resources: { Api: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: WEBSOCKET, CorsConfiguration: {} } } }',
    [],
  ],
];

describe.each([
  ['values', VALUES],
  ['preflights', PREFLIGHTS],
  ['responses', RESPONSES],
  ['errors of the gateway', GATEWAY],
])('%s', (_group, cases) => {
  it.each(cases)('%s', (_name, text, found) => {
    expect(faults(text)).toEqual(found);
  });
});

describe('notes', () => {
  it.each([
    ['a MaxAge that no browser keeps', httpCors('{ AllowOrigins: ["*"], MaxAge: 86400 }'), ['LC104']],
    [
      'methods that ANY may take',
      samHttp({ api: "CorsConfiguration: { AllowOrigins: ['*'], AllowMethods: [GET] }", events: ['ANY /notes'] }),
      ['LC205'],
    ],
    [
      'a Cors without effect',
      samRest({ api: `${ERRORS}\nCors: "'*'"`, events: ['GET /notes', 'OPTIONS /notes'] }),
      ['LC213'],
    ],
    ['gateway responses, without a cause', samRest({ api: `Cors: "'*'"` }), ['LC401']],
    [
      'an OpenAPI document by itself',
      openapi({ '/a': { get: service({ 200: ORIGIN }) }, '/b': { put: proxied() } }),
      ['LC401', 'LC201'],
    ],
  ])('%s', (_name, text, found) => {
    expect(notes(text)).toEqual(found);
    expect(faults(text)).toEqual([]);
  });
});

describe('a policy', () => {
  const policy = {
    allowOrigins: ['https://app.example.com'],
    allowMethods: ['GET', 'PUT'],
    allowHeaders: ['Content-Type'],
    maxAge: 600,
  };
  const same =
    '{ AllowOrigins: [https://app.example.com], AllowMethods: [PUT, GET, OPTIONS], AllowHeaders: [content-type], MaxAge: 600 }';

  it('finds nothing where the template says the same', () => {
    expect(lint([{ path: 't.yaml', text: httpCors(same) }], { policy })).toEqual([]);
  });

  it.each([
    [
      'another origin',
      same.replace('app.', 'admin.'),
      'AllowOrigins lacks https://app.example.com, which the policy has, and has https://admin.example.com, which the policy does not have',
    ],
    [
      'any origin',
      same.replace('[https://app.example.com]', "['*']"),
      'AllowOrigins lacks https://app.example.com, which the policy has, and has *, which the policy does not have',
    ],
    ['one method less', same.replace('PUT, ', ''), 'AllowMethods lacks PUT, which the policy has'],
    [
      'one header more',
      same.replace('content-type', 'content-type, x-a'),
      'AllowHeaders has x-a, which the policy does not have',
    ],
    [
      'credentials',
      same.replace('MaxAge', 'AllowCredentials: true, MaxAge'),
      'credentials are allowed, and the policy does not allow them',
    ],
    ['another age', same.replace('600', '700'), 'MaxAge is 700, and the policy has 600'],
  ])('%s', (_name, settings, message) => {
    const found = lint([{ path: 't.yaml', text: httpCors(settings) }], { policy });
    expect(found.map((finding) => [finding.code, finding.message])).toEqual([['LC501', message]]);
  });

  it('does not mind that the preflight of a path lists the methods of that path only', () => {
    const text = withBody(
      openapi({
        '/a': {
          get: proxied(),
          options: mocked({
            headers: {
              ...PREFLIGHT,
              'Access-Control-Allow-Methods': "'GET,OPTIONS'",
              'Access-Control-Max-Age': "'600'",
            },
          }),
        },
      }),
    );
    expect(faults(text, { policy })).toEqual([]);
  });

  it.each([
    ['any origin where the policy has two', "'*'", ['LC501']],
    ['one origin where the policy has two', "'https://app.example.com'", ['LC305']],
  ])('%s', (_name, origin, found) => {
    const two = { ...policy, allowOrigins: ['https://app.example.com', 'https://admin.example.com'] };
    const headers = { ...PREFLIGHT, 'Access-Control-Allow-Origin': origin, 'Access-Control-Max-Age': "'600'" };
    const text = withBody(openapi({ '/a': { get: proxied(), options: mocked({ headers }) } }));
    expect(
      lint([{ path: 't.yaml', text }], { policy: two }).flatMap(({ code, severity }) =>
        severity === 'info' ? [] : code,
      ),
    ).toEqual(found);
  });

  it('has patterns that an HTTP API cannot have', () => {
    const patterns = { ...policy, allowOrigins: ['https://app.example.com', 'https://*.example.org'] };
    const [finding, ...others] = lint([{ path: 't.yaml', text: httpCors(same) }], { policy: patterns });
    expect([finding?.code, others]).toEqual(['LC501', []]);
    expect(finding?.message).toContain('the pattern https://*.example.org, which an HTTP API cannot have');
  });

  it('is compared with mapped responses and gateway responses too', () => {
    const old = { 'Access-Control-Allow-Origin': "'https://old.example.com'" };
    const text = withBody(
      openapi(
        {
          '/a': {
            get: service({ 200: old }),
            options: mocked({ headers: { ...PREFLIGHT, 'Access-Control-Max-Age': "'600'" } }),
          },
        },
        `x-amazon-apigateway-gateway-responses: { DEFAULT_4XX: { responseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'https://older.example.com'" } } }`,
      ),
    );
    const found = lint([{ path: 't.yaml', text }], { policy }).filter(({ code }) => code === 'LC501');
    expect(found.map(({ message }) => /https:\/\/old(er)?\./.exec(message)?.[0])).toEqual([
      'https://older.',
      'https://old.',
    ]);
  });

  it('throws what is wrong with the policy itself', () => {
    expect(() => lint([], { policy: { allowOrigins: 'app.example.com' } })).toThrow(/has no scheme/);
  });
});

describe('findings', () => {
  it('do not tell to write a list with what another finding is about', () => {
    const text = httpCors("{ AllowOrigins: 'https://A.example/, b.example', AllowMethods: 'GET,PUT' }");
    const remedies = lint([{ path: 't.yaml', text }]).flatMap(({ code, remedy }) => (code === 'LC111' ? [remedy] : []));
    expect(remedies).toEqual([
      "write AllowOrigins: ['https://a.example','https://b.example']",
      "write AllowMethods: ['GET','PUT']",
    ]);
  });

  it('do not take a word for a host', () => {
    const [found] = lint([{ path: 't.yaml', text: httpCors('{ AllowOrigins: [any] }') }]);
    expect(found).toMatchObject({ code: 'LC103', remedy: expect.stringMatching(/^name the origins in full/) });
  });

  it('do not tell to put quotes around what another finding is about', () => {
    const text = samRest({ api: "Cors: { AllowOrigin: 'https://a.example/' }", events: ['PUT /notes'] });
    const remedies = lint([{ path: 't.yaml', text }]).flatMap(({ code, remedy }) => (code === 'LC101' ? [remedy] : []));
    expect(remedies).toEqual([`write AllowOrigin: "'https://a.example'"`]);
  });

  it('are one line each, whatever names a template has', () => {
    const text = samRest({ api: `Cors: { AllowOrigin: "*\\e[31m\\n::error::\\u202e" }`, events: ['PUT /notes'] });
    const found = lint([{ path: 'template.yaml', text }]);
    expect(found.length).toBeGreaterThan(2);
    for (const { message, remedy } of found) expect(message + remedy).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('point at the value', () => {
    const text = cors('"*"');
    const [fault] = lint([{ path: 'template.yaml', text }]).filter(({ code }) => code === 'LC101');
    expect(text.split('\n')[(fault?.line ?? 0) - 1]?.slice((fault?.column ?? 0) - 1)).toBe('"*"');
  });

  it('come by file, then by line', () => {
    const files = ['b.yaml', 'a.yaml'].map((path) => ({ path, text: cors('"*"', '', '  MaxAge: 600') }));
    expect(lint(files).map(({ file, code }) => `${file} ${code}`)).toEqual(
      ['b.yaml', 'a.yaml'].flatMap((file) => ['LC401', 'LC101', 'LC104'].map((code) => `${file} ${code}`)),
    );
  });

  it('in Globals come once, however many APIs have them', () => {
    const text = `Transform: AWS::Serverless-2016-10-31
Globals: { HttpApi: { CorsConfiguration: { AllowOrigins: [https://a.example/] } } }
Resources:
  A: { Type: AWS::Serverless::HttpApi }
  B: { Type: AWS::Serverless::HttpApi }
`;
    expect(faults(text)).toEqual(['LC103 error']);
  });
});

describe('included documents', () => {
  const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors: "'*'"
      DefinitionBody: { 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: ./api.yaml } } }
`;
  const api = openapi({ '/a': { get: service({ 200: {} }) } });

  it('are judged with the template, and found in their own file', () => {
    const found = lint([{ path: 'infra/template.yaml', text: template }], {
      read: (path) => (path === 'infra/api.yaml' ? api : undefined),
    });
    expect(found.filter(({ severity }) => severity === 'error').map(({ file, code }) => `${file} ${code}`)).toEqual([
      'infra/api.yaml LC301',
    ]);
  });

  it('are unknown without read', () => {
    expect(faults(template)).toEqual([]);
  });

  it('are judged once where they are given too', () => {
    const files = [
      { path: 'template.yaml', text: template },
      { path: 'api.yaml', text: api },
    ];
    const found = lint(files, { read: (path) => files.find((file) => file.path === path)?.text });
    expect(found.filter(({ code }) => code === 'LC301')).toHaveLength(1);
  });

  it('is silent by itself, without a sign of CORS', () => {
    expect(lint([{ path: 'api.yaml', text: api }])).toEqual([]);
  });
});

describe('ignores', () => {
  const text = (above: string, behind: string, metadata = '') => `Transform: AWS::Serverless-2016-10-31
${metadata}
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      CorsConfiguration:
        AllowOrigins:
${above}
          - https://app.example.com/ ${behind}
          - https://b.example/
`;
  const both = ['LC103 error', 'LC103 error'];

  it.each([
    ['nothing', text('', ''), both],
    ['behind the line', text('', '# lambda-cors-ignore LC103'), ['LC103 error']],
    ['above the line', text('          # lambda-cors-ignore LC103', ''), ['LC103 error']],
    [
      'above, with another comment between',
      text('          # lambda-cors-ignore LC103\n          # the slash is meant', ''),
      ['LC103 error'],
    ],
    ['several codes', text('', '# lambda-cors-ignore LC101, LC103: both'), ['LC103 error']],
    ['another code', text('', '# lambda-cors-ignore LC101'), both],
    ['no code', text('', '# lambda-cors-ignore'), both],
    ['not above the line', text('          # lambda-cors-ignore LC103\n', ''), both],
    ['the whole template', text('', '', 'Metadata: { lambda-cors: { ignore: [LC103] } }'), []],
    ['the whole template, another code', text('', '', 'Metadata: { lambda-cors: { ignore: LC101 } }'), both],
  ])('%s', (_name, template, found) => {
    expect(faults(template)).toEqual(found);
  });

  it('of a hundred thousand comments take no longer than they are long', () => {
    const started = performance.now();
    expect(faults(text('          # lambda-cors-ignore LC101 LC103\n'.repeat(100_000).trimEnd(), ''))).toEqual([
      'LC103 error',
    ]);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('of a resource are for what stands in it', () => {
    const json = JSON.stringify(
      {
        Resources: {
          A: {
            Type: 'AWS::Lambda::Url',
            Metadata: { 'lambda-cors': { ignore: ['LC103'] } },
            Properties: { AuthType: 'NONE', Cors: { AllowOrigins: ['a'] } },
          },
          B: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE', Cors: { AllowOrigins: ['b'] } } },
        },
      },
      null,
      2,
    );
    const found = lint([{ path: 'template.json', text: json }]);
    expect(found.map(({ code, message }) => [code, message.includes('"b"')])).toEqual([['LC103', true]]);
  });
});

describe('a policy', () => {
  const policy = { allowOrigins: 'https://app.example.com', allowMethods: ['GET', 'PUT'] };
  const found = (text: string) =>
    lint([{ path: 't.yaml', text }], { policy })
      .filter(({ code }) => code !== 'LC401')
      .map(({ code, severity }) => `${code} ${severity}`);

  it.each([
    ['a REST API of SAM', samRest({ events: ['PUT /notes'] }), ['LC201 error']],
    ['an HTTP API of SAM', samHttp({ events: ['PUT /notes'] }), ['LC201 error']],
    ['a page that sends JSON, probably', samRest({ events: ['GET /notes', 'POST /notes'] }), ['LC201 warning']],
    ['a method that the policy does not have', samRest({ events: ['DELETE /notes'] }), ['LC201 info']],
    ['a path that needs no preflight', samRest({ events: ['GET /notes'] }), []],
    ['a response that is mapped', openapi({ '/a': { get: service({ 200: {} }) } }), ['LC301 error']],
  ])('says that every route is for pages: %s', (_name, text, expected) => {
    expect(found(text)).toEqual(expected);
    expect(faults(text)).toEqual([]);
  });

  it('says so of errors of the gateway', () => {
    const text = samRest({ api: `Auth: { DefaultAuthorizer: Token, ${TOKEN} }` });
    expect(lint([{ path: 't.yaml', text }], { policy }).map(({ code }) => code)).toContain('LC401');
  });

  it('may leave out a method that a path takes, which is a note', () => {
    const text = samRest({
      api: `Cors: { AllowOrigin: "'https://app.example.com'", AllowMethods: "'GET,PUT'", MaxAge: "'600'" }`,
      events: ['DELETE /notes'],
    });
    expect(found(text).filter((each) => each.startsWith('LC205'))).toEqual(['LC205 info']);
    const lacks = text.replace('GET,PUT', 'GET').replace('DELETE', 'PUT');
    expect(found(lacks).filter((each) => each.startsWith('LC205'))).toEqual(['LC205 error']);
  });
});
