/** A remedy says what to write in the template at hand, in the words of its format, and a fault is told once. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/infra/finding.js';
import { lint } from '../../src/infra/lint.js';
import { functionUrl, mocked, openapi, proxied, samHttp, samRest, service, withBody } from './templates.js';

function of(code: string, text: string): readonly Finding[] {
  return lint([{ path: 'template.yaml', text }]).filter((finding) => finding.code === code);
}

const KEY = 'components: { securitySchemes: { key: { type: apiKey, in: header, name: x-api-key } } }';
const KEYED = 'security: [{ key: [] }], ';
const SIGNED = 'security: [{ sigv4: [] }], ';
const SIGV4 =
  'components: { securitySchemes: { sigv4: { type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: awsSigv4 } } }';
const HTTP_CORS = "x-amazon-apigateway-cors: { allowOrigins: ['*'], allowMethods: ['*'] }";
const POST_HTTP =
  "{ responses: {}, x-amazon-apigateway-integration: { type: aws_proxy, payloadFormatVersion: '2.0', uri: arn:aws:lambda:eu-west-1:1:function:a } }";

describe('a remedy', () => {
  it.each([
    [
      'names the settings of an OpenAPI document as they are written there',
      'LC207',
      openapi({ '/notes': { post: POST_HTTP } }, HTTP_CORS),
      'add allowHeaders: [Content-Type]',
    ],
    [
      'adds to a Cors that has settings, if not the origin',
      'LC207',
      samRest({ api: `Cors: { MaxAge: "'600'" }`, events: ['POST /notes'] }),
      `add AllowHeaders: "'Content-Type'"`,
    ],
    [
      'makes settings of a Cors that is a text',
      'LC207',
      samRest({ api: `Cors: "'*'"`, events: ['POST /notes'] }),
      `add Cors: { AllowOrigin: …, AllowHeaders: "'Content-Type'" }`,
    ],
    [
      'knows that a development server speaks http',
      'LC103',
      samHttp({ api: 'CorsConfiguration: { AllowOrigins: [localhost:5173] }' }),
      'write http://localhost:5173',
    ],
    ['quotes a Cors that is a text', 'LC101', samRest({ api: `Cors: '*'` }), `write Cors: "'*'"`],
    ['turns other quotes into inner quotes', 'LC101', samRest({ api: `Cors: '"*"'` }), `write Cors: "'*'"`],
    [
      'corrects a name that the setting does not know',
      'LC213',
      samRest({ api: `Cors: { AllowOrigins: "'*'" }` }),
      'write AllowOrigin for AllowOrigins',
    ],
    [
      'says which names there are',
      'LC213',
      samRest({ api: `Cors: { AllowOrigin: "'*'", ExposeHeaders: "'ETag'" }` }),
      'remove it; Cors takes AllowOrigin, AllowMethods, AllowHeaders, MaxAge and AllowCredentials',
    ],
    [
      'takes the API key from options of an OpenAPI document',
      'LC203',
      openapi({ '/notes': { get: proxied(KEYED), options: mocked({ more: KEYED }) } }, KEY),
      'add security: [] to options',
    ],
    [
      'takes the authorizer from options in the Body of a RestApi',
      'LC202',
      withBody(openapi({ '/notes': { get: proxied(), options: mocked({ more: SIGNED }) } }, SIGV4)),
      'add security: [] to options',
    ],
    [
      'takes the authorizer from an OPTIONS method of CloudFormation',
      'LC202',
      `Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: notes } }
  Options: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: OPTIONS, AuthorizationType: AWS_IAM, Integration: { Type: AWS_PROXY } } }
`,
      'write AuthorizationType: NONE',
    ],
    [
      'takes the API key from an event of SAM',
      'LC203',
      samRest({ api: 'Auth: { ApiKeyRequired: true }', events: ['GET /notes', 'OPTIONS /notes'] }),
      'add Auth: { ApiKeyRequired: false } to the event',
    ],
  ])('%s', (_name, code, text, remedy) => {
    expect(of(code, text).map((finding) => finding.remedy)).toEqual([remedy]);
  });

  it('does not make an origin of a default value of nothing', () => {
    const text = `Parameters: { Web: { Type: String, Default: '' } }\n${withBody(
      openapi({
        '/notes': {
          get: proxied(),
          options: mocked({ headers: { 'Access-Control-Allow-Origin': `'\${Web}'` } }).replace(
            `Access-Control-Allow-Origin: "'\${Web}'"`,
            `Access-Control-Allow-Origin: !Sub "'\${Web}'"`,
          ),
        },
      }),
    )}`;
    const [finding] = of('LC401', text);
    expect(finding?.remedy).toContain(`Access-Control-Allow-Origin: "'https://app.example.com'"`);
  });
});

describe('one finding', () => {
  it('tells of all headers that a list lacks, the required ones first', () => {
    const found = of('LC206', functionUrl('{ AllowOrigins: ["*"], AllowHeaders: [Authorization] }', 'AWS_IAM'));
    expect(found.map(({ severity, remedy }) => [severity, remedy])).toEqual([
      ['error', 'write AllowHeaders: [Authorization, X-Amz-Date, X-Amz-Security-Token]'],
    ]);
  });

  it('tells of all paths whose mocks have the same list, for methods that ANY may take', () => {
    const path = { 'x-amazon-apigateway-any-method': proxied(), options: mocked() };
    const found = of('LC205', openapi({ '/a': path, '/b': path, '/c': path }));
    expect(found.map(({ line, severity, message }) => [line, severity, message])).toEqual([
      [7, 'info', expect.stringContaining('lacks PATCH and DELETE, and /a, /b and /c have ANY')],
    ]);
  });

  it('tells of quotes of another kind', () => {
    const found = lint([{ path: 'template.yaml', text: samRest({ api: `Cors: '"*"'` }) }]);
    expect(found.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(['LC101']);
  });

  it('tells of an HTTP API that allows nobody for want of a letter', () => {
    const text = samHttp({ api: "CorsConfiguration: { AllowOrigin: ['*'], AllowHeader: ['*'] }" });
    const found = lint([{ path: 'template.yaml', text }]);
    expect(found.map(({ code, remedy }) => `${code}: ${remedy}`)).toEqual([
      'LC110: write AllowOrigins for AllowOrigin',
      'LC213: write AllowHeaders for AllowHeader',
    ]);
  });

  it('tells of each list of its own', () => {
    const path = (methods: string) => ({
      'x-amazon-apigateway-any-method': proxied(),
      options: mocked({
        headers: { 'Access-Control-Allow-Origin': "'*'", 'Access-Control-Allow-Methods': `'${methods}'` },
      }),
    });
    expect(of('LC205', openapi({ '/a': path('GET,PUT'), '/b': path('GET') }))).toHaveLength(2);
  });
});

it('two faults of one list have one remedy', () => {
  const cors = `Cors: { AllowOrigin: "'*'", AllowMethods: 'GET,POST' }`;
  const found = lint([{ path: 't.yaml', text: samRest({ api: cors, events: ['PUT /notes'] }) }]);
  const write = `write AllowMethods: "'GET,POST,PUT'"`;
  expect(found.flatMap(({ code, remedy }) => (/LC101|LC205/.test(code) ? [[code, remedy]] : []))).toEqual([
    ['LC101', write],
    ['LC205', write],
  ]);
});

describe('x-amazon-apigateway-cors in a REST API', () => {
  const rest = (cors: string) =>
    withBody(openapi({ '/a': { get: service({ 200: {} }) }, '/b': { get: proxied(), put: proxied() } }, cors));

  it('says that every response is for pages', () => {
    expect(of('LC213', rest(HTTP_CORS))).toHaveLength(1);
    expect(of('LC301', rest(HTTP_CORS)).map(({ severity, message }) => [severity, message])).toEqual([
      ['error', expect.stringMatching(/^GET \/a answers without Access-Control-Allow-Origin/)],
    ]);
  });

  it('is not meant where it is not there', () => {
    expect(of('LC301', rest(''))).toEqual([]);
  });
});

describe('an HTTP API', () => {
  it('has the names of CloudFormation where it is written there', () => {
    const text = samHttp({ api: "CorsConfiguration: { AllowOrigins: ['*'] }", events: ['POST /notes'] });
    expect(of('LC207', text).map(({ remedy }) => remedy)).toEqual(['add AllowHeaders: [Content-Type]']);
  });
});

const PATTERNS = { allowOrigins: ['https://example.com', 'https://*.example.com'] };
const TWO = { allowOrigins: ['https://app.example.com', 'https://admin.example.com'] };
const ONE = { allowOrigins: 'https://app.example.com', allowHeaders: ['content-type'], maxAge: 600 };

function told(text: string, policy: Parameters<typeof lint>[1]): readonly string[] {
  return lint([{ path: 'template.yaml', text }], policy).map(({ code, remedy }) => `${code}: ${remedy}`);
}

describe('a policy that a setting cannot express', () => {
  const WAY_OUT =
    'remove CorsConfiguration, put withCors around the function, and add a route OPTIONS /{proxy+} without authorizer';

  it.each([
    [
      'an HTTP API',
      samHttp({ api: "CorsConfiguration: { AllowOrigins: ['https://*.example.com'], MaxAge: 5 }" }),
      WAY_OUT,
    ],
    [
      'a function URL',
      functionUrl("{ AllowOrigins: ['https://*.example.com'], MaxAge: 5 }"),
      'remove Cors from the function URL, and put withCors around the function',
    ],
  ])('is left to the function: %s', (_name, text, way) => {
    const found = told(text, { policy: { ...PATTERNS, allowMethods: [], maxAge: 5 } });
    expect(found.map((each) => each.slice(0, 5)).sort()).toEqual(['LC103', 'LC501']);
    for (const each of found) expect(each).toContain(way);
  });

  it('has no value for a mapping', () => {
    const text = samRest({ api: `Cors: "'*'"` });
    const found = told(text, { policy: { ...TWO, allowMethods: ['GET'] } }).filter((each) =>
      each.includes('let OPTIONS'),
    );
    expect(found[0]).toBe(
      'LC501: let OPTIONS of /notes reach the function with withCors around it, or take what `lambda-cors enable` writes',
    );
  });

  it.each([
    ['the policy', 'https://app.example.com', TWO],
    ['the template', 'https://app.example.com,https://admin.example.com', undefined],
  ])('has no value for an error of the gateway, which is a note: several origins of %s', (_name, origin, policy) => {
    const text = withBody(
      openapi(
        {
          '/a': {
            get: proxied(SIGNED),
            options: mocked({ headers: { 'Access-Control-Allow-Origin': `'${origin}'` } }),
          },
        },
        SIGV4,
      ),
    );
    const [finding] = lint([{ path: 't.yaml', text }], { policy }).filter(({ code }) => code === 'LC401');
    expect(finding).toMatchObject({ severity: 'info', remedy: expect.stringMatching(/^nothing can be written/) });
  });

  it('has no value for a response that is mapped', () => {
    const text = withBody(openapi({ '/a': { get: service({ 200: {} }) } }));
    const found = told(text, { policy: TWO }).filter((each) => each.startsWith('LC301'));
    expect(found).toEqual([
      'LC301: make it a proxy integration with withCors around the function, or let a response template choose among the origins, as `lambda-cors enable` writes it',
    ]);
  });
});

describe('a setting that differs from the policy', () => {
  const of501 = (text: string) => told(text, { policy: ONE }).filter((each) => each.startsWith('LC501'));

  it('is written with mapping and quotes in a mock', () => {
    const headers = {
      'Access-Control-Allow-Origin': "'https://old.example.com'",
      'Access-Control-Allow-Headers': "'x-a'",
    };
    expect(of501(withBody(openapi({ '/a': { get: proxied(), options: mocked({ headers }) } }))).sort()).toEqual([
      `LC501: add method.response.header.Access-Control-Max-Age: "'600'", or change the policy`,
      `LC501: write method.response.header.Access-Control-Allow-Headers: "'content-type'", or change the policy`,
      `LC501: write method.response.header.Access-Control-Allow-Origin: "'https://app.example.com'", or change the policy`,
    ]);
  });

  it('is a list in an HTTP API, with * in quotes', () => {
    const text = samHttp({
      api: 'CorsConfiguration: { AllowOrigins: [https://old.example.com], AllowMethods: [GET], AllowHeaders: [x-a] }',
    });
    const found = told(text, { policy: { ...ONE, allowOrigins: '*', allowHeaders: '*', allowMethods: '*' } });
    expect(found.filter((each) => each.startsWith('LC501'))).toEqual([
      'LC501: add MaxAge: 600, or change the policy',
      "LC501: write AllowOrigins: ['*'], or change the policy",
      "LC501: write AllowMethods: ['*'], or change the policy",
      "LC501: write AllowHeaders: ['*'], or change the policy",
    ]);
  });
});

describe('an origin that a list cannot have', () => {
  it.each([
    ['an HTTP API', samHttp({ api: "CorsConfiguration: { AllowOrigins: ['https://*.example.com'] }" })],
    ['a function URL', functionUrl("{ AllowOrigins: ['https://*.example.com'] }")],
  ])('gets no header of %s, as explain says', (_name, text) => {
    const [finding] = of('LC103', text);
    expect(finding?.message).toContain("No 'Access-Control-Allow-Origin' header is present");
  });
});

it('LC307 does not claim that the function has withCors', () => {
  const read = (path: string) => (path === 'package.json' ? '{ "dependencies": { "lambda-cors": "1" } }' : undefined);
  const text = functionUrl("{ AllowOrigins: ['*'] }");
  const found = lint([{ path: 'template.yaml', text }], { read });
  expect(found.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['LC307 info']);
  expect(found[0]?.message).toMatch(/^if withCors is around the function, /);
});
