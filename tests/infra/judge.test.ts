import { describe, expect, it } from 'vitest';
import { type JudgeOptions, judge, type Outcome, readApis, type Verdict } from '../../src/infra.js';

const ORIGIN = 'https://app.test';

function verdictsOf(text: string, options: Partial<JudgeOptions> = {}): readonly Verdict[] {
  return readApis([{ path: 'template.yaml', text }]).flatMap((api) => judge(api, { origin: ORIGIN, ...options }));
}

/** `no Reason`, `yes`, `unknown`, `-` where nothing is asked. */
function inWords({ outcome, reason, message, unless, withPolicy }: Outcome): string {
  if (withPolicy !== undefined) return `${outcome}, with the policy ${inWords(withPolicy)}`;
  if (outcome === 'not asked') return '-';
  if (outcome === 'no') return `no ${reason ?? message}`;
  return unless === undefined ? outcome : `${outcome} unless`;
}

/** Preflight, response, 401 and unknown path of the only method. */
function judged(text: string, options: Partial<JudgeOptions> = {}): readonly string[] {
  const [verdict, ...others] = verdictsOf(text, options);
  if (verdict === undefined || others.length > 0) throw new Error(`${others.length + 1} verdicts`);
  const { preflight, response, unauthorized, notFound } = verdict;
  return [preflight, response, unauthorized, notFound].map(inWords);
}

interface Parts {
  /** Of OPTIONS, besides its type. */
  readonly mock?: string;
  readonly headers?: string;
  readonly options?: string;
  readonly declared?: string;
  readonly root?: string;
}

/** A mock OPTIONS beside PUT, which goes to a function. */
function mocked({ mock, headers, options, declared, root = '' }: Parts): string {
  return `Conditions: { Prod: !Equals [a, b] }
Parameters: { Origin: { Type: String } }
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: 3.0.1
        ${root}
        paths:
          /notes:
            put: { x-amazon-apigateway-integration: { type: aws_proxy } }
            options:
              ${options ?? 'security: []'}
              responses: { "200": { headers: ${declared ?? '{ Access-Control-Allow-Origin: {}, Access-Control-Allow-Methods: {}, Access-Control-Allow-Headers: {}, Access-Control-Allow-Credentials: {} }'} } }
              x-amazon-apigateway-integration:
                type: mock
                ${mock ?? `requestTemplates: { application/json: '{"statusCode": 200}' }`}
                responses: { default: { statusCode: "200", responseParameters: { ${headers ?? `${ACAO("'*'")}, ${ACAM}, ${ACAH}`} } } }
        components: { securitySchemes: { token: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: custom, x-amazon-apigateway-authorizer: { type: token } }, key: { type: apiKey, name: x-api-key, in: header } } }
`;
}

const ACAO = (value: string) => `method.response.header.Access-Control-Allow-Origin: ${JSON.stringify(value)}`;
const ACAM = `method.response.header.Access-Control-Allow-Methods: "'PUT'"`;
const ACAH = `method.response.header.Access-Control-Allow-Headers: "'content-type'"`;

