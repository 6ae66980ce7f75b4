import type { WireResponse } from '../../browser.js';
import * as causes from '../../diagnosis/values.js';
import { finding } from './finding.js';
import { elementsOf, headerOf } from './headers.js';
import type { Detector } from './seen.js';

const ALLOW_ORIGIN = 'access-control-allow-origin';

export const reflectsAnyOrigin: Detector = ({ unlisted }) => {
  if (unlisted === undefined) return undefined;
  const { origin, response } = unlisted;
  if (headerOf(response, ALLOW_ORIGIN) !== origin) return undefined;
  if (headerOf(response, 'access-control-allow-credentials') !== 'true') return undefined;
  return finding(
    causes.reflectsAnyOrigin(),
    `Origin: ${origin} is answered with Access-Control-Allow-Origin: ${origin}, Access-Control-Allow-Credentials: true`,
  );
};

/** Preflights are not looked at, since HTTP caches do not store them. */
export const noVary: Detector = ({ unlisted, response, request }) => {
  if (unlisted === undefined || unlisted.kind !== 'request' || response === undefined) return undefined;
  const [one, other] = [headerOf(response, ALLOW_ORIGIN), headerOf(unlisted.response, ALLOW_ORIGIN)];
  if (one === other || (isKeptFromOthers(response) && isKeptFromOthers(unlisted.response))) return undefined;
  return finding(
    causes.noVary(),
    `Access-Control-Allow-Origin is ${one ?? 'absent'} for ${request.origin}, ${other ?? 'absent'} for ${unlisted.origin}, and Vary: Origin is not on both`,
  );
};

/** Whether caches give it to no other origin: `*` in Vary matches no request. https://www.rfc-editor.org/rfc/rfc9111#section-4.1 */
function isKeptFromOthers(response: WireResponse): boolean {
  const names = elementsOf(response, 'vary');
  return names.includes('origin') || names.includes('*');
}
