import { GATEWAY_SOURCES, RULES } from '../sources/every-source.js';
import type { HeaderLines, HttpRequest, HttpResponse } from '../sources/messages.js';
import { functionUrlCors, httpApiCors, type OwnCors } from '../sources/own-cors.js';
import {
  type FaultKind,
  type GatewaySourceRules,
  LAMBDA_EVENT_BYTES,
  type SourceSettings,
  type StreamingRules,
} from '../sources/rules.js';
import { installAwslambda } from './awslambda.js';
import { checkSettings } from './check-settings.js';
import { type DeployedFunction, makeContext } from './context.js';
import { checkHandler, type Failure, invoke, isStreaming } from './invoke.js';
import { invokeStreaming } from './invoke-streaming.js';
import type { GatewayFault, GatewayHandler, GatewayOptions, GatewayResponses } from './types.js';

/** A function, and the source in front of it. */
export interface Deployment {
  readonly rules: GatewaySourceRules;
  /** The stage in URLs; empty where there is none. */
  readonly stage: string;
  readonly handler: GatewayHandler;
  /** Only for a handler that streams. */
  readonly streaming: StreamingRules | undefined;
  readonly nodejs: 22 | 24;
  readonly deployed: DeployedFunction;
  readonly gatewayTimeout: number | undefined;
  readonly settings: SourceSettings;
  readonly ownCors: OwnCors | undefined;
  readonly gatewayResponses: GatewayResponses;
}

/** All that an exchange has led to. */
export interface Answer {
  readonly response: HttpResponse;
  readonly event?: unknown;
  readonly result?: unknown;
  readonly fault?: GatewayFault;
  /** The body, when it is sent as it is written. */
  readonly stream?: AsyncIterable<Uint8Array>;
}

export function deploy(options: GatewayOptions, logStreamName: string): Deployment {
  const { handler, source, nodejs = 22, stage, functionName = 'local', memorySize = 128 } = options;
  const { timeout = 900_000, binaryMediaTypes = [], gatewayResponses = {} } = options;
  const rules = Object.hasOwn(RULES, source) ? RULES[source] : undefined;
  if (rules === undefined) {
    throw new TypeError(`createGateway knows no source ${JSON.stringify(source)}, only ${GATEWAY_SOURCES.join(', ')}`);
  }
  checkHandler(handler, nodejs);
  checkSettings(options);
  const streams = isStreaming(handler);
  if (streams) {
    if (rules.streaming === undefined) {
      throw new TypeError(`${rules.name} cannot stream: put withCors around a handler that returns its result`);
    }
    installAwslambda();
  }
  return {
    rules,
    stage: rules.stage === undefined ? '' : (stage ?? rules.stage),
    handler,
    streaming: streams ? rules.streaming : undefined,
    nodejs,
    deployed: { functionName, memorySize, timeout, logStreamName },
    gatewayTimeout: rules.timeout === undefined ? undefined : (options.gatewayTimeout ?? rules.timeout),
    settings: { binaryMediaTypes },
    ownCors: ownCorsOf(options),
    gatewayResponses: source === 'rest' ? gatewayResponses : {},
  };
}

function ownCorsOf({ source, cors }: GatewayOptions): OwnCors | undefined {
  if (cors === undefined) return undefined;
  if (source === 'http' || source === 'http-1.0') return httpApiCors(cors);
  if (source === 'url') return functionUrlCors(cors);
  throw new TypeError(`cors: ${RULES[source].name} has no CORS feature of its own; HTTP APIs and function URLs have`);
}

/** The whole way from a request to its response. */
export async function exchange(deployment: Deployment, request: HttpRequest, bodySize: number): Promise<Answer> {
  const { rules, streaming, ownCors, settings } = deployment;
  const refused = refusal(deployment, request, bodySize);
  if (refused !== undefined) return { response: toFault(deployment, refused.kind, request), fault: refused };
  const preflight = ownCors?.preflight(request);
  if (preflight !== undefined) return { response: preflight };

  const payload = JSON.stringify(rules.toEvent(request, settings));
  if (Buffer.byteLength(payload) > LAMBDA_EVENT_BYTES) {
    const fault = tooLarge('request body too large', 'the event', LAMBDA_EVENT_BYTES);
    return { response: toFault(deployment, fault.kind, request), fault };
  }
  const { response, fault, ...rest } = await (streaming === undefined
    ? answer(deployment, request, payload)
    : answerStreaming(deployment, streaming, request, payload));
  return {
    ...rest,
    response:
      fault === undefined || fault.kind === 'result ignored' ? withOwnCors(ownCors, request, response) : response,
    // Not the one that the handler may have changed.
    event: JSON.parse(payload),
    ...(fault !== undefined && { fault }),
  };
}

