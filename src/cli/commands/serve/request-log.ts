import { chromiumLine } from '../../../browser/chromium-console.js';
import { fixFor } from '../../../browser/fix.js';
import { type CredentialsMode, corsCheck, ENGINES, type Fault, preflightCheck } from '../../../browser.js';
import { isPreflight } from '../../../core/decide.js';
import type { GatewayExchange, GatewayFault } from '../../../gateway.js';
import { elementsOf, headerOf } from '../../evidence/headers.js';
import { UNLISTED } from '../../evidence/unlisted-origin.js';
import { dim, green, type Line, red, yellow } from '../../terminal/print.js';

/** One request, as the log shows it. */
interface LogEntry {
  readonly time: string;
  readonly preflight: boolean;
  readonly method: string;
  /** Path and query string. */
  readonly url: string;
  readonly origin?: string;
  readonly status: number;
  readonly milliseconds: number;
  readonly verdict: LogVerdict;
  /** Why the gateway answered instead of the function. */
  readonly fault?: string;
}

type LogVerdict =
  /** `without credentials`: with them it would be refused. Whether a page sent them cannot be seen from here. */
  | { readonly outcome: 'allowed' | 'allowed without credentials' | 'no CORS' | 'same origin' }
  /** The second request of `lambda-cors probe`, from an origin that nobody lists, to see what becomes of one. */
  | { readonly outcome: 'asked by probe' }
  | { readonly outcome: 'refused'; readonly reason: string; readonly message: string; readonly fix: string };

/** @param ownCors Whether the gateway's own CORS feature is on. */
export function logEntry(exchange: GatewayExchange, ownCors: boolean, now = new Date()): LogEntry {
  const { request, response, fault, milliseconds } = exchange;
  const origin = headerOf(request, 'origin');
  return {
    time: now.toISOString(),
    preflight: wasPreflight(exchange),
    method: request.method,
    url: request.url,
    ...(origin !== undefined && { origin }),
    status: response.status,
    milliseconds: Math.round(milliseconds * 10) / 10,
    verdict: judge(exchange, origin, ownCors),
    ...(fault !== undefined && { fault: fault.message }),
  };
}

function wasPreflight({ request }: GatewayExchange): boolean {
  const { method } = request;
  const requestMethod = headerOf(request, 'access-control-request-method');
  return isPreflight({ method, origin: headerOf(request, 'origin'), requestMethod });
}

/** A request's mode is seen by `Sec-Fetch-Mode` only; without one it is taken for `fetch()`. */
function judge(exchange: GatewayExchange, origin: string | undefined, ownCors: boolean): LogVerdict {
  const { request } = exchange;
  if (origin === undefined || (headerOf(request, 'sec-fetch-mode') ?? 'cors') !== 'cors') return { outcome: 'no CORS' };
  if (origin === UNLISTED) return { outcome: 'asked by probe' };
  const host = headerOf(request, 'host') ?? 'localhost';
  if (origin === `http://${host}`) return { outcome: 'same origin' };
  const [withCredentials, without] = [faultOf(exchange, origin, 'include'), faultOf(exchange, origin, 'same-origin')];
  const fault = headerOf(request, 'cookie') === undefined ? without : withCredentials;
  if (fault !== undefined) return refusal(exchange, origin, host, fault, ownCors);
  return { outcome: withCredentials === undefined ? 'allowed' : 'allowed without credentials' };
}

function faultOf(exchange: GatewayExchange, origin: string, credentials: CredentialsMode): Fault | undefined {
  const { request, response } = exchange;
  if (!wasPreflight(exchange)) return corsCheck(origin, credentials, response.headers);
  const method = headerOf(request, 'access-control-request-method') ?? '';
  const unsafeHeaders = elementsOf(request, 'access-control-request-headers');
  const answer = preflightCheck({ origin, credentials, method, unsafeHeaders }, response, ENGINES.chromium);
  return 'reason' in answer ? answer : undefined;
}

function refusal(exchange: GatewayExchange, origin: string, host: string, fault: Fault, ownCors: boolean): LogVerdict {
  const { request, response } = exchange;
  const url = `http://${host}${request.url}`;
  return {
    outcome: 'refused',
    reason: fault.reason,
    message: chromiumLine(fault, { origin, method: request.method, url, firstUrl: url }),
    fix: gatewayFix(exchange, origin, fault, ownCors) ?? fixFor(fault, { origin, tainted: false, response }),
  };
}

/** What to change where the function's policy has no say. */
function gatewayFix(exchange: GatewayExchange, origin: string, fault: Fault, ownCors: boolean): string | undefined {
  const { source, fault: failed } = exchange;
  if (failed?.kind === 'no such route' && wasPreflight(exchange)) {
    return 'route OPTIONS to the function too, here with another --route, or let the gateway answer preflights itself';
  }
  if (failed !== undefined) {
    return WITHIN_REACH.has(failed.kind)
      ? undefined
      : 'repair what made the gateway answer for the function: a policy has no effect on that response';
  }
  if (!ownCors || source === 'url' || !fault.reason.endsWith('MissingAllowOriginHeader')) return undefined;
  return `add "${origin}" to allowOrigins of the CORS feature of the HTTP API, or turn that off: it takes the function's own CORS headers away`;
}

/** What withCors keeps from the gateway. */
const WITHIN_REACH: ReadonlySet<GatewayFault['kind']> = new Set(['thrown', 'malformed', 'result ignored']);

export function logLines({
  time,
  preflight,
  method,
  url,
  origin,
  status,
  milliseconds,
  verdict,
  fault,
}: LogEntry): readonly Line[] {
  const kind = preflight ? 'preflight' : 'request';
  const from = origin === undefined ? '' : ` from ${origin}`;
  const first: Line = [
    dim(`${time.slice(11, 19)} `),
    `${kind.padEnd(9)} ${method} ${url}${from} `,
    status >= 400 ? yellow(String(status)) : String(status),
    dim(` ${milliseconds} ms `),
    verdict.outcome === 'refused' ? red(`✗ refused: ${verdict.reason}`) : outcomeSpan(verdict.outcome),
  ];
  const why: Line[] = verdict.outcome === 'refused' ? [`  ${verdict.message}`, `  To fix it: ${verdict.fix}`] : [];
  return [first, ...why, ...(fault === undefined ? [] : [`  The gateway answered for the function: ${fault}`])];
}

function outcomeSpan(outcome: Exclude<LogVerdict['outcome'], 'refused'>) {
  if (outcome === 'asked by probe') return dim('- asked by lambda-cors probe, from an origin that nobody lists');
  return outcome.startsWith('allowed') ? green(`✓ ${outcome}`) : dim(`- ${outcome}`);
}
