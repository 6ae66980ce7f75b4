import { describe, expect, it } from 'vitest';
import { apiOf, mappedOf, methodOf, namesOf, optionsOf, shown } from './facts.js';

/** A template with one function, whose events are given. */
function sam(events: string, properties = '', globals = ''): string {
  const api =
    properties === ''
      ? ''
      : `  Api:\n    Type: AWS::Serverless::Api\n    Properties:\n      StageName: p\n${properties}`;
  return `Transform: AWS::Serverless-2016-10-31
Parameters: { Origin: { Type: String }, Known: { Type: String, Default: https://known.test } }
Conditions: { Prod: !Equals [!Ref Origin, x], NotProd: !Not [!Condition Prod] }
${globals}
Resources:
${api}
  Notes:
    Type: AWS::Serverless::Function
    Properties:
      Handler: notes.handler
      Events:
${events}`;
}

function event(name: string, method: string, path: string, more = ''): string {
  const target = more.includes('RestApiId') || more === 'implicit' ? '' : 'RestApiId: !Ref Api, ';
  return `        ${name}: { Type: Api, Properties: { ${target}Path: ${path}, Method: ${method}${more === 'implicit' ? '' : more} } }\n`;
}

const LIST = event('List', 'get', '/notes');
const ADD = event('Add', 'POST', '/notes');

describe('Cors of a REST API', () => {
  it.each<readonly [why: string, cors: string, headers: Readonly<Record<string, string>>]>([
    [
      'a text is the origin, and sends no list of headers',
      `"'*'"`,
      { 'Allow-Origin': "'*'", 'Allow-Methods': "'GET,OPTIONS,POST'" },
    ],
    [
      'a map',
      `{ AllowOrigin: "'https://a.test'", AllowHeaders: "'x-a'", AllowMethods: "'GET'", MaxAge: "'600'" }`,
      {
        'Allow-Origin': "'https://a.test'",
        'Allow-Headers': "'x-a'",
        'Allow-Methods': "'GET'",
        'Max-Age': "'600'",
      },
    ],
    [
      'any origin where none is written',
      `{ AllowHeaders: "'x-a'" }`,
      {
        'Allow-Origin': "'*'",
        'Allow-Headers': "'x-a'",
        'Allow-Methods': "'GET,OPTIONS,POST'",
      },
    ],
    [
      'credentials as the literal',
      `{ AllowOrigin: "'https://a.test'", AllowCredentials: true }`,
      {
        'Allow-Origin': "'https://a.test'",
        'Allow-Methods': "'GET,OPTIONS,POST'",
        'Allow-Credentials': "'true'",
      },
    ],
    [
      'a branch of an Fn::If',
      `!If [Prod, "'https://a.test'", "'*'"]`,
      {
        'Allow-Origin': "'https://a.test' | '*'",
        'Allow-Methods': "'GET,OPTIONS,POST'",
      },
    ],
    [
      'a parameter with a Default',
      `{ AllowOrigin: !Sub "'\${Known}'" }`,
      {
        'Allow-Origin': "'https://known.test'",
        'Allow-Methods': "'GET,OPTIONS,POST'",
      },
    ],
    [
      'a parameter without',
      `{ AllowOrigin: !Sub "'\${Origin}'" }`,
      {
        'Allow-Origin': '?',
        'Allow-Methods': "'GET,OPTIONS,POST'",
      },
    ],
    [
      'as it is written, without inner quotes too',
      '{ AllowOrigin: "*", MaxAge: 600 }',
      {
        'Allow-Origin': '*',
        'Allow-Methods': "'GET,OPTIONS,POST'",
        'Max-Age': '600',
      },
    ],
  ])('%s', (_why, cors, headers) => {
    const api = apiOf(sam(LIST + ADD, `      Cors: ${cors}\n`));
    expect(mappedOf(methodOf(api, 'OPTIONS /notes'))).toEqual(headers);
    expect(api.cors?.applied).toEqual(['/notes']);
  });

  it.each(['"true"', `"'true'"`, '!Ref Known', 'false'])('drops AllowCredentials: %s', (value) => {
    const api = apiOf(sam(LIST, `      Cors: { AllowCredentials: ${value} }\n`));
    expect(Object.keys(mappedOf(methodOf(api, 'OPTIONS /notes')))).toEqual(['Allow-Origin', 'Allow-Methods']);
    expect(api.cors?.allowCredentials).toBeDefined();
  });

  it('skips a path that has OPTIONS, and allows every method where the path has ANY', () => {
    const events = LIST + event('Own', 'options', '/notes') + event('Any', 'any', '/all');
    const api = apiOf(sam(events, `      Cors: "'*'"\n`));
    expect(optionsOf(api)).toEqual({ '/notes': 'OPTIONS sam-event', '/all': 'OPTIONS sam-cors' });
    expect(api.cors?.applied).toEqual(['/all']);
    expect(mappedOf(methodOf(api, 'OPTIONS /all'))['Allow-Methods']).toBe("'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'");
  });

  it('comes from Globals, under what the API says itself', () => {
    const globals = `Globals: { Api: { Cors: { AllowOrigin: "'*'", AllowHeaders: "'x-a'" } } }`;
    const api = apiOf(sam(LIST, `      Cors: { AllowOrigin: "'https://a.test'" }\n`, globals));
    expect(mappedOf(methodOf(api, 'OPTIONS /notes'))).toMatchObject({
      'Allow-Origin': "'https://a.test'",
      'Allow-Headers': "'x-a'",
    });
    const implicit = apiOf(sam(event('List', 'get', '/notes', 'implicit'), '', globals));
    expect(implicit).toMatchObject({ origin: 'sam-implicit', id: 'ServerlessRestApi', cors: { from: 'globals' } });
    expect(optionsOf(implicit)).toEqual({ '/notes': 'OPTIONS sam-cors' });
  });

  it('has no effect with a DefinitionUri, and its paths are then not known', () => {
    const api = apiOf(sam(LIST, `      Cors: "'*'"\n      DefinitionUri: s3://bucket/api.yaml\n`));
    expect(api).toMatchObject({
      definition: 'uri',
      complete: false,
      routes: [],
      cors: { form: 'string', applied: [] },
    });
  });
});

