import type { GatewayAuthorizer, GatewayCors, GatewaySource } from '../../../gateway.js';
import { authorizerFaults } from '../../../sources/check-authorizer.js';
import { corsFaults } from '../../../sources/check-settings.js';
import { FRONT_DOORS } from '../../../sources/front-doors.js';
import { isObject } from '../../../sources/messages.js';
import { misuse } from '../../input/misuse.js';
import { blaming, loadValue } from '../../modules/load-policy.js';

/** The settings of the gateway's own CORS feature, from a JSON file or a module's export `cors` or default export. */
export async function loadGatewayCors(path: string): Promise<GatewayCors> {
  const cors = await loadValue(path, 'cors');
  const faults = blaming(path, () => corsFaults(cors));
  if (faults.length === 0) return cors as GatewayCors;
  throw misuse(`${path} is not a valid CORS configuration of a gateway:`, faults);
}

const KINDS = ['claims', 'jwt', 'lambda', 'iam'];

/**
 * What an authorizer passes on, from a JSON file or a module's export `claims` or default export. It holds the claims of
 * a token, or what stands at `requestContext.authorizer`.
 */
export async function loadAuthorizer(path: string, source: GatewaySource): Promise<GatewayAuthorizer> {
  const authorizer = authorizerFrom(await loadValue(path, 'claims'));
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
