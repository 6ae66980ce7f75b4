import type { Cause } from './cause.js';
import type { FrontKind } from './front.js';
import { CORS_CHECK, CREDENTIALS } from './links.js';

const ALLOW_ORIGIN = 'https://fetch.spec.whatwg.org/#http-access-control-allow-origin';

export function duplicatedHeaders(front: FrontKind): Cause {
  if (front === 'function-url') {
    return {
      code: 'duplicated-headers',
      title: "The function URL's own Cors and the function both set Access-Control-Allow-Origin",
      remedy: "remove Cors from the function URL's configuration and keep withCors, or the other way round",
      link: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors',
    };
  }
  return {
    code: 'duplicated-headers',
    title: 'Two parts of the system set Access-Control-Allow-Origin',
    remedy:
      'let only one of them set it: the gateway (or CDN, or function URL Cors), or withCors, which also removes what the handler set by hand, in headers or multiValueHeaders',
    link: CORS_CHECK,
  };
}

export function listOfOrigins(): Cause {
  return {
    code: 'list-of-origins',
    title: 'Access-Control-Allow-Origin is a list, but browsers accept one origin only',
    remedy: 'let withCors answer with the origin that asks: allowOrigins: ["https://…", "https://…"]',
    link: ALLOW_ORIGIN,
  };
}

/** The value means the page's origin, but differs from it in some byte. */
export function misspeltOrigin(origin: string): Cause {
  return {
    code: 'misspelt-origin',
    title: 'Access-Control-Allow-Origin is compared byte by byte: no slash at the end, no quotes, no pattern',
    remedy: `write ${origin}, with the same scheme and port and nothing after it; withCors has patterns, browsers do not`,
    link: ALLOW_ORIGIN,
  };
}

export function wildcardWithCredentials(origin: string): Cause {
  return {
    code: 'wildcard-with-credentials',
    title: 'Access-Control-Allow-Origin is *, which browsers refuse for requests with credentials',
    remedy: `name the origins: allowOrigins: ["${origin}"] with allowCredentials: true; or send no cookies and drop allowCredentials`,
    link: CREDENTIALS,
  };
}

export function authorizationByWildcard(): Cause {
  return {
    code: 'authorization-by-wildcard',
    title: 'Only * allows Authorization, and by the Standard * does not cover it',
    remedy: 'list it by name: Access-Control-Allow-Headers: *,Authorization, as allowHeaders: "*" of a policy does',
    link: 'https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name',
  };
}

export function reflectsAnyOrigin(): Cause {
  return {
    code: 'reflects-any-origin',
    title: 'Dangerous: any site can read what this API answers to requests with cookies of its visitors',
    remedy: 'name the origins: allowOrigins: ["https://…"]; on an HTTP API do not allow https://* with credentials',
    link: CREDENTIALS,
  };
}

export function noVary(): Cause {
  return {
    code: 'no-vary',
    title:
      'The response depends on the origin but does not say so: a cache will give one origin the response of another',
    remedy: 'send Vary: Origin on every response, as withCors does, and put Origin into the cache key of the CDN',
    link: 'https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches',
  };
}
