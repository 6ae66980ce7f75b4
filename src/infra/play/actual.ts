import type { WireRequest } from '../../browser/types.js';
import type { Api, Route } from '../api.js';
import type { Method } from '../method.js';
import { covers } from '../read/options-answer.js';
import { knownOf, type World } from '../value.js';
import { playGatewayError } from './gateway-errors.js';
import { playResponse } from './mapped.js';
import { httpRequest, ownCors } from './own-cors.js';
import { type Played, response, statusOnly, unknownPlay } from './played.js';
import { refusalOf } from './preflight.js';

/** What a method answers when all goes well: one for each response that is a success. */
export function playActual(
  api: Api,
  route: Route,
  method: Method,
  asked: WireRequest,
  world: World,
): readonly Played[] {
  const { kind } = method.integration;
  if (api.kind !== 'rest') return [playBehindCors(api, route, method, asked, world)];
  if (kind === 'lambda-proxy' || kind === 'http-proxy') return [{ kind: 'function' }];
  if (kind === 'unknown') return [unknownPlay('the integration is not known')];
  if (kind === 'none') return [{ kind: 'undeployable', why: 'No integration defined for method' }];
  const { responses, responsesKnown } = method.integration;
  if (!responsesKnown) return [unknownPlay('the integration responses are not known')];
  const successes = responses.filter(({ statusCode }) => /^2/.test(String(knownOf(statusCode) ?? '2')));
  const chosen = successes.length > 0 ? successes : responses;
  if (chosen.length === 0) return [{ kind: 'undeployable', why: 'No integration response' }];
  return chosen.map((each) => playResponse(method, each, asked, world));
}

/** Whether a method answers with redirects only, as links that pages navigate to do. */
export function onlyRedirects({ integration }: Method): boolean {
  const statuses = integration.responses.map(({ statusCode }) => String(knownOf(statusCode) ?? ''));
  return statuses.length > 0 && statuses.every((status) => /^3/.test(status));
}

/** HTTP APIs and function URLs, with a CORS feature of their own or without. */
function playBehindCors(api: Api, route: Route, method: Method, asked: WireRequest, world: World): Played {
  const { cors, kind } = api;
  const proxied = method.integration.kind === 'lambda-proxy' || method.integration.kind === 'http-proxy';
  if (cors === undefined || cors.form === 'false') {
    if (proxied) return { kind: 'function' };
    return method.integration.kind === 'unknown' ? unknownPlay('the integration is not known') : response(200);
  }
  const own = ownCors(api, cors, world);
  if ('unknown' in own) return unknownPlay(own.unknown);
  const played = response(200, own.apply(httpRequest(asked.method, route.path, asked.headers), []));
  return kind === 'url' ? { ...played, unless: 'the function sends CORS headers of its own' } : played;
}

/** What a request gets whose credentials are missing or wrong; `undefined` where there is nobody to refuse it. */
export function playUnauthorized(api: Api, method: Method, asked: WireRequest, world: World): Played | undefined {
  const { auth, apiKey } = method;
  const key = knownOf(apiKey.value) !== false;
  if (auth.kind === 'none' && !key) return undefined;
  if (api.kind !== 'rest') return statusOnly(auth.kind === 'iam' ? 403 : 401, UNDOCUMENTED);
  const error = auth.kind === 'none' ? 'INVALID_API_KEY' : (refusalOf(auth) ?? 'ACCESS_DENIED');
  return playGatewayError(api, error, asked, world);
}

const UNDOCUMENTED = 'what an error of the gateway carries is not documented';

/** What a path gets that no route has; `undefined` for a function URL, which has every path. */
export function playNotFound(api: Api, asked: WireRequest, world: World): Played | undefined {
  if (api.kind === 'url') return undefined;
  if (takesEveryPath(api)) return { kind: 'function' };
  if (api.kind === 'rest') return playGatewayError(api, 'MISSING_AUTHENTICATION_TOKEN', asked, world);
  return statusOnly(404, UNDOCUMENTED);
}

const TAKING = new WeakMap<Api, boolean>();

function takesEveryPath(api: Api): boolean {
  const known = TAKING.get(api);
  if (known !== undefined) return known;
  const paths = api.routes
    .filter(({ methods }) => methods.some(({ method }) => method === 'ANY'))
    .map(({ path }) => path);
  // A greedy variable takes at least one segment, so `/{proxy+}` leaves out the root.
  const takes = ['/', '/{proxy+}'].every((all) => paths.some((path) => path === all || covers(path, all)));
  TAKING.set(api, takes);
  return takes;
}
