// `enable` on documents of every form: what it adds, what it leaves, and what it says.
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { CorsPolicy } from '../../../src/index.js';
import { type EnableOptions, enableDocument, lint, readApis } from '../../../src/infra.js';
import { apiOf, methodOf } from '../facts.js';
import { mocked, openapi, PREFLIGHT, proxied, samHttp, samRest, service, withBody } from '../templates.js';
import { linesLost } from './undo.js';

const ONE = { allowOrigins: 'https://app.example.com' } as const;
const SEVERAL = { allowOrigins: ['https://a.example', 'https://b.example'] } as const;

const ORDERS = `swagger: '2.0' # orders
info: {title: orders, version: '1'}
paths:
  /orders:   # the collection
    get:
      responses:
        200:
          description: ok
      x-amazon-apigateway-integration:
        type: aws
        httpMethod: POST
        uri: arn:aws:apigateway:eu-west-1:sqs:path/1/q
        responses:
          default:
            statusCode: 200
          4\\d{2}:
            statusCode: 400   # a mistake of the page

    # It takes orders.
    post:
      x-amazon-apigateway-integration: { type: http, httpMethod: POST, uri: 'https://x.example', responses: { default: { statusCode: '201' } } }
  /orders/{id}:
    x-amazon-apigateway-any-method:
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: arn:aws:apigateway:eu-west-1:lambda:path/f/invocations
`;

const METHODS = `Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: { Name: orders }
  Orders:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: orders }
  GetOrders:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Orders
      HttpMethod: GET
      AuthorizationType: AWS_IAM
      Integration:
        Type: AWS
        IntegrationHttpMethod: POST
        Uri: !Sub arn:aws:apigateway:\${AWS::Region}:sqs:path/1/q
        IntegrationResponses:
        - StatusCode: 200
        - StatusCode: 500
          SelectionPattern: 5\\d{2}
      MethodResponses:
      - StatusCode: 200
  Deployment:
    Type: AWS::ApiGateway::Deployment
    DependsOn: GetOrders
    Properties: { RestApiId: !Ref Api }
`;

/** Every form in which a document is written, with little of CORS in it. */
const FORMS: Readonly<Record<string, string>> = {
  'OpenAPI 2 in YAML': ORDERS,
  'OpenAPI 2 in YAML with CRLF': ORDERS.replaceAll('\n', '\r\n'),
  'OpenAPI 2 in JSON': `${JSON.stringify(parse(ORDERS), null, 2)}\n`,
  'OpenAPI 2 in JSON with tabs': JSON.stringify(parse(ORDERS), null, '\t'),
  'OpenAPI 2 in JSON on one line': JSON.stringify(parse(ORDERS)),
  'OpenAPI 3 in YAML with brackets': openapi({ '/a': { get: service({ '200': {}, '400': {} }), put: proxied() } }),
  'a Body in CloudFormation': withBody(ORDERS),
  'a DefinitionBody in SAM': samRest({
    events: [],
    api: `Auth: { DefaultAuthorizer: AWS_IAM }\nDefinitionBody:\n${ORDERS.replace(/^(?=.)/gm, '  ')}`,
  }),
  'methods in CloudFormation': METHODS,
  'methods in CloudFormation as JSON': `{ "Resources": ${JSON.stringify(
    {
      Api: { Type: 'AWS::ApiGateway::RestApi' },
      Get: {
        Type: 'AWS::ApiGateway::Method',
        Condition: 'IsProd',
        Properties: {
          RestApiId: { Ref: 'Api' },
          ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
          HttpMethod: 'GET',
          Integration: { Type: 'MOCK', IntegrationResponses: [{ StatusCode: '200' }] },
          MethodResponses: [{ StatusCode: '200' }],
        },
      },
    },
    null,
    4,
  )} }`,
  'events in SAM': samRest({
    events: ['GET /notes', 'PUT /notes/{id}'],
    api: 'Auth: { DefaultAuthorizer: AWS_IAM, ApiKeyRequired: true }',
  }),
  'an implicit API in SAM': samRest({ events: ['DELETE /notes/{id}'] })
    .replace(', RestApiId: !Ref Api', '')
    .replace('RestApiId: !Ref Api, ', ''),
};

const POLICIES = {
  'no policy': undefined,
  'one origin': ONE,
  'one origin with credentials': { ...ONE, allowCredentials: true },
};

