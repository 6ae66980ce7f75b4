/**
 * What stands between a browser and the function, written down from AWS's documentation and recordings, without any
 * of the library's code: a request becomes an event, a result becomes the lines of a response.
 */

export interface Request {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly path?: string;
}

/** What arrives at the client. Names are lower-cased; a header may have several lines. */
export interface Response {
  readonly status: number;
  readonly lines: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
}

export interface TestSource {
  readonly name: string;
  event(request: Request): Record<string, unknown>;
  response(result: unknown): Response;
  /** Takes a result without `statusCode` as the body. */
  readonly infers: boolean;
}

type Lines = [string, string][];

function entries(request: Request): [string, readonly string[]][] {
  const all = { Host: 'api.example.com', 'User-Agent': 'Mozilla/5.0', ...request.headers };
  return Object.entries(all).map(([name, value]) => [name, Array.isArray(value) ? value : [value]]);
}

/** One value per name, the last one, as `headers` of REST APIs has it. */
function last(request: Request, spell = (name: string) => name): Record<string, string> {
  return Object.fromEntries(entries(request).map(([name, values]) => [spell(name), values.at(-1) as string]));
}

function joined(request: Request, spell = (name: string) => name): Record<string, string> {
  return Object.fromEntries(entries(request).map(([name, values]) => [spell(name), values.join(',')]));
}

function multi(request: Request, spell = (name: string) => name): Record<string, readonly string[]> {
  return Object.fromEntries(entries(request).map(([name, values]) => [spell(name), values]));
}

function lower(name: string): string {
  return name.toLowerCase();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function single(headers: unknown): Lines {
  return Object.entries((headers ?? {}) as Record<string, unknown>).map(([name, value]) => [
    lower(name),
    String(value),
  ]);
}

function multiple(headers: unknown): Lines {
  return Object.entries((headers ?? {}) as Record<string, unknown[]>).flatMap(([name, values]) =>
    values.map((value): [string, string] => [lower(name), String(value)]),
  );
}

/** The page that a gateway makes itself: no CORS headers on it. */
function refusal(status: number, message: string): Response {
  return { status, lines: [['content-type', 'application/json']], body: JSON.stringify({ message }) };
}

function body(result: Record<string, unknown>): string | undefined {
  return (result.body ?? undefined) as string | undefined;
}

function statusOf(result: Record<string, unknown>): number {
  return Number(result.statusCode);
}

function wellFormed(result: unknown): result is Record<string, unknown> {
  if (!isObject(result)) return false;
  const { statusCode, headers, multiValueHeaders, body: text } = result;
  return (
    (statusCode === undefined || /^[1-5]\d\d$/.test(String(statusCode))) &&
    (headers === undefined || headers === null || isObject(headers)) &&
    (multiValueHeaders === undefined || multiValueHeaders === null || isObject(multiValueHeaders)) &&
    (text === undefined || text === null || typeof text === 'string')
  );
}

function arrays(headers: unknown): boolean {
  return Object.values(headers ?? {}).every(Array.isArray);
}

const REST_KEYS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];

/** Concatenates both maps, whatever their casing; an unknown key is an error. */
function restResponse(result: unknown): Response {
  if (!wellFormed(result) || !arrays(result.multiValueHeaders)) return refusal(502, 'Internal server error');
  const known = Object.keys(result).every((key) => REST_KEYS.includes(key) || result[key] === undefined);
  if (!known) return refusal(502, 'Internal server error');
  return {
    status: result.statusCode === undefined ? 200 : statusOf(result),
    lines: [...single(result.headers), ...multiple(result.multiValueHeaders)],
    body: body(result),
  };
}

function httpApiV1Response(result: unknown): Response {
  if (!wellFormed(result) || !arrays(result.multiValueHeaders)) return refusal(500, 'Internal Server Error');
  return {
    status: result.statusCode === undefined ? 200 : statusOf(result),
    lines: [...single(result.headers), ...multiple(result.multiValueHeaders)],
    body: body(result),
  };
}

function httpApiResponse(result: unknown): Response {
  if (!isObject(result) || result.statusCode === undefined) {
    const text = typeof result === 'string' ? result : JSON.stringify(result ?? null);
    return { status: 200, lines: [['content-type', 'application/json']], body: text };
  }
  if (!wellFormed(result)) return refusal(500, 'Internal Server Error');
  const cookies = ((result.cookies ?? []) as string[]).map((cookie): [string, string] => ['set-cookie', cookie]);
  return { status: statusOf(result), lines: [...single(result.headers), ...cookies], body: body(result) };
}

