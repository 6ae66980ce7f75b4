import { hasBadPort } from './bad-port.js';
import type { Engine } from './engine.js';
import { isMixedContent } from './mixed-content.js';
import type { Fault } from './types.js';
import { parseUrl } from './url.js';

/**
 * Why a browser does not ask a URL at all; `undefined` if it does.
 * https://fetch.spec.whatwg.org/#concept-main-fetch
 *
 * @param preflightFirst Whether a preflight is sent before mixed content is looked at; it goes to no bad port either.
 */
export function blockedRequest(url: string, origin: string, engine: Engine, preflightFirst = false): Fault | undefined {
  const parsed = parseUrl(url);
  if (parsed === undefined) return undefined;
  const mixed: Fault[] = isMixedContent(origin, parsed, engine) ? [{ reason: 'MixedContent', value: parsed.href }] : [];
  const port: Fault[] = hasBadPort(parsed, engine) ? [{ reason: 'ERR_UNSAFE_PORT', value: parsed.port }] : [];
  return (preflightFirst ? [...port, ...mixed] : [...mixed, ...port])[0];
}
