import type { Exchange, Transport } from '../browser.js';
import type { Stranger } from './diagnoses/seen.js';

/** An origin that no API can have listed: https://www.rfc-editor.org/rfc/rfc6761#section-6.4 */
const STRANGER = 'https://lambda-cors-probe.invalid';

/**
 * Asks once more, from an origin that nobody lists. A request that may change something is not repeated: then only
 * its preflight is.
 */
export async function askAsStranger(
  exchanges: readonly Exchange[],
  transport: Transport,
): Promise<Stranger | undefined> {
  const last = exchanges
    .filter(
      ({ request, response, tainting }) =>
        response !== undefined && tainting === 'cors' && ['GET', 'HEAD', 'OPTIONS'].includes(request.method),
    )
    .at(-1);
  if (last === undefined) return undefined;
  const { request, kind } = last;
  const headers = request.headers.map(([name, value]) => [name, name === 'origin' ? STRANGER : value] as const);
  try {
    return { origin: STRANGER, kind, response: await transport({ ...request, headers }) };
  } catch {
    return undefined;
  }
}