describe('the preflight of a mock', () => {
  it.each<readonly [why: string, parts: Parts, preflight: string]>([
    ['all is there', {}, 'yes'],
    ['the same origin', { headers: `${ACAO(`'${ORIGIN}'`)}, ${ACAM}, ${ACAH}` }, 'yes'],
    ['the request header, copied', { headers: `${ACAO('method.request.header.Origin')}, ${ACAM}, ${ACAH}` }, 'yes'],
    ['no origin', { headers: ACAM }, 'no PreflightMissingAllowOriginHeader'],
    ['another origin', { headers: `${ACAO("'https://b.test'")}` }, 'no PreflightAllowOriginMismatch'],
    ['two origins', { headers: `${ACAO(`'${ORIGIN},https://b.test'`)}` }, 'no PreflightMultipleAllowOriginValues'],
    ['no methods', { headers: `${ACAO("'*'")}, ${ACAH}` }, 'no MethodDisallowedByPreflightResponse'],
    ['no headers', { headers: `${ACAO("'*'")}, ${ACAM}` }, 'no HeaderDisallowedByPreflightResponse'],
    ['no inner quotes', { headers: ACAO('*') }, 'no The deployment fails: Invalid mapping expression specified: *'],
    [
      'a header that is not declared',
      { declared: '{ Access-Control-Allow-Origin: {} }' },
      'no The deployment fails: Invalid mapping expression parameter specified: method.response.header.Access-Control-Allow-Methods',
    ],
    [
      'an origin that is not known',
      { headers: `method.response.header.Access-Control-Allow-Origin: !Sub "'\${Origin}'", ${ACAM}, ${ACAH}` },
      'unknown',
    ],
    [
      'methods that are not known',
      { headers: `${ACAO("'*'")}, method.response.header.Access-Control-Allow-Methods: !Ref Origin, ${ACAH}` },
      'unknown',
    ],
    [
      'the same in both branches',
      {
        headers: `method.response.header.Access-Control-Allow-Origin: !If [Prod, "'${ORIGIN}'", "'*'"], ${ACAM}, ${ACAH}`,
      },
      'yes',
    ],
    [
      'not in both branches',
      {
        headers: `method.response.header.Access-Control-Allow-Origin: !If [Prod, "'https://b.test'", "'*'"], ${ACAM}, ${ACAH}`,
      },
      'unknown',
    ],
    ['an authorizer', { options: 'security: [{ token: [] }]' }, 'no PreflightMissingAllowOriginHeader'],
    ['an API key', { options: 'security: [{ key: [] }]' }, 'no PreflightMissingAllowOriginHeader'],
    [
      'an authorizer, and a gateway response with the header',
      {
        options: 'security: [{ token: [] }]',
        root: `x-amazon-apigateway-gateway-responses: { DEFAULT_4XX: { responseParameters: { gatewayresponse.header.Access-Control-Allow-Origin: "'*'" } } }`,
      },
      'no PreflightInvalidStatus',
    ],
    ['an authorizer that is not known', { options: 'security: [{ other: [] }]' }, 'unknown'],
    ['no request template', { mock: 'passthroughBehavior: when_no_match' }, 'no PreflightMissingAllowOriginHeader'],
    [
      'no template for JSON',
      { mock: `requestTemplates: { text/plain: '{"statusCode": 200}' }` },
      'no PreflightMissingAllowOriginHeader',
    ],
    ['another status', { mock: `requestTemplates: { application/json: '{"statusCode": 500}' }` }, 'yes'],
    [
      'binary content',
      { root: 'x-amazon-apigateway-binary-media-types: ["*~1*"]' },
      'no PreflightMissingAllowOriginHeader',
    ],
    [
      'binary content, and CONVERT_TO_TEXT',
      {
        root: 'x-amazon-apigateway-binary-media-types: ["*/*"]',
        mock: `contentHandling: CONVERT_TO_TEXT\n                requestTemplates: { application/json: '{"statusCode": 200}' }`,
      },
      'yes',
    ],
    ['some binary content', { root: 'x-amazon-apigateway-binary-media-types: ["image/png"]' }, 'yes'],
  ])('%s', (_why, parts, preflight) => {
    expect(judged(mocked(parts))[0]).toBe(preflight);
  });

  it('cookies need a named origin and Access-Control-Allow-Credentials', () => {
    const named = `${ACAO(`'${ORIGIN}'`)}, ${ACAM}, ${ACAH}`;
    const credentials = `method.response.header.Access-Control-Allow-Credentials: "'true'"`;
    const include = { credentials: 'include' } as const;
    expect(judged(mocked({}), include)[0]).toBe('no PreflightWildcardOriginNotAllowed');
    expect(judged(mocked({ headers: named }), include)[0]).toBe('no PreflightInvalidAllowCredentials');
    expect(judged(mocked({ headers: `${named}, ${credentials}` }), include)[0]).toBe('yes');
  });

  it('where branches differ, says in which one it is what', () => {
    const headers = `method.response.header.Access-Control-Allow-Origin: !If [Prod, "'https://b.test'", "'*'"], ${ACAM}, ${ACAH}`;
    expect(verdictsOf(mocked({ headers }))[0]?.preflight.why).toBe(
      'with Prod: no, PreflightAllowOriginMismatch; without Prod: yes',
    );
  });

  it('says what the browser says, and who answered', () => {
    const [verdict] = verdictsOf(mocked({ options: 'security: [{ token: [] }]' }));
    expect(verdict?.preflight).toMatchObject({
      by: 'the gateway itself answers 401 UNAUTHORIZED',
      message:
        "Access to fetch at 'https://api.example.com/notes' from origin 'https://app.test' has been blocked by CORS policy: " +
        "Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
    });
  });
});

