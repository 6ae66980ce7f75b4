import { noVary, reflectsAnyOrigin } from './diagnoses/origins.js';
import {
  authorizerOnOptions,
  missingAuthenticationToken,
  noMaxAge,
  noOptionsRoute,
  noSuchStage,
  originRefused,
  preflightError,
  preflightRedirected,
} from './diagnoses/preflight.js';
import {
  cloudFront,
  functionOmitsHeaders,
  gatewayError,
  httpApiConfiguration,
  redirected,
  remappedHeader,
} from './diagnoses/response.js';
import type { Diagnosis, Seen } from './diagnoses/seen.js';
import {
  authorizationByWildcard,
  duplicatedHeaders,
  listOfOrigins,
  nearlyTheOrigin,
  wildcardWithCredentials,
} from './diagnoses/values.js';
import type { Finding } from './finding.js';

/** What keeps a page from its response comes first, what is merely unwise last. */
const DIAGNOSES: readonly Diagnosis[] = [
  reflectsAnyOrigin,
  missingAuthenticationToken,
  noSuchStage,
  authorizerOnOptions,
  originRefused,
  noOptionsRoute,
  preflightError,
  preflightRedirected,
  duplicatedHeaders,
  listOfOrigins,
  nearlyTheOrigin,
  wildcardWithCredentials,
  gatewayError,
  httpApiConfiguration,
  functionOmitsHeaders,
  cloudFront,
  redirected,
  noVary,
  authorizationByWildcard,
  remappedHeader,
  noMaxAge,
];

export function diagnose(seen: Seen): readonly Finding[] {
  return DIAGNOSES.map((diagnosis) => diagnosis(seen)).filter((finding) => finding !== undefined);
}
