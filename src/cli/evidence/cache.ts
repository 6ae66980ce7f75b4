import { cacheEvidence, sendsVaryOrigin } from '../../browser/cached.js';
import * as causes from '../../diagnosis/cache.js';
import { finding } from './finding.js';
import { headerOf } from './headers.js';
import type { Detector, Seen } from './seen.js';

const ALLOW_ORIGIN = 'access-control-allow-origin';
const REFUSED_ORIGIN = /^(Preflight)?(MissingAllowOriginHeader|AllowOriginMismatch)$/;

export const cachedResponse: Detector = (seen) => {
  const evidence = refusedFromCache(seen) ?? sharedWithUnlisted(seen);
  return evidence === undefined ? undefined : finding(causes.cachedResponse(seen.request.origin), evidence);
};

/** A response without either header was made without a policy, wherever it was kept. */
function refusedFromCache({ verdict, responses, request }: Seen): string | undefined {
  const last = responses.at(-1);
  if (last === undefined || verdict.allowed || !REFUSED_ORIGIN.test(verdict.reason)) return undefined;
  if (!sendsVaryOrigin(last) && headerOf(last, ALLOW_ORIGIN) === undefined) return undefined;
  return cacheEvidence(last, request.origin);
}

/** An origin that nobody lists gets what was made for the page, although the response says that it varies. */
function sharedWithUnlisted({ unlisted, request }: Seen): string | undefined {
  const { origin = '', response } = unlisted ?? {};
  if (response === undefined || headerOf(response, ALLOW_ORIGIN) !== request.origin) return undefined;
  return sendsVaryOrigin(response)
    ? `Origin: ${origin} is answered with ${cacheEvidence(response, origin)}`
    : undefined;
}
