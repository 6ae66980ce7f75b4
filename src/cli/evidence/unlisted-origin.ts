import type { Exchange, Transport } from '../../browser.js';
import type { UnlistedResponse } from './seen.js';

/** An origin that no API can list: https://www.rfc-editor.org/rfc/rfc6761#section-6.4 */
export const UNLISTED = 'https://lambda-cors-probe.invalid';

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
