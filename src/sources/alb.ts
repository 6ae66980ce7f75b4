import { byListedType } from './body.js';
import { utf8 } from './bytes.js';
import { type FaultKind, type FrontDoor, MEGABYTE } from './front-door.js';
import { arn, forwarded } from './identity.js';
import {
  allValues,
  type HeaderLines,
  type HttpRequest,
  type HttpResponse,
  isObject,
  lastValues,
  lowerCased,
} from './messages.js';
import { rawParameters } from './query.js';
import {
  bodyOf,
  type Envelope,
  endToEnd,
  isUnreadable,
  mapLines,
  multiLines,
  NOT_AN_OBJECT,
  type Reading,
  singleLines,
  statusOf,
  toResponse,
} from './result.js';

/**
 * Application Load Balancer. Names are lower-cased, parameters are not decoded, and of several values the last one
 * counts.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const alb: FrontDoor = /* @__PURE__ */ loadBalancer(
  'a load balancer',
  (request) => ({
    queryStringParameters: lastValues(rawParameters(request.query)),
    headers: lastValues(lowerCased(forwarded(request))),
  }),
  (result) => singleLines(result.headers, 'headers'),
);

/** The same with `lambda.multi_value_headers.enabled`: other keys instead, not beside, in the event and the result. */
export const albMulti: FrontDoor = /* @__PURE__ */ loadBalancer(
  'a load balancer with multi-value headers',
  (request) => ({
    multiValueQueryStringParameters: allValues(rawParameters(request.query)),
    multiValueHeaders: allValues(lowerCased(forwarded(request))),
  }),
  (result) => multiLines(result.multiValueHeaders, 'multiValueHeaders'),
);

function loadBalancer(
  name: string,
  maps: (request: HttpRequest) => Readonly<Record<string, unknown>>,
  linesOf: (result: Envelope) => Reading<HeaderLines>,
): FrontDoor {
  return {
    name,
    stage: undefined,
    timeout: undefined,
    limits: {
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
      requestHeaders: 64 * 1024,
      requestBody: MEGABYTE,
      responseHeaders: 32 * 1024,
      result: MEGABYTE,
    },
    toEvent(request) {
      const { text, isBase64Encoded } = byListedType(request);
      return {
        requestContext: { elb: { targetGroupArn: arn('elasticloadbalancing', 'targetgroup/local/6d0ecf831eec9f09') } },
        httpMethod: request.method,
        path: request.fullPath,
        ...maps(request),
        body: text,
        isBase64Encoded,
      };
    },
    fromResult(result) {
      if (!isObject(result)) return NOT_AN_OBJECT;
      const response = toResponse(statusOf(result.statusCode), linesOf(result), bodyOf(result));
      const [, reason] = /^\d{3} ([\t\x20-\x7e]+)$/.exec(text(result.statusDescription)) ?? [];
      return mapLines(reason === undefined || isUnreadable(response) ? response : { ...response, reason }, endToEnd);
    },
    toFault: albFault,
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html */
function albFault(kind: FaultKind): HttpResponse {
  const [status, reason] = RESPONSES[kind] ?? [502, 'Bad Gateway'];
  const title = `${status} ${reason}`;
  const page = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '</body>',
    '</html>',
    '',
  ];
  const lines: HeaderLines = [
    ['Server', 'awselb/2.0'],
    ['Content-Type', 'text/html'],
  ];
  return { status, reason, lines, body: utf8(page.join('\r\n')) };
}

const RESPONSES: Partial<Record<FaultKind, readonly [number, string]>> = {
  'request headers too large': [400, 'Bad Request'],
  'request body too large': [413, 'Request Entity Too Large'],
};
