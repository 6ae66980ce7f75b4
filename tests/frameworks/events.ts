// Whole events as the sources send them, because frameworks read more of an event than CORS does.
import type { ALBEvent, APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda';

/** A request as the browser makes it; header names in lower case. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const BROWSER = {
  accept: 'application/json',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en-GB,en;q=0.9',
  'sec-fetch-mode': 'cors',
  'sec-fetch-site': 'cross-site',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
};
const ACCOUNT = '123456789012';
const REQUEST_ID = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';

/** REST API: both header maps, names as a client over HTTP/1.1 spells them. */
export function restApi({ method, path, headers, body }: HttpRequest): APIGatewayProxyEvent {
  const all = withTitles({ ...BROWSER, host: 'api123.execute-api.eu-west-1.amazonaws.com', ...headers });
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers: all,
    multiValueHeaders: withArrays(all),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      resourceId: 'abc123',
      resourcePath: '/{proxy+}',
      httpMethod: method,
      extendedRequestId: 'JJbxmFpQFiAFYag=',
      requestTime: '01/Sep/2026:10:00:00 +0000',
      path: `/prod${path}`,
      accountId: ACCOUNT,
      protocol: 'HTTP/1.1',
      stage: 'prod',
      domainPrefix: 'api123',
      requestTimeEpoch: 1788256800000,
      requestId: REQUEST_ID,
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: null,
        apiKeyId: null,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: '203.0.113.7',
        user: null,
        userAgent: BROWSER['user-agent'],
        userArn: null,
      },
      domainName: 'api123.execute-api.eu-west-1.amazonaws.com',
      authorizer: undefined,
      apiId: 'api123',
    },
    body: body ?? null,
    isBase64Encoded: false,
  };
}

/** HTTP API, payload format 1.0: the event of a REST API with a version. */
export function httpApiV1(request: HttpRequest): APIGatewayProxyEvent & { readonly version: '1.0' } {
  return { version: '1.0', ...restApi(request) };
}

/** HTTP API, payload format 2.0: header names in lower case, and a list of cookies. */
export function httpApi(request: HttpRequest): APIGatewayProxyEventV2 {
  return version2(request, 'api123', 'api123.execute-api.eu-west-1.amazonaws.com');
}

/** Function URL: the event of an HTTP API with another host. */
export function functionUrl(request: HttpRequest): APIGatewayProxyEventV2 {
  return version2(request, 'url123', 'url123.lambda-url.eu-west-1.on.aws');
}

function version2({ method, path, headers, body }: HttpRequest, id: string, host: string): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: { ...BROWSER, host, ...headers },
    requestContext: {
      accountId: 'anonymous',
      apiId: id,
      domainName: host,
      domainPrefix: id,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: BROWSER['user-agent'] },
      requestId: REQUEST_ID,
      routeKey: '$default',
      stage: '$default',
      time: '01/Sep/2026:10:00:00 +0000',
      timeEpoch: 1788256800000,
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  };
}

/** Load balancer with the default target group: one header map, and an empty body if there is none. */
export function alb({ method, path, headers, body }: HttpRequest): ALBEvent {
  const targetGroupArn = `arn:aws:elasticloadbalancing:eu-west-1:${ACCOUNT}:targetgroup/shop/d6190d154bc908a5`;
  return {
    requestContext: { elb: { targetGroupArn } },
    httpMethod: method,
    path,
    queryStringParameters: {},
    headers: { ...BROWSER, host: 'shop-1234567890.eu-west-1.elb.amazonaws.com', ...headers },
    body: body ?? '',
    isBase64Encoded: false,
  };
}

/** Load balancer with multi-value headers enabled: only the multi-value maps. */
export function albMultiValue(request: HttpRequest): ALBEvent {
  const { headers, queryStringParameters: _, ...event } = alb(request);
  return { ...event, multiValueQueryStringParameters: {}, multiValueHeaders: withArrays(headers as Lines) };
}

/** VPC Lattice, event version 2: every header value is an array. */
export function vpcLattice({ method, path, headers, body }: HttpRequest) {
  const region = 'arn:aws:vpc-lattice:eu-west-1';
  return {
    version: '2.0',
    method,
    path,
    headers: withArrays({ ...BROWSER, host: 'shop-0123456789.7d67968.vpc-lattice-svcs.eu-west-1.on.aws', ...headers }),
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
    requestContext: {
      serviceNetworkArn: `${region}:${ACCOUNT}:servicenetwork/sn-0bf3f2882e9cc805a`,
      serviceArn: `${region}:${ACCOUNT}:service/svc-0a40eebed65f8d69c`,
      targetGroupArn: `${region}:${ACCOUNT}:targetgroup/tg-6d0ecf831eec9f09`,
      identity: { sourceVpcArn: `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc/vpc-0b8276c84697e7339` },
      region: 'eu-west-1',
      timeEpoch: '1788256800000000',
    },
  };
}

type Lines = Readonly<Record<string, string>>;

function withArrays(headers: Lines): Record<string, string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
}

function withTitles(headers: Lines): Record<string, string> {
  const title = (name: string) => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [title(name), value]));
}

export const context: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'shop',
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:shop`,
  memoryLimitInMB: '256',
  awsRequestId: REQUEST_ID,
  logGroupName: '/aws/lambda/shop',
  logStreamName: '2026/09/01/[$LATEST]0123456789abcdef',
  getRemainingTimeInMillis: () => 3000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};
