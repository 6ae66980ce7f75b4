import { getHeader, sortAndCombine } from '../browser/header-lines.js';
import type { Body, HeaderLine, HeaderLines, WireRequest } from '../browser/types.js';
import { type ParsedUrl, parseUrl } from '../browser/url.js';

type Event = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html */
export function restEvent(request: WireRequest): Event {
  const url = parseUrl(request.url) as ParsedUrl;
  const { method } = request;
  const path = url.pathname;
  const query = queryOf(url);
  const headers = Object.fromEntries(lines(request, url));
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: mapValues(headers, (value) => [value]),
    queryStringParameters: query && mapValues(query, (values) => values.at(-1)),
    multiValueQueryStringParameters: query ?? null,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      resourcePath: '/{proxy+}',
      httpMethod: method,
      path,
      stage: 'local',
      requestId: REQUEST_ID,
      domainName: url.hostname,
      identity: { sourceIp: '127.0.0.1', userAgent: USER_AGENT },
    },
    ...bodyOf(request.body, null),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function httpEvent(request: WireRequest): Event {
  const url = parseUrl(request.url) as ParsedUrl;
  const { method } = request;
  const path = url.pathname;
  const query = queryOf(url);
  const cookie = getHeader(request.headers, 'cookie');
  const headers = lines(request, url).filter(([name]) => name !== 'cookie');
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: decode(path),
    rawQueryString: url.search.slice(1),
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers: Object.fromEntries(headers),
    ...(query === null ? {} : { queryStringParameters: mapValues(query, (values) => values.join(',')) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: url.hostname,
      http: { method, path: decode(path), protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: USER_AGENT },
      requestId: REQUEST_ID,
      routeKey: '$default',
      stage: '$default',
      timeEpoch: 0,
    },
    ...bodyOf(request.body, undefined),
  };
}

const REQUEST_ID = '00000000-0000-0000-0000-000000000000';
const USER_AGENT = 'Mozilla/5.0';

function lines({ headers }: WireRequest, { host }: ParsedUrl): HeaderLines {
  const added: HeaderLine[] = [['host', host]];
  if (getHeader(headers, 'user-agent') === undefined) added.push(['user-agent', USER_AGENT]);
  return sortAndCombine([...headers, ...added]);
}

/** All values of each parameter; `null` when there is none. */
function queryOf({ search }: ParsedUrl): Readonly<Record<string, readonly string[]>> | null {
  if (search.length < 2) return null;
  const query = new Map<string, string[]>();
  for (const pair of search.slice(1).split('&')) {
    const [name = '', ...value] = pair.split('=');
    const key = decode(name.replaceAll('+', ' '));
    query.set(key, [...(query.get(key) ?? []), decode(value.join('=').replaceAll('+', ' '))]);
  }
  return Object.fromEntries(query);
}

/** What is no percent-encoded UTF-8 stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function bodyOf(body: Body | undefined, none: null | undefined): Event {
  if (body === undefined) return none === null ? { body: null, isBase64Encoded: false } : { isBase64Encoded: false };
  if (typeof body === 'string') return { body, isBase64Encoded: false };
  return { body: btoa(Array.from(body, (byte) => String.fromCharCode(byte)).join('')), isBase64Encoded: true };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
