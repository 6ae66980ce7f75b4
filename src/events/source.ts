import { albMultiValue, albSingleValue } from './alb.js';
import { functionUrl, httpApi } from './http-api.js';
import { httpApiV1, restApi } from './rest-api.js';
import type { HttpEvent, Source } from './types.js';
import { isObject, isText } from './types.js';
import { vpcLatticeV1, vpcLatticeV2 } from './vpc-lattice.js';

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
export function kindOfSource(event: unknown): Source | undefined {
  if (!isObject(event)) return undefined;
  const { requestContext: context, version } = event;
  if (!isObject(context)) {
    if (context !== undefined || isAuthorizerEvent(event)) return undefined;
    if (isText(event.raw_path) && isText(event.method)) return vpcLatticeV1;
    return isMadeByHand(event) ? restApi : undefined;
  }
  if (context.connectionId !== undefined || isAuthorizerEvent(event)) return undefined;
  if (isText(event.httpMethod)) {
    if (isObject(context.elb)) return isObject(event.multiValueHeaders) ? albMultiValue : albSingleValue;
    if (version === '1.0') return httpApiV1;
    return version === undefined ? restApi : undefined;
  }
  if (version !== '2.0') return undefined;
  if (isObject(context.http)) {
    return isText(context.http.method) ? httpApi : undefined;
  }
  return isText(context.serviceArn) && isText(event.method) ? vpcLatticeV2 : undefined;
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
    version === undefined &&
    messageVersion === undefined &&
    apiPath === undefined
  );
}

/** A request authorizer is invoked with the request itself; only these keys tell the two apart. */
function isAuthorizerEvent(event: HttpEvent): boolean {
  return event.methodArn !== undefined || event.routeArn !== undefined;
}
