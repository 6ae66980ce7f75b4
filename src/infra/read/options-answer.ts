import type { Api, Method, OptionsAnswer, Route } from '../api.js';
import { joinedRoutes, type RouteDraft } from './draft.js';

type Facts = Pick<Api, 'kind' | 'complete' | 'cors' | 'external'>;

/** The routes, `/a` and `/a/` as one, with what answers OPTIONS on each. */
export function withOptions(drafts: readonly RouteDraft[], api: Facts): readonly Route[] {
  const routes = joinedRoutes(drafts);
  const general = routes.filter(({ path }) => path === '$default' || path.includes('{'));
  return routes.map((route) => ({ ...route, options: optionsOf(route, general, api) }));
}

function optionsOf(route: RouteDraft, general: readonly RouteDraft[], api: Facts): OptionsAnswer {
  if (api.kind === 'rest') return restOptions(route, general, api);
  const cors = api.cors !== undefined && api.cors.form !== 'false';
  if (api.kind === 'url' && cors) return { by: 'cors' };
  const caught = httpCatcher(route, general);
  // The built-in answer comes after authorization: an authorizer on ANY or $default refuses preflights first.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
  if (caught?.by === 'method' && caught.method.auth.kind !== 'none') return caught;
  if (cors) return { by: 'cors' };
  if (caught !== undefined) return caught;
  return api.complete && !api.external ? { by: 'nothing' } : { by: 'unknown', why: INCOMPLETE };
}

const INCOMPLETE = 'not every route of the API is in what was read';

function answering({ methods }: RouteDraft): Method | undefined {
  return methods.find(({ method }) => method === 'OPTIONS') ?? methods.find(({ method }) => method === 'ANY');
}

function restOptions(route: RouteDraft, general: readonly RouteDraft[], api: Facts): OptionsAnswer {
  const method = answering(route);
  if (method !== undefined) return { by: 'method', method };
  const greedier = general.find((other) => other !== route && covers(other.path, route.path) && answering(other));
  if (greedier !== undefined) {
    // Not documented: whether a resource without the method gives way to a greedier one.
    return { by: 'unknown', why: `whether ${greedier.path} answers for it is not documented` };
  }
  return api.complete && !api.external ? { by: 'nothing' } : { by: 'unknown', why: INCOMPLETE };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation */
function httpCatcher(route: RouteDraft, general: readonly RouteDraft[]): OptionsAnswer | undefined {
  const own = answering(route);
  if (own !== undefined) return { by: 'method', method: own };
  const others = general
    .filter((other) => other !== route && covers(other.path, route.path))
    .sort((one, other) => rank(one.path) - rank(other.path) || other.path.length - one.path.length);
  for (const other of others) {
    const method = answering(other);
    if (method !== undefined) return { by: 'method', method, covering: other.path };
  }
  return undefined;
}

function rank(path: string): number {
  if (path === '$default') return 2;
  return path.endsWith('+}') ? 1 : 0;
}

/** Whether every path of the one is a path of the other. */
export function covers(general: string, specific: string): boolean {
  if (general === '$default') return true;
  const [wide, narrow] = [general.split('/'), specific.split('/')];
  for (const [index, segment] of wide.entries()) {
    const given = narrow[index];
    if (given === undefined || (given === '' && index > 0)) return false;
    if (segment.startsWith('{') && segment.endsWith('+}')) return true;
    const variable = segment.startsWith('{') && segment.endsWith('}') && !given.endsWith('+}');
    if (segment !== given && !variable) return false;
  }
  return wide.length === narrow.length;
}
