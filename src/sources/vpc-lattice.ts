import { byListedType } from './body.js';
import { utf8 } from './bytes.js';
import { type FaultKind, type FrontDoor, MAX_EVENT_BYTES, MAX_RESULT_BYTES } from './front-door.js';
import { arn, forwarded, REGION } from './identity.js';
import {
  allValues,
  type HeaderLines,
  type HttpRequest,
  type HttpResponse,
  isObject,
  joinedValues,
  lastValues,
  lowerCased,
  withoutHeaders,
} from './messages.js';
import { decodedParameters } from './query.js';
import {
  bodyOf,
  endToEnd,
  mapLines,
  NOT_AN_OBJECT,
  type Reading,
  singleLines,
  statusOf,
  toResponse,
} from './result.js';

const SERVICE = {
  stage: undefined,
  timeout: undefined,
  limits: {
    requestHeaders: Number.POSITIVE_INFINITY,
    requestBody: MAX_EVENT_BYTES,
    responseHeaders: Number.POSITIVE_INFINITY,
    result: MAX_RESULT_BYTES,
  },
  fromResult,
  toFault: latticeFault,
} as const;

/**
 * VPC Lattice, event structure version 1.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export const latticeV1: FrontDoor = {
  name: 'VPC Lattice (version 1)',
  ...SERVICE,
  toEvent(request) {
    const { text, isBase64Encoded } = byListedType(request);
    return {
      raw_path: target(request),
      method: request.method,
      headers: joinedValues(latticeLines(request)),
      query_string_parameters: lastValues(decodedParameters(request.query)),
      body: text,
      is_base64_encoded: isBase64Encoded,
    };
  },
};

/** Event structure version 2: values are arrays, and there is a `requestContext`. The same page. */
export const latticeV2: FrontDoor = {
  name: 'VPC Lattice (version 2)',
  ...SERVICE,
  toEvent(request) {
    const { text, isBase64Encoded } = byListedType(request);
    return {
      version: '2.0',
      path: target(request),
      method: request.method,
      headers: allValues([...latticeLines(request), ['x-amzn-requestid', request.id]]),
      queryStringParameters: allValues(decodedParameters(request.query)),
      ...(request.body.length > 0 && { body: text }),
      isBase64Encoded,
      requestContext: {
        serviceNetworkArn: arn('vpc-lattice', 'servicenetwork/sn-0123456789abcdef0'),
        serviceArn: arn('vpc-lattice', 'service/svc-0123456789abcdef0'),
        targetGroupArn: arn('vpc-lattice', 'targetgroup/tg-0123456789abcdef0'),
        identity: { sourceVpcArn: arn('ec2', 'vpc/vpc-0123456789abcdef0') },
        region: REGION,
        // Microseconds, in a string.
        timeEpoch: `${request.time.getTime()}000`,
      },
      requestId: request.id,
    };
  },
};

function target({ fullPath, query }: HttpRequest): string {
  return query === '' ? fullPath : `${fullPath}?${query}`;
}

/** Of what is added on the way only the client's address is documented. */
function latticeLines(request: HttpRequest): HeaderLines {
  const added = ['x-amzn-trace-id', 'x-forwarded-port', 'x-forwarded-proto'];
  const sent = request.lines.map(([name]) => name.toLowerCase());
  return withoutHeaders(lowerCased(forwarded(request)), (name) => added.includes(name) && !sent.includes(name));
}

/** Whether array header values are accepted is not documented; here they are malformed. */
function fromResult(result: unknown): Reading<HttpResponse> {
  if (!isObject(result)) return NOT_AN_OBJECT;
  const lines = singleLines(result.headers, 'headers');
  return mapLines(toResponse(statusOf(result.statusCode), lines, bodyOf(result)), endToEnd);
}

/** AWS documents that it is a 5xx, but neither which one nor its body. */
function latticeFault(kind: FaultKind): HttpResponse {
  const [status, text] = kind === 'request body too large' ? [413, 'Payload Too Large'] : [502, 'Bad Gateway'];
  return { status, lines: [['Content-Type', 'text/plain']], body: utf8(text) };
}
