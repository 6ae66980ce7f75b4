// Events as the two gateways send them, as JSON text: a benchmark parses each one anew, as Lambda does, so that no
// string has been seen, hashed or internalized before.
import { ORIGIN, ORIGINS } from '../subjects/policy.js';

const REFUSED = 'https://evil.example.net';

/** The requests of the tables: what a browser sends. Of several origins each client has one. */
export const REQUESTS = {
  'actual allowed': { method: 'GET', origin: ORIGINS, id: '' },
  'actual refused': { method: 'GET', origin: REFUSED, id: '' },
  'preflight allowed': { method: 'OPTIONS', origin: ORIGINS, id: '', asks: 'PUT' },
  'preflight refused': { method: 'OPTIONS', origin: REFUSED, id: '', asks: 'PUT' },
  'thrown error': { method: 'GET', origin: ORIGIN, id: 'broken' },
};

export const GATEWAYS = { 'REST API': restEvent, 'HTTP API 2.0': httpEvent };

/** Several texts of the same request from different clients. */
export function eventTexts(gateway, request, count = 256) {
  return Array.from({ length: count }, (_, at) => JSON.stringify(GATEWAYS[gateway](request, at)));
}

/** The headers that a browser and the gateway send, some 15, and whatever else the request adds. */
function headersOf({ method, origin: origins, asks, extra }, at, name) {
  const origin = Array.isArray(origins) ? origins[at % origins.length] : origins;
  const cors =
    method === 'OPTIONS' && asks !== undefined
      ? {
          'access-control-request-method': asks,
          'access-control-request-headers': 'authorization,content-type',
        }
      : { authorization: `Bearer eyJhbGciOiJSUzI1NiJ9.${'abcdef'.repeat(20)}.${at}` };
  return {
    accept: 'application/json, text/plain, */*',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'accept-language': `de-CH,de;q=0.9,en;q=0.${at % 10}`,
    ...cors,
    [name('Host')]: 'abc123.execute-api.eu-west-1.amazonaws.com',
    ...(origin === undefined ? {} : { origin, referer: `${origin.slice(0, 200)}/` }),
    'sec-ch-ua-platform': '"Linux"',
    'sec-fetch-dest': 'empty',
    'sec-fetch-mode': 'cors',
    'sec-fetch-site': 'cross-site',
    [name('User-Agent')]: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/14${at % 10}.0.0.0 Safari/537.36`,
    [name('X-Amzn-Trace-Id')]: `Root=1-691f${(at + 4096).toString(16)}-0b1c2d3e4f5a6b7c8d9e0f1a`,
    [name('X-Forwarded-For')]: `203.0.113.${at % 256}`,
    [name('X-Forwarded-Port')]: '443',
    [name('X-Forwarded-Proto')]: 'https',
    ...extra,
  };
}

function pathOf({ id }, at) {
  return `/notes/${id === '' ? `n${1000 + at}` : id}`;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html: headers twice, in the client's casing. */
function restEvent(request, at) {
  const path = pathOf(request, at);
  const headers = headersOf(request, at, (name) => name);
  return {
    resource: '/notes/{id}',
    path,
    httpMethod: request.method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: { page: String(at) },
    multiValueQueryStringParameters: { page: [String(at)] },
    pathParameters: { id: path.slice('/notes/'.length) },
    stageVariables: null,
    requestContext: {
      resourceId: 'r1a2b3',
      resourcePath: '/notes/{id}',
      httpMethod: request.method,
      extendedRequestId: `XtId${at}=`,
      requestTime: '22/Nov/2026:08:00:00 +0000',
      path: `/prod${path}`,
      accountId: '123456789012',
      protocol: 'HTTP/1.1',
      stage: 'prod',
      domainPrefix: 'abc123',
      requestTimeEpoch: 1795334400000 + at,
      requestId: `c6af9ac6-7b61-11e6-9a41-93e8deadb${at}`,
      identity: {
        cognitoIdentityPoolId: null,
        accountId: null,
        cognitoIdentityId: null,
        caller: null,
        sourceIp: `203.0.113.${at % 256}`,
        principalOrgId: null,
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: null,
        userAgent: 'Mozilla/5.0',
        user: null,
      },
      domainName: 'abc123.execute-api.eu-west-1.amazonaws.com',
      deploymentId: 'd1e2f3',
      apiId: 'abc123',
    },
    body: request.body ?? null,
    isBase64Encoded: false,
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
function httpEvent(request, at) {
  const path = pathOf(request, at);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: `page=${at}`,
    headers: headersOf(request, at, (name) => name.toLowerCase()),
    queryStringParameters: { page: String(at) },
    requestContext: {
      accountId: '123456789012',
      apiId: 'abc123',
      domainName: 'abc123.execute-api.eu-west-1.amazonaws.com',
      domainPrefix: 'abc123',
      http: {
        method: request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: `203.0.113.${at % 256}`,
        userAgent: 'Mozilla/5.0',
      },
      requestId: `JKJaXmPLv${at}=`,
      routeKey: '$default',
      stage: '$default',
      time: '22/Nov/2026:08:00:00 +0000',
      timeEpoch: 1795334400000 + at,
    },
    ...(request.body !== undefined && { body: request.body }),
    ...(request.result !== undefined && { result: request.result }),
    isBase64Encoded: false,
  };
}
