import { checkSettings, shown } from './check-settings.js';
import type { DeployedFunction } from './context.js';
import type { FrontDoor, SourceSettings } from './front-door.js';
import { FRONT_DOORS, GATEWAY_SOURCES, isSource } from './front-doors.js';
import { checkHandler, isStreaming } from './handler.js';
import { functionUrlCors, httpApiCors, type OwnCors } from './own-cors.js';
import type { GatewayHandler, GatewayResponses, GatewaySettings, GatewaySource, NodejsRuntime } from './settings.js';

/** A function, and the source in front of it. */
export interface Deployment {
  readonly door: FrontDoor;
  /** The stage in URLs; empty where there is none. */
  readonly stage: string;
  readonly handler: GatewayHandler;
  readonly streams: boolean;
  readonly deployed: DeployedFunction;
  /** What the handler gets instead of a context as Lambda's. */
  readonly context: unknown;
  readonly gatewayTimeout: number | undefined;
  readonly settings: SourceSettings;
  readonly ownCors: OwnCors | undefined;
  readonly gatewayResponses: GatewayResponses;
}

/** What is to be put up, and where. */
export interface Order extends GatewaySettings {
  readonly handler: GatewayHandler;
  readonly source: GatewaySource;
  readonly stage?: string | undefined;
  readonly nodejs: NodejsRuntime | undefined;
  readonly logStreamName: string;
  readonly context?: unknown;
}

/**
 * @param caller The function that a user has called, for messages.
 * @throws {TypeError} Where the source is unknown, Lambda would not run the handler, or a setting cannot be.
 */
export function deploy(caller: string, order: Order): Deployment {
  const { handler, source, nodejs, stage, functionName = 'local', memorySize = 128, logStreamName } = order;
  const { timeout = 900_000, binaryMediaTypes = [], gatewayResponses = {} } = order;
  if (!isSource(source)) {
    throw new TypeError(`${caller} knows no source ${shown(source)}, only ${GATEWAY_SOURCES.join(', ')}`);
  }
  const door = FRONT_DOORS[source];
  checkHandler(caller, handler, nodejs);
  checkSettings(order);
  const streams = isStreaming(handler);
  if (streams && door.streaming === undefined) {
    throw new TypeError(`${door.name} cannot stream: put withCors around a handler that returns its result`);
  }
  return {
    door,
    stage: door.stage === undefined ? '' : (stage ?? door.stage),
    handler,
    streams,
    deployed: { functionName, memorySize, timeout, logStreamName, nodejs },
    context: order.context,
    gatewayTimeout: door.timeout === undefined ? undefined : (order.gatewayTimeout ?? door.timeout),
    settings: { binaryMediaTypes },
    ownCors: ownCorsOf(order),
    gatewayResponses: source === 'rest' ? gatewayResponses : {},
  };
}

function ownCorsOf({ source, cors }: Order): OwnCors | undefined {
  if (cors === undefined) return undefined;
  if (source === 'http' || source === 'http-1.0') return httpApiCors(cors);
  if (source === 'url') return functionUrlCors(cors);
  throw new TypeError(
    `cors: ${FRONT_DOORS[source].name} has no CORS feature of its own; HTTP APIs and function URLs have`,
  );
}
