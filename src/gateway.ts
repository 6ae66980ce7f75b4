export { installAwslambda } from './gateway/awslambda.js';
export { httpTransport } from './gateway/http-transport.js';
export { createGateway } from './gateway/server.js';
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
export { GATEWAY_SOURCES } from './sources/every-source.js';
export type { HeaderLines } from './sources/messages.js';
