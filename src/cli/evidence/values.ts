import { ENGINES, preflightCheck, type WireResponse } from '../../browser.js';
import * as causes from '../../diagnosis/values.js';
import { finding } from './finding.js';
import { elementsOf, headerOf, linesOf } from './headers.js';
import type { Detector, Seen } from './seen.js';

const ALLOW_ORIGIN = 'access-control-allow-origin';

export const duplicatedHeaders: Detector = ({ responses, front }) => {
  const found = responses.map((response) => linesOf(response, ALLOW_ORIGIN)).find(isDuplicated);
  if (found === undefined) return undefined;
  const evidence = found.map((value) => `Access-Control-Allow-Origin: ${value}`).join(' | ');
  return finding(causes.duplicatedHeaders(front.gateway), evidence);
};

function isDuplicated(lines: readonly string[]): boolean {
  return lines.length > 1 || ((lines[0]?.split(',').length ?? 0) > 1 && repeats(lines[0] as string));
}

/** One line with the same value twice was two lines before something joined them. */
function repeats(line: string): boolean {
  const values = line.split(',').map((value) => value.trim());
  return values.includes('*') || new Set(values).size < values.length;
}

export const listOfOrigins: Detector = ({ responses }) => {
  const found = responses
    .map((response) => linesOf(response, ALLOW_ORIGIN))
    .find(([line, ...more]) => line !== undefined && more.length === 0 && /[,\s]/.test(line) && !repeats(line));
  if (found === undefined) return undefined;
  return finding(causes.listOfOrigins(), `Access-Control-Allow-Origin: ${found[0]}`);
};

/** A value that means this origin but differs from it, byte by byte. */
export const misspeltOrigin: Detector = ({ responses, request: { origin } }) => {
  const values = responses
    .map((response) => headerOf(response, ALLOW_ORIGIN))
    .filter((value) => value !== undefined && value !== origin && value !== '*') as readonly string[];
  const found =
    values.find((value) => kernel(value) === kernel(origin)) ??
    values.find((value) => value.includes('*') && !/[,\s]/.test(value));
  if (found === undefined) return undefined;
  return finding(causes.misspeltOrigin(origin), `Access-Control-Allow-Origin: ${found}`);
};

/** What remains of an origin without the usual mistakes. */
function kernel(origin: string): string {
  return origin
    .toLowerCase()
    .replace(/^['"]|['"]$/g, '')
    .replace(/^https?:\/\//, '')
    .replace(/\/+$/, '')
    .replace(/:\d+$/, '');
}

export const wildcardWithCredentials: Detector = ({ responses, request }) => {
  const found = responses.find((response) => headerOf(response, ALLOW_ORIGIN) === '*');
  if (found === undefined) return undefined;
  const contradictory = headerOf(found, 'access-control-allow-credentials') === 'true';
  if (request.credentials !== 'include' && !contradictory) return undefined;
  return finding(
    causes.wildcardWithCredentials(request.origin),
    `Access-Control-Allow-Origin: *${contradictory ? ', Access-Control-Allow-Credentials: true' : ''}`,
  );
};

export const authorizationByWildcard: Detector = (seen) => {
  const { preflight } = seen;
  if (preflight === undefined || !seen.requestedHeaders.includes('authorization')) return undefined;
  const names = elementsOf(preflight, 'access-control-allow-headers');
  if (!names.includes('*') || 'reason' in check(seen, preflight, 'chromium')) return undefined;
  if (!('reason' in check(seen, preflight, 'standard'))) return undefined;
  return finding(
    causes.authorizationByWildcard(),
    `Access-Control-Allow-Headers: ${headerOf(preflight, 'access-control-allow-headers')}`,
  );
};

function check({ request, requestedHeaders }: Seen, response: WireResponse, engine: 'chromium' | 'standard') {
  const { origin, method = 'GET', credentials = 'same-origin' } = request;
  return preflightCheck({ origin, method, credentials, unsafeHeaders: requestedHeaders }, response, ENGINES[engine]);
}

export const reflectsAnyOrigin: Detector = ({ unlisted }) => {
  const { origin, response } = unlisted ?? {};
  if (response === undefined) return undefined;
  if (headerOf(response, ALLOW_ORIGIN) !== origin) return undefined;
  if (headerOf(response, 'access-control-allow-credentials') !== 'true') return undefined;
  return finding(
    causes.reflectsAnyOrigin(),
    `Origin: ${origin} is answered with Access-Control-Allow-Origin: ${origin}, Access-Control-Allow-Credentials: true`,
  );
};

/** Preflights are not looked at, since HTTP caches do not store them. */
export const noVary: Detector = ({ unlisted, response, request }) => {
  if (unlisted?.response === undefined || unlisted.kind !== 'request' || response === undefined) return undefined;
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
