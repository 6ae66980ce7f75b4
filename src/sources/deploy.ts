import type { AuthorizerContext } from './authorizer.js';
import { authorizerFaults } from './check-authorizer.js';
import { routeFaults } from './check-routes.js';
import { checkSettings, shown } from './check-settings.js';
import type { DeployedFunction } from './context.js';
import type { FrontDoor, SourceSettings } from './front-door.js';
import { FRONT_DOORS, GATEWAY_SOURCES, isSource } from './front-doors.js';
import { checkHandler, isStreaming } from './handler.js';
import { functionUrlCors, httpApiCors, type OwnCors } from './own-cors.js';
import { makeRouter, type Router } from './router.js';
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
  /** `undefined` where the source has no routes. */
  readonly router: Router | undefined;
  readonly authorizer: AuthorizerContext | undefined;
  readonly gatewayResponses: GatewayResponses;
}

/** A function to deploy, and what is in front of it. */
interface Order extends GatewaySettings {
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
    const fault = source === undefined ? 'needs a source: write one of' : `knows no source ${shown(source)}, only`;
    throw new TypeError(`${caller} ${fault} ${GATEWAY_SOURCES.join(', ')}`);
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
    router: routerOf(order, door),
    authorizer: authorizerOf(order, door),
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

function routerOf({ routes }: Order, { routing, name }: FrontDoor): Router | undefined {
  if (routing === undefined) {
    if (routes !== undefined) throw new TypeError(`routes: ${name} has no routes; REST APIs and HTTP APIs have`);
    return undefined;
  }
  const faults = routes === undefined ? [] : routeFaults(routes, routing, name);
  if (faults.length > 0) throw new TypeError(faults.join('\n'));
  return makeRouter(routes ?? routing.defaultRoutes, routing);
}

function authorizerOf({ authorizer }: Order, door: FrontDoor): AuthorizerContext | undefined {
  if (authorizer === undefined) return undefined;
  if (door.authorizer === undefined) {
    throw new TypeError(
      `authorizer: ${door.name} passes nothing on from an authorizer; REST APIs, HTTP APIs and function URLs do`,
    );
  }
  const faults = authorizerFaults(authorizer, door);
  if (faults.length > 0) throw new TypeError(faults.join('\n'));
  // A copy, so that later changes to the option do not count.
  return JSON.parse(JSON.stringify(door.authorizer.toContext(authorizer))) as AuthorizerContext;
}
