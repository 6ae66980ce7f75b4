/** Templates with little in them but what a case is about. */

export interface Parts {
  /** Lines of properties of the API, without indentation. */
  readonly api?: string;
  /** Events of a function, one a line, such as `PUT /notes/{id}`, with `NONE` behind for no authorizer. */
  readonly events?: readonly string[];
  /** Lines at the top: Parameters, Conditions, Globals. */
  readonly top?: string;
  /** More resources, without indentation. */
  readonly more?: string;
}

function indent(text: string, blanks: number): string {
  return text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : ' '.repeat(blanks) + line))
    .join('\n');
}

function sam(type: 'Api' | 'HttpApi', { api = '', events = ['GET /notes'], top = '', more = '' }: Parts): string {
  const reference = type === 'Api' ? 'RestApiId' : 'ApiId';
  const written = events.map((event, at) => {
    const [method, path, auth] = event.split(' ');
    const authorizer = auth === undefined ? '' : `, Auth: { Authorizer: ${auth} }`;
    return `E${at}: { Type: ${type}, Properties: { ${reference}: !Ref Api, Path: '${path}', Method: ${method}${authorizer} } }`;
  });
  return `Transform: AWS::Serverless-2016-10-31
${top}
Resources:
  Api:
    Type: AWS::Serverless::${type}
    Properties:
      StageName: prod
${indent(api, 6)}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: nodejs24.x
      Events:
${indent(written.join('\n'), 8)}
${indent(more, 2)}
`;
}

export function samRest(parts: Parts): string {
  return sam('Api', parts);
}

export function samHttp(parts: Parts): string {
  return sam('HttpApi', parts);
}

/** A function URL with these settings. */
export function functionUrl(cors: string, auth = 'NONE'): string {
  return `Resources:
  Url:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: arn:aws:lambda:eu-west-1:123456789012:function:notes
      AuthType: ${auth}
      Cors: ${cors}
`;
}

const PROXY = '{ type: aws_proxy, httpMethod: POST, uri: arn:aws:apigateway:eu-west-1:lambda:path/f/invocations }';

/** A method of an OpenAPI document behind a function. */
export function proxied(more = ''): string {
  return `{ responses: {}, ${more}x-amazon-apigateway-integration: ${PROXY} }`;
}

export interface Mock {
  readonly headers?: Readonly<Record<string, string>>;
  readonly status?: string;
  readonly declared?: readonly string[];
  readonly template?: string;
  readonly more?: string;
}

export const PREFLIGHT = {
  'Access-Control-Allow-Origin': "'https://app.example.com'",
  'Access-Control-Allow-Methods': "'GET,PUT,OPTIONS'",
  'Access-Control-Allow-Headers': "'Content-Type'",
} as const;

/** A method of an OpenAPI document that API Gateway answers itself. */
export function mocked({ headers = PREFLIGHT, status = '200', declared, template, more = '' }: Mock = {}): string {
  const names = declared ?? Object.keys(headers);
  const parameters = Object.entries(headers).map(
    ([name, value]) => `method.response.header.${name}: ${JSON.stringify(value)}`,
  );
  const request = template ?? `application/json: '{"statusCode": ${status}}'`;
  return `{ ${more}responses: { '${status}': { description: ok, headers: { ${names.map((name) => `${name}: { schema: { type: string } }`).join(', ')} } } }, x-amazon-apigateway-integration: { type: mock, requestTemplates: { ${request} }, responses: { default: { statusCode: '${status}', responseParameters: { ${parameters.join(', ')} } } } } }`;
}

/** A method of an OpenAPI document that calls an AWS service, with the header mappings of each status. */
export function service(
  statuses: Readonly<Record<string, Readonly<Record<string, string>>>>,
  declared?: readonly string[],
): string {
  const responses = Object.entries(statuses).map(([status, headers]) => {
    const names = declared ?? Object.keys(headers);
    return `'${status}': { description: x, headers: { ${names.map((name) => `${name}: { schema: { type: string } }`).join(', ')} } }`;
  });
  const mapped = Object.entries(statuses).map(([status, headers], at) => {
    const parameters = Object.entries(headers).map(
      ([name, value]) => `method.response.header.${name}: ${JSON.stringify(value)}`,
    );
    return `${at === 0 ? 'default' : `'${status}'`}: { statusCode: '${status}', responseParameters: { ${parameters.join(', ')} } }`;
  });
  return `{ responses: { ${responses.join(', ')} }, x-amazon-apigateway-integration: { type: aws, httpMethod: POST, uri: arn:aws:apigateway:eu-west-1:sqs:path/1/q, responses: { ${mapped.join(', ')} } } }`;
}

/** Paths with their methods, as an OpenAPI document; `root` is one line of more keys. */
export function openapi(paths: Readonly<Record<string, Readonly<Record<string, string>>>>, root = ''): string {
  const written = Object.entries(paths).map(
    ([path, methods]) =>
      `  ${path}:\n${Object.entries(methods)
        .map(([name, text]) => `    ${name}: ${text}`)
        .join('\n')}`,
  );
  return `openapi: 3.0.1\ninfo: { title: notes, version: '1' }\n${root}\npaths:\n${written.join('\n')}\n`;
}

/** The same as the Body of a REST API in CloudFormation. */
export function withBody(document: string, properties = '', more = ''): string {
  return `Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
${indent(properties, 6)}
      Body:
${indent(document, 8)}
${indent(more, 2)}
`;
}
