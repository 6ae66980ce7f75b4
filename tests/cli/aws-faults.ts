/** Servers that answer as AWS does when something is wrong, in front of a page of https://app.example.com. */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Lines = readonly (readonly [name: string, value: string])[];

export interface Answer {
  readonly status?: number;
  readonly lines?: Lines;
  readonly body?: string;
}

/** What is answered to preflights and to the request, by the origin that asks. */
export interface Script {
  readonly preflight?: Answer | ((origin: string) => Answer);
  readonly response?: Answer | ((origin: string) => Answer);
}

export interface Fault {
  readonly name: string;
  readonly script: Script;
  /** More of the command line. */
  readonly args?: string;
  /** The host that the URL names; the server is always on this machine. */
  readonly host?: string;
  readonly path?: string;
  /** What is found, in this order, and nothing else. */
  readonly codes: readonly string[];
  /** What the remedy of the first finding mentions. */
  readonly remedy: string;
  readonly status: 0 | 1;
}

export const APP = 'https://app.example.com';
const OK: Lines = [['Access-Control-Allow-Origin', APP]];
const GRANT: Lines = [
  ...OK,
  ['Access-Control-Allow-Methods', 'GET,PUT'],
  ['Access-Control-Allow-Headers', 'X-A'],
  ['Access-Control-Max-Age', '600'],
];
const JSON_TYPE = ['Content-Type', 'application/json'] as const;
const REST = ['x-amz-apigw-id', 'Yx1='] as const;
const HTTP_API = ['apigw-requestid', 'Yx1='] as const;

function message(text: string): string {
  return JSON.stringify({ message: text });
}

/** An error of a REST API's own. */
export function rest(status: number, text: string, type: string): Answer {
  return { status, lines: [JSON_TYPE, REST, ['x-amzn-ErrorType', type]], body: message(text) };
}

export const MISSING_TOKEN = rest(403, 'Missing Authentication Token', 'MissingAuthenticationTokenException');
const GRANTED: Script = { preflight: { status: 204, lines: GRANT } };

