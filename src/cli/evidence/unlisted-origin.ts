import type { Exchange, Transport, WireResponse } from '../../browser.js';
import { headerOf } from './headers.js';

/** An origin that no API can list: https://www.rfc-editor.org/rfc/rfc6761#section-6.4 */
export const UNLISTED = 'https://lambda-cors-probe.invalid';

export interface UnlistedResponse {
  readonly origin: string;
  readonly kind: 'preflight' | 'request';
  readonly response: WireResponse;
}

/**
 * Sends the last request once more, from an origin that nobody lists. A request that may change something is not
 * repeated; then its preflight is.
 */
export async function askFromUnlistedOrigin(
  exchanges: readonly Exchange[],
  transport: Transport,
): Promise<UnlistedResponse | undefined> {
  const last = exchanges
    .filter(
      ({ request, response, tainting }) =>
        response !== undefined && tainting === 'cors' && ['GET', 'HEAD', 'OPTIONS'].includes(request.method),
    )
    .at(-1);
  if (last === undefined) return undefined;
  const { request, kind } = last;
  const headers = request.headers.map(([name, value]) => [name, name === 'origin' ? UNLISTED : value] as const);
  try {
    return { origin: UNLISTED, kind, response: await transport({ ...request, headers }) };
  } catch {
    return undefined;
  }
}

/** That there was a second request, which the API's log shows, and what came of it. */
export function unlistedNote({ origin, kind, response }: UnlistedResponse): string {
  const allowed = headerOf(response, 'access-control-allow-origin');
  const what = kind === 'preflight' ? 'the preflight' : 'the request';
  const answer = `${response.status}, ${allowed === undefined ? 'without Access-Control-Allow-Origin' : `Access-Control-Allow-Origin: ${allowed}`}`;
  return `To see what other origins get, probe sent ${what} once more, from ${origin}. The answer was ${answer}.`;
}
