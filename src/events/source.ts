import { type HttpEvent, isObject, isText, type Source } from './types.js';

// What AWS's front doors accept from a function.

/**
 * REST API, Lambda proxy integration. It joins `headers` and `multiValueHeaders`, whatever their casing, and
 * answers 502 to any key that it does not know.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export const restApi: Source = {
  name: 'a REST API',
  map: 'headers',
  readsMultiValue: true,
  // Only in the prelude of a streamed response: elsewhere it is a key that REST APIs do not know.
  readsCookies: true,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
  streaming: { expectsPrelude: true, maxPrelude: 16 * 1024 },
  onlyKeys: ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'],
};

/**
 * HTTP API with payload format 1.0: the same shapes, and other keys are ignored. SAM's local gateway demands a status;
 * AWS does not say whether it may be left out.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const httpApiV1: Source = {
  name: 'an HTTP API (payload format 1.0)',
  map: 'headers',
  readsMultiValue: true,
};

/** HTTP API with payload format 2.0. A result without `statusCode` is the body of a 200 as a whole: see above. */
export const httpApi: Source = { name: 'an HTTP API', map: 'headers', readsCookies: true, withoutStatus: 'body' };

/** Function URLs share the payload format: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html */
export const functionUrl: Source = {
  ...httpApi,
  name: 'a function URL',
  // AWS documents no limit; this one keeps a stream without a prelude from being collected for ever.
  streaming: { expectsPrelude: false, maxPrelude: 1024 * 1024 },
};

/**
 * VPC Lattice. Header values in events of version 1 are strings, in those of version 2 arrays.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export const vpcLattice: Source = {
  name: 'VPC Lattice',
  map: 'headers',
  // Whether results may have arrays is not documented.
  readsLists: true,
  withoutStatus: 'error',
};

/**
 * Application Load Balancer. A setting of its target group chooses between `headers` and `multiValueHeaders`: the event
 * has only the one that is set, and only that one is read from the result.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export const albSingleValue: Source = { name: 'a load balancer', map: 'headers', withoutStatus: 'error' };

export const albMultiValue: Source = {
  name: 'a load balancer with multi-value headers',
  map: 'multiValueHeaders',
  readsMultiValue: true,
  withoutStatus: 'error',
};

/**
 * What invoked the function; `undefined` when it was not HTTP (queues, schedules, WebSockets, authorizers,
 * Lambda@Edge…). Told by structure: `version: "2.0"` alone may be an HTTP API, a function URL or VPC Lattice.
 */
export function sourceOf(event: unknown): Source | undefined {
  const source = kindOfSource(event);
  return source && exactSource(source, event as HttpEvent);
}

/** A function URL is taken for an HTTP API at first, since its events and nearly all results are the same. */
export function exactSource(source: Source, { requestContext }: HttpEvent): Source {
  if (source !== httpApi) return source;
  const { domainName } = Object(requestContext);
  return isText(domainName) && domainName.includes('.lambda-url.') ? functionUrl : httpApi;
}

/** The same as `sourceOf`, without the costly look at a domain name by which alone function URLs are told. */
export function kindOfSource(given: unknown): Source | undefined {
  // A list has none of the keys, so nothing is gained by asking whether it is one.
  if (typeof given !== 'object' || given === null) return undefined;
  const event = given as HttpEvent;
  // A request authorizer is invoked with the request itself; only these keys tell the two apart.
  if (event.methodArn !== undefined || event.routeArn !== undefined) return undefined;
  const { requestContext: context, version, httpMethod, method } = event;
  if (!isObject(context)) {
    if (context !== undefined) return undefined;
    if (isText(event.raw_path) && isText(method)) return vpcLattice;
    return isMadeByHand(event) ? restApi : undefined;
  }
  if (context.connectionId !== undefined) return undefined;
  if (isText(httpMethod)) {
    if (isObject(context.elb)) return isObject(event.multiValueHeaders) ? albMultiValue : albSingleValue;
    if (version === '1.0') return httpApiV1;
    return version === undefined ? restApi : undefined;
  }
  if (version !== '2.0') return undefined;
  if (isObject(context.http)) return isText(context.http.method) ? httpApi : undefined;
  return isText(context.serviceArn) && isText(method) ? vpcLattice : undefined;
}

/**
 * `{ httpMethod, path, headers }`, as unit tests and Netlify have it. Events of Bedrock agents have a method and no
 * context too: https://docs.aws.amazon.com/bedrock/latest/userguide/agents-lambda.html
 */
function isMadeByHand({ httpMethod, path, headers, version, messageVersion, apiPath }: HttpEvent): boolean {
  return (
    isText(httpMethod) &&
    isText(path) &&
    (headers === null || isObject(headers)) &&
    (version ?? messageVersion ?? apiPath) === undefined
  );
}
