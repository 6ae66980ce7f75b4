import type { Cause } from './cause.js';
import { FRONT_NAMES, type FrontKind } from './front.js';
import { GATEWAY_RESPONSES, HTTP_API_CORS, PREFLIGHTS, REST_API_CORS } from './links.js';

/** A REST API has no such method. `asked` is what was asked for; without it, a preflight. */
export function missingAuthenticationToken(asked?: { readonly url: string; readonly method: string }): Cause {
  return {
    code: 'missing-authentication-token',
    title: 'The REST API has no such method at this path and stage; despite its wording, this is not about tokens',
    remedy:
      asked === undefined
        ? 'give the resource an OPTIONS (or ANY) method that goes to the function, without an authorizer, and deploy the stage again; a {proxy+} does not cover its parent'
        : `check stage and path of ${asked.url}, that the resource has the method ${asked.method}, and that the stage has been deployed since`,
    link: GATEWAY_RESPONSES,
  };
}

export function noSuchStage(url: string): Cause {
  return {
    code: 'no-such-stage',
    title: 'The REST API may have no such stage; it gives the same answer when an API key is missing',
    remedy: `check the first segment of the path of ${url}: it names the stage, such as /prod, or on a custom domain name the path of a mapping; if the stage exists, see below`,
    link: 'https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden',
  };
}

export function authorizerOnOptions(front: FrontKind): Cause {
  const [remedy, link] = AUTHORIZERS[front] ?? AUTHORIZER;
  return {
    code: 'authorizer-on-options',
    title: 'An authorizer, an API key, IAM or a firewall rejected the preflight, which never carries credentials',
    remedy,
    link,
  };
}

type Remedy = readonly [remedy: string, link: string];

const AUTHORIZER: Remedy = [
  'let OPTIONS through to the function without an authorizer or API key, and check the firewall (WAF) rules for it; if the function itself answers so, put withCors around it: it answers preflights before the handler is called',
  PREFLIGHTS,
];

const AUTHORIZERS: Readonly<Partial<Record<FrontKind, Remedy>>> = {
  'rest-api': [
    'set AuthorizationType NONE and ApiKeyRequired false on the OPTIONS method (SAM: AddDefaultAuthorizerToCorsPreflight: false, AddApiKeyRequiredToCorsPreflight: false), then deploy the stage; if neither is set, look at WAF',
    REST_API_CORS,
  ],
  'http-api': [
    'add a route OPTIONS /{proxy+} without an authorizer: ANY and $default send preflights to theirs',
    HTTP_API_CORS,
  ],
  'function-url': [
    'set AuthType NONE and check the token in the function, or put an API Gateway in front: AWS_IAM rejects preflights',
    'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  ],
};

export function noOptionsRoute(front: FrontKind): Cause {
  return {
    code: 'no-options-route',
    title: `Nothing answers OPTIONS at this path behind ${FRONT_NAMES[front]}`,
    remedy:
      front === 'http-api'
        ? 'route ANY, or OPTIONS /{proxy+}, to the function; or let the CorsConfiguration of the API answer preflights; check the path and the stage'
        : 'route OPTIONS (or ANY) to the function, and put withCors around the whole handler, outside its router',
    link: front === 'http-api' ? HTTP_API_CORS : front === 'rest-api' ? REST_API_CORS : PREFLIGHTS,
  };
}

export function preflightError(front: FrontKind, status: number): Cause {
  const isMock = front === 'rest-api' && status === 500;
  return {
    code: 'preflight-error',
    title: `The preflight ended in an error, ${status}`,
    remedy: isMock
      ? 'if OPTIONS is a mock integration, set contentHandling: CONVERT_TO_TEXT (binaryMediaTypes */* breaks it) and passthroughBehavior WHEN_NO_MATCH; or route OPTIONS to the function, with withCors around it'
      : 'look at the log of the function: OPTIONS reaches a handler that does not know it; withCors around the handler answers before the handler is called',
    link: isMock
      ? 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html'
      : PREFLIGHTS,
  };
}

export function preflightRedirected(): Cause {
  return {
    code: 'preflight-redirected',
    title: 'The preflight is redirected, and browsers do not follow redirects of preflights',
    remedy: 'request that URL in the first place: usually it has https instead of http, or a slash at the end',
    link: PREFLIGHTS,
  };
}

export function noMaxAge(): Cause {
  return {
    code: 'no-max-age',
    title: 'Browsers forget the answer to the preflight after 5 seconds, and ask again',
    remedy:
      'set maxAge in the policy (MaxAge of the gateway), such as 7200: each preflight is an invocation that you pay for',
    link: 'https://fetch.spec.whatwg.org/#http-access-control-max-age',
  };
}
