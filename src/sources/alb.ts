import { isObject, isText } from '../events/types.js';
import { byListedType } from './body.js';
import { arn, forwarded } from './identity.js';
import {
  allValues,
  type HeaderLines,
  type HttpRequest,
  type HttpResponse,
  lastValues,
  lowerCased,
  withoutHeaders,
} from './messages.js';
import { rawParameters } from './query.js';
import { bodyOf, isHopByHop, multiLines, singleLines, statusOf, utf8 } from './result.js';
import { type FaultKind, type GatewaySourceRules, MEGABYTE } from './rules.js';

/**
 * Application Load Balancer. Names are lower-cased, parameters are not decoded, and of several values the last one
 * counts.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const alb: GatewaySourceRules = loadBalancer(
  'a load balancer',
  (request) => ({
    queryStringParameters: lastValues(rawParameters(request.query)),
    headers: lastValues(lowerCased(forwarded(request))),
  }),
  (result) => singleLines(result.headers, 'headers'),
);

/** The same with `lambda.multi_value_headers.enabled`: other keys instead, not beside, in the event and the result. */
export const albMulti: GatewaySourceRules = loadBalancer(
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
  linesOf: (result: Readonly<Record<string, unknown>>) => HeaderLines | string,
): GatewaySourceRules {
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
      if (!isObject(result)) return 'the result is no object';
      const status = statusOf(result.statusCode);
      if (status === undefined) return 'statusCode is no status';
      const lines = linesOf(result);
      if (typeof lines === 'string') return lines;
      const body = bodyOf(result);
      if (typeof body === 'string') return body;
      const [, reason] = /^\d{3} ([\t\x20-\x7e]+)$/.exec(
        isText(result.statusDescription) ? result.statusDescription : '',
      ) ?? [undefined, undefined];
      return { status, ...(reason !== undefined && { reason }), lines: withoutHeaders(lines, isHopByHop), body };
    },
    toFault: albFault,
  };
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
