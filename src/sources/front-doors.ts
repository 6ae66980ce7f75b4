// AWS's front doors, as pure functions: what each makes of a request, of a function's result, and of a failure. They are
// written apart from src/events on purpose, although both hold facts about the same sources. events/ is how our wrapper
// reads an event and what result it sends; sources/ is what AWS does with both. The tests play one against the other, so
// a mistake in either half shows. Code that the two shared would hide it.
import { alb, albMulti } from './alb.js';
import type { FrontDoor } from './front-door.js';
import { functionUrl } from './function-url.js';
import { httpApi, httpApiV1 } from './http-api.js';
import { restApi } from './rest-api.js';
import type { GatewaySource } from './settings.js';
import { latticeV1, latticeV2 } from './vpc-lattice.js';

export const FRONT_DOORS: Readonly<Record<GatewaySource, FrontDoor>> = {
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
export const GATEWAY_SOURCES: readonly GatewaySource[] = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.keys(FRONT_DOORS) as GatewaySource[],
);

export function isSource(source: unknown): source is GatewaySource {
  return typeof source === 'string' && Object.hasOwn(FRONT_DOORS, source);
}