describe.each(Object.keys(POLICIES) as (keyof typeof POLICIES)[])('%s', (name) => {
  const policy = POLICIES[name];

  it.each(Object.keys(FORMS))('%s: is clean for lint, is written once, and nothing is lost', (form) => {
    const before = FORMS[form] as string;
    const { text, changes } = enableDocument(before, policy);
    expect(changes.length).toBeGreaterThan(0);
    const findings = lint([{ path: 'template.yaml', text }], { policy });
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(enableDocument(text, policy)).toMatchObject({ text, changes: [] });
    expect(linesLost(before, text)).toEqual([]);
    const routes = readApis([{ path: 'template.yaml', text }]).flatMap((api) => api.routes);
    expect(routes.length).toBeGreaterThan(0);
    for (const { options } of routes) {
      expect(options).toMatchObject({ by: 'method', method: { method: 'OPTIONS', auth: { kind: 'none' } } });
      if (options.by === 'method') expect(options.method.apiKey.value).toMatchObject({ value: false });
    }
  });
});

describe('what is written', () => {
  it("is the console's default without a policy", () => {
    const api = apiOf(enableDocument(ORDERS).text);
    const headers = methodOf(api, 'OPTIONS /orders').integration.responses[0]?.headers;
    expect(
      Object.fromEntries((headers ?? []).map(({ name, value }) => [name, value.kind === 'known' && value.value])),
    ).toEqual({
      'Access-Control-Allow-Origin': "'*'",
      'Access-Control-Allow-Methods': "'GET,POST,OPTIONS'",
      'Access-Control-Allow-Headers': "'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token'",
    });
    const any = methodOf(api, 'OPTIONS /orders/{id}').integration.responses[0]?.headers[1]?.value;
    expect(any).toMatchObject({ value: "'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS'" });
  });

  it('allows what the methods declare that they need, and what was allowed', () => {
    const parameter = 'parameters: [{ in: header, name: X-Tenant, required: true }], ';
    const preflight = { ...PREFLIGHT, 'Access-Control-Allow-Headers': "'X-Old'" };
    const { text } = enableDocument(
      openapi({ '/a': { put: proxied(parameter), options: mocked({ headers: preflight }) } }),
    );
    expect(text).toContain("'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Old,X-Tenant'");
  });

  it('gives every status what the policy has, and declares it', () => {
    const policy = { ...ONE, allowCredentials: true, exposeHeaders: ['X-Total'] };
    const api = apiOf(enableDocument(ORDERS, policy).text);
    for (const name of ['GET /orders', 'POST /orders']) {
      const { integration, responses } = methodOf(api, name);
      for (const { headers, statusCode } of integration.responses) {
        expect(headers.map(({ name: header }) => header)).toEqual([
          'Access-Control-Allow-Origin',
          'Access-Control-Allow-Credentials',
          'Access-Control-Expose-Headers',
        ]);
        const status = String(statusCode.kind === 'known' && statusCode.value);
        const declared = responses.find((each) => each.status.kind === 'known' && each.status.value === status);
        expect(declared?.headers).toHaveLength(3);
      }
    }
  });

  it('gives ANY the headers where it is not a proxy', () => {
    const any = service({ '200': {}, '500': {} });
    for (const type of ['type: aws', 'type: http', 'type: mock']) {
      const text = openapi({ '/a': { 'x-amazon-apigateway-any-method': any.replace('type: aws', type) } });
      const { responses } = methodOf(apiOf(enableDocument(text, ONE).text), 'ANY /a').integration;
      expect(responses.map(({ headers }) => headers.map(({ name }) => name))).toEqual([
        ['Access-Control-Allow-Origin'],
        ['Access-Control-Allow-Origin'],
      ]);
    }
  });

  it('leaves proxies as they are', () => {
    const http = '{ x-amazon-apigateway-integration: { type: http_proxy, httpMethod: ANY, uri: https://x.example } }';
    const text = openapi({ '/a': { get: proxied(), 'x-amazon-apigateway-any-method': http } });
    const after = enableDocument(text, ONE).text;
    expect(after).toContain(`    get: ${proxied()}\n    x-amazon-apigateway-any-method: ${http}\n    options:\n`);
  });

  it('puts the gateway responses into the body, or beside methods, or into the API of SAM', () => {
    const wheres = ['OpenAPI 2 in YAML', 'a Body in CloudFormation', 'methods in CloudFormation', 'events in SAM'].map(
      (form) => apiOf(enableDocument(FORMS[form] as string, ONE).text).gatewayResponses.map(({ where }) => where),
    );
    expect(wheres).toEqual([
      ['body', 'body'],
      ['body', 'body'],
      ['resource', 'resource'],
      ['sam', 'sam'],
    ]);
  });

  it('lets the deployment come after the new methods, and says that it needs another name', () => {
    const { text, notes, changes } = enableDocument(METHODS, ONE);
    expect(changes.find(({ what }) => what === 'DependsOn')).toMatchObject({
      before: 'GetOrders',
      after: 'GetOrders, OrdersOptions, Default4xx, Default5xx',
    });
    expect(text).toContain('DependsOn: ["GetOrders", "OrdersOptions", "Default4xx", "Default5xx"]');
    expect(notes.some((note) => note.startsWith('Deployment keeps its snapshot'))).toBe(true);
  });

  it('chooses among several origins in each template, and leaves what passes through', () => {
    const text = ORDERS.replace(
      'statusCode: 200\n',
      'statusCode: 200\n            responseTemplates:\n              application/json: |\n                #set($x = 1)\n                { "x": $x }\n',
    );
    const { text: after, notes } = enableDocument(text, SEVERAL);
    const [first, second] = methodOf(apiOf(after), 'GET /orders').integration.responses;
    expect(String(first?.templates[0]?.text.kind === 'known' && first.templates[0].text.value)).toMatch(
      /^#set\(\$x = 1\)\n\{ "x": \$x \}\n#set\(\$allowed = ""\)\n[\s\S]*"https:\/\/a\.example" \|\| \$origin == "https:\/\/b\.example"[\s\S]*#end\n$/,
    );
    expect(first?.headers.map(({ name }) => name)).toEqual(['Vary']);
    expect(second?.headers).toEqual([]);
    expect(notes.filter((note) => note.includes('passes through'))).toHaveLength(2);
    expect(linesLost(text, after)).toEqual([]);
    expect(enableDocument(after, SEVERAL).changes).toEqual([]);
  });

  it('changes the origins that it has chosen among, and takes the choice out for one', () => {
    const several = enableDocument(openapi({ '/a': { get: proxied() } }), SEVERAL).text;
    const others = enableDocument(several, { allowOrigins: ['https://c.example', 'https://d.example'] }).text;
    expect(others).not.toContain('a.example');
    expect(others.match(/\$context\.responseOverride/g)).toHaveLength(1);
    const one = enableDocument(others, ONE).text;
    expect(one).not.toContain('responseOverride');
    expect(methodOf(apiOf(one), 'OPTIONS /a').integration.responses[0]?.headers.map(({ name }) => name)).toContain(
      'Access-Control-Allow-Origin',
    );
  });

  it('shows the values that it replaces and removes', () => {
    const headers = { ...PREFLIGHT, 'Access-Control-Allow-Credentials': "'true'" };
    const { changes } = enableDocument(openapi({ '/a': { get: proxied(), options: mocked({ headers }) } }));
    expect(changes.filter(({ action }) => action !== 'add')).toEqual([
      {
        action: 'replace',
        where: 'OPTIONS /a 200',
        what: 'Access-Control-Allow-Origin',
        before: `'https://app.example.com'`,
        after: "'*'",
      },
      {
        action: 'replace',
        where: 'OPTIONS /a 200',
        what: 'Access-Control-Allow-Methods',
        before: `'GET,PUT,OPTIONS'`,
        after: "'GET,OPTIONS'",
      },
      {
        action: 'replace',
        where: 'OPTIONS /a 200',
        what: 'Access-Control-Allow-Headers',
        before: `'Content-Type'`,
        after: "'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token'",
      },
      { action: 'remove', where: 'OPTIONS /a 200', what: 'Access-Control-Allow-Credentials', before: `'true'` },
    ]);
  });

  it('opens an OPTIONS that is guarded, and repairs a mock that answers 500', () => {
    const root =
      "security: [{ key: [] }]\ncomponents: { securitySchemes: { key: { type: apiKey, in: header, name: x-api-key } } }\nx-amazon-apigateway-binary-media-types: ['*/*']";
    const broken = '{ responses: {}, x-amazon-apigateway-integration: { type: mock } }';
    const { text } = enableDocument(openapi({ '/a': { get: proxied(), options: broken } }, root), ONE);
    const { integration, apiKey } = methodOf(apiOf(text), 'OPTIONS /a');
    expect(apiKey.value).toMatchObject({ value: false });
    expect(integration.contentHandling).toMatchObject({ value: 'CONVERT_TO_TEXT' });
    expect(integration.requestTemplates).toHaveLength(1);
    expect(lint([{ path: 'a.yaml', text }]).filter(({ severity }) => severity !== 'info')).toEqual([]);
  });
});

