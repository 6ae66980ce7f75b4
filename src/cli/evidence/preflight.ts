import * as causes from '../../diagnosis/preflight.js';
import { originRefused as originRefusedCause } from '../../diagnosis/response.js';
import { cachedResponse } from './cache.js';
import { finding } from './finding.js';
import { headerOf } from './headers.js';
import type { Detector } from './seen.js';
import {
  evidenceOf,
  isErrorOfFunction,
  isForbidden,
  isMissingToken,
  isOk,
  isPolicyRefusal,
  shorten,
  textOf,
} from './symptoms.js';

export const missingAuthenticationToken: Detector = ({ preflight, response, request }) => {
  const found = [preflight, response].find((each) => each !== undefined && isMissingToken(each));
  if (found === undefined) return undefined;
  const asked = found === preflight ? undefined : { url: request.url, method: request.method ?? 'GET' };
  return finding(causes.missingAuthenticationToken(asked), evidenceOf(found));
};

/** Only the first answer can show it: a stage that has answered a preflight exists. */
export const noSuchStage: Detector = ({ preflight, response, front, request }) => {
  const first = preflight ?? response;
  if (first === undefined || front.gateway !== 'rest-api' || !isForbidden(first)) return undefined;
  return finding(causes.noSuchStage(request.url), evidenceOf(first));
};

export const authorizerOnOptions: Detector = ({ preflight, front }) => {
  if (preflight === undefined || (preflight.status !== 401 && preflight.status !== 403)) return undefined;
  if (isMissingToken(preflight) || isPolicyRefusal(preflight)) return undefined;
  if (isErrorOfFunction(preflight, front.gateway)) return undefined;
  return finding(causes.authorizerOnOptions(front.gateway), evidenceOf(preflight));
};

export const originRefused: Detector = (seen) => {
  const { preflight, request } = seen;
  if (preflight === undefined || !isPolicyRefusal(preflight) || cachedResponse(seen) !== undefined) return undefined;
  return finding(originRefusedCause(request.origin), evidenceOf(preflight));
};

export const noOptionsRoute: Detector = ({ preflight, front }) => {
  if (preflight === undefined || (preflight.status !== 404 && preflight.status !== 405)) return undefined;
  return finding(causes.noOptionsRoute(front.gateway), evidenceOf(preflight));
};

export const preflightError: Detector = ({ preflight, front }) => {
  if (preflight === undefined || isOk(preflight) || preflight.status < 400) return undefined;
  if (preflight.status === 404 || preflight.status === 405 || isPolicyRefusal(preflight)) return undefined;
  const denied = preflight.status === 401 || preflight.status === 403;
  if (denied && !isErrorOfFunction(preflight, front.gateway)) return undefined;
  return finding(causes.preflightError(front.gateway, preflight.status), evidenceOf(preflight));
};

export const noMaxAge: Detector = ({ preflight, verdict }) => {
  if (preflight === undefined || !isOk(preflight) || !verdict.allowed) return undefined;
  if (headerOf(preflight, 'access-control-max-age') !== undefined) return undefined;
  return finding(causes.noMaxAge(), 'the preflight is answered without Access-Control-Max-Age');
};

export const preflightRedirected: Detector = ({ preflight, verdict }) => {
  if (preflight === undefined || verdict.allowed || verdict.reason !== 'PreflightDisallowedRedirect') return undefined;
  const location = shorten(headerOf(preflight, 'location') ?? textOf(preflight));
  return finding(causes.preflightRedirected(), `${preflight.status}, Location: ${location}`);
};
