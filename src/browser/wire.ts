import type { CompiledPolicy } from '../core/policy.js';
import { checkAnswer, programmingError } from './check-arguments.js';
import type { Engine } from './engine.js';
import { sentLines, withoutEmptyLines } from './firefox-lines.js';
import { getHeader, sortAndCombine } from './header-lines.js';
import type { Hop } from './hop.js';
import type { PreflightCache } from './preflight-cache.js';
import { responseFault } from './response-fault.js';
import type {
  Exchange,
  Fault,
  HeaderLine,
  PageRequest,
  PreflightReason,
  Transport,
  WireRequest,
  WireResponse,
} from './types.js';
import { type ParsedUrl, parseUrl, withoutFragment } from './url.js';

/** Everything that stays the same while a request is made. */
export interface Browser {
  readonly page: Required<Pick<PageRequest, 'origin' | 'credentials'>> & PageRequest;
  readonly transport: Transport;
  readonly engine: Engine;
  readonly cache: PreflightCache;
  /** Forgotten when the request is over. */
  readonly cacheOfRequest: PreflightCache;
  readonly now: () => number;
  readonly policy: CompiledPolicy | undefined;
  readonly exchanges: Exchange[];
}

/** The request itself, as it goes over the wire. */
export function actualRequest(browser: Browser, hop: Hop): WireRequest {
  const { page, engine } = browser;
  const { url, from, method, headers, body, cors } = hop;
  const sent = engine.judgesLines ? sentLines(headers, body !== undefined, from !== undefined) : headers;
  const lines: HeaderLine[] = [...sent];
  if (getHeader(headers, 'accept') === undefined) lines.push(['accept', '*/*']);
  // https://fetch.spec.whatwg.org/#append-a-request-origin-header
  const changes = (engine.keepsOriginHeader ? [method, hop.original.method] : [method]).some(hasOrigin);
  if (cors || changes) lines.push(['origin', serializedOrigin(browser, hop)]);
  lines.push(['sec-fetch-mode', 'cors']);
  const sameHost = parseUrl(url)?.hostname === parseUrl(page.url)?.hostname;
  const withCredentials = page.credentials === 'include' || (page.credentials === 'same-origin' && !cors);
  if (page.cookie !== undefined && sameHost && withCredentials) lines.push(['cookie', page.cookie]);
  return { method, url: withoutFragment(url), headers: sortAndCombine(lines), ...(body === undefined ? {} : { body }) };
}

function hasOrigin(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** https://fetch.spec.whatwg.org/#serializing-a-request-origin */
export function serializedOrigin({ page }: Browser, { tainted }: Hop): string {
  return tainted ? 'null' : page.origin;
}

/** A fault, the value that the transport threw, and the response at fault with where it redirects to. */
export type Failure = Fault & {
  readonly cause?: unknown;
  readonly exchange?: Exchange | undefined;
  readonly target?: ParsedUrl | Fault;
};

/** Sends a request and records the exchange. */
export async function send(
  { transport, exchanges, engine }: Browser,
  { cors }: Hop,
  kind: Exchange['kind'],
  request: WireRequest,
  preflightReasons: readonly PreflightReason[],
  preflightCached: boolean,
): Promise<WireResponse | Failure> {
  const exchange = { kind, request, tainting: cors ? 'cors' : 'basic', preflightReasons, preflightCached } as const;
  let response: WireResponse;
  try {
    response = await transport(request);
  } catch (cause) {
    exchanges.push({ ...exchange, response: undefined });
    return { reason: 'ERR_FAILED', value: programmingError(cause), cause };
  }
  checkAnswer(response);
  exchanges.push({ ...exchange, response });
  const read = engine.ignoresEmptyLines ? withoutEmptyLines(response, cors) : response;
  return responseFault(response, engine) ?? read;
}
