import { addressSpaceOf } from './address-space.js';
import type { Engine } from './engine.js';
import { type ParsedUrl, parseUrl } from './url.js';

/**
 * Whether a page of that origin may not ask a URL because the page is secure and the URL is not. The origin `null` does
 * not tell whether its page is secure, so it is not judged.
 * https://w3c.github.io/webappsec-mixed-content/#should-block-fetch
 */
export function isMixedContent(origin: string, url: ParsedUrl, engine: Engine): boolean {
  if (url.protocol !== 'http:' || !prohibitsMixedContent(origin, engine)) return false;
  const space = addressSpaceOf(url.hostname);
  if (space === 'loopback') return engine.blocksLoopback;
  return !(space === 'local' && engine.asksForLocalNetwork);
}

/** https://w3c.github.io/webappsec-mixed-content/#categorize-settings-object */
function prohibitsMixedContent(origin: string, engine: Engine): boolean {
  const page = parseUrl(origin);
  if (page === undefined) return false;
  if (page.protocol === 'https:') return true;
  return (
    engine.loopbackProhibitsMixedContent && page.protocol === 'http:' && addressSpaceOf(page.hostname) === 'loopback'
  );
}
