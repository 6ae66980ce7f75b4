import type { Api, OptionsAnswer, Route } from '../api.js';
import type { Method } from '../method.js';
import { joinedRoutes, type RouteDraft } from './draft.js';

type Facts = Pick<Api, 'kind' | 'complete' | 'cors' | 'external'>;

/** The routes, `/a` and `/a/` as one, with what answers OPTIONS on each. */
export function withOptions(drafts: readonly RouteDraft[], api: Facts): readonly Route[] {
  const routes = joinedRoutes(drafts);
  const general = routes
    .filter((route) => isGeneral(route.path) && answering(route) !== undefined)
    .map((route) => ({ route, segments: route.path.split('/') }));
  return routes.map((route) => {
    const segments = route.path.split('/');
    const covering = general.filter((each) => each.route !== route && coversSegments(each.segments, segments));
    return {
      ...route,
      options: optionsOf(
        route,
        covering.map((each) => each.route),
        api,
      ),
    };
  });
}

/** @param covering The more general routes that take its requests, where they answer OPTIONS. */
function optionsOf(route: RouteDraft, covering: readonly RouteDraft[], api: Facts): OptionsAnswer {
  if (api.kind === 'rest') return restOptions(route, covering, api);
  const cors = api.cors !== undefined && api.cors.form !== 'false';
  if (api.kind === 'url' && cors) return { by: 'cors' };
  const caught = httpCatcher(route, covering);
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

function restOptions(route: RouteDraft, covering: readonly RouteDraft[], api: Facts): OptionsAnswer {
  const method = answering(route);
  if (method !== undefined) return { by: 'method', method };
  const [greedier] = covering;
  if (greedier !== undefined) {
    // Not documented: whether a resource without the method gives way to a greedier one.
    return { by: 'unknown', why: `whether ${greedier.path} answers for it is not documented` };
  }
  return api.complete && !api.external ? { by: 'nothing' } : { by: 'unknown', why: INCOMPLETE };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation */
function httpCatcher(route: RouteDraft, covering: readonly RouteDraft[]): OptionsAnswer | undefined {
  const own = answering(route);
  if (own !== undefined) return { by: 'method', method: own };
  const [first] = [...covering].sort(
    (one, other) => rank(one.path) - rank(other.path) || other.path.length - one.path.length,
  );
  const method = first === undefined ? undefined : answering(first);
  return first === undefined || method === undefined ? undefined : { by: 'method', method, covering: first.path };
}

function rank(path: string): number {
  if (path === '$default') return 2;
  return path.endsWith('+}') ? 1 : 0;
}

function isGeneral(path: string): boolean {
  return path === '$default' || /\/\{[^?]/.test(path);
}

/** Whether every path of the one is a path of the other. */
export function covers(general: string, specific: string): boolean {
  return coversSegments(general.split('/'), specific.split('/'));
}

function coversSegments(wide: readonly string[], narrow: readonly string[]): boolean {
  if (wide[0] === '$default') return true;
  for (const [index, segment] of wide.entries()) {
    const given = narrow[index];
    if (given === undefined || (given === '' && index > 0)) return false;
    const isVariable = segment.startsWith('{') && !segment.startsWith('{?');
    if (isVariable && segment.endsWith('+}')) return true;
    if (segment !== given && !(isVariable && !given.endsWith('+}'))) return false;
  }
  return wide.length === narrow.length;
}
