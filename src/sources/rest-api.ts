import { quote } from '../core/printable.js';
import { restAuthorizer } from './authorizer.js';
import { asBase64, asText, isBinaryType } from './body.js';
import { type FaultKind, type FrontDoor, MAX_RESULT_BYTES, MEGABYTE, type Passage } from './front-door.js';
import { ACCOUNT, API_ID, domainOf, forwarded, logTime, userAgent } from './identity.js';
import {
  allValues,
  type Event,
  type HeaderLines,
  type HttpRequest,
  type HttpResponse,
  isObject,
  lastValues,
  orNull,
  type Unreadable,
  valuesOf,
  withoutHeaders,
} from './messages.js';
import { decodedParameters } from './query.js';
import {
  bodyOf,
  cookieLines,
  isUnreadable,
  jsonPage,
  mapLines,
  multiLines,
  NOT_AN_OBJECT,
  type Reading,
  singleLines,
  statusOf,
  toResponse,
  withContentType,
} from './result.js';

/**
 * REST API, Lambda proxy integration.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export const restApi: FrontDoor = {
  name: 'a REST API',
  stage: 'prod',
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  timeout: 29_000,
  limits: {
    requestHeaders: 10_240,
    requestBody: 10 * MEGABYTE,
    responseHeaders: 10_240,
    result: MAX_RESULT_BYTES,
  },
  marks: ({ id, extendedId }) => [
    ['x-amzn-RequestId', id],
    ['x-amz-apigw-id', extendedId],
  ],
  // Recorded: the most specific resource that has the method; slashes at either end do not count, and nothing is decoded.
  routing: {
    defaultRoutes: ['ANY /', 'ANY /{proxy+}'],
    hasDefault: false,
    hasSiblings: false,
    greedyLast: false,
    innerPath: withoutSlashes,
  },
  authorizer: { kinds: ['claims', 'lambda'], hasScopes: false, nestedContext: false, toContext: restAuthorizer },
  toEvent(request, { binaryMediaTypes }, passage) {
    const lines = restLines(forwarded(request));
    const parameters = decodedParameters(request.query);
    const [type = ''] = valuesOf(lines, 'content-type');
    const { text, isBase64Encoded } = (isBinaryType(type, binaryMediaTypes) ? asBase64 : asText)(request.body);
    const { path: resource, parameters: pathParameters } = passage.route;
    return {
      resource,
      path: withOneSlash(request.path),
      httpMethod: request.method,
      headers: orNull(lastValues(lines)),
      multiValueHeaders: orNull(allValues(lines)),
      queryStringParameters: orNull(lastValues(parameters)),
      multiValueQueryStringParameters: orNull(allValues(parameters)),
      pathParameters: orNull(pathParameters),
      stageVariables: null,
      requestContext: restContext(request, passage),
      body: request.body.length > 0 ? text : null,
      isBase64Encoded: request.body.length > 0 && isBase64Encoded,
    };
  },
  fromResult(result, request, { binaryMediaTypes }) {
    if (!isObject(result)) return NOT_AN_OBJECT;
    const unknown = Object.keys(result).find((key) => !KEYS.includes(key));
    if (unknown !== undefined) return { fault: `the result has the key ${quote(unknown)}, which no REST API knows` };
    return mapLines(readProxyResult(result, 200, decodesFor(request, binaryMediaTypes)), (lines) =>
      withContentType(remapped(lines), 'application/json'),
    );
  },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html#response-transfer-mode-lambda-format
  streaming: {
    hasPrelude: () => true,
    maxPrelude: 16 * 1024,
    fromPrelude(prelude) {
      if (!isObject(prelude)) return { fault: 'the prelude is not an object' };
      const { statusCode, headers, multiValueHeaders, cookies } = prelude;
      const read = readProxyResult({ statusCode, headers, multiValueHeaders }, 200, false);
      const cookie = cookieLines(cookies);
      if (isUnreadable(read) || isUnreadable(cookie)) return isUnreadable(read) ? read : (cookie as Unreadable);
      const length = valuesOf(read.lines, 'content-length');
      if (length.length > 1 || !length.every((value) => /^\d+$/.test(value)))
        return { fault: 'Content-Length is not a number' };
      const others = withoutHeaders([...read.lines, ...cookie], (name) => name === 'content-length');
      const lines = [...remapped(others), ...length.map((value) => ['Content-Length', value] as const)];
      return { ...read, lines: withContentType(lines, 'application/octet-stream') };
    },
  },
  toFault: restFault,
};

const KEYS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'];

const USUAL: ReadonlyMap<string, string> = new Map([
  ['authorization', 'Authorization'],
  ['user-agent', 'User-Agent'],
]);

/** Recorded on AWS: two names get their usual casing, all others keep the client's, and two do not arrive. */
function restLines(lines: HeaderLines): HeaderLines {
  return withoutHeaders(lines, (name) => name === 'content-length' || name === 'connection').map(([name, value]) => [
    USUAL.get(name.toLowerCase()) ?? name,
    value,
  ]);
}

