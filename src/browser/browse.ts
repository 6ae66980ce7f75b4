import { compilePolicy } from '../core/compile.js';
import { checkKeys } from '../core/options.js';
import type { CompiledPolicy, CorsPolicy } from '../core/policy.js';
import { printable, show } from '../core/printable.js';
import { blockedRequest } from './blocked-request.js';
import { checkBody, checkedRequest, checkState, checkTransport } from './check-arguments.js';
import { corsCheck } from './cors-check.js';
import { ENGINES, type EngineName } from './engine.js';
import { ensurePreflight } from './ensure-preflight.js';
import { firstHop, type Hop } from './hop.js';
import { createPreflightCache, type PreflightCache } from './preflight-cache.js';
import { preflightReasonsOf } from './preflight-request.js';
import { followRedirect, isRedirect, redirectTarget } from './redirect.js';
import { requestFault } from './request-fault.js';
import type { CredentialsMode, Page, PageRequest, Transport, Verdict } from './types.js';
import { allow, refuse } from './verdict.js';
import { actualRequest, type Browser, type Failure, send, serializedOrigin } from './wire.js';

/** Whose browser makes the request, and with which cache and clock. */
export interface BrowseOptions {
  /** The engine whose behaviour to follow. Default `chromium`. */
  readonly engine?: EngineName;
  /** Answers to earlier preflights, from `createPreflightCache()`. Default an empty cache. */
  readonly cache?: PreflightCache;
  /** The cache's clock, in milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /**
   * The policy that the API is meant to have. With it `fix` does not ask for what the policy allows already: then
   * something else has answered, such as a cache. Default unknown.
   */
  readonly policy?: CorsPolicy | CompiledPolicy;
}

/**
 * Makes a request as a browser does for a page's `fetch()`: sends a preflight where one is needed, follows redirects,
 * and judges every response by CORS.
 *
 * Use it in tests of your API. `page.problem` is `undefined` if the page may read the response. Otherwise it has the
 * sentence that the browser's console would print, and what to change.
 *
 * @param request What the page asks for.
 * @param transport Carries requests to the API: `inProcess(handler)`, or `httpTransport()` for real HTTP.
 * @param options Whose browser makes the request, and with which cache and clock.
 * @throws {TypeError} For a request that no page can make, such as one with the method TRACE, as `fetch()` does; for a body
 *   that is neither text nor bytes; for an unknown engine; for a transport that is not one, such as a handler without
 *   `inProcess`. It never throws because of what a response says, and an error of the transport becomes a verdict.
 * @example
 * const handler = withCors(async () => ({ statusCode: 204 }), { allowMethods: ['GET'] })
 * const page = await browse(
 *   { origin: 'https://app.example.com', url: 'https://api.example.com/notes/1', method: 'DELETE' },
 *   inProcess(handler),
 * )
 * page.problem
 * // Access to fetch at 'https://api.example.com/notes/1' from origin 'https://app.example.com' has been blocked by
 * // CORS policy: Method DELETE is not allowed by Access-Control-Allow-Methods in preflight response.
 * // To fix it: add "DELETE" to allowMethods
 */
export async function browse(request: PageRequest, transport: Transport, options: BrowseOptions = {}): Promise<Page> {
  const page = checkedRequest(request);
  const fault = requestFault(page);
  if (fault !== undefined) throw new TypeError(`fetch() throws: ${fault}`);
  const browser = start(page, transport, options);
  const verdict = await run(browser, firstHop(page, browser.engine));
  const problem = verdict.allowed ? undefined : `${verdict.message}\nTo fix it: ${verdict.fix}`;
  return { verdict, problem, exchanges: browser.exchanges };
}

