import type { WireRequest } from '../../browser/types.js';
import type { Api, Route } from '../api.js';
import type { Auth, Method } from '../method.js';
import { inWorld, leaves, type World } from '../value.js';
import { type GatewayError, playGatewayError } from './gateway-errors.js';
import { type Asked, type Binary, playMapped, playMock } from './mapped.js';
import { httpRequest, ownCors } from './own-cors.js';
import { type Played, response, statusOnly, unknownPlay } from './played.js';

/** What answers a preflight to a route. */
export function playPreflight(api: Api, route: Route, asked: WireRequest, world: World): Played {
  const { options } = route;
  switch (options.by) {
    case 'unknown':
      return unknownPlay(options.why);
    case 'nothing':
      if (api.fragment) return unknownPlay('a template that includes the document may add OPTIONS');
      return api.kind === 'rest'
        ? playGatewayError(api, 'MISSING_AUTHENTICATION_TOKEN', asked, world)
        : { ...response(404), by: 'the gateway itself answers 404' };
    case 'cors': {
      const cors =
        api.cors === undefined ? { unknown: 'there is no CORS configuration' } : ownCors(api, api.cors, world);
      if ('unknown' in cors) return unknownPlay(cors.unknown);
      const answer = cors.preflight(httpRequest('OPTIONS', route.path, asked.headers));
      return answer === undefined ? { kind: 'function' } : response(answer.status, answer.lines);
    }
    default:
      return playOptions(api, options.method, asked, world);
  }
}

/** What a method answers that gets the preflight, `OPTIONS` or `ANY`. */
function playOptions(api: Api, method: Method, asked: Asked, world: World): Played {
  if (method.condition !== undefined && method.condition !== api.condition) {
    return unknownPlay(`the method is there only under the condition ${method.condition}`);
  }
  return refusedByGateway(api, method, asked, world) ?? playIntegration(api, method, asked, world);
}

function refusedByGateway(api: Api, method: Method, asked: Asked, world: World): Played | undefined {
  const { auth, apiKey } = method;
  if (auth.kind !== 'none') {
    const error = refusalOf(auth);
    if (error === undefined) return unknownPlay('only the authorizer knows whether it lets a preflight through');
    if (api.kind === 'rest') return playGatewayError(api, error, asked, world);
    return statusOnly(error === 'UNAUTHORIZED' ? 401 : 403, 'what an error of the gateway carries is not documented');
  }
  const key = inWorld(apiKey.value, world);
  if (key.kind === 'known' && key.value) return playGatewayError(api, 'INVALID_API_KEY', asked, world);
  if (key.kind === 'unknown' || key.kind === 'choice')
    return unknownPlay('whether an API key is required is not known');
  const sent = new Set(['origin', 'accept', ...asked.headers.map(([name]) => name.toLowerCase())]);
  const required = method.parameters.find(({ name, required: must }) => {
    const value = inWorld(must, world);
    return value.kind === 'known' && value.value && !sent.has(name.toLowerCase());
  });
  if (required === undefined || method.validator === undefined) return undefined;
  return unknownPlay(`the validator may miss the header ${required.name}, which no preflight has`);
}

/** How a request without credentials is refused; `undefined` where only the authorizer knows. */
export function refusalOf({ kind, headers }: Auth): GatewayError | undefined {
  if (kind === 'iam') return 'MISSING_AUTHENTICATION_TOKEN';
  if (kind === 'cognito' || kind === 'jwt') return 'UNAUTHORIZED';
  return kind === 'lambda' && headers.length > 0 ? 'UNAUTHORIZED' : undefined;
}

function playIntegration(api: Api, method: Method, asked: Asked, world: World): Played {
  switch (method.integration.kind) {
    case 'mock':
      return playMock(method, asked, binaryOf(api), world);
    case 'lambda':
    case 'aws':
    case 'http':
      return api.kind === 'rest' ? playMapped(method, asked, undefined, world) : response(200);
    case 'lambda-proxy':
    case 'http-proxy':
      return { kind: 'function' };
    case 'none':
      return { kind: 'undeployable', why: 'No integration defined for method' };
    default:
      return unknownPlay('the integration is not known');
  }
}

/** Whether the binary media types take in everything. */
function binaryOf(api: Api): Binary {
  const types = api.binaryMediaTypes.flatMap((type) => leaves(type));
  if (types.some((type) => type.kind === 'known' && type.value === '*/*')) return 'all';
  return api.external || types.some(({ kind }) => kind === 'unknown') ? 'unknown' : 'not all';
}