describe('what is told', () => {
  it('names the withCors line for functions, and the headers for HTTP backends', () => {
    const http = '{ x-amazon-apigateway-integration: { type: http_proxy, httpMethod: GET, uri: https://x.example } }';
    const { notes } = enableDocument(openapi({ '/a': { get: proxied(), put: http } }), { ...SEVERAL, maxAge: 5 });
    expect(notes.join('\n')).toContain(
      'export const handler = withCors(yourHandler, {"allowOrigins":["https://a.example","https://b.example"],"maxAge":5})',
    );
    expect(notes.join('\n')).toContain(
      'Access-Control-Allow-Origin: the Origin of the request if it is one of https://a.example, https://b.example; Vary: Origin',
    );
  });

  it('says which methods the policy leaves out', () => {
    const { notes } = enableDocument(openapi({ '/a': { put: proxied() } }), { ...ONE, allowMethods: ['GET'] });
    expect(notes).toContain(
      'PUT /a is not among allowMethods of the policy, so no page of another origin can call it.',
    );
  });
});

describe('a part of the document', () => {
  const paths = {
    '/pets': { get: service({ '200': {} }), put: service({ '200': {} }) },
    '/pets/{id}': { get: proxied() },
    '/petshop': { get: proxied() },
  };
  const options = (text: string) =>
    Object.entries(parse(text).paths as Record<string, object>)
      .filter(([, item]) => 'options' in item)
      .map(([path]) => path);

  it('is a resource, with what is below it on request', () => {
    const text = openapi(paths);
    expect(options(enableDocument(text, ONE, { resources: ['/pets'] }).text)).toEqual(['/pets']);
    expect(options(enableDocument(text, ONE, { resources: ['/pets/'], recursive: true }).text)).toEqual([
      '/pets',
      '/pets/{id}',
    ]);
    expect(options(enableDocument(text, ONE, { resources: ['/'], recursive: true }).text)).toHaveLength(3);
  });

  it('is a method', () => {
    const api = apiOf(enableDocument(openapi(paths), ONE, { methods: ['get'] }).text);
    expect(methodOf(api, 'GET /pets').integration.responses[0]?.headers).toHaveLength(1);
    expect(methodOf(api, 'PUT /pets').integration.responses[0]?.headers).toHaveLength(0);
  });

  it('is not what an alias has somewhere else too', () => {
    const text = `openapi: 3.0.1
info: { title: a, version: '1' }
paths:
  /a: &shared
    get:
      x-amazon-apigateway-integration: { type: mock, responses: { default: { statusCode: '200' } } }
  /b: *shared
`;
    expect(() => enableDocument(text, ONE, { resources: ['/a'] })).toThrow('used in several places, by an alias');
    expect(apiOf(enableDocument(text, ONE).text).routes.map(({ options: { by } }) => by)).toEqual(['method', 'method']);
  });
});

