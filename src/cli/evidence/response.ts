import type { WireResponse } from '../../browser.js';
import * as causes from '../../diagnosis/response.js';
import { cachedResponse } from './cache.js';
import { finding } from './finding.js';
import { elementsOf, headerOf } from './headers.js';
import type { Detector } from './seen.js';
import { evidenceOf, isErrorOfFunction, isMissingToken, isOk } from './symptoms.js';

const ALLOW_ORIGIN = 'access-control-allow-origin';

export const errorWithoutCors: Detector = ({ response, front }) => {
  if (response === undefined || response.status < 400 || isMissingToken(response)) return undefined;
  if (headerOf(response, ALLOW_ORIGIN) !== undefined) return undefined;
  const byFunction = isErrorOfFunction(response, front.gateway);
  return finding(causes.errorWithoutCors(front.gateway, response.status, byFunction), evidenceOf(response));
};

export const httpApiConfiguration: Detector = ({ preflight, response, front }) => {
  if (front.gateway !== 'http-api') return undefined;
  const found = [preflight, response].find(
    (each) => each !== undefined && isOk(each) && headerOf(each, ALLOW_ORIGIN) === undefined,
  );
  if (found === undefined) return undefined;
  const id = headerOf(found, 'apigw-requestid') ?? '';
  return finding(
    causes.httpApiConfiguration(),
    `${found.status} without Access-Control-Allow-Origin, apigw-requestid: ${id}`,
  );
};

export const noCorsHeaders: Detector = (seen) => {
  const { response, front, request } = seen;
  if (response === undefined || response.status >= 400 || front.gateway === 'http-api') return undefined;
  if (headerOf(response, ALLOW_ORIGIN) !== undefined) return undefined;
  const evidence = `${response.status} without Access-Control-Allow-Origin`;
  // A policy with several possible answers sends Vary: Origin, even to an origin that it refuses.
  if (elementsOf(response, 'vary').includes('origin')) {
    if (cachedResponse(seen) !== undefined) return undefined;
    return finding(causes.originRefused(request.origin), `${evidence}, Vary: ${headerOf(response, 'vary')}`);
  }
  return finding(causes.noCorsHeaders(front.gateway), evidence);
};

/** The gateway renames these on every response of a web framework, and no page reads them. */
const COMMON = /^x-amzn-remapped-(connection|content-length|date|server)$/;

export const remappedHeader: Detector = ({ responses }) => {
  const found = responses.flatMap((response) => remappedIn(response))[0];
  if (found === undefined) return undefined;
  return finding(causes.remappedHeader(found.replace(/^x-amzn-remapped-/, '')), found);
};

function remappedIn(response: WireResponse): readonly string[] {
  const exposed = elementsOf(response, 'access-control-expose-headers');
  return response.headers
    .map(([name]) => name.toLowerCase())
    .filter((name) => name.startsWith('x-amzn-remapped-'))
    .filter((name) => !COMMON.test(name) || exposed.includes(name.replace('x-amzn-remapped-', '')));
}

export const cloudFront: Detector = (seen) => {
  const { front, verdict, responses } = seen;
  const last = responses.at(-1);
  if (!front.cloudFront || last === undefined || verdict.allowed || cachedResponse(seen) !== undefined)
    return undefined;
  const names = ['x-cache', 'via', 'x-amz-cf-id'].filter((name) => headerOf(last, name) !== undefined);
  return finding(causes.cloudFront(), names.map((name) => `${name}: ${headerOf(last, name)}`).join(', '));
};

export const redirected: Detector = ({ redirects: [first], verdict }) => {
  // Where no browser asks the target, to ask it in the first place would not help.
  const blocked = !verdict.allowed && (verdict.reason === 'MixedContent' || verdict.reason === 'ERR_UNSAFE_PORT');
  if (first === undefined || blocked) return undefined;
  return finding(
    causes.redirected(first.location),
    `${first.url} answers ${first.status}, Location: ${first.location}`,
  );
};
