/** Random APIs, and the ways in which they are written. */
import fc from 'fast-check';
import { stringify } from 'yaml';

export type Plain = { [key: string]: unknown };

const STATUS = fc.constantFrom('200', '201', '400', '404', '500');

/** A mapping that has nothing to do with CORS, or is there already. */
const PARAMETERS = fc.option(
  fc.dictionary(
    fc.constantFrom('X-Total', 'Cache-Control', 'Access-Control-Allow-Origin', 'access-control-allow-origin', 'Vary'),
    fc.constantFrom("'*'", "'https://old.example'", 'integration.response.header.x', "'Accept-Encoding'"),
    { maxKeys: 2 },
  ),
  { nil: undefined },
);

const ANSWER = fc.record({
  status: STATUS,
  parameters: PARAMETERS,
  template: fc.option(fc.constantFrom('{}', '#set($x = 1)\n{ "x": $x }', '<p>hi</p>\n', "it's"), { nil: undefined }),
  declared: fc.constantFrom('no', 'empty', 'with another'),
});

const MAPPED = fc.record({
  type: fc.constantFrom('aws', 'http', 'mock'),
  answers: fc.uniqueArray(ANSWER, { minLength: 1, maxLength: 3, selector: ({ status }) => status }),
});

const OPERATION = fc.oneof(
  fc.constantFrom('aws_proxy', 'http_proxy').map((type) => proxy(type)),
  MAPPED.map(({ type, answers }) => mapped(type, answers)),
);

function proxy(type: string): Plain {
  return { 'x-amazon-apigateway-integration': { type, httpMethod: 'POST', uri: URI } };
}

const URI = 'arn:aws:apigateway:eu-west-1:lambda:path/f/invocations';

type Answer = typeof ANSWER extends fc.Arbitrary<infer T> ? T : never;

function mapped(type: string, answers: readonly Answer[]): Plain {
  const responses: Plain = {};
  const integration: Plain = {};
  for (const [at, { status, parameters, template, declared }] of answers.entries()) {
    // What is mapped must be declared, or the document could not be imported.
    const names = Object.keys(parameters ?? {});
    const more = declared === 'with another' ? ['X-More'] : [];
    const headers = Object.fromEntries([...names, ...more].map((name) => [name, { type: 'string' }]));
    if (declared !== 'no' || names.length > 0) {
      responses[status] = { description: 'an answer', ...(Object.keys(headers).length > 0 && { headers }) };
    }
    integration[at === 0 ? 'default' : status] = {
      statusCode: status,
      ...(parameters !== undefined && {
        responseParameters: Object.fromEntries(
          Object.entries(parameters).map(([name, value]) => [`method.response.header.${name}`, value]),
        ),
      }),
      ...(template !== undefined && { responseTemplates: { 'application/json': template } }),
    };
  }
  const request =
    type === 'mock' ? { requestTemplates: { 'application/json': `{"statusCode": ${answers[0]?.status}}` } } : {};
  return {
    ...(Object.keys(responses).length > 0 && { responses }),
    'x-amazon-apigateway-integration': {
      type,
      httpMethod: 'POST',
      uri: 'https://x.example',
      ...request,
      responses: integration,
    },
  };
}

const PATHS = fc.dictionary(
  fc.constantFrom('/', '/a', '/a/{id}', '/b', '/{proxy+}'),
  fc.dictionary(fc.constantFrom('get', 'put', 'post', 'delete', 'x-amazon-apigateway-any-method'), OPERATION, {
    minKeys: 1,
    maxKeys: 3,
  }),
  { minKeys: 1, maxKeys: 3 },
);

const ERRORS = fc.option(
  fc.dictionary(
    fc.constantFrom('DEFAULT_4XX', 'UNAUTHORIZED'),
    fc.constantFrom<Plain>({ statusCode: 401 }, { responseParameters: { 'gatewayresponse.header.X-More': "'1'" } }),
    { maxKeys: 2 },
  ),
  { nil: undefined },
);

/** An OpenAPI 2 document without OPTIONS. */
export const DEFINITION: fc.Arbitrary<Plain> = fc.record({ paths: PATHS, errors: ERRORS }).map(({ paths, errors }) => ({
  swagger: '2.0',
  info: { title: 'notes', version: '1' },
  paths,
  ...(errors !== undefined && { 'x-amazon-apigateway-gateway-responses': errors }),
}));

const YAML = fc.record({
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  lineWidth: fc.constantFrom(0, 40),
  defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'),
  collectionStyle: fc.constantFrom('any', 'any', 'flow'),
});

