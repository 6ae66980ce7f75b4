import { printable } from '../core/printable.js';
import { byteLength } from './bytes.js';
import { makeContext } from './context.js';
import type { Deployment } from './deploy.js';
import { type FaultKind, MAX_EVENT_BYTES } from './front-door.js';
import { type Failure, invoke } from './invoke.js';
import type { HeaderLines, HttpRequest, HttpResponse } from './messages.js';
import type { OwnCors } from './own-cors.js';
import { NO_ROUTE } from './router.js';
import type { GatewayFault } from './settings.js';

/** What a request has led to. */
export interface Answer {
  readonly response: HttpResponse;
  readonly event?: unknown;
  readonly result?: unknown;
  readonly fault?: GatewayFault;
  /** The body, when it is sent as it is written. */
  readonly stream?: AsyncIterable<Uint8Array>;
  /** Lets go of what is left of the body, so that the handler can write on; tells of a failure that comes after that. */
  readonly discard?: (tell: (fault: GatewayFault) => void) => void;
}

/** Calls the function with an event in JSON and makes a response of what it answers. */
export type Run = (deployment: Deployment, request: HttpRequest, payload: string) => Promise<Answer>;

/**
 * The whole way from a request to its response.
 *
 * @param bodySize Bytes of the body as it was sent; of one that is too large not all is in the request.
 * @param run How the function is called: `runBuffered`, unless it streams.
 */
export async function answer(
  deployment: Deployment,
  request: HttpRequest,
  bodySize: number,
  run: Run = runBuffered,
): Promise<Answer> {
  const { door, ownCors, router, settings } = deployment;
  const refused = refusal(deployment, request, bodySize);
  if (refused !== undefined) return failed(deployment, request, refused);
  const preflight = ownCors?.preflight(request);
  if (preflight !== undefined) return { response: preflight };

  const route = router?.route(request);
  if (route === undefined && router !== undefined) {
    return failed(deployment, request, { kind: 'no such route', message: router.explain(request) });
  }
  const authorizer = request.method === 'OPTIONS' ? undefined : deployment.authorizer;
  const passage = { route: route ?? NO_ROUTE, authorizer };
  const payload = JSON.stringify(door.toEvent(request, settings, passage));
  if (byteLength(payload) > MAX_EVENT_BYTES) {
    return failed(deployment, request, tooLarge('request body too large', 'the event', MAX_EVENT_BYTES));
  }
  const { response, fault, ...rest } = await run(deployment, request, payload);
  return {
    ...rest,
    response:
      fault === undefined || fault.kind === 'result ignored' ? withOwnCors(ownCors, request, response) : response,
    // Not the one that the handler may have changed.
    event: JSON.parse(payload),
    ...(fault !== undefined && { fault }),
  };
}

async function runBuffered(deployment: Deployment, request: HttpRequest, payload: string): Promise<Answer> {
  const { door, handler, deployed, gatewayTimeout, settings } = deployment;
  const outcome = await invoke(
    handler,
    JSON.parse(payload),
    (methods) => deployment.context ?? makeContext(deployed, request.id, methods),
    { timeout: deployed.timeout, gatewayTimeout, nodejs: deployed.nodejs },
  );
  if ('failure' in outcome) return failed(deployment, request, outcome.failure);

  const result: unknown = JSON.parse(outcome.json);
  const { result: maxBytes, responseHeaders } = door.limits;
  if (byteLength(outcome.json) > maxBytes) {
    return { ...failed(deployment, request, tooLarge('response too large', 'the result', maxBytes)), result };
  }
  const response = door.fromResult(result, request, settings);
  if ('fault' in response) {
    const hint = outcome.fault === undefined ? '' : ` (${outcome.fault.message})`;
    const message = `${door.name} cannot read the result: ${response.fault}${hint}`;
    return { ...failed(deployment, request, { kind: 'malformed', message }), result };
  }
  if (size(response.lines) > responseHeaders) {
    const fault = tooLarge('response too large', 'the response header', responseHeaders);
    return { ...failed(deployment, request, fault), result };
  }
  return { response, result, ...(outcome.fault !== undefined && { fault: outcome.fault }) };
}

/** What is not even turned into an event. */
function refusal({ door, stage }: Deployment, request: HttpRequest, bodySize: number): Failure | undefined {
  const { requestHeaders, requestBody } = door.limits;
  if (request.stage !== stage) {
    return { kind: 'no such stage', message: printable(`the URL does not begin with the stage, /${stage}`) };
  }
  if (size(request.lines) > requestHeaders) {
    return tooLarge('request headers too large', 'the request header', requestHeaders);
  }
  return bodySize > requestBody ? tooLarge('request body too large', 'the request body', requestBody) : undefined;
}

function tooLarge(kind: FaultKind, what: string, max: number): Failure {
  return { kind, message: `${what} is larger than ${max} bytes` };
}

function size(lines: HeaderLines): number {
  return lines.reduce((sum, [name, value]) => sum + byteLength(name) + byteLength(value), 0);
}

/**
 * The gateway's own answer. A REST API's gateway responses reach all of its errors except 413. They are a part of what is
 * deployed to a stage, so a URL without a stage has none.
 */
export function failed({ door, streams, gatewayResponses }: Deployment, request: HttpRequest, fault: Failure): Answer {
  const response = door.toFault(fault.kind, request, streams);
  if (response.status === 413 || fault.kind === 'no such stage') return { response, fault };
  const added = response.status >= 500 ? gatewayResponses.DEFAULT_5XX : gatewayResponses.DEFAULT_4XX;
  return { response: { ...response, lines: [...response.lines, ...Object.entries(added ?? {})] }, fault };
}

function withOwnCors(ownCors: OwnCors | undefined, request: HttpRequest, response: HttpResponse): HttpResponse {
  return ownCors === undefined ? response : { ...response, lines: ownCors.apply(request, response.lines) };
}

/** Without a length where there can be no body, or it is not known: https://www.rfc-editor.org/rfc/rfc9110#name-content-length */
export function wireLines({ response: { status, lines, body }, stream }: Answer): HeaderLines {
  const counted = status !== 204 && status !== 304 && stream === undefined;
  return counted ? [...lines, ['Content-Length', String(body.length)]] : lines;
}

/** Whether a response to that method goes out with a body: https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1 */
export function hasBody(method: string, status: number): boolean {
  return method !== 'HEAD' && status !== 204 && status !== 304;
}
