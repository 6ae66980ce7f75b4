import { httpAuthorizer, httpAuthorizerV1 } from './authorizer.js';
import { byContentType } from './body.js';
import { utf8 } from './bytes.js';
import { type FaultKind, type FrontDoor, MAX_RESULT_BYTES, MEGABYTE, type Passage } from './front-door.js';
import { ACCOUNT, API_ID, domainOf, forwarded, logTime, userAgent } from './identity.js';
import {
  allValues,
  type Event,
  type HeaderLines,
  type HttpRequest,
  type HttpResponse,
  isObject,
  joinedValues,
  lastValues,
  lowerCased,
  orNull,
  valuesOf,
  withoutHeaders,
} from './messages.js';
import { decodedParameters, percentDecoded } from './query.js';
import { identity, readProxyResult } from './rest-api.js';
import {
  bodyOf,
  cookieLines,
  endToEnd,
  isUnreadable,
  jsonPage,
  mapLines,
  NOT_AN_OBJECT,
  type Reading,
  singleLines,
  statusOf,
  toResponse,
  withContentType,
} from './result.js';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const QUOTAS = {
  stage: '$default',
  timeout: 30_000,
  limits: {
    requestHeaders: 10_240,
    requestBody: 10 * MEGABYTE,
    responseHeaders: 10_240,
    result: MAX_RESULT_BYTES,
  },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
  routing: {
    defaultRoutes: ['$default'],
    hasDefault: true,
    hasSiblings: true,
    greedyLast: true,
    // A slash at the end counts: `GET /notes` does not take `/notes/`. An encoded slash divides, because the path is decoded
    // first: https://stackoverflow.com/q/69677023
    innerPath: (path: string) => decodedPath(path).slice(1),
  },
} as const;

/**
 * HTTP API, payload format 2.0. What is absent has no key.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const httpApi: FrontDoor = {
  name: 'an HTTP API',
  ...QUOTAS,
  marks: requestIdLine,
  authorizer: { kinds: ['claims', 'lambda', 'iam'], hasScopes: true, nestedContext: true, toContext: httpAuthorizer },
  toEvent(request, _settings, passage) {
    const context = { accountId: ACCOUNT, apiId: API_ID, ...domainOf(request), requestId: request.extendedId };
    return payload2(request, context, decodedPath(request.fullPath), passage);
  },
  fromResult(result) {
    return readPayload2(result, 'text/plain;charset=UTF-8');
  },
  toFault: httpApiFault,
};

/** HTTP API, payload format 1.0: a REST API's shapes with some of its rules. The same page. */
export const httpApiV1: FrontDoor = {
  name: 'an HTTP API (payload format 1.0)',
  ...QUOTAS,
  marks: requestIdLine,
  authorizer: { kinds: ['claims', 'lambda'], hasScopes: true, nestedContext: true, toContext: httpAuthorizerV1 },
  toEvent(request, _settings, { route, authorizer }) {
    const lines = httpLines(request);
    const parameters = decodedParameters(request.query);
    const { text, isBase64Encoded } = byContentType(request);
    const path = decodedPath(request.fullPath);
    return {
      version: '1.0',
      resource: route.path,
      path,
      httpMethod: request.method,
      headers: lastValues(lines),
      multiValueHeaders: allValues(lines),
      queryStringParameters: orNull(lastValues(parameters)),
      multiValueQueryStringParameters: orNull(allValues(parameters)),
      requestContext: {
        accountId: ACCOUNT,
        apiId: API_ID,
        ...(authorizer !== undefined && { authorizer }),
        ...domainOf(request),
        extendedRequestId: request.extendedId,
        httpMethod: request.method,
        identity: identity(request),
        path,
        protocol: 'HTTP/1.1',
        requestId: request.id,
        requestTime: logTime(request.time),
        requestTimeEpoch: request.time.getTime(),
        resourceId: route.key,
        resourcePath: route.path,
        stage: request.stage,
      },
      pathParameters: orNull(route.parameters),
      stageVariables: null,
      body: request.body.length > 0 ? text : null,
      isBase64Encoded: request.body.length > 0 && isBase64Encoded,
    };
  },
  fromResult(result) {
    if (!isObject(result)) return NOT_AN_OBJECT;
    return mapLines(readProxyResult(result, undefined, true), (lines) =>
      withContentType(endToEnd(lines), 'text/plain;charset=UTF-8'),
    );
  },
  toFault: httpApiFault,
};

function requestIdLine({ extendedId }: HttpRequest): HeaderLines {
  return [['Apigw-Requestid', extendedId]];
}

/** Lower-cased, as documented; `Connection` is between neighbours. */
function httpLines(request: HttpRequest): HeaderLines {
  return withoutHeaders(lowerCased(forwarded(request)), (name) => name === 'connection');
}

/**
 * HTTP APIs hand the path over decoded, unlike REST APIs and function URLs, and cut it at what decodes to a `?`.
 * https://github.com/honojs/hono/issues/2156
 */
function decodedPath(path: string): string {
  return percentDecoded(path).split('?', 1)[0] as string;
}

/** The event of payload format 2.0, which function URLs have too. */
export function payload2(request: HttpRequest, context: Event, path: string, { route, authorizer }: Passage): Event {
  const lines = httpLines(request);
  const cookies = valuesOf(lines, 'cookie').flatMap((line) => line.split(/; */).filter((cookie) => cookie !== ''));
  const { method, query, sourceIp, time } = request;
  const { text, isBase64Encoded } = byContentType(request);
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers: joinedValues(withoutHeaders(lines, (name) => name === 'cookie')),
    ...(query !== '' && { queryStringParameters: joinedValues(decodedParameters(query)) }),
    ...(Object.keys(route.parameters).length > 0 && { pathParameters: route.parameters }),
    requestContext: {
      ...context,
      ...(authorizer !== undefined && { authorizer }),
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: userAgent(request) },
      routeKey: route.key,
      stage: request.stage,
      time: logTime(time),
      timeEpoch: time.getTime(),
    },
    ...(request.body.length > 0 && { body: text }),
    isBase64Encoded: request.body.length > 0 && isBase64Encoded,
  };
}

/**
 * A result of payload format 2.0. One without `statusCode` is the body of a 200 as a whole: a string as it is, anything
 * else as JSON. What becomes of `null` is not documented; it is treated like the rest.
 */
export function readPayload2(result: unknown, contentType: string): Reading<HttpResponse> {
  if (!isObject(result) || result.statusCode === undefined) {
    const text = typeof result === 'string' ? result : JSON.stringify(result);
    return { status: 200, lines: [['Content-Type', 'application/json']], body: utf8(text) };
  }
  const single = toResponse(statusOf(result.statusCode), singleLines(result.headers, 'headers'), bodyOf(result));
  const cookies = cookieLines(result.cookies);
  if (isUnreadable(cookies)) return cookies;
  return mapLines(single, (lines) => [...withContentType(endToEnd(lines), contentType), ...cookies]);
}

function httpApiFault(kind: FaultKind): HttpResponse {
  const [status, message] = RESPONSES[kind] ?? [500, 'Internal Server Error'];
  return jsonPage(status, message);
}

const RESPONSES: Partial<Record<FaultKind, readonly [number, string]>> = {
  'gateway timeout': [503, 'Service Unavailable'],
  'no such stage': [404, 'Not Found'],
  'no such route': [404, 'Not Found'],
  'request headers too large': [431, 'Request Header Fields Too Large'],
  'request body too large': [413, 'Request Entity Too Large'],
};
