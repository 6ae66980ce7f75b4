import type { Engine } from './engine.js';
import { isMixedContent } from './mixed-content.js';
import type { Fault } from './types.js';
import { type ParsedUrl, parseUrl } from './url.js';

/**
 * Why a browser does not ask a URL at all; `undefined` if it does.
 * https://fetch.spec.whatwg.org/#concept-main-fetch
 *
 * @param preflightFirst Whether a preflight is sent before mixed content is looked at; it goes to no bad port and no refused
 *   host either.
 */
export function blockedRequest(url: string, origin: string, engine: Engine, preflightFirst = false): Fault | undefined {
  const parsed = parseUrl(url);
  if (parsed === undefined) return undefined;
  const mixed: Fault[] = isMixedContent(origin, parsed, engine) ? [{ reason: 'MixedContent', value: parsed.href }] : [];
  const port: Fault[] = hasBadPort(parsed, engine) ? [{ reason: 'ERR_UNSAFE_PORT', value: parsed.port }] : [];
  const host: Fault[] = engine.refusedHosts.has(parsed.hostname)
    ? [{ reason: 'ERR_ADDRESS_INVALID', value: parsed.hostname }]
    : [];
  const place = engine.looksAtHostFirst ? [...host, ...port] : [...port, ...host];
  return (preflightFirst ? [...place, ...mixed] : [...mixed, ...place])[0];
}

/** Whether browsers refuse to connect to a URL's port: https://fetch.spec.whatwg.org/#port-blocking */
function hasBadPort({ port }: ParsedUrl, engine: Engine): boolean {
  return port !== '' && BAD_PORTS.has(Number(port)) && !engine.allowedBadPorts.has(Number(port));
}

/** https://fetch.spec.whatwg.org/#bad-port */
export const BAD_PORTS: ReadonlySet<number> = new Set([
  ...[0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109],
  ...[110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530],
  ...[531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190],
  ...[5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080],
]);
