/** What stands in front of a function. */
export type FrontKind = 'rest-api' | 'http-api' | 'function-url' | 'alb' | 'lattice' | 'unknown';

export const FRONT_NAMES: Readonly<Record<FrontKind, string>> = {
  'rest-api': 'the REST API',
  'http-api': 'the HTTP API',
  'function-url': 'the function URL',
  alb: 'the load balancer',
  lattice: 'VPC Lattice',
  unknown: 'the gateway',
};