/** Asked with PUT where the preflight matters; a request that is granted its preflight gets the answer of the row. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'REST API without OPTIONS method',
    script: { preflight: MISSING_TOKEN },
    args: '--method PUT',
    codes: ['missing-authentication-token'],
    remedy: 'OPTIONS (or ANY)',
    status: 1,
  },
  {
    name: 'REST API, wrong path or stage',
    script: { response: MISSING_TOKEN },
    codes: ['missing-authentication-token'],
    remedy: 'check stage and path',
    status: 1,
  },
  {
    name: 'REST API, authorizer on OPTIONS',
    script: { preflight: rest(401, 'Unauthorized', 'UnauthorizedException') },
    args: '--method PUT',
    codes: ['authorizer-on-options'],
    remedy: 'AddDefaultAuthorizerToCorsPreflight: false',
    status: 1,
  },
  {
    name: 'REST API, API key on OPTIONS',
    script: { preflight: rest(403, 'Forbidden', 'ForbiddenException') },
    args: '--method PUT',
    codes: ['no-such-stage', 'authorizer-on-options'],
    remedy: 'if the stage exists, see below',
    status: 1,
  },
  {
    name: 'REST API, no such stage, or no API key',
    script: { response: rest(403, 'Forbidden', 'ForbiddenException') },
    codes: ['no-such-stage', 'error-without-cors'],
    remedy: 'check the first segment of the path',
    status: 1,
  },
  {
    name: 'REST API, no API key at a stage that has answered the preflight',
    script: { ...GRANTED, response: rest(403, 'Forbidden', 'ForbiddenException') },
    args: '--method PUT',
    codes: ['error-without-cors'],
    remedy: 'gateway response DEFAULT_4XX',
    status: 1,
  },
  {
    name: 'REST API, an authorizer that denies',
    script: { response: rest(403, 'User is not authorized to access this resource', 'AccessDeniedException') },
    codes: ['error-without-cors'],
    remedy: 'gateway response DEFAULT_4XX',
    status: 1,
  },
  {
    name: 'REST API, a function that asks preflights for a token',
    script: { preflight: { status: 401, lines: [REST], body: 'no token' } },
    args: '--method PUT',
    codes: ['preflight-error'],
    remedy: 'withCors around the handler answers before the handler is called',
    status: 1,
  },
  {
    name: 'REST API, a function that returns a 401 early',
    script: { response: { status: 401, lines: [REST], body: 'no token' } },
    codes: ['error-without-cors'],
    remedy: 'put withCors around the whole handler',
    status: 1,
  },
  {
    name: 'HTTP API, ANY route with authorizer',
    script: { preflight: { status: 401, lines: [JSON_TYPE, HTTP_API], body: message('Unauthorized') } },
    args: '--method PUT',
    codes: ['authorizer-on-options'],
    remedy: 'OPTIONS /{proxy+}',
    status: 1,
  },
  {
    name: 'function URL with AWS_IAM',
    script: {
      preflight: {
        status: 403,
        lines: [['x-amzn-ErrorType', 'AccessDeniedException']],
        body: '{"Message":"Forbidden"}',
      },
    },
    args: '--method PUT',
    host: 'abc.lambda-url.eu-west-1.localhost',
    codes: ['authorizer-on-options'],
    remedy: 'AuthType NONE',
    status: 1,
  },
  {
    name: 'the policy refuses the origin, on a preflight',
    script: { preflight: { status: 403, lines: [JSON_TYPE, REST], body: message('CORS: origin not allowed') } },
    args: '--method PUT',
    codes: ['origin-refused'],
    remedy: `add "${APP}" to allowOrigins`,
    status: 1,
  },
  {
    name: 'the policy refuses the origin, on the request',
    script: { response: { lines: [['Vary', 'Accept-Encoding, Origin']] } },
    codes: ['origin-refused'],
    remedy: `add "${APP}" to allowOrigins`,
    status: 1,
  },
  {
    name: 'HTTP API without a route for OPTIONS',
    script: { preflight: { status: 404, lines: [JSON_TYPE, HTTP_API], body: message('Not Found') } },
    args: '--method PUT',
    codes: ['no-options-route'],
    remedy: 'route ANY',
    status: 1,
  },
  {
    name: 'a router that does not know OPTIONS',
    script: { preflight: { status: 405, lines: OK } },
    args: '--method PUT',
    codes: ['no-options-route'],
    remedy: 'withCors around the whole handler',
    status: 1,
  },
  {
    name: 'REST API, mock OPTIONS broken by binaryMediaTypes',
    script: { preflight: rest(500, 'Internal server error', 'InternalServerErrorException') },
    args: '--method PUT',
    codes: ['preflight-error'],
    remedy: 'CONVERT_TO_TEXT',
    status: 1,
  },
  {
    name: 'a preflight that is redirected to https',
    script: { preflight: { status: 301, lines: [['Location', 'https://api.example.com/'], ...OK] } },
    args: '--method PUT',
    codes: ['preflight-redirected'],
    remedy: 'request that URL in the first place',
    status: 1,
  },
  {
    name: "a function URL's own Cors beside the function's headers",
    script: { response: { lines: [...OK, ...OK] } },
    host: 'abc.lambda-url.eu-west-1.localhost',
    codes: ['duplicated-headers'],
    remedy: "remove Cors from the function URL's configuration",
    status: 1,
  },
  {
    name: 'a header in headers and multiValueHeaders, joined on the way',
    script: { response: { lines: [['Access-Control-Allow-Origin', '*, *']] } },
    codes: ['duplicated-headers'],
    remedy: 'multiValueHeaders',
    status: 1,
  },
  {
    name: 'a comma-separated list of origins',
    script: { response: { lines: [['Access-Control-Allow-Origin', `${APP},https://b.example`]] } },
    codes: ['list-of-origins'],
    remedy: 'allowOrigins: [',
    status: 1,
  },
  {
    name: 'an origin with a slash at its end',
    script: { response: { lines: [['Access-Control-Allow-Origin', `${APP}/`]] } },
    codes: ['misspelt-origin'],
    remedy: `write ${APP}`,
    status: 1,
  },
  {
    name: 'an origin with http instead of https',
    script: { response: { lines: [['Access-Control-Allow-Origin', 'http://app.example.com']] } },
    codes: ['misspelt-origin'],
    remedy: `write ${APP}`,
    status: 1,
  },
  {
    name: 'a pattern, as in an example of the AWS documentation',
    script: { response: { lines: [['Access-Control-Allow-Origin', '*.example.com']] } },
    codes: ['misspelt-origin'],
    remedy: 'withCors has patterns',
    status: 1,
  },
  {
    name: 'a * in the quotation marks of a template',
    script: { response: { lines: [['Access-Control-Allow-Origin', "'*'"]] } },
    codes: ['misspelt-origin'],
    remedy: `write ${APP}`,
    status: 1,
  },
  {
    name: '* with credentials',
    script: { response: { lines: [['Access-Control-Allow-Origin', '*']] } },
    args: '--credentials',
    codes: ['wildcard-with-credentials'],
    remedy: `allowOrigins: ["${APP}"]`,
    status: 1,
  },
  {
    name: '* and Allow-Credentials, for a page that sends none',
    script: {
      response: {
        lines: [
          ['Access-Control-Allow-Origin', '*'],
          ['Access-Control-Allow-Credentials', 'true'],
        ],
      },
    },
    codes: ['wildcard-with-credentials'],
    remedy: 'drop allowCredentials',
    status: 0,
  },
  {
    name: 'REST API, 401 of an authorizer',
    script: { response: rest(401, 'Unauthorized', 'UnauthorizedException') },
    codes: ['error-without-cors'],
    remedy: 'gateway response DEFAULT_4XX',
    status: 1,
  },
  {
    name: 'REST API, a function that throws',
    script: { response: rest(502, 'Internal server error', 'InternalServerErrorException') },
    codes: ['error-without-cors'],
    remedy: 'withCors around the whole handler',
    status: 1,
  },
  {
    name: 'REST API, throttled',
    script: { response: rest(429, 'Too Many Requests', 'TooManyRequestsException') },
    codes: ['error-without-cors'],
    remedy: 'gateway response DEFAULT_4XX',
    status: 1,
  },
  {
    name: 'REST API, too large',
    script: { ...GRANTED, response: rest(413, 'Request Too Long', 'RequestTooLargeException') },
    args: '--method PUT',
    codes: ['error-without-cors'],
    remedy: 'presigned URL',
    status: 1,
  },
  {
    name: 'REST API, integration time-out',
    script: { response: rest(504, 'Endpoint request timed out', 'InternalServerErrorException') },
    codes: ['error-without-cors'],
    remedy: 'gateway response DEFAULT_5XX',
    status: 1,
  },
  {
    name: 'HTTP API, a function that throws',
    script: { response: { status: 500, lines: [JSON_TYPE, HTTP_API], body: message('Internal Server Error') } },
    codes: ['error-without-cors'],
    remedy: 'look at the log of the function',
    status: 1,
  },
  {
    name: 'HTTP API, no such route',
    script: { response: { status: 404, lines: [JSON_TYPE, HTTP_API], body: message('Not Found') } },
    codes: ['error-without-cors'],
    remedy: 'correct the URL, or add the route',
    status: 1,
  },
  {
    name: 'HTTP API, 401 of an authorizer',
    script: { response: { status: 401, lines: [JSON_TYPE, HTTP_API], body: message('Unauthorized') } },
    codes: ['error-without-cors'],
    remedy: 'let the function refuse instead',
    status: 1,
  },
  {
    name: 'REST API, a function that knows no such path',
    script: { response: { status: 404, lines: [REST], body: 'nothing here' } },
    codes: ['error-without-cors'],
    remedy: 'correct the URL',
    status: 1,
  },
  {
    name: 'load balancer, a malformed result',
    script: { response: { status: 502, lines: [['Server', 'awselb/2.0']], body: '<html>502 Bad Gateway</html>' } },
    codes: ['error-without-cors'],
    remedy: 'log of the function',
    status: 1,
  },
  {
    name: 'a REST API behind which the function sends no headers',
    script: { ...GRANTED, response: { lines: [REST], body: '[]' } },
    args: '--method PUT',
    codes: ['no-cors-headers'],
    remedy: 'put withCors around the handler',
    status: 1,
  },
  {
    name: "HTTP API whose CorsConfiguration hides the function's headers",
    script: { response: { lines: [HTTP_API], body: '[]' } },
    codes: ['http-api-cors-configuration'],
    remedy: 'remove CorsConfiguration',
    status: 1,
  },
  {
    name: 'HTTP API whose CorsConfiguration answers a preflight of an origin that it does not know',
    script: { preflight: { status: 204, lines: [HTTP_API] } },
    args: '--method PUT',
    codes: ['http-api-cors-configuration'],
    remedy: 'AllowOrigins',
    status: 1,
  },
  {
    name: 'CloudFront with the answer for another origin in its cache',
    script: {
      response: {
        lines: [
          ['Access-Control-Allow-Origin', 'https://b.example'],
          ['X-Cache', 'Hit from cloudfront'],
          ['Via', '1.1 abc.cloudfront.net (CloudFront)'],
        ],
      },
    },
    codes: ['cached-response'],
    remedy: 'on CloudFront by a cache policy with the header Origin',
    status: 1,
  },
  {
    name: 'a cache with a refusal for another origin',
    script: {
      response: {
        lines: [
          ['Vary', 'Origin'],
          ['Age', '12'],
        ],
      },
    },
    codes: ['cached-response'],
    remedy: `if ${APP} is not in allowOrigins, add it`,
    status: 1,
  },
  {
    name: 'a cache with the refusal of a preflight for another origin',
    script: {
      preflight: {
        status: 403,
        lines: [
          ['Vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
          ['X-Cache', 'RefreshHit from cloudfront'],
        ],
        body: message('CORS: origin not allowed'),
      },
    },
    args: '--method PUT',
    codes: ['cached-response'],
    remedy: 'invalidate what is cached',
    status: 1,
  },
  {
    name: 'a cache that keeps the answer for the page, and gives it to others',
    script: { response: { lines: [...OK, ['Vary', 'Origin'], ['X-Cache', 'Miss from cloudfront']] } },
    codes: ['cached-response'],
    remedy: 'put Origin into the cache key',
    status: 0,
  },
  {
    name: 'CloudFront that does not forward Origin',
    script: { response: { lines: [['X-Cache', 'Miss from cloudfront']] } },
    codes: ['no-cors-headers', 'cloudfront'],
    remedy: 'put withCors around the handler',
    status: 1,
  },
  {
    name: 'nothing: an answer from a cache that knows of origins',
    script: {
      response: (origin) => ({ lines: [...(origin === APP ? OK : []), ['Vary', 'Origin'], ['Age', '3']] }),
    },
    codes: [],
    remedy: '',
    status: 0,
  },
  {
    name: 'no Vary across two origins',
    script: { response: (origin) => (origin === APP ? { lines: OK } : {}) },
    codes: ['no-vary'],
    remedy: 'Vary: Origin',
    status: 0,
  },
  {
    name: 'any origin is reflected, without Vary and with credentials',
    script: {
      response: (origin) => ({
        lines: [
          ['Access-Control-Allow-Origin', origin],
          ['Access-Control-Allow-Credentials', 'true'],
        ],
      }),
    },
    codes: ['reflects-any-origin', 'no-vary'],
    remedy: 'name the origins',
    status: 0,
  },
  {
    name: 'any origin is reflected to a preflight, with credentials',
    script: {
      preflight: (origin) => ({
        lines: [
          ['Access-Control-Allow-Origin', origin],
          ['Access-Control-Allow-Credentials', 'true'],
          ['Access-Control-Allow-Methods', 'PUT'],
          ['Access-Control-Max-Age', '1'],
        ],
      }),
      response: { lines: OK },
    },
    args: '--method PUT',
    codes: ['reflects-any-origin'],
    remedy: 'name the origins',
    status: 0,
  },
  {
    name: 'Authorization by wildcard',
    script: {
      preflight: { lines: [...GRANT, ['Access-Control-Allow-Headers', '*']] },
      response: { lines: OK },
    },
    args: '--header Authorization:x',
    codes: ['authorization-by-wildcard'],
    remedy: '*,Authorization',
    status: 0,
  },
  {
    name: 'a header that a REST API renames',
    script: { response: { lines: [...OK, ['x-amzn-Remapped-WWW-Authenticate', 'Bearer']] } },
    codes: ['remapped-header'],
    remedy: 'X-www-authenticate',
    status: 0,
  },
  {
    name: 'no max-age',
    script: { preflight: { lines: [...OK, ['Access-Control-Allow-Methods', 'PUT']] }, response: { lines: OK } },
    args: '--method PUT',
    codes: ['no-max-age'],
    remedy: 'set maxAge',
    status: 0,
  },
  {
    name: 'a redirect to a path without its slash',
    script: { response: { status: 301, lines: [...OK, ['Location', '/arrived']] } },
    codes: ['redirected'],
    remedy: 'request "http://127.0.0.1:',
    status: 0,
  },
  {
    name: 'a redirect to http, by what does not know that the browser used https',
    script: { response: { status: 307, lines: [...OK, ['Location', 'http://api.example.com/notes/']] } },
    codes: ['mixed-content'],
    remedy: 'redirect to https://api.example.com/notes/',
    status: 1,
  },
  {
    name: 'a redirect to a port that browsers avoid',
    script: { response: { status: 302, lines: [...OK, ['Location', 'https://api.example.com:6000/']] } },
    codes: ['bad-port'],
    remedy: 'another port',
    status: 1,
  },
  {
    name: 'nothing: one static origin, renamed headers that nobody misses, CloudFront that only passes on',
    script: {
      ...GRANTED,
      response: {
        lines: [
          ...OK,
          ['x-amzn-Remapped-Date', 'today'],
          ['x-amzn-Remapped-Content-Length', '2'],
          ['X-Cache', 'Miss from cloudfront'],
        ],
      },
    },
    args: '--method PUT',
    codes: [],
    remedy: '',
    status: 0,
  },
];

const servers: Server[] = [];

/** A server on a free port of this machine, and its port. */
export async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

export function closeServers(): void {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
}

/** A server that plays a script, and writes down what it is asked. */
export async function play(script: Script): Promise<{ readonly port: number; readonly asked: string[] }> {
  const asked: string[] = [];
  const port = await listen((request, response) => {
    asked.push(`${request.method} ${request.headers.origin}`);
    request.resume().on('end', () => answer(script, request, response));
  });
  return { port, asked };
}

function answer(script: Script, request: IncomingMessage, response: ServerResponse): void {
  const { preflight = { status: 204, lines: GRANT }, response: actual = { lines: OK } } = script;
  const chosen = request.url === '/arrived' ? { lines: OK } : request.method === 'OPTIONS' ? preflight : actual;
  const {
    status = 200,
    lines = [],
    body = '',
  } = typeof chosen === 'function' ? chosen(request.headers.origin ?? '') : chosen;
  response.writeHead(status, lines.flat());
  response.end(body);
}
