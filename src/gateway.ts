export { installAwslambda } from './gateway/awslambda.js';
export { httpTransport } from './gateway/http-transport.js';
export type { HeaderLines } from './gateway/messages.js';
export { createGateway } from './gateway/server.js';
export { GATEWAY_SOURCES } from './gateway/sources.js';
export type {
  Gateway,
  GatewayAddress,
  GatewayCors,
  GatewayExchange,
  GatewayFault,
  GatewayHandler,
  GatewayOptions,
  GatewayResponses,
  GatewaySource,
} from './gateway/types.js';
