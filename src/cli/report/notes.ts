import { addressSpaceOf } from '../../browser/address-space.js';
import type { PageRequest } from '../../browser.js';
import { headerOf } from '../evidence/headers.js';
import type { UnlistedResponse } from '../evidence/seen.js';

/**
 * What a browser asks its user before it asks the API. Only the user knows the answer, and where the page's host is.
 * https://wicg.github.io/local-network-access/
 */
export function localNetworkNote({ origin, url }: PageRequest): string | undefined {
  if (!/^https?:/.test(origin)) return undefined;
  const page = new URL(origin);
  const { hostname } = new URL(url);
  const space = addressSpaceOf(hostname);
  if (space === undefined || addressSpaceOf(page.hostname) !== undefined) return undefined;
  const where = space === 'loopback' ? "the user's own computer" : "an address in the user's own network";
  const then =
    page.protocol === 'https:'
      ? 'Chrome and Firefox ask the user before they ask the API'
      : 'Firefox asks the user first, and Chrome refuses, because the page is not https';
  return `${hostname} is ${where}. If ${page.hostname} is on the internet, ${then} (local network access).`;
}

/** That there was a second request, which the API's log shows, and what came of it. */
export function unlistedNote({ origin, kind, response }: UnlistedResponse): string {
  const allowed = headerOf(response, 'access-control-allow-origin');
  const what = kind === 'preflight' ? 'the preflight' : 'the request';
  const answer = `${response.status}, ${allowed === undefined ? 'without Access-Control-Allow-Origin' : `Access-Control-Allow-Origin: ${allowed}`}`;
  return `To see what other origins get, probe sent ${what} once more, from ${origin}. The answer was ${answer}.`;
}
