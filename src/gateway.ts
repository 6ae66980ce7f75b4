/**
 * A local gateway for tests and development: real HTTP in front of a handler, as AWS's front doors are. For Node.js.
 *
 * @packageDocumentation
 */
export type { Body, HeaderLine, HeaderLines, Transport, WireRequest, WireResponse } from './browser/types.js';
export { installAwslambda } from './gateway/awslambda.js';
export { httpTransport } from './gateway/http-transport.js';
export { createGateway } from './gateway/server.js';
export type { Gateway, GatewayAddress, GatewayExchange, GatewayOptions } from './gateway/types.js';
export { GATEWAY_SOURCES } from './sources/front-doors.js';
export type {
  GatewayAuthorizer,
  GatewayCors,
  GatewayFault,
  GatewayHandler,
  GatewayResponses,
  GatewaySettings,
  GatewaySource,
  NodejsRuntime,
} from './sources/settings.js';
