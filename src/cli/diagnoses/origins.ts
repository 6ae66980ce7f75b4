import type { WireResponse } from '../../browser.js';
import { elementsOf, headerOf } from '../response.js';
import type { Diagnosis } from './seen.js';

const ALLOW_ORIGIN = 'access-control-allow-origin';

export const reflectsAnyOrigin: Diagnosis = ({ stranger }) => {
  if (stranger === undefined) return undefined;
  const { origin, response } = stranger;
  if (headerOf(response, ALLOW_ORIGIN) !== origin) return undefined;
  if (headerOf(response, 'access-control-allow-credentials') !== 'true') return undefined;
  return {
    code: 'reflects-any-origin',
    title: "Dangerous: any site may read what this API answers to its visitors' cookies",
    evidence: `Origin: ${origin} is answered with Access-Control-Allow-Origin: ${origin}, Access-Control-Allow-Credentials: true`,
    remedy: 'name the origins: allowOrigins: ["https://…"]; on an HTTP API do not allow https://* with credentials',
  };
};

/** https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches; preflights are not kept in HTTP caches. */
export const noVary: Diagnosis = ({ stranger, response, request }) => {
  if (stranger === undefined || stranger.kind !== 'request' || response === undefined) return undefined;
  const [one, other] = [headerOf(response, ALLOW_ORIGIN), headerOf(stranger.response, ALLOW_ORIGIN)];
  if (one === other || (variesByOrigin(response) && variesByOrigin(stranger.response))) return undefined;
  return {
    code: 'no-vary',
    title: 'The answer depends on the origin, but does not say so: a cache will hand one origin the answer of another',
    evidence: `Access-Control-Allow-Origin is ${one ?? 'absent'} for ${request.origin}, ${other ?? 'absent'} for ${stranger.origin}, and Vary: Origin is not on both`,
    remedy: 'send Vary: Origin on every response, as withCors does, and put Origin into the cache key of the CDN',
  };
};

function variesByOrigin(response: WireResponse): boolean {
  const names = elementsOf(response, 'vary');
  return names.includes('origin') || names.includes('*');
}
