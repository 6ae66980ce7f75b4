import { addressSpaceOf } from '../../browser/address-space.js';
import {
  ENGINES,
  type EngineName,
  type Exchange,
  isForbiddenRequestHeader,
  isSameOrigin,
  type Page,
  type PageRequest,
  parseMaxAge,
  type WireResponse,
} from '../../browser.js';
import { headerOf } from '../evidence/headers.js';
import { textOf } from '../evidence/symptoms.js';
import { type Check, checksOf } from './checks.js';

/** One request and its response, with the checks that a browser makes. */
export interface ReportedRequest {
  readonly kind: Exchange['kind'];
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
  };
  readonly response:
    | { readonly status: number; readonly headers: readonly (readonly [string, string])[]; readonly body?: string }
    | undefined;
  readonly checks: readonly Check[];
}

/** What a browser would do with a request, as `--json` prints it. */
export interface Report {
  readonly allowed: boolean;
  readonly request: Pick<PageRequest, 'origin' | 'url'> & {
    readonly method: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly credentials: string;
  };
  /** Headers that scripts cannot set; the browser leaves them out. */
  readonly leftOut: readonly string[];
  readonly crossOrigin: boolean;
  /** A CORS request without a preflight; `false` if the browser sends nothing at all. */
  readonly simple: boolean;
  /** Why it needs a preflight. */
  readonly reasons: readonly string[];
  readonly exchanges: readonly ReportedRequest[];
  /** For how many seconds each engine keeps the answer to the preflight; missing if there was none. */
  readonly remembered?: Readonly<Record<RealEngine, number>>;
  /** The response headers that scripts may read; empty if the response is refused. */
  readonly readable: readonly string[];
  /** What the user of the browser decides, and what the command did besides. */
  readonly notes: readonly string[];
  readonly verdict:
    | { readonly allowed: true; readonly status: number; readonly url: string; readonly redirected: boolean }
    | { readonly allowed: false; readonly reason: string; readonly message: string; readonly fix: string };
}

type RealEngine = Exclude<EngineName, 'standard'>;
export const REAL_ENGINES: readonly RealEngine[] = ['chromium', 'firefox', 'webkit'];

export function makeReport(request: PageRequest, { exchanges, verdict }: Page): Report {
  const { origin, url, method = 'GET', credentials = 'same-origin' } = request;
  const headers = (request.headers ?? []) as readonly (readonly [string, string])[];
  const crossOrigin = !isSameOrigin(origin, url);
  const [first] = exchanges;
  const reasons = first?.preflightReasons.map(({ why }) => why) ?? [];
  const preflight = exchanges.filter(({ kind }) => kind === 'preflight').at(-1)?.response;
  return {
    allowed: verdict.allowed,
    request: { origin, url, method, headers, credentials },
    leftOut: headers.filter(([name, value]) => isForbiddenRequestHeader(name, value)).map(([name]) => name),
    crossOrigin,
    simple: crossOrigin && first !== undefined && reasons.length === 0,
    reasons,
    exchanges: exchanges.map((exchange, at) => ({
      kind: exchange.kind,
      request: { method: exchange.request.method, url: exchange.request.url, headers: exchange.request.headers },
      response: exchange.response && reportResponse(exchange.response),
      checks: checksOf(exchange, request, at === exchanges.length - 1 ? verdict : undefined),
    })),
    ...(preflight !== undefined && { remembered: rememberedFor(preflight) }),
    readable: verdict.allowed ? Object.keys(verdict.headers) : [],
    notes: [localNetworkNote(request)].filter((note) => note !== undefined),
    verdict: verdict.allowed
      ? { allowed: true, status: verdict.status, url: verdict.url, redirected: verdict.redirected }
      : { allowed: false, reason: verdict.reason, message: verdict.message, fix: verdict.fix },
  };
}

const MAX_BODY = 1000;

function reportResponse(response: WireResponse): NonNullable<ReportedRequest['response']> {
  const { status, headers } = response;
  const body = textOf(response).slice(0, MAX_BODY);
  return { status, headers, ...(body !== '' && { body }) };
}

function rememberedFor(response: WireResponse): Readonly<Record<RealEngine, number>> {
  const maxAge = headerOf(response, 'access-control-max-age');
  return Object.fromEntries(REAL_ENGINES.map((name) => [name, parseMaxAge(maxAge, ENGINES[name])])) as Record<
    RealEngine,
    number
  >;
}

/**
 * What a browser asks its user before it asks the API. Only the user knows the answer, and where the page's host is.
 * https://wicg.github.io/local-network-access/
 */
function localNetworkNote({ origin, url }: PageRequest): string | undefined {
  if (!/^https?:/.test(origin)) return undefined;
  const page = new URL(origin);
  const { hostname } = new URL(url);
  const space = addressSpaceOf(hostname);
  if (space === undefined || addressSpaceOf(page.hostname) !== undefined) return undefined;
  const where = space === 'loopback' ? "the user's own computer" : "an address in the user's own network";
  const then =
    page.protocol === 'https:'
      ? 'Chrome and Firefox ask the user before they ask the API'
      : 'Firefox asks the user first, and Chrome refuses, because the page is not https';
  return `${hostname} is ${where}. If ${page.hostname} is on the internet, ${then} (local network access).`;
}