describe('who must be authenticated', () => {
  const AUTH = `        Authorizers:
          Token: { FunctionArn: !GetAtt Notes.Arn }
          Named: { FunctionArn: !GetAtt Notes.Arn, FunctionPayloadType: REQUEST, Identity: { Headers: [X-Tenant] } }
          Pool: { UserPoolArn: !GetAtt Pool.Arn }
`;

  it.each<readonly [why: string, auth: string, get: string, options: string]>([
    [
      'the default authorizer lands on OPTIONS',
      '        DefaultAuthorizer: Token\n',
      'lambda authorization false',
      'lambda authorization false',
    ],
    [
      'unless it is told not to',
      '        DefaultAuthorizer: Pool\n        AddDefaultAuthorizerToCorsPreflight: false\n',
      'cognito authorization false',
      'none  false',
    ],
    [
      'what it reads has to be sent',
      '        DefaultAuthorizer: Named\n',
      'lambda x-tenant false',
      'lambda x-tenant false',
    ],
    ['the API key lands on OPTIONS', '        ApiKeyRequired: true\n', 'none  true', 'none  true'],
    [
      'unless it is told not to',
      '        ApiKeyRequired: true\n        AddApiKeyRequiredToCorsPreflight: false\n',
      'none  true',
      'none  false',
    ],
    [
      'IAM',
      '        DefaultAuthorizer: AWS_IAM\n',
      'iam authorization,x-amz-date,x-amz-security-token false',
      'iam authorization,x-amz-date,x-amz-security-token false',
    ],
    ['nobody', '', 'none  false', 'none  false'],
  ])('%s', (_why, auth, get, options) => {
    const api = apiOf(sam(LIST, `      Cors: "'*'"\n      Auth:\n${AUTH}${auth}`));
    const inWords = (name: string) => {
      const {
        auth: { kind, headers },
        apiKey,
      } = methodOf(api, name);
      return `${kind} ${headers} ${shown(apiKey.value)}`;
    };
    expect([inWords('GET /notes'), inWords('OPTIONS /notes')]).toEqual([get, options]);
  });

  it('an event has its own, or none', () => {
    const events =
      event('A', 'get', '/a', ', Auth: { Authorizer: NONE }') +
      event('B', 'get', '/b', ', Auth: { Authorizer: Pool, ApiKeyRequired: true }');
    const api = apiOf(sam(events, `      Auth:\n${AUTH}        DefaultAuthorizer: Token\n`));
    expect(methodOf(api, 'GET /a').auth.kind).toBe('none');
    expect(methodOf(api, 'GET /b')).toMatchObject({
      auth: { kind: 'cognito', from: 'method' },
      apiKey: { from: 'method' },
    });
  });
});