/** A document or a policy that cannot be used, and the line that says so. */
const REFUSALS: readonly (readonly [says: string, text: string, policy?: CorsPolicy, options?: EnableOptions])[] = [
  ['neither a CloudFormation or SAM template nor an OpenAPI document', 'a: 1'],
  ['not YAML', 'a: ['],
  ['there is no resource "/dogs"; it has /a', openapi({ '/a': { get: proxied() } }), ONE, { resources: ['/dogs'] }],
  ['there is no method "PUT" there; it has GET', openapi({ '/a': { get: proxied() } }), ONE, { methods: ['PUT'] }],
  [
    'allowOrigins: ["https://*.example.com"] cannot be matched there',
    openapi({}),
    { allowOrigins: 'https://*.example.com' },
  ],
  ['allowOrigins: a function can only be asked by code', openapi({}), { allowOrigins: () => true }],
  ['has a path', openapi({}), { allowOrigins: 'https://a.example/' }],
  ['Cors of Api cannot express the policy; see what `lambda-cors generate sam` says', samRest({}), SEVERAL],
  ['Cors counts for every path of the API', samRest({}), ONE, { resources: ['/notes'] }],
  [
    'Api cannot get Cors:\n  with */* among BinaryMediaTypes the OPTIONS that SAM makes of Cors answers 500: write the binary types, such as image/*, or put what `lambda-cors generate openapi` prints into DefinitionBody',
    samRest({ api: "BinaryMediaTypes: ['*/*']" }),
    ONE,
  ],
  ['it has an HTTP API, which has a CORS setting of its own', samHttp({}), { allowOrigins: 'https://*.example.com' }],
  [
    'it has an HTTP API, which has a CORS setting of its own',
    'Resources: { A: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP } } }',
  ],
  ['there is no API in it', 'Resources: { Bucket: { Type: AWS::S3::Bucket } }'],
];

it.each(REFUSALS.map(([says, ...rest]) => ({ says, rest })))(
  'refuses: $says',
  ({ says, rest: [text, policy, options] }) => {
    expect(() => enableDocument(text, policy, { path: 'template.yaml', ...options })).toThrow(says);
  },
);
