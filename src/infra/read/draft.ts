import type { Api, Route } from '../api.js';
import type { Security } from './security.js';

/** A route before it is known what answers OPTIONS there. */
export type RouteDraft = Omit<Route, 'options'>;

/** What a definition (a body, events, methods) contributes to an API. */
export interface Definition
  extends Pick<
    Api,
    'gatewayResponses' | 'binaryMediaTypes' | 'authorizers' | 'guards' | 'complete' | 'cors' | 'private'
  > {
  readonly routes: readonly RouteDraft[];
  /** What operations ask for that say nothing about it. */
  readonly security: Security;
}

/** API Gateway takes `/a/` for `/a`, and `/$default` for the default route. */
export function withoutTrailingSlash(path: string): string {
  if (path === '/$default') return '$default';
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** Each path once. */
export function joinedRoutes(routes: readonly RouteDraft[]): readonly RouteDraft[] {
  const joined = new Map<string, RouteDraft>();
  for (const route of routes) {
    const path = withoutTrailingSlash(route.path);
    const same = joined.get(path);
    const methods = same === undefined ? route.methods : [...same.methods, ...route.methods];
    joined.set(path, { ...(same ?? route), path, methods });
  }
  return [...joined.values()];
}
