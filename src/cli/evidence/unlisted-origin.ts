import type { Exchange, Transport, WireResponse } from '../../browser.js';
import { headerOf } from './headers.js';

/** An origin that no API can list: https://www.rfc-editor.org/rfc/rfc6761#section-6.4 */
export const UNLISTED = 'https://lambda-cors-probe.invalid';

export interface UnlistedRequest {
  readonly origin: string;
  readonly kind: 'preflight' | 'request';
  /** Missing where none came. */
  readonly response: WireResponse | undefined;
}

/**
 * Sends the last request once more, from an origin that nobody lists. A request that may change something is not
 * repeated; then its preflight is.
 */
export async function askFromUnlistedOrigin(
  exchanges: readonly Exchange[],
  transport: Transport,
): Promise<UnlistedRequest | undefined> {
  const last = exchanges
    .filter(
      ({ request, response, tainting }) =>
        response !== undefined && tainting === 'cors' && ['GET', 'HEAD', 'OPTIONS'].includes(request.method),
    )
    .at(-1);
  if (last === undefined) return undefined;
  const { request, kind } = last;
  const headers = request.headers.map(([name, value]) => [name, name === 'origin' ? UNLISTED : value] as const);
  const response = await transport({ ...request, headers }).catch(() => undefined);
  return { origin: UNLISTED, kind, response };
}

/** That there was a second request, which the API's log shows, and what came of it. */
export function unlistedNote({ origin, kind, response }: UnlistedRequest): string {
  const what = kind === 'preflight' ? 'the preflight' : 'the request';
  return `To see what other origins get, probe sent ${what} once more, from ${origin}. ${answerOf(response)}`;
}

function answerOf(response: WireResponse | undefined): string {
  if (response === undefined) return 'No answer came.';
  const allowed = headerOf(response, 'access-control-allow-origin');
  return `The answer was ${response.status}, ${allowed === undefined ? 'without Access-Control-Allow-Origin' : `Access-Control-Allow-Origin: ${allowed}`}.`;
}
