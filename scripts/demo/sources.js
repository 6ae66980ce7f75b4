/**
 * What can be in front of a function, by the names of `GATEWAY_SOURCES`.
 *
 * @type {Readonly<Record<import('../../src/sources/settings.js').GatewaySource, string>>}
 */
export const SOURCES = {
  rest: 'REST API',
  'http-1.0': 'HTTP API 1.0',
  http: 'HTTP API 2.0',
  url: 'function URL',
  alb: 'ALB',
  'alb-multi': 'ALB multi-value',
  'lattice-v1': 'VPC Lattice v1',
  'lattice-v2': 'VPC Lattice v2',
};
