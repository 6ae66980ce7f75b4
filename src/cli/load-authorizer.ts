import type { GatewayAuthorizer, GatewaySource } from '../gateway.js';
import { authorizerFaults } from '../sources/check-authorizer.js';
import { FRONT_DOORS } from '../sources/front-doors.js';
import { isObject } from '../sources/messages.js';
import { read } from './load-policy.js';
import { misuse } from './misuse.js';

const KINDS = ['claims', 'jwt', 'lambda', 'iam'];

/**
 * What an authorizer passes on, from a JSON file or a module's export `claims` or default export. It holds the claims of
 * a token, or what stands at `requestContext.authorizer`.
 */
export async function loadAuthorizer(path: string, source: GatewaySource): Promise<GatewayAuthorizer> {
  const authorizer = authorizerFrom(await read(path, 'claims'));
  const door = FRONT_DOORS[source];
  if (door.authorizer === undefined) return authorizer as GatewayAuthorizer;
  const faults = authorizerFaults(authorizer, door);
  if (faults.length === 0) return authorizer as GatewayAuthorizer;
  throw misuse(`${path} is not what an authorizer passes on:`, faults);
}

function authorizerFrom(value: unknown): unknown {
  if (!isObject(value) || Object.keys(value).length === 0) return value;
  if (!KINDS.some((kind) => Object.hasOwn(value, kind))) return { claims: value };
  const { jwt, ...rest } = value;
  return isObject(jwt) ? { ...rest, ...jwt } : rest;
}