describe('events and definitions', () => {
  const BODY = `      DefinitionBody:
        openapi: 3.0.1
        paths:
          /body: { get: { x-amazon-apigateway-integration: { type: aws_proxy, uri: !Sub "arn:lambda:path/functions/\${Notes.Arn}/invocations" } } }
`;

  it('an event adds nothing to a body, unless the two are merged', () => {
    expect(namesOf(apiOf(sam(LIST, BODY)))).toEqual(['GET /body']);
    expect(namesOf(apiOf(sam(LIST, `${BODY}      MergeDefinitions: true\n`)))).toEqual(['GET /body', 'GET /notes']);
  });

  it('knows the function behind a method, of a body and of an event', () => {
    expect(methodOf(apiOf(sam(LIST, BODY)), 'GET /body')).toMatchObject({
      function: 'Notes',
      integration: { kind: 'lambda-proxy' },
    });
    expect(methodOf(apiOf(sam(LIST, '      Name: x\n')), 'GET /notes')).toMatchObject({
      function: 'Notes',
      id: 'Notes.List',
    });
  });

  it('Cors and the default authorizer are for bodies, too', () => {
    const auth = '      Auth: { DefaultAuthorizer: T, Authorizers: { T: { FunctionArn: x } } }\n';
    const api = apiOf(sam(LIST, `${BODY}      Cors: "'*'"\n${auth}`));
    expect(namesOf(api)).toEqual(['GET /body', 'OPTIONS /body']);
    expect(methodOf(api, 'GET /body').auth).toMatchObject({ kind: 'lambda', from: 'default' });
  });

  it('a path that is not known is a gap', () => {
    const api = apiOf(sam(event('List', 'get', '!Ref Origin'), '      Name: x\n'));
    expect(api).toMatchObject({ complete: false, routes: [] });
    expect(api.gaps.map(({ why }) => why)).toEqual(['the path or method of Notes.List is not known']);
  });

  it('reads gateway responses, binary types, domains and guards', () => {
    const api = apiOf(
      sam(
        LIST,
        `      GatewayResponses: { DEFAULT_4XX: { ResponseParameters: { Headers: { Access-Control-Allow-Origin: "'*'" } } } }
      BinaryMediaTypes: [image~1png]
      Domain: { DomainName: api.a.test, CertificateArn: x, MutualTlsAuthentication: { TruststoreUri: s3://x/y } }
      Auth: { UsagePlan: { CreateUsagePlan: PER_API } }
      EndpointConfiguration: PRIVATE
`,
      ),
    );
    expect(api.gatewayResponses).toMatchObject([{ where: 'sam', headers: [{ name: 'Access-Control-Allow-Origin' }] }]);
    expect(api.binaryMediaTypes.map(shown)).toEqual(['image/png']);
    expect(api.domains).toMatchObject([{ id: 'Api', mutualTls: expect.anything() }]);
    expect(api.guards.map(({ kind }) => kind)).toEqual(['usage plan']);
    expect(shown(api.private)).toBe('true');
  });

  it('a condition and its negation are one choice', () => {
    const cors = `      Cors: { AllowOrigin: !If [NotProd, "'*'", "'https://a.test'"], AllowCredentials: !If [Prod, true, false] }\n`;
    const api = apiOf(sam(LIST, cors));
    expect(api.cors?.allowOrigins?.value).toMatchObject({ kind: 'choice', condition: 'Prod' });
    expect(shown(api.cors?.allowOrigins?.value)).toBe("'https://a.test' | '*'");
  });
});

