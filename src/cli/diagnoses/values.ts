import { ENGINES, preflightCheck, type WireResponse } from '../../browser.js';
import { elementsOf, headerOf, linesOf } from '../response.js';
import type { Diagnosis, Seen } from './seen.js';

const ALLOW_ORIGIN = 'access-control-allow-origin';

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors */
export const duplicatedHeaders: Diagnosis = ({ responses, front }) => {
  const found = responses.map((response) => linesOf(response, ALLOW_ORIGIN)).find(isDuplicated);
  if (found === undefined) return undefined;
  const ownCors = front.gateway === 'function-url';
  return {
    code: 'duplicated-headers',
    title: ownCors
      ? "The function URL's own Cors and the function both set Access-Control-Allow-Origin"
      : 'Two parts of the system set Access-Control-Allow-Origin',
    evidence: found.map((value) => `Access-Control-Allow-Origin: ${value}`).join(' | '),
    remedy: ownCors
      ? "remove Cors from the function URL's configuration and keep withCors; or the other way round"
      : 'leave it to one: the gateway (or CDN, or function URL Cors), or withCors, which also removes what the handler set by hand, in headers or multiValueHeaders',
  };
};

function isDuplicated(lines: readonly string[]): boolean {
  return lines.length > 1 || ((lines[0]?.split(',').length ?? 0) > 1 && allSame(lines[0] as string));
}

/** One line with the same value twice was two lines before something joined them. */
function allSame(line: string): boolean {
  const values = line.split(',').map((value) => value.trim());
  return values.includes('*') || new Set(values).size < values.length;
}

export const listOfOrigins: Diagnosis = ({ responses }) => {
  const found = responses
    .map((response) => linesOf(response, ALLOW_ORIGIN))
    .find(([line, ...more]) => line !== undefined && more.length === 0 && /[,\s]/.test(line) && !allSame(line));
  if (found === undefined) return undefined;
  return {
    code: 'list-of-origins',
    title: 'Access-Control-Allow-Origin is a list, but takes one origin only',
    evidence: `Access-Control-Allow-Origin: ${found[0]}`,
    remedy: 'let withCors answer with the one that asks: allowOrigins: ["https://…", "https://…"]',
  };
};

/** A value that is meant to be this origin but is not, byte by byte. */
export const nearlyTheOrigin: Diagnosis = ({ responses, request }) => {
  const { origin } = request;
  const found = responses
    .map((response) => headerOf(response, ALLOW_ORIGIN))
    .find((value) => value !== undefined && value !== origin && value !== '*' && kernel(value) === kernel(origin));
  const pattern = responses
    .map((response) => headerOf(response, ALLOW_ORIGIN))
    .find((value) => value !== undefined && (/\*./.test(value) || /.\*/.test(value)) && !/[,\s]/.test(value));
  const value = found ?? pattern;
  if (value === undefined) return undefined;
  return {
    code: 'misspelt-origin',
    title: 'Access-Control-Allow-Origin is compared byte by byte: no slash at the end, no quotes, no pattern',
    evidence: `Access-Control-Allow-Origin: ${value}`,
    remedy: `write ${origin}, with the same scheme and port and nothing after it; withCors has patterns, browsers have none`,
  };
};

/** What is left of an origin without the usual mistakes. */
function kernel(origin: string): string {
  return origin
    .toLowerCase()
    .replace(/^['"]|['"]$/g, '')
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')
    .replace(/:\d+$/, '');
}

export const wildcardWithCredentials: Diagnosis = ({ responses, request }) => {
  const found = responses.find((response) => headerOf(response, ALLOW_ORIGIN) === '*');
  if (found === undefined) return undefined;
  const contradictory = headerOf(found, 'access-control-allow-credentials') === 'true';
  if (request.credentials !== 'include' && !contradictory) return undefined;
  return {
    code: 'wildcard-with-credentials',
    title: 'Access-Control-Allow-Origin is *, which browsers refuse for requests with credentials',
    evidence: `Access-Control-Allow-Origin: *${contradictory ? ', Access-Control-Allow-Credentials: true' : ''}`,
    remedy: `name the origins: allowOrigins: ["${request.origin}"] with allowCredentials: true; or send no cookies and drop allowCredentials`,
  };
};

/** https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name */
export const authorizationByWildcard: Diagnosis = (seen) => {
  const { preflight } = seen;
  if (preflight === undefined || !seen.requestedHeaders.includes('authorization')) return undefined;
  const names = elementsOf(preflight, 'access-control-allow-headers');
  if (!names.includes('*') || 'reason' in check(seen, preflight, 'chromium')) return undefined;
  if (!('reason' in check(seen, preflight, 'standard'))) return undefined;
  return {
    code: 'authorization-by-wildcard',
    title: 'Authorization is allowed by * only, which by the Standard does not cover it',
    evidence: `Access-Control-Allow-Headers: ${headerOf(preflight, 'access-control-allow-headers')}`,
    remedy: 'list it by name: Access-Control-Allow-Headers: *,Authorization, as allowHeaders: "*" of a policy does',
  };
};

function check({ request, requestedHeaders }: Seen, response: WireResponse, engine: 'chromium' | 'standard') {
  const { origin, method = 'GET', credentials = 'same-origin' } = request;
  return preflightCheck({ origin, method, credentials, unsafeHeaders: requestedHeaders }, response, ENGINES[engine]);
}
