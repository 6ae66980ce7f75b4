import type { Cause } from './cause.js';
import { FRONT_NAMES, type FrontKind } from './front.js';
import { CORS_CHECK, CORS_RESPONSES, GATEWAY_RESPONSES, HTTP_API_CORS, REST_API_CORS } from './links.js';

/** @param byFunction Whether the function itself is known to have answered, and not the gateway. */
export function errorWithoutCors(front: FrontKind, status: number, byFunction = false): Cause {
  const reason = byFunction ? 'the function itself answers with it' : reasonFor(status);
  return {
    code: 'error-without-cors',
    title: `The response is an error, ${status}, without CORS headers, so the page sees a CORS error instead: ${reason}`,
    remedy: `${status === 404 ? 'correct the URL, or add the route; ' : ''}${byFunction ? WRAP : errorRemedy(front, status)}`,
    link: byFunction
      ? CORS_RESPONSES
      : front === 'rest-api'
        ? GATEWAY_RESPONSES
        : front === 'http-api'
          ? HTTP_API_CORS
          : CORS_RESPONSES,
  };
}

function reasonFor(status: number): string {
  return (
    REASONS[status] ??
    (status >= 500
      ? 'the function threw, or returned something that the gateway cannot read'
      : 'the gateway or the function refuses the request')
  );
}

const REASONS: Readonly<Record<number, string>> = {
  401: 'an authorizer, or the function, requires a token',
  403: 'an authorizer, an API key, IAM, a firewall or the function refuses the request',
  404: 'the path or the stage does not exist',
  413: 'the request is larger than the gateway accepts',
  429: 'the API or the function is throttled',
  503: 'the function took too long, or is not available',
  504: 'the function took longer than the gateway waits',
};

const WRAP = 'put withCors around the whole handler, so that its errors have CORS headers too';

function errorRemedy(front: FrontKind, status: number): string {
  if (status === 413) return 'send less, or upload to S3 by a presigned URL: the headers of this error cannot be set';
  if (front === 'rest-api') {
    const type = status >= 500 ? 'DEFAULT_5XX' : 'DEFAULT_4XX';
    const set = `set Access-Control-Allow-Origin on the gateway response ${type}, and deploy the stage`;
    return status === 500 || status === 502 ? `${WRAP}; and ${set}` : set;
  }
  if (front === 'http-api' && (status === 401 || status === 403))
    return `${WRAP}; an HTTP API has no gateway responses for an authorizer's errors, so let the function refuse instead`;
  return status >= 500 ? `${WRAP}; look at the log of the function` : WRAP;
}

export function httpApiConfiguration(): Cause {
  return {
    code: 'http-api-cors-configuration',
    title: "The HTTP API's CorsConfiguration does not allow this origin, and hides the function's own CORS headers",
    remedy:
      'let one of them set CORS: remove CorsConfiguration and put withCors around the handler, or add the origin to its AllowOrigins; if the API has no CorsConfiguration, withCors is missing',
    link: HTTP_API_CORS,
  };
}

export function noCorsHeaders(front: FrontKind): Cause {
  return {
    code: 'no-cors-headers',
    title: `The function answers without CORS headers, and ${FRONT_NAMES[front]} does not add them to its responses`,
    remedy:
      'put withCors around the handler: "Enable CORS" in the console only sets up preflights and the gateway\'s errors',
    link: front === 'rest-api' ? REST_API_CORS : CORS_RESPONSES,
  };
}

export function originRefused(origin: string): Cause {
  return {
    code: 'origin-refused',
    title: "The function's policy does not allow this origin",
    remedy:
      origin === 'null'
        ? 'serve the page over http(s), not as a file or in a sandboxed frame: only allowOrigins: "*" allows the origin "null"'
        : `add "${origin}" to allowOrigins of the policy, if it should be allowed`,
    link: CORS_CHECK,
  };
}

/** @param name The response header, in lower case. */
export function remappedHeader(name: string): Cause {
  return {
    code: 'remapped-header',
    title: `The gateway has renamed the response header ${name}, so scripts will not find it`,
    remedy: `send it under a name of your own, such as X-${name}, and list that in exposeHeaders`,
    link: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html',
  };
}

export function cloudFront(): Cause {
  return {
    code: 'cloudfront',
    title: 'CloudFront is in front, and may not forward Origin or OPTIONS to the function',
    remedy:
      'allow OPTIONS in the cache behaviour, put Origin into the cache policy, forward Origin and Access-Control-Request-* (origin request policy CORS-CustomOrigin), and check that a response headers policy does not override CORS; then invalidate',
    link: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/header-caching.html#header-caching-web-cors',
  };
}

export function redirected(location: string): Cause {
  return {
    code: 'redirected',
    title:
      'The request is redirected: each response on the way needs CORS headers, and after a redirect from another origin, Origin is null',
    remedy: `request "${location}" in the first place`,
    link: 'https://fetch.spec.whatwg.org/#concept-http-redirect-fetch',
  };
}