/** In loops: a regular expression would take quadratic time for a path of many slashes. */
function withoutSlashes(path: string): string {
  let [start, end] = [0, path.length];
  while (path[start] === '/') start += 1;
  while (end > start && path[end - 1] === '/') end -= 1;
  return path.slice(start, end);
}

/** Recorded: of several slashes at the start one is left. */
function withOneSlash(path: string): string {
  return path.replace(/^\/+/, '/');
}

function restContext(request: HttpRequest, { route, authorizer }: Passage): Event {
  return {
    resourceId: '3nq1cq',
    resourcePath: route.path,
    httpMethod: request.method,
    extendedRequestId: request.extendedId,
    requestTime: logTime(request.time),
    path: request.fullPath,
    accountId: ACCOUNT,
    protocol: 'HTTP/1.1',
    stage: request.stage,
    requestTimeEpoch: request.time.getTime(),
    requestId: request.id,
    identity: identity(request),
    ...domainOf(request),
    ...(authorizer !== undefined && { authorizer }),
    deploymentId: 'v99qix',
    apiId: API_ID,
  };
}

/** Who calls, as both payload formats 1.0 have it. */
export function identity(request: HttpRequest): Event {
  return {
    accessKey: null,
    accountId: null,
    caller: null,
    cognitoAuthenticationProvider: null,
    cognitoAuthenticationType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    principalOrgId: null,
    sourceIp: request.sourceIp,
    user: null,
    userAgent: userAgent(request),
    userArn: null,
  };
}

/**
 * A result of payload format 1.0. Both header maps count, whatever the casing; of a pair that is in both, only the
 * one of `multiValueHeaders` stays.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#apigateway-multivalue-headers-and-parameters
 */
export function readProxyResult(
  result: Readonly<Record<string, unknown>>,
  withoutStatus: number | undefined,
  decode: boolean,
): Reading<HttpResponse> {
  const status = statusOf(result.statusCode === undefined ? withoutStatus : result.statusCode);
  const single = singleLines(result.headers, 'headers');
  const multi = multiLines(result.multiValueHeaders, 'multiValueHeaders');
  return toResponse(status, bothMaps(single, multi), bodyOf(result, decode));
}

function bothMaps(single: Reading<HeaderLines>, multi: Reading<HeaderLines>): Reading<HeaderLines> {
  if (isUnreadable(single) || isUnreadable(multi)) return isUnreadable(single) ? single : multi;
  const alone = single.filter(([name, value]) => !multi.some(([other, given]) => other === name && given === value));
  return [...multi, ...alone];
}

/**
 * Base64 is decoded only when the client accepts a binary type, and only its first type counts.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/lambda-proxy-binary-media.html
 */
function decodesFor(request: HttpRequest, binaryMediaTypes: readonly string[]): boolean {
  const [accept = ''] = valuesOf(request.lines, 'accept');
  return isBinaryType(accept.split(',', 1)[0] as string, binaryMediaTypes);
}

const REMAPPED = [
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'max-forwards',
  'server',
  'user-agent',
  'www-authenticate',
];
const DROPPED = ['expect', 'host', 'proxy-authenticate', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'via'];

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis */
export function remapped(lines: HeaderLines): HeaderLines {
  return withoutHeaders(lines, (name) => DROPPED.includes(name)).map(([name, value]) => [
    REMAPPED.includes(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name,
    value,
  ]);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
function restFault(kind: FaultKind, _request: HttpRequest, streams: boolean): HttpResponse {
  const otherwise = [kind === 'malformed' && streams ? 500 : 502, 'Internal server error', INTERNAL] as const;
  const [status, message, type] = RESPONSES[kind] ?? otherwise;
  return jsonPage(status, message, [['x-amzn-ErrorType', type]]);
}

const INTERNAL = 'InternalServerErrorException';

const RESPONSES: Partial<Record<FaultKind, readonly [number, string, string]>> = {
  'gateway timeout': [504, 'Endpoint request timed out', INTERNAL],
  'no such stage': [403, 'Forbidden', 'ForbiddenException'],
  'no such route': [403, 'Missing Authentication Token', 'MissingAuthenticationTokenException'],
  'request headers too large': [431, 'Request Header Fields Too Large', 'BadRequestException'],
  'request body too large': [413, 'Request Too Long', 'RequestTooLargeException'],
};
