export { installAwslambda } from './gateway/awslambda.js';
export { httpTransport } from './gateway/http-transport.js';
export { createGateway } from './gateway/server.js';
export type { Gateway, GatewayAddress, GatewayExchange, GatewayOptions } from './gateway/types.js';
export { GATEWAY_SOURCES } from './sources/front-doors.js';
export type { HeaderLines } from './sources/messages.js';
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