describe('what only the function knows', () => {
  const TEXT = `Resources:
  Api: { Type: AWS::Serverless::HttpApi }
  F: { Type: AWS::Serverless::Function, Properties: { Events: { All: { Type: HttpApi, Properties: { ApiId: !Ref Api } } } } }
`;

  it('is unknown', () => {
    expect(judged(TEXT)).toEqual(['unknown', 'unknown', '-', 'unknown']);
    expect(verdictsOf(TEXT)[0]).toMatchObject({ function: 'F', response: { why: 'only the function knows' } });
  });

  it.each<readonly [policy: JudgeOptions['policy'], made: string]>([
    [{ allowOrigins: [ORIGIN] }, 'yes'],
    [{ allowOrigins: [ORIGIN], allowMethods: ['GET'] }, 'no MethodDisallowedByPreflightResponse'],
    [{ allowOrigins: ['https://b.test', 'https://c.test'] }, 'no PreflightMissingAllowOriginHeader'],
    [{ allowOrigins: () => true }, 'unknown'],
  ])('is what withCors makes of %j', (policy, made) => {
    expect(judged(TEXT, { policy })[0]).toBe(`unknown, with the policy ${made}`);
  });

  it.each(['https://a.test/', 'a.test', ''])('the origin %j throws: no page has it', (origin) => {
    expect(() => judged(TEXT, { origin })).toThrow(TypeError);
  });

  it('a faulty policy throws', () => {
    expect(() => judged(TEXT, { policy: { allowOrigins: ['https://a.test/'] } })).toThrow('has a path');
  });
});