function requiringStatus(read: (result: Record<string, unknown>) => Lines): (result: unknown) => Response {
  return (result) => {
    if (!wellFormed(result) || result.statusCode === undefined) return refusal(502, 'Bad Gateway');
    return { status: statusOf(result), lines: read(result), body: body(result) };
  };
}

function restEvent(request: Request, headers: unknown, multiValueHeaders: unknown): Record<string, unknown> {
  const path = request.path ?? '/notes';
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: request.method,
    headers,
    multiValueHeaders,
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      resourcePath: '/{proxy+}',
      httpMethod: request.method,
      path: `/prod${path}`,
      stage: 'prod',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      identity: { sourceIp: '203.0.113.7' },
    },
    body: null,
    isBase64Encoded: false,
  };
}

function httpEvent(request: Request, domainName: string): Record<string, unknown> {
  const path = request.path ?? '/notes';
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: joined(request, lower),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'abc123',
      domainName,
      http: { method: request.method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'Mozilla/5.0' },
      requestId: 'id',
      routeKey: '$default',
      stage: '$default',
    },
    isBase64Encoded: false,
  };
}

function albEvent(request: Request, headers: Record<string, unknown>): Record<string, unknown> {
  return {
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/notes/1' } },
    httpMethod: request.method,
    path: request.path ?? '/notes',
    queryStringParameters: {},
    ...headers,
    body: '',
    isBase64Encoded: false,
  };
}

export const sources: readonly TestSource[] = [
  {
    name: 'REST API',
    infers: false,
    event: (request) => restEvent(request, last(request), multi(request)),
    response: restResponse,
  },
  {
    name: 'REST API over HTTP/2 (lower-case names)',
    infers: false,
    event: (request) => restEvent(request, last(request, lower), multi(request, lower)),
    response: restResponse,
  },
  {
    name: 'REST API with multi-value headers only',
    infers: false,
    event: (request) => restEvent(request, null, multi(request)),
    response: restResponse,
  },
  {
    name: 'HTTP API, payload format 1.0',
    infers: false,
    event: (request) => ({ version: '1.0', ...restEvent(request, last(request), multi(request)) }),
    response: httpApiV1Response,
  },
  {
    name: 'HTTP API, payload format 2.0',
    infers: true,
    event: (request) => httpEvent(request, 'abc123.execute-api.us-east-1.amazonaws.com'),
    response: httpApiResponse,
  },
  {
    name: 'function URL',
    infers: true,
    event: (request) => httpEvent(request, 'abc123.lambda-url.us-east-1.on.aws'),
    response: httpApiResponse,
  },
  {
    name: 'ALB',
    infers: false,
    event: (request) => albEvent(request, { headers: joined(request, lower) }),
    response: requiringStatus((result) => single(result.headers)),
  },
  {
    name: 'ALB with multi-value headers',
    infers: false,
    event: (request) => albEvent(request, { multiValueHeaders: multi(request, lower) }),
    response: requiringStatus((result) => multiple(result.multiValueHeaders)),
  },
  {
    name: 'VPC Lattice, version 1',
    infers: false,
    event: (request) => ({
      raw_path: request.path ?? '/notes',
      method: request.method,
      headers: joined(request, lower),
      query_string_parameters: {},
      body: '',
      is_base64_encoded: false,
    }),
    response: requiringStatus((result) => single(result.headers)),
  },
  {
    name: 'VPC Lattice, version 2',
    infers: false,
    event: (request) => ({
      version: '2.0',
      path: request.path ?? '/notes',
      method: request.method,
      headers: multi(request, lower),
      queryStringParameters: {},
      body: '',
      isBase64Encoded: false,
      requestContext: {
        serviceNetworkArn: 'arn:aws:vpc-lattice:us-east-1:1:servicenetwork/sn-1',
        serviceArn: 'arn:aws:vpc-lattice:us-east-1:1:service/svc-1',
        targetGroupArn: 'arn:aws:vpc-lattice:us-east-1:1:targetgroup/tg-1',
        region: 'us-east-1',
        timeEpoch: '1696331543569073',
      },
    }),
    response: requiringStatus((result) => single(result.headers)),
  },
];

/** The CORS headers and Vary of a response, each line; the rest is the handler's. */
export function corsLines(response: Response): Lines {
  return response.lines
    .filter(([name]) => name.startsWith('access-control-') || name === 'vary')
    .map(([name, value]): [string, string] => [name, value])
    .sort();
}

export function otherLines(response: Response): Lines {
  return response.lines
    .filter(([name]) => !(name.startsWith('access-control-') || name === 'vary'))
    .map(([name, value]): [string, string] => [name, value])
    .sort();
}
