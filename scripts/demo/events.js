// What each source sends to a function for one and the same HTTP request, as AWS documents it.
//
// A request is { method, path, headers, body }; `headers` has each name once, as a browser writes it over HTTP/1.1.
import { randomUUID } from 'node:crypto';

const REGION = 'eu-central-1';
const ACCOUNT = '123456789012';
const CLIENT = '203.0.113.7';
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
export function restApi({ method, path, headers, body }) {
  const domainName = `k2d8e1x0ab.execute-api.${REGION}.amazonaws.com`;
  const arrived = forwarded(headers, domainName);
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: arrived,
    multiValueHeaders: inArrays(arrived),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      resourceId: '3nq1cq',
      resourcePath: '/{proxy+}',
      httpMethod: method,
      extendedRequestId: 'ZhDrKF5dDoEEHfA=',
      requestTime: '22/Nov/2026:14:48:13 +0000',
      path: `/Prod${path}`,
      accountId: ACCOUNT,
      protocol: 'HTTP/1.1',
      stage: 'Prod',
      domainPrefix: 'k2d8e1x0ab',
      requestTimeEpoch: 1795358893506,
      requestId: randomUUID(),
      identity: {
        cognitoIdentityPoolId: null,
        accountId: null,
        cognitoIdentityId: null,
        caller: null,
        sourceIp: CLIENT,
        principalOrgId: null,
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: null,
        userAgent: USER_AGENT,
        user: null,
      },
      domainName,
      deploymentId: 'v99qix',
      apiId: 'k2d8e1x0ab',
    },
    body: body ?? null,
    isBase64Encoded: false,
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function httpApiV1({ method, path, headers, body }) {
  const domainName = `q7w3c5v9zt.execute-api.${REGION}.amazonaws.com`;
  const arrived = lowerCased(forwarded(headers, domainName));
  return {
    version: '1.0',
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: arrived,
    multiValueHeaders: inArrays(arrived),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'q7w3c5v9zt',
      domainName,
      domainPrefix: 'q7w3c5v9zt',
      extendedRequestId: 'ZhDrKF5dDoEEHfA=',
      httpMethod: method,
      identity: {
        accessKey: null,
        accountId: null,
        caller: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: CLIENT,
        user: null,
        userAgent: USER_AGENT,
        userArn: null,
      },
      path,
      protocol: 'HTTP/1.1',
      requestId: 'ZhDrKF5dDoEEHfA=',
      requestTime: '22/Nov/2026:14:48:13 +0000',
      requestTimeEpoch: 1795358893506,
      resourceId: null,
      resourcePath: '/{proxy+}',
      stage: '$default',
    },
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    body: body ?? null,
    isBase64Encoded: false,
  };
}

/** The same page. What is absent has no key. */
export function httpApiV2({ method, path, headers, body }) {
  const domainName = `q7w3c5v9zt.execute-api.${REGION}.amazonaws.com`;
  return {
    version: '2.0',
    routeKey: 'ANY /{proxy+}',
    rawPath: path,
    rawQueryString: '',
    headers: lowerCased(forwarded(headers, domainName)),
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'q7w3c5v9zt',
      domainName,
      domainPrefix: 'q7w3c5v9zt',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: CLIENT, userAgent: USER_AGENT },
      requestId: 'ZhDrKF5dDoEEHfA=',
      routeKey: 'ANY /{proxy+}',
      stage: '$default',
      time: '22/Nov/2026:14:48:13 +0000',
      timeEpoch: 1795358893506,
    },
    pathParameters: { proxy: path.slice(1) },
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html */
export function functionUrl({ method, path, headers, body }) {
  const id = 'yz4c3m7hq2tkdxvw5b6n8rj0ae1fgs9p';
  const domainName = `${id}.lambda-url.${REGION}.on.aws`;
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: lowerCased(forwarded(headers, domainName)),
    requestContext: {
      accountId: 'anonymous',
      apiId: id,
      domainName,
      domainPrefix: id,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: CLIENT, userAgent: USER_AGENT },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: '22/Nov/2026:14:48:13 +0000',
      timeEpoch: 1795358893506,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
export function albSingleValue({ method, path, headers, body = '' }) {
  return {
    requestContext: { elb: { targetGroupArn: arn('elasticloadbalancing', 'targetgroup/notes/6d0ecf831eec9f09') } },
    httpMethod: method,
    path,
    queryStringParameters: {},
    headers: lowerCased(forwarded(headers, `notes-846800462.${REGION}.elb.amazonaws.com`)),
    body,
    isBase64Encoded: false,
  };
}

/** The same page, "Multi-value headers": instead of `headers`, not beside it. */
export function albMultiValue({ method, path, headers, body = '' }) {
  return {
    requestContext: { elb: { targetGroupArn: arn('elasticloadbalancing', 'targetgroup/notes/804a67588bfdc10f') } },
    httpMethod: method,
    path,
    multiValueQueryStringParameters: {},
    multiValueHeaders: inArrays(lowerCased(forwarded(headers, `notes-846800463.${REGION}.elb.amazonaws.com`))),
    body,
    isBase64Encoded: false,
  };
}

const LATTICE_HOST = `notes-0a40eebed65f8d69c.7d67968.vpc-lattice-svcs.${REGION}.on.aws`;

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html, event structure version 1 */
export function vpcLatticeV1({ method, path, headers, body = '' }) {
  return {
    raw_path: path,
    method,
    headers: lowerCased({ Host: LATTICE_HOST, ...headers, 'X-Forwarded-For': CLIENT }),
    query_string_parameters: {},
    body,
    is_base64_encoded: false,
  };
}

/** The same page, version 2. `timeEpoch` is in microseconds, and a string. */
export function vpcLatticeV2({ method, path, headers, body }) {
  return {
    version: '2.0',
    path,
    method,
    headers: inArrays(lowerCased({ Host: LATTICE_HOST, ...headers, 'X-Forwarded-For': CLIENT })),
    queryStringParameters: {},
    ...(body !== undefined && { body }),
    isBase64Encoded: false,
    requestContext: {
      serviceNetworkArn: arn('vpc-lattice', 'servicenetwork/sn-0bf3f2882e9cc805a'),
      serviceArn: arn('vpc-lattice', 'service/svc-0a40eebed65f8d69c'),
      targetGroupArn: arn('vpc-lattice', 'targetgroup/tg-6d0ecf831eec9f09'),
      identity: { sourceVpcArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:vpc/vpc-0b8276c84697e7339` },
      region: REGION,
      timeEpoch: '1795358893506073',
    },
  };
}

/** What a browser sent, with what AWS adds on the way. */
function forwarded(headers, host) {
  return {
    Accept: '*/*',
    'Accept-Encoding': 'gzip, deflate, br, zstd',
    ...headers,
    Host: host,
    'User-Agent': USER_AGENT,
    'X-Amzn-Trace-Id': 'Root=1-6921d2ad-0fbaf1491365339d168b2a7d',
    'X-Forwarded-For': CLIENT,
    'X-Forwarded-Port': '443',
    'X-Forwarded-Proto': 'https',
  };
}

function lowerCased(headers) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function inArrays(headers) {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}

function arn(service, resource) {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}