describe('a REST API', () => {
  const withErrors = (errors: string) => `Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      Auth: { DefaultAuthorizer: T, AddDefaultAuthorizerToCorsPreflight: false, Authorizers: { T: { FunctionArn: x } } }
      Cors: { AllowOrigin: "'*'", AllowHeaders: "'authorization'" }
      GatewayResponses: { ${errors} }
  F: { Type: AWS::Serverless::Function, Properties: { Events: { Get: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /notes, Method: get } } } } }
`;
  const ANY_ORIGIN = `{ ResponseParameters: { Headers: { Access-Control-Allow-Origin: "'*'" } } }`;
  const OTHER = `{ ResponseParameters: { Headers: { Vary: "'Origin'" } } }`;

  it.each<readonly [why: string, errors: string, unauthorized: string, notFound: string]>([
    ['none', '', 'no MissingAllowOriginHeader', 'no MissingAllowOriginHeader'],
    ['the default', `DEFAULT_4XX: ${ANY_ORIGIN}`, 'yes', 'yes'],
    ['its own', `UNAUTHORIZED: ${ANY_ORIGIN}`, 'yes', 'no MissingAllowOriginHeader'],
    [
      'its own over the default',
      `DEFAULT_4XX: ${ANY_ORIGIN}, UNAUTHORIZED: ${OTHER}`,
      'no MissingAllowOriginHeader',
      'yes',
    ],
    [
      'of server errors only',
      `DEFAULT_5XX: ${ANY_ORIGIN}`,
      'no MissingAllowOriginHeader',
      'no MissingAllowOriginHeader',
    ],
  ])('its errors: %s', (_why, errors, unauthorized, notFound) => {
    expect(judged(withErrors(errors))).toEqual(['yes', 'unknown', unauthorized, notFound]);
  });

  it('a preflight has to allow what the authorizer reads', () => {
    const text = withErrors('').replace(`AllowHeaders: "'authorization'"`, `AllowHeaders: "'x-other'"`);
    expect(judged(text)[0]).toBe('no HeaderDisallowedByPreflightResponse');
    expect(verdictsOf(text)[0]).toMatchObject({
      needs: 'preflight',
      reasons: [{ kind: 'header', name: 'authorization' }],
    });
  });

  const responses = (status: string, mapping: string) => `Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: 3.0.1
        paths:
          /notes:
            get:
              responses: { "${status}": { headers: { Access-Control-Allow-Origin: {} } } }
              x-amazon-apigateway-integration: { type: aws, uri: x, responses: { default: { statusCode: "${status}"${mapping} } } }
`;

  it.each<readonly [why: string, status: string, mapping: string, response: string, needs: Verdict['needs']]>([
    ['mapped', '200', `, responseParameters: { ${ACAO("'*'")} }`, 'yes', 'response'],
    ['declared only', '200', '', 'no MissingAllowOriginHeader', 'response'],
    ['a redirect', '302', '', '-', 'navigation'],
  ])('a response of an integration other than a proxy: %s', (_why, status, mapping, response, needs) => {
    const text = responses(status, mapping);
    expect(judged(text)).toEqual(['-', response, '-', 'no MissingAllowOriginHeader']);
    expect(verdictsOf(text)[0]?.needs).toBe(needs);
  });

  it('without OPTIONS the preflight gets 403', () => {
    const text = responses('200', '').replace('get:', 'put:');
    expect(verdictsOf(text)[0]?.preflight).toMatchObject({
      outcome: 'no',
      by: 'the gateway itself answers 403 MISSING_AUTHENTICATION_TOKEN',
    });
  });

  it('of another template: what that says is unknown', () => {
    const text = `Resources: { Get: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Other, ResourceId: !Ref Root, HttpMethod: PUT, AuthorizationType: AWS_IAM, Integration: { Type: AWS_PROXY } } } }`;
    expect(judged(text)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
  });
});

it.each<readonly [kind: 'Api' | 'HttpApi', paths: readonly string[], notFound: string]>([
  ['Api', ['/{proxy+}'], 'no MissingAllowOriginHeader'],
  ['Api', ['/'], 'no MissingAllowOriginHeader'],
  ['Api', ['/{proxy+}', '/'], 'unknown, with the policy yes'],
  ['HttpApi', ['/{proxy+}'], 'unknown'],
  ['HttpApi', ['/{all+}', '/'], 'unknown, with the policy yes'],
  ['HttpApi', ['$default'], 'unknown, with the policy yes'],
])('%s with %j: who answers a path that no route names', (kind, paths, notFound) => {
  const events = paths.map((path, at) => `E${at}: { Type: ${kind}, Properties: { Path: "${path}", Method: any } }`);
  const text = `Resources: { F: { Type: AWS::Serverless::Function, Properties: { Events: { ${events} } } } }`;
  const verdicts = verdictsOf(text, { policy: { allowOrigins: [ORIGIN] } });
  expect(verdicts.map((verdict) => inWords(verdict.notFound))).toEqual(paths.map(() => notFound));
});

describe('an HTTP API and a function URL answer themselves', () => {
  const http = (cors: string, more = '') => `Resources:
  Api: { Type: AWS::Serverless::HttpApi, Properties: { CorsConfiguration: ${cors}${more} } }
  F: { Type: AWS::Serverless::Function, Properties: { Events: { E: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /notes, Method: PUT } } } } }
`;
  const FULL = `{ AllowOrigins: [${ORIGIN}], AllowMethods: [PUT], AllowHeaders: [content-type] }`;

  it.each<readonly [why: string, text: string, preflight: string, response: string]>([
    ['all is there', http(FULL), 'yes', 'yes'],
    ['https://* is any such origin', http(FULL.replace(ORIGIN, 'https://*')), 'yes', 'yes'],
    [
      'another origin',
      http(FULL.replace(ORIGIN, 'https://b.test')),
      'no PreflightMissingAllowOriginHeader',
      'no MissingAllowOriginHeader',
    ],
    ['true allows no method', http('true'), 'no MethodDisallowedByPreflightResponse', 'yes'],
    ['{} refuses everyone', http('{}'), 'no PreflightMissingAllowOriginHeader', 'no MissingAllowOriginHeader'],
    ['an origin that is not known', http(FULL.replace(ORIGIN, '!Ref X')), 'unknown', 'unknown'],
    [
      'IAM on OPTIONS',
      `Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP, CorsConfiguration: ${FULL} } }
  Any: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: ANY /notes, AuthorizationType: AWS_IAM, Target: !Ref X } }
`,
      'no PreflightMissingAllowOriginHeader',
      'yes',
    ],
  ])('%s', (_why, text, preflight, response) => {
    expect(judged(text).slice(0, 2)).toEqual([preflight, response]);
  });

  it('what errors of an HTTP API carry is not documented', () => {
    const auth = ', Auth: { DefaultAuthorizer: J, Authorizers: { J: { JwtConfiguration: { issuer: x } } } }';
    const text = http(FULL.replace('[content-type]', '[content-type, authorization]'), auth);
    expect(judged(text)).toEqual(['yes', 'yes', 'unknown', 'unknown']);
  });

  it("a function's own headers come beside those of a function URL", () => {
    const text = `Resources: { Url: { Type: AWS::Lambda::Url, Properties: { AuthType: NONE, Cors: ${FULL} } } }`;
    expect(judged(text)).toEqual(['yes', 'yes unless', '-', '-']);
  });
});

describe('what a page sends', () => {
  const events = `Resources:
  F: { Type: AWS::Serverless::Function, Properties: { Events: { Get: { Type: Api, Properties: { Path: /notes, Method: get } }, Any: { Type: Api, Properties: { Path: /any, Method: any } }, Post: { Type: Api, Properties: { Path: /notes, Method: post, RequestParameters: [{ method.request.header.X-Tenant: { Required: true } }] } } } } }
`;

  it('decides whether there is a preflight', () => {
    expect(
      verdictsOf(events).map(({ method, needs, reasons }) => [method, needs, reasons.map(({ name }) => name)]),
    ).toEqual([
      ['GET', 'response', []],
      ['POST', 'preflight', ['content-type', 'x-tenant']],
      ['ANY', 'preflight', ['PUT']],
    ]);
    const simple = verdictsOf(events, {
      method: 'GET',
      headers: [
        ['content-type', 'text/plain'],
        ['x-own', '1'],
      ],
    });
    expect(simple.map(({ reasons }) => reasons.map(({ name }) => name))).toEqual([
      ['x-own'],
      ['x-own', 'x-tenant'],
      ['x-own'],
    ]);
  });
});
