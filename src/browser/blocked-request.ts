import { hasBadPort } from './bad-port.js';
import type { Engine } from './engine.js';
import { isMixedContent } from './mixed-content.js';
import type { Fault } from './types.js';
import { parseUrl } from './url.js';

/**
 * Why a browser does not ask a URL at all; `undefined` if it does.
 * https://fetch.spec.whatwg.org/#concept-main-fetch
 */
export function blockedRequest(url: string, origin: string, engine: Engine): Fault | undefined {
  const parsed = parseUrl(url);
  if (parsed === undefined) return undefined;
  if (isMixedContent(origin, parsed, engine)) return { reason: 'MixedContent', value: parsed.href };
  return hasBadPort(parsed, engine) ? { reason: 'ERR_UNSAFE_PORT', value: parsed.port } : undefined;
}