/** A way to write plain data down: YAML of many styles, JSON of four, with comments, with and without a last line end. */
export const WRITER: fc.Arbitrary<(data: Plain) => string> = fc
  .tuple(
    fc.oneof(
      YAML.map((style) => (data: Plain) => stringify(data, { ...style, aliasDuplicateObjects: false } as object)),
      fc.constantFrom(undefined, 2, 4, '\t').map((space) => (data: Plain) => JSON.stringify(data, null, space)),
    ),
    fc.boolean(),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([write, crlf, open, comments]) => (data) => {
    const text = write(data);
    const isBlock = !/^[{]/.test(text) && !/[|>][-+]?\n/.test(text);
    const commented = comments && isBlock ? text.replace(/^( *)(\w+):\n/gm, '$1# about $2\n$1$2: # here\n') : text;
    const ended = open ? commented.trimEnd() : commented;
    return crlf ? ended.replaceAll('\n', '\r\n') : ended;
  });

/** The definition by itself, as the body of an API of CloudFormation or SAM, or as resources. */
export const PLACED: fc.Arbitrary<(definition: Plain) => Plain> = fc.constantFrom(
  (definition: Plain) => definition,
  asResources,
  (Body: Plain) => ({ Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body, Name: 'notes' } } } }),
  (DefinitionBody: Plain) => ({
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: { Api: { Type: 'AWS::Serverless::Api', Properties: { StageName: 'prod', DefinitionBody } } },
  }),
);

interface Operation {
  readonly responses?: Readonly<Record<string, { readonly headers?: Plain }>>;
  readonly 'x-amazon-apigateway-integration': Readonly<Record<string, unknown>> & {
    readonly responses?: Readonly<Record<string, Plain>>;
  };
}

/** The same API as `AWS::ApiGateway::Method` resources and their deployment. */
function asResources({ paths }: Plain): Plain {
  const resources: Plain = { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'notes' } } };
  const root = { 'Fn::GetAtt': ['Api', 'RootResourceId'] };
  const ids: string[] = [];
  for (const [at, [path, methods]] of Object.entries(paths as Record<string, Record<string, Operation>>).entries()) {
    const id = `Path${at}`;
    const PathPart = path.slice(1);
    if (path !== '/') {
      const Properties = { RestApiId: { Ref: 'Api' }, ParentId: root, PathPart };
      resources[id] = { Type: 'AWS::ApiGateway::Resource', Properties };
    }
    for (const [name, operation] of Object.entries(methods)) {
      const HttpMethod = name.startsWith('x-') ? 'ANY' : name.toUpperCase();
      const ResourceId = path === '/' ? root : { Ref: id };
      ids.push(`${id}${HttpMethod}`);
      resources[`${id}${HttpMethod}`] = {
        Type: 'AWS::ApiGateway::Method',
        Properties: { RestApiId: { Ref: 'Api' }, ResourceId, HttpMethod, ...methodProperties(operation) },
      };
    }
  }
  const [only] = ids;
  const DependsOn = ids.length === 1 ? only : ids;
  const Properties = { RestApiId: { Ref: 'Api' } };
  return { Resources: { ...resources, Deployment: { Type: 'AWS::ApiGateway::Deployment', DependsOn, Properties } } };
}

function methodProperties({ responses, 'x-amazon-apigateway-integration': integration }: Operation): Plain {
  const { type, uri, requestTemplates, responses: answers = {} } = integration;
  const IntegrationResponses = Object.entries(answers).map(([pattern, answer]) => ({
    StatusCode: answer.statusCode,
    ...(pattern !== 'default' && { SelectionPattern: pattern }),
    ...(answer.responseParameters !== undefined && { ResponseParameters: answer.responseParameters }),
    ...(answer.responseTemplates !== undefined && { ResponseTemplates: answer.responseTemplates }),
  }));
  const MethodResponses = Object.entries(responses ?? {}).map(([StatusCode, { headers = {} }]) => ({
    StatusCode,
    ResponseParameters: Object.fromEntries(
      Object.keys(headers).map((name) => [`method.response.header.${name}`, true]),
    ),
  }));
  return {
    Integration: {
      Type: String(type).toUpperCase(),
      Uri: uri,
      ...(requestTemplates !== undefined && { RequestTemplates: requestTemplates }),
      ...(IntegrationResponses.length > 0 && { IntegrationResponses }),
    },
    ...(MethodResponses.length > 0 && { MethodResponses }),
  };
}
