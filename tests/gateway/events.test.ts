// Which keys an event has, compared with what AWS documents or has been recorded sending.
import { describe, expect, test } from 'vitest';
import { GATEWAY_SOURCES, type GatewaySource } from '../../src/gateway.js';
import { eventOf, type WireRequest } from './wire.js';

const IDENTITY = [
  'accessKey',
  'accountId',
  'caller',
  'cognitoAuthenticationProvider',
  'cognitoAuthenticationType',
  'cognitoIdentityId',
  'cognitoIdentityPoolId',
  'principalOrgId',
  'sourceIp',
  'user',
  'userAgent',
  'userArn',
];
const FORMAT_1 = [
  'body',
  'headers',
  'httpMethod',
  'isBase64Encoded',
  'multiValueHeaders',
  'multiValueQueryStringParameters',
  'path',
  'pathParameters',
  'queryStringParameters',
  'requestContext',
  'resource',
  'stageVariables',
];
const CONTEXT_1 = [
  'accountId',
  'apiId',
  'domainName',
  'domainPrefix',
  'extendedRequestId',
  'httpMethod',
  'identity',
  'path',
  'protocol',
  'requestId',
  'requestTime',
  'requestTimeEpoch',
  'resourceId',
  'resourcePath',
  'stage',
];
const FORMAT_2 = {
  '': [
    'body',
    'cookies',
    'headers',
    'isBase64Encoded',
    'queryStringParameters',
    'rawPath',
    'rawQueryString',
    'requestContext',
    'routeKey',
    'version',
  ],
  requestContext: [
    'accountId',
    'apiId',
    'domainName',
    'domainPrefix',
    'http',
    'requestId',
    'routeKey',
    'stage',
    'time',
    'timeEpoch',
  ],
  'requestContext.http': ['method', 'path', 'protocol', 'sourceIp', 'userAgent'],
};

/** Keys by path. Of the samples, what only an authorizer or mutual TLS brings is left out. */
const KEYS: Readonly<Record<GatewaySource, Readonly<Record<string, readonly string[]>>>> = {
  // Recorded: LocalStack, tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json
  rest: { '': FORMAT_1, requestContext: [...CONTEXT_1, 'deploymentId'], 'requestContext.identity': IDENTITY },
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
  http: FORMAT_2,
  'http-1.0': { '': [...FORMAT_1, 'version'], requestContext: CONTEXT_1, 'requestContext.identity': IDENTITY },
  // https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-request-payload
  url: FORMAT_2,
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
  alb: {
    '': ['body', 'headers', 'httpMethod', 'isBase64Encoded', 'path', 'queryStringParameters', 'requestContext'],
    'requestContext.elb': ['targetGroupArn'],
  },
  'alb-multi': {
    '': [
      'body',
      'httpMethod',
      'isBase64Encoded',
      'multiValueHeaders',
      'multiValueQueryStringParameters',
      'path',
      'requestContext',
    ],
    'requestContext.elb': ['targetGroupArn'],
  },
  // https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
  'lattice-v1': { '': ['body', 'headers', 'is_base64_encoded', 'method', 'query_string_parameters', 'raw_path'] },
  'lattice-v2': {
    // `requestId` is not in the guide; Powertools has it in an event that it was sent.
    '': [
      'body',
      'headers',
      'isBase64Encoded',
      'method',
      'path',
      'queryStringParameters',
      'requestContext',
      'requestId',
      'version',
    ],
    requestContext: ['identity', 'region', 'serviceArn', 'serviceNetworkArn', 'targetGroupArn', 'timeEpoch'],
  },
};

const REQUEST: WireRequest = {
  method: 'POST',
  path: '/notes?a=1',
  headers: [
    ['Cookie', 'a=1'],
    ['User-Agent', 'test'],
    ['Content-Type', 'text/plain'],
  ],
  body: 'hello',
};

function at(event: Readonly<Record<string, unknown>>, path: string): Readonly<Record<string, unknown>> {
  const steps = path === '' ? [] : path.split('.');
  return steps.reduce((value, step) => value[step] as Readonly<Record<string, unknown>>, event);
}

describe('an event has the keys that AWS sends, and no others', () => {
  test.each(GATEWAY_SOURCES)('%s', async (source) => {
    const event = await eventOf({ source }, REQUEST);
    const found = Object.keys(KEYS[source]).map((path) => [path, Object.keys(at(event, path)).sort()]);
    const expected = Object.entries(KEYS[source]).map(([path, keys]) => [path, [...keys].sort()]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });
});

describe('times and ids look like AWS’s', () => {
  test('rest', async () => {
    const { requestContext } = await eventOf({ source: 'rest' }, REQUEST);
    expect(requestContext).toMatchObject({
      requestTime: expect.stringMatching(/^\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} \+0000$/),
      requestTimeEpoch: expect.any(Number),
      requestId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      extendedRequestId: expect.stringMatching(/^[\w+/]{15}=$/),
      identity: { sourceIp: '127.0.0.1', userAgent: 'test' },
    });
    expect(Math.abs(requestContext.requestTimeEpoch - Date.now())).toBeLessThan(60_000);
  });

  test('lattice-v2: microseconds in a string', async () => {
    const { requestContext } = await eventOf({ source: 'lattice-v2' }, REQUEST);
    expect(Number(requestContext.timeEpoch) / 1000).toBeCloseTo(Date.now(), -5);
  });
});

describe('x-forwarded-for', () => {
  test.each([
    [[], '127.0.0.1'],
    [[['X-Forwarded-For', '203.0.113.7'] as const], '203.0.113.7, 127.0.0.1'],
  ])('of a request with %j is %s', async (headers, expected) => {
    const event = await eventOf({ source: 'rest' }, { headers });
    expect(event.headers['X-Forwarded-For']).toBe(expected);
  });
});