async function answerStreaming(
  deployment: Deployment,
  streaming: StreamingRules,
  request: HttpRequest,
  payload: string,
): Promise<Answer> {
  const { handler, deployed, nodejs } = deployment;
  const context = makeContext(deployed, request.id);
  const settings = { rules: streaming, timeout: deployed.timeout, nodejs };
  const streamed = await invokeStreaming(handler, JSON.parse(payload), context, settings);
  if (!('failure' in streamed)) return streamed;
  return { response: toFault(deployment, streamed.failure.kind, request), fault: streamed.failure };
}

async function answer(deployment: Deployment, request: HttpRequest, payload: string): Promise<Answer> {
  const { rules, handler, deployed, settings } = deployment;
  const context = makeContext(deployed, request.id);
  const outcome = await invoke(handler, JSON.parse(payload), context, { ...deployment, timeout: deployed.timeout });
  if ('failure' in outcome) {
    return { response: toFault(deployment, outcome.failure.kind, request), fault: outcome.failure };
  }

  const result: unknown = JSON.parse(outcome.json);
  function fail(fault: Failure): Answer {
    return { response: toFault(deployment, fault.kind, request), result, fault };
  }
  const { result: mostBytes, responseHeaders } = rules.limits;
  if (Buffer.byteLength(outcome.json) > mostBytes) return fail(tooLarge('response too large', 'the result', mostBytes));
  const response = rules.fromResult(result, request, settings);
  if (typeof response === 'string') {
    const hint = outcome.fault === undefined ? '' : ` (${outcome.fault.message})`;
    return fail({ kind: 'malformed', message: `${rules.name} cannot read the result: ${response}${hint}` });
  }
  if (size(response.lines) > responseHeaders) {
    return fail(tooLarge('response too large', 'the response header', responseHeaders));
  }
  return { response, result, ...(outcome.fault !== undefined && { fault: outcome.fault }) };
}

/** What is not even turned into an event. */
function refusal({ rules, stage }: Deployment, request: HttpRequest, bodySize: number): Failure | undefined {
  const { requestHeaders, requestBody } = rules.limits;
  if (request.stage !== stage) {
    return { kind: 'no such stage', message: `the URL does not begin with the stage, /${stage}` };
  }
  if (size(request.lines) > requestHeaders) {
    return tooLarge('request headers too large', 'the request header', requestHeaders);
  }
  return bodySize > requestBody ? tooLarge('request body too large', 'the request body', requestBody) : undefined;
}

function tooLarge(kind: FaultKind, what: string, most: number): Failure {
  return { kind, message: `${what} is larger than ${most} bytes` };
}

function size(lines: HeaderLines): number {
  return lines.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
}

/** A REST API's gateway responses reach all of its errors but 413. */
function toFault(
  { rules, streaming, gatewayResponses }: Deployment,
  kind: FaultKind,
  request: HttpRequest,
): HttpResponse {
  const response = rules.toFault(kind, request, streaming !== undefined);
  if (response.status === 413) return response;
  const added = response.status >= 500 ? gatewayResponses.DEFAULT_5XX : gatewayResponses.DEFAULT_4XX;
  return { ...response, lines: [...response.lines, ...Object.entries(added ?? {})] };
}

function withOwnCors(ownCors: OwnCors | undefined, request: HttpRequest, response: HttpResponse): HttpResponse {
  return ownCors === undefined ? response : { ...response, lines: ownCors.apply(request, response.lines) };
}

/** Without a length where there can be no body, or it is not known: https://www.rfc-editor.org/rfc/rfc9110#name-content-length */
export function wireLines({ response: { status, lines, body }, stream }: Answer): HeaderLines {
  const counted = status !== 204 && status !== 304 && stream === undefined;
  return counted ? [...lines, ['Content-Length', String(body.length)]] : lines;
}
