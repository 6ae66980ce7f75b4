import { isForbiddenMethod } from './methods.js';
import { isToken, listTokens } from './tokens.js';

/** More than any browser asks for: request headers of a page are the page's own, and few. */
const MAX_NAMES = 128;
const MAX_CHARACTERS = 4096;

/** Access-Control-Request-Method as it may be sent back: a token, or browsers could not read the list. */
export function echoMethod(requested: string): string | undefined {
  return isToken(requested) && !isForbiddenMethod(requested) ? requested : undefined;
}

/**
 * Access-Control-Request-Headers as it may be sent back. What is larger than a browser would send is not echoed at
 * all: a list that is cut off would allow some headers and refuse others for no reason that anybody could see.
 */
export function echoHeaderNames(requested: string): string | undefined {
  if (requested.length > MAX_CHARACTERS || requested.split(',').length > MAX_NAMES) return undefined;
  return listTokens(requested).join(',') || undefined;
}
