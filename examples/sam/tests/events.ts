import type { HttpEvent } from '../src/request.js';

export const APP = 'https://app.example.com';

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly origin?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Source {
  readonly source: string;
  readonly eventOf: (request: SentRequest) => HttpEvent;
}

/** REST API: header names as the client wrote them, each also in `multiValueHeaders`, `null` for what is missing. */
function restApiEvent(request: SentRequest) {
  const headers = headersOf(request);
  return {
    resource: '/{proxy+}',
    path: request.path,
    httpMethod: request.method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: request.path.slice(1) },
    stageVariables: null,
    requestContext: {
      resourcePath: '/{proxy+}',
      httpMethod: request.method,
      path: `/Prod${request.path}`,
      stage: 'Prod',
    },
    body: request.body ?? null,
    isBase64Encoded: false,
  };
}

/** HTTP API with payload format 2.0: header names in lower case, without keys for what is missing. */
function httpApiEvent(request: SentRequest) {
  return {
    version: '2.0',
    routeKey: 'ANY /{proxy+}',
    rawPath: request.path,
    rawQueryString: '',
    headers: Object.fromEntries(Object.entries(headersOf(request)).map(([name, value]) => [name.toLowerCase(), value])),
    requestContext: {
      domainName: 'abc123.execute-api.eu-central-1.amazonaws.com',
      http: { method: request.method, path: request.path, protocol: 'HTTP/1.1' },
      routeKey: 'ANY /{proxy+}',
      stage: '$default',
    },
    ...(request.body === undefined ? {} : { body: request.body }),
    isBase64Encoded: false,
  };
}

function headersOf({ origin = APP, body, headers }: SentRequest): Record<string, string> {
  return {
    Host: 'abc123.execute-api.eu-central-1.amazonaws.com',
    Origin: origin,
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...headers,
  };
}

export const sources: readonly Source[] = [
  { source: 'REST API', eventOf: restApiEvent },
  { source: 'HTTP API 2.0', eventOf: httpApiEvent },
];