function start(page: PageRequest, transport: Transport, options: BrowseOptions): Browser {
  checkKeys(
    'browse',
    options,
    ['engine', 'cache', 'now', 'policy'],
    'browse(request, transport, { engine: "firefox" })',
  );
  const { engine = 'chromium', cache = createPreflightCache(), now = Date.now, policy } = options;
  if (!Object.hasOwn(ENGINES, engine)) {
    throw new TypeError(
      `browse does not know the engine ${printable(show(engine))}, only ${Object.keys(ENGINES).join(', ')}`,
    );
  }
  checkState(cache, now);
  checkTransport(transport);
  checkBody(page.body);
  return {
    page: { credentials: 'same-origin', ...page },
    transport,
    engine: ENGINES[engine],
    cache: ENGINES[engine].forgetsNull && page.origin === 'null' ? createPreflightCache() : cache,
    cacheOfRequest: createPreflightCache(),
    now,
    policy: policy === undefined ? undefined : compilePolicy(policy as CorsPolicy),
    exchanges: [],
  };
}

/** https://fetch.spec.whatwg.org/#concept-main-fetch, with `redirect: "follow"`. */
async function run(browser: Browser, first: Hop): Promise<Verdict> {
  const { page, engine } = browser;
  let hop = first;
  // What the last redirect is refused for, although the next preflight is still sent.
  let late: { readonly hop: Hop; readonly fault: Failure } | undefined;
  for (let redirects = 0; ; redirects++) {
    const reasons = hop.cors ? preflightReasonsOf(hop, engine) : [];
    const asksFirst = engine.preflightsMixedContent && hop !== first && reasons.length > 0;
    const blocked = blockedRequest(hop.url, page.origin, engine, asksFirst);
    if (blocked !== undefined && !(asksFirst && blocked.reason === 'MixedContent')) {
      return refuse(browser, first, hop, blocked);
    }
    const preflight = reasons.length === 0 ? 'none' : await ensurePreflight(browser, hop, reasons);
    if (typeof preflight === 'object') return refuse(browser, first, hop, preflight);
    if (blocked !== undefined) return refuse(browser, first, hop, blocked);
    if (late !== undefined) return refuse(browser, first, late.hop, late.fault);

    const response = await send(browser, hop, 'request', actualRequest(browser, hop), reasons, preflight === 'cached');
    if ('reason' in response) return refuse(browser, first, hop, response);
    const target = isRedirect(response) ? redirectTarget(response, hop.url, engine, page.origin) : undefined;
    const lost = target !== undefined && 'reason' in target ? target : undefined;
    if (lost !== undefined && (engine.resolvesRedirectsFirst || lost.reason !== 'ERR_INVALID_REDIRECT')) {
      return refuse(browser, first, hop, lost, target);
    }
    const origin = serializedOrigin(browser, hop);
    const fault = hop.cors ? corsCheck(origin, page.credentials, response.headers) : undefined;
    if (fault !== undefined) return refuse(browser, first, hop, fault, target);
    if (lost !== undefined) return refuse(browser, first, hop, lost, target);
    if (target === undefined || 'reason' in target) return allow(browser, first, hop, response);

    if (redirects === MAX_REDIRECTS) return refuse(browser, first, hop, { reason: 'ERR_TOO_MANY_REDIRECTS' }, target);
    const next = followRedirect(hop, page.origin, response.status, target, engine);
    if ('reason' in next) {
      const elsewhere = next.reason === 'CorsDisabledScheme' && engine.name === 'chromium';
      return refuse(browser, first, elsewhere ? { ...hop, url: target.href } : hop, next, target);
    }
    const unshared = hop.cors ? corsCheck(origin, credentialsOfRedirect(browser, first), response.headers) : undefined;
    late = unshared && { hop, fault: { ...unshared, exchange: browser.exchanges.at(-1), target } };
    hop = { ...next, asked: hop.asked || reasons.length > 0 };
  }
}

function credentialsOfRedirect({ page, engine }: Browser, first: Hop): CredentialsMode {
  const stillSent = engine.checksRedirectsWithCredentials && !first.cors && page.credentials === 'same-origin';
  return stillSent ? 'include' : page.credentials;
}

/** https://fetch.spec.whatwg.org/#concept-http-redirect-fetch */
const MAX_REDIRECTS = 20;
