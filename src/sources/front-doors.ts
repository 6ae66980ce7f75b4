import type { GatewaySource } from '../gateway/types.js';
import { alb, albMulti } from './alb.js';
import { functionUrl } from './function-url.js';
import { httpApi, httpApiV1 } from './http-api.js';
import { restApi } from './rest-api.js';
import type { GatewaySourceRules } from './rules.js';
import { latticeV1, latticeV2 } from './vpc-lattice.js';

export const RULES: Readonly<Record<GatewaySource, GatewaySourceRules>> = {
  rest: restApi,
  http: httpApi,
  'http-1.0': httpApiV1,
  url: functionUrl,
  alb,
  'alb-multi': albMulti,
  'lattice-v1': latticeV1,
  'lattice-v2': latticeV2,
};

/**
 * Every source by its name: REST API, HTTP API with payload format 2.0 and 1.0, function URL, load balancer without
 * and with multi-value headers, VPC Lattice with event version 1 and 2.
 */
export const GATEWAY_SOURCES: readonly GatewaySource[] = Object.freeze(Object.keys(RULES) as GatewaySource[]);