describe('an HTTP API of SAM', () => {
  function http(events: string, properties: string): string {
    return `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
${properties}
  Notes:
    Type: AWS::Serverless::Function
    Properties:
      Events:
${events}`;
  }
  const JWT = `      Auth:
        DefaultAuthorizer: Jwt
        Authorizers: { Jwt: { IdentitySource: $request.header.X-Token, JwtConfiguration: { issuer: x } } }
`;
  const hook = (name: string, more: string) =>
    `        ${name}: { Type: HttpApi, Properties: { ApiId: !Ref Api${more} } }\n`;

  it('an event without a path is the default route', () => {
    expect(namesOf(apiOf(http(hook('All', ''), '      Name: x')))).toEqual(['ANY $default']);
  });

  it.each<readonly [why: string, events: string, properties: string, options: Readonly<Record<string, string>>]>([
    ['the built-in answer', hook('A', ', Path: /a, Method: GET'), '      CorsConfiguration: true\n', { '/a': 'cors' }],
    ['nothing', hook('A', ', Path: /a, Method: GET'), '      Name: x\n', { '/a': 'nothing' }],
    [
      'CorsConfiguration: false is nothing',
      hook('A', ', Path: /a, Method: GET'),
      '      CorsConfiguration: false\n',
      { '/a': 'nothing' },
    ],
    [
      'an authorizer on ANY comes before the built-in answer',
      hook('A', ', Path: /a, Method: ANY'),
      `      CorsConfiguration: true\n${JWT}`,
      {
        '/a': 'ANY sam-event',
      },
    ],
    [
      'also where the route is greedier',
      hook('A', ', Path: /a, Method: GET') + hook('B', ", Path: '/{proxy+}', Method: ANY"),
      `      CorsConfiguration: true\n${JWT}`,
      {
        '/a': 'ANY sam-event of /{proxy+}',
        '/{proxy+}': 'ANY sam-event',
      },
    ],
    [
      'OPTIONS without an authorizer shields it',
      hook('B', ", Path: '/{proxy+}', Method: ANY") + hook('O', ", Path: '/{proxy+}', Method: OPTIONS"),
      `      CorsConfiguration: true\n${JWT}`,
      {
        '/{proxy+}': 'cors',
      },
    ],
    [
      'the default route answers where no other does',
      hook('A', ', Path: /a, Method: GET') + hook('D', ''),
      '      Name: x\n',
      {
        '/a': 'ANY sam-event of $default',
        $default: 'ANY sam-event',
      },
    ],
  ])('OPTIONS: %s', (_why, events, properties, options) => {
    expect(optionsOf(apiOf(http(events, properties)))).toEqual(options);
  });

  it('the default authorizer is not for OPTIONS', () => {
    const api = apiOf(http(hook('O', ', Path: /a, Method: OPTIONS') + hook('A', ', Path: /a, Method: GET'), JWT));
    expect(methodOf(api, 'OPTIONS /a').auth.kind).toBe('none');
    expect(methodOf(api, 'GET /a').auth).toMatchObject({ kind: 'jwt', headers: ['x-token'] });
  });

  it('CorsConfiguration comes over what the body has', () => {
    const body = `      DefinitionBody: { openapi: 3.0.1, paths: {}, x-amazon-apigateway-cors: { allowOrigins: [https://b.test], maxAge: 5 } }\n`;
    const api = apiOf(http(hook('All', ''), `      CorsConfiguration: { AllowOrigins: [https://a.test] }\n${body}`));
    expect([shown(api.cors?.allowOrigins?.value), shown(api.cors?.maxAge?.value)]).toEqual(['[https://a.test]', '5']);
  });
});
