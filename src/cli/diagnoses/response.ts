import type { WireResponse } from '../../browser.js';
import { type Front, GATEWAY_NAMES } from '../front.js';
import { elementsOf, headerOf } from '../response.js';
import { type Diagnosis, isOk } from './seen.js';
import { evidenceOf, isMissingToken } from './symptoms.js';

const ALLOW_ORIGIN = 'access-control-allow-origin';

export const gatewayError: Diagnosis = ({ response, front }) => {
  if (response === undefined || response.status < 400 || isMissingToken(response)) return undefined;
  if (headerOf(response, ALLOW_ORIGIN) !== undefined) return undefined;
  return {
    code: 'error-without-cors',
    title: `An error, ${response.status}, has no CORS headers, so that the page sees a CORS error instead of it: ${causeOf(response.status)}`,
    evidence: evidenceOf(response),
    remedy: remedyOf(response.status, front),
  };
};

function causeOf(status: number): string {
  return (
    CAUSES[status] ??
    (status >= 500
      ? 'the function threw or returned what the gateway cannot read'
      : 'the gateway or the function refuses the request')
  );
}

const CAUSES: Readonly<Record<number, string>> = {
  401: 'an authorizer wants a token',
  403: 'an authorizer, an API key, IAM or a firewall refuses the request',
  404: 'there is no such path or stage',
  413: 'the request is larger than the gateway takes',
  429: 'the API or the function is throttled',
  503: 'the function took too long, or is not there',
  504: 'the function took longer than the gateway waits',
};

const WRAP = 'put withCors around the whole handler, so that what it throws has CORS headers too';

function remedyOf(status: number, { gateway }: Front): string {
  if (status === 413) return 'send less, or upload to S3 by a presigned URL: the headers of this error cannot be set';
  if (gateway === 'rest-api') {
    const type = status >= 500 ? 'DEFAULT_5XX' : 'DEFAULT_4XX';
    const set = `set Access-Control-Allow-Origin on the gateway response ${type}, and deploy the stage`;
    return status === 500 || status === 502 ? `${WRAP}; and ${set}` : set;
  }
  const look = status >= 500 ? '; look at the log of the function' : '';
  if (gateway === 'http-api') return `${WRAP}; for errors of the HTTP API itself set its CorsConfiguration${look}`;
  return `${WRAP}${look}`;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
export const httpApiConfiguration: Diagnosis = ({ preflight, response, front }) => {
  if (front.gateway !== 'http-api') return undefined;
  const found = [preflight, response].find(
    (each) => each !== undefined && isOk(each) && headerOf(each, ALLOW_ORIGIN) === undefined,
  );
  if (found === undefined) return undefined;
  return {
    code: 'http-api-cors-configuration',
    title: "HTTP API: its CorsConfiguration does not know this origin, and hides the function's own CORS headers",
    evidence: `${found.status} without Access-Control-Allow-Origin, apigw-requestid: ${headerOf(found, 'apigw-requestid') ?? ''}`,
    remedy:
      'leave CORS to one of them: remove CorsConfiguration and put withCors around the handler, or add the origin to its AllowOrigins; if there is none, withCors is what is missing',
  };
};

export const functionOmitsHeaders: Diagnosis = ({ response, front, request }) => {
  if (response === undefined || response.status >= 400 || front.gateway === 'http-api') return undefined;
  if (headerOf(response, ALLOW_ORIGIN) !== undefined) return undefined;
  const evidence = `${response.status} without Access-Control-Allow-Origin`;
  // With more than one possible answer withCors varies it by origin, also where it refuses one.
  if (elementsOf(response, 'vary').includes('origin')) {
    return {
      code: 'origin-refused',
      title: 'The function answers by origin, and does not allow this one',
      evidence: `${evidence}, Vary: ${headerOf(response, 'vary')}`,
      remedy: `add "${request.origin}" to allowOrigins of the policy, if it is to be allowed`,
    };
  }
  return {
    code: 'no-cors-headers',
    title: `The function answers without CORS headers, and ${GATEWAY_NAMES[front.gateway]} adds none to its responses`,
    evidence,
    remedy: 'put withCors around the handler: "Enable CORS" in the console is about preflights and errors only',
  };
};

/** These are renamed on every response of a web framework, and no page looks for them. */
const COMMON = /^x-amzn-remapped-(connection|content-length|date|server)$/;

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
export const remappedHeader: Diagnosis = ({ responses }) => {
  const found = responses.flatMap((response) => remappedIn(response))[0];
  if (found === undefined) return undefined;
  const original = found.replace(/^x-amzn-remapped-/, '');
  return {
    code: 'remapped-header',
    title: `The gateway has renamed the response header ${original}, so that script will not find it`,
    evidence: found,
    remedy: `send it by a name of your own, such as X-${original}, and list that in exposeHeaders`,
  };
};

function remappedIn(response: WireResponse): readonly string[] {
  const exposed = elementsOf(response, 'access-control-expose-headers');
  return response.headers
    .map(([name]) => name.toLowerCase())
    .filter((name) => name.startsWith('x-amzn-remapped-'))
    .filter((name) => !COMMON.test(name) || exposed.includes(name.replace('x-amzn-remapped-', '')));
}

export const cloudFront: Diagnosis = ({ front, verdict, responses }) => {
  if (!front.cloudFront) return undefined;
  const last = responses.at(-1);
  const hit = last !== undefined && /hit/i.test(headerOf(last, 'x-cache') ?? '');
  if (verdict.allowed && !hit) return undefined;
  const names = ['x-cache', 'via', 'x-amz-cf-id'].filter((name) => last && headerOf(last, name) !== undefined);
  return {
    code: 'cloudfront',
    title: hit
      ? 'CloudFront answered from its cache, perhaps with what another origin got'
      : 'CloudFront is in front, and may keep Origin or OPTIONS from the function',
    evidence: names.map((name) => `${name}: ${last && headerOf(last, name)}`).join(', '),
    remedy:
      'allow OPTIONS in the cache behaviour, put Origin into the cache policy, forward Origin and Access-Control-Request-* (origin request policy CORS-CustomOrigin), and see that no response headers policy overrides CORS; then invalidate',
  };
};

export const redirected: Diagnosis = ({ redirects: [first] }) => {
  if (first === undefined) return undefined;
  return {
    code: 'redirected',
    title:
      'The request is redirected; each response on the way needs CORS headers, and from another origin on Origin is null',
    evidence: `${first.url} answers ${first.status}, Location: ${first.location}`,
    remedy: `request "${first.location}" in the first place`,
  };
};
