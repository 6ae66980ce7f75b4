import type { Api, GatewayResponse } from '../api.js';
import { inWorld, knownOf, type World } from '../value.js';
import { type Asked, mappedHeaders } from './mapped.js';
import { type Played, type PlayedResponse, response, unknownPlay } from './played.js';

/** The errors of a REST API that are looked at, with their status. */
export const GATEWAY_ERRORS = {
  UNAUTHORIZED: 401,
  ACCESS_DENIED: 403,
  INVALID_API_KEY: 403,
  MISSING_AUTHENTICATION_TOKEN: 403,
  BAD_REQUEST_PARAMETERS: 400,
} as const;

export type GatewayError = keyof typeof GATEWAY_ERRORS;

/**
 * What a REST API answers by itself: its gateway response of that type, else the default one.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function playGatewayError(api: Api, type: GatewayError, asked: Asked, world: World): Played {
  if (api.external) return unknownPlay('the gateway responses are in another template');
  const unclear = api.gatewayResponses.find((each) => knownOf(each.type) === undefined);
  if (unclear !== undefined) return unknownPlay('the type of a gateway response is not known');
  const of = (name: string) => last(api.gatewayResponses.filter((each) => knownOf(each.type) === name));
  const given = of(type) ?? of('DEFAULT_4XX');
  const status = GATEWAY_ERRORS[type];
  if (given === undefined) {
    // What includes the document may add some.
    return api.fragment || !api.complete
      ? unknownPlay('a template may add gateway responses')
      : made(type, response(status));
  }
  if (given.condition !== undefined && given.condition !== api.condition) {
    return unknownPlay(`the gateway response is there only under the condition ${given.condition}`);
  }
  const mapped = mappedHeaders(given.headers, asked, world);
  if ('fault' in mapped) return { kind: 'undeployable', why: mapped.fault };
  const unknown = new Map(mapped.unknown);
  if (!given.headersKnown)
    unknown.set('access-control-allow-origin', 'the headers of the gateway response are not known');
  return made(type, response(statusOf(given, status, world), mapped.lines, unknown));
}

function made(type: GatewayError, played: PlayedResponse): PlayedResponse {
  return { ...played, by: `the gateway itself answers ${played.status} ${type}` };
}

function statusOf({ statusCode }: GatewayResponse, otherwise: number, world: World): number {
  const written = statusCode === undefined ? undefined : inWorld(statusCode, world);
  const number = written?.kind === 'known' ? Number(written.value) : otherwise;
  return Number.isInteger(number) ? number : otherwise;
}

function last<T>(list: readonly T[]): T | undefined {
  return list.at(-1);
}
