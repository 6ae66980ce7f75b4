import { getHeader, normalizeValue, sortAndCombine } from '../browser/header-lines.js';
import type { Body, HeaderLine, HeaderLines, Transport, WireRequest, WireResponse } from '../browser/types.js';
import { type ParsedUrl, parseUrl } from '../browser/url.js';
import { checkKeys } from '../core/options.js';
import { type Answer, answer, hasBody, wireLines } from './answer.js';
import { textOrBytes, utf8 } from './bytes.js';
import { check, hookCheck, SETTING_KEYS } from './check-settings.js';
import { makeLogStreamName } from './context.js';
import { type Deployment, deploy } from './deploy.js';
import { isStreaming } from './handler.js';
import type { HttpRequest } from './messages.js';
import type { GatewayFault, GatewayHandler, GatewaySettings, GatewaySource, NodejsRuntime } from './settings.js';

/** What is in front of the handler, and what both are set to. */
export interface InProcessOptions extends GatewaySettings {
  /** What is in front of the handler. Default `rest`. */
  readonly source?: GatewaySource | undefined;
  /** What the handler gets as its context. Default one as Lambda makes it. */
  readonly context?: unknown;
  /**
   * The Node.js runtime whose ways with handlers are followed: up to 22 there is a callback and `context.succeed`, and a
   * result that is returned without a promise does not count; 24 has neither. Default: all ways of answering are open.
   */
  readonly nodejs?: NodejsRuntime | undefined;
  /** Is told of errors, time-outs, malformed results and exceeded limits. Default: nobody is; nothing is printed. */
  readonly onError?: ((fault: GatewayFault, event: unknown) => void) | undefined;
}

/**
 * A transport that calls a handler, without a network: each request becomes an event, each result a response, by the
 * same rules as in the local gateway of `lambda-cors/gateway`. An API's URLs have no stage here, as behind a domain of
 * its own.
 *
 * @param handler A handler of any kind, wrapped in `withCors` or not, except one that streams.
 * @param options What is in front of the handler. Default: a REST API.
 * @throws {TypeError} When the handler is not a function or streams its responses, the source or an option is unknown,
 *   or a setting cannot be.
 * @example
 * const page = await browse(
 *   { origin: 'https://app.example.com', url: 'https://api.example.com/notes' },
 *   inProcess(withCors(async (event) => ({ statusCode: 200, body: event.rawPath })), { source: 'http' }),
 * )
 * page.verdict // { allowed: true, status: 200, body: '/notes', … }
 */
export function inProcess(handler: GatewayHandler, options: InProcessOptions = {}): Transport {
  checkKeys('inProcess', options, OPTION_KEYS, 'inProcess(handler, { source: "http" })');
  const { source = 'rest', nodejs, onError } = options;
  check({ onError }, { onError: hookCheck });
  const logStreamName = makeLogStreamName(new Date(), '0'.repeat(32));
  if (typeof handler === 'function' && isStreaming(handler)) {
    throw new TypeError('inProcess cannot call a streaming handler: use createGateway of lambda-cors/gateway');
  }
  const deployment = deploy('inProcess', { ...options, handler, source, nodejs, logStreamName });
  let requests = 0;
  return async (sent) => {
    const request = toRequest(sent, deployment, ++requests);
    const answered = await answer(deployment, request, request.body.length);
    if (answered.fault !== undefined) onError?.(answered.fault, answered.event);
    return toWireResponse(answered, request.method);
  };
}

const OPTION_KEYS: readonly (keyof InProcessOptions)[] = ['source', 'context', 'nodejs', 'onError', ...SETTING_KEYS];

function toRequest({ method, url, headers, body }: WireRequest, { stage }: Deployment, count: number): HttpRequest {
  const { host, hostname, pathname, search } = parseUrl(url) as ParsedUrl;
  const bytes = typeof body === 'string' ? utf8(body) : (body ?? new Uint8Array());
  return {
    ...idsOf(count),
    time: new Date(),
    domainName: hostname,
    method,
    fullPath: pathname,
    path: pathname,
    stage,
    query: search.slice(1),
    lines: requestLines(headers, host, body, bytes.length),
    body: bytes,
    sourceIp: '127.0.0.1',
  };
}

/** Ids that differ from request to request, and are the same in every run of a test. */
function idsOf(count: number): Pick<HttpRequest, 'id' | 'traceId' | 'extendedId'> {
  const hex = count.toString(16);
  return {
    id: `00000000-0000-4000-8000-${hex.padStart(12, '0')}`,
    traceId: `Root=1-00000000-${hex.padStart(24, '0')}`,
    extendedId: `${hex.padStart(15, '0')}=`,
  };
}

function requestLines(headers: HeaderLines, host: string, body: Body | undefined, length: number): HeaderLines {
  const added: HeaderLine[] = [['host', host]];
  if (getHeader(headers, 'user-agent') === undefined) added.push(['user-agent', 'Mozilla/5.0']);
  if (body !== undefined) added.push(['content-length', String(length)]);
  return sortAndCombine([...headers, ...added]);
}

function toWireResponse(answered: Answer, method: string): WireResponse {
  const { status, body } = answered.response;
  return {
    status,
    // On the wire, spaces around a value do not belong to it.
    headers: wireLines(answered).map(([name, value]) => [name, normalizeValue(value)] as const),
    body: textOrBytes(hasBody(method, status) ? body : new Uint8Array()),
  };
}
