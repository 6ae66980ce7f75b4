import type { CompiledPolicy } from '../../core/policy.js';
import { originsOf } from './checks.js';

/** The CORS feature that HTTP APIs and function URLs have, in the keys of `x-amazon-apigateway-cors`. */
interface HttpCors {
  readonly allowOrigins: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAge: number;
  readonly allowCredentials?: true;
}

export function httpCors(policy: CompiledPolicy): HttpCors {
  const origins = originsOf(policy);
  const allowMethods = policy.preflight.allowMethods?.split(',');
  const allowHeaders = policy.preflight.allowHeaders?.split(',');
  const exposeHeaders = policy.actual.exposeHeaders?.split(',');
  return {
    allowOrigins: origins === '*' ? ['*'] : origins,
    ...(allowMethods && { allowMethods }),
    ...(allowHeaders && { allowHeaders }),
    ...(exposeHeaders && { exposeHeaders }),
    maxAge: policy.maxAge,
    ...(policy.allowCredentials && { allowCredentials: true }),
  };
}

/** The same in the keys of CloudFormation. */
export function pascalCase(cors: HttpCors): Record<string, unknown> {
  return Object.fromEntries(Object.entries(cors).map(([key, value]) => [key[0]?.toUpperCase() + key.slice(1), value]));
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
export const HTTP_API_OWNS_CORS =
  'An HTTP API with CORS of its own ignores the CORS headers that functions send: it needs no withCors. An ANY or $default route with an authorizer catches OPTIONS before this answer: add a route OPTIONS /{proxy+} without one.';

/** The way out of what an HTTP API cannot do. */
export const WITHOUT_HTTP_CORS =
  'leave the CORS configuration of the HTTP API out, wrap the function in withCors, and give it a route OPTIONS /{proxy+} without authorizer';
