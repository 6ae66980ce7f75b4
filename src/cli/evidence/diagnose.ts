import { badPort, mixedContent } from './blocked.js';
import { cachedResponse } from './cache.js';
import type { Finding } from './finding.js';
import {
  authorizerOnOptions,
  missingAuthenticationToken,
  noMaxAge,
  noOptionsRoute,
  noSuchStage,
  originRefused,
  preflightError,
  preflightRedirected,
} from './preflight.js';
import {
  cloudFront,
  errorWithoutCors,
  httpApiConfiguration,
  noCorsHeaders,
  redirected,
  remappedHeader,
} from './response.js';
import type { Detector, Seen } from './seen.js';
import {
  authorizationByWildcard,
  duplicatedHeaders,
  listOfOrigins,
  misspeltOrigin,
  noVary,
  reflectsAnyOrigin,
  wildcardWithCredentials,
} from './values.js';

/** What keeps a page from its response comes first, what is only unwise last. */
const DETECTORS: readonly Detector[] = [
  mixedContent,
  badPort,
  reflectsAnyOrigin,
  cachedResponse,
  missingAuthenticationToken,
  noSuchStage,
  authorizerOnOptions,
  originRefused,
  noOptionsRoute,
  preflightError,
  preflightRedirected,
  duplicatedHeaders,
  listOfOrigins,
  misspeltOrigin,
  wildcardWithCredentials,
  errorWithoutCors,
  httpApiConfiguration,
  noCorsHeaders,
  cloudFront,
  redirected,
  noVary,
  authorizationByWildcard,
  remappedHeader,
  noMaxAge,
];

export function diagnose(seen: Seen): readonly Finding[] {
  return DETECTORS.map((detector) => detector(seen)).filter((finding) => finding !== undefined);
}
