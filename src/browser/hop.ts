import type { Engine } from './engine.js';
import { separateLines } from './firefox-lines.js';
import { isForbiddenRequestHeader } from './forbidden-headers.js';
import { getHeader, sortAndCombine } from './header-lines.js';
import { normalizeMethod } from './methods.js';
import { headerLines } from './request-fault.js';
import type { Body, HeaderLine, HeaderLines, PageRequest } from './types.js';
import { isSameOrigin, parseUrl } from './url.js';

/** A request at one of the URLs on its way. */
export interface Hop {
  readonly url: string;
  /** The URL that redirects here; `undefined` at first. */
  readonly from: string | undefined;
  readonly method: string;
  readonly headers: HeaderLines;
  /** The headers that a preflight asks for, if they need one. */
  readonly asksFor: HeaderLines;
  /** The request that the page has made. */
  readonly original: {
    readonly method: string;
    readonly headers: HeaderLines;
  };
  /** The original headers without those that stay behind for good. */
  readonly kept: HeaderLines;
  readonly body: Body | undefined;
  /** Whether it has needed a preflight. */
  readonly asked: boolean;
  /** Whether it has been to another origin, so that CORS judges every response from now on. */
  readonly cors: boolean;
  /** Whether the Origin header is `null`: https://fetch.spec.whatwg.org/#concept-request-tainted-origin */
  readonly tainted: boolean;
}

/** The request that `fetch()` makes of its arguments: https://fetch.spec.whatwg.org/#dom-request */
export function firstHop(page: PageRequest, engine: Engine): Hop {
  const { origin, url, method = 'GET', body } = page;
  const lines: HeaderLine[] = headerLines(page).filter(
    ([name, value]) => !isForbiddenRequestHeader(name, value) && !engine.droppedRequestHeaders.has(name.toLowerCase()),
  );
  if (typeof body === 'string' && getHeader(lines, 'content-type') === undefined) {
    lines.push(['content-type', 'text/plain;charset=UTF-8']);
  }
  const { href = url } = parseUrl(url) ?? {};
  const headers = engine.judgesLines ? separateLines(lines) : sortAndCombine(lines);
  return {
    url: engine.dropsEmptyFragment ? href.replace(/#$/, '') : href,
    from: undefined,
    method: normalizeMethod(method),
    headers,
    asksFor: headers,
    original: { method: normalizeMethod(method), headers },
    kept: headers,
    body,
    asked: false,
    cors: !isSameOrigin(origin, href),
    tainted: false,
  };
}
