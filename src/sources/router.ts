import { quote } from '../core/printable.js';
import type { HttpRequest } from './messages.js';
import { type Route, readRoute, sortRoutes, takesMethod } from './route.js';

/** How a source finds the route of a request. */
export interface Routing {
  /** The routes of an API whose user names none: one function gets everything. */
  readonly defaultRoutes: readonly string[];
  /** Whether `$default` may be among the routes. */
  readonly hasDefault: boolean;
  /** Whether the path of a route may go on with differently named variables, as in `/{id}` and `/{name}/parts`. */
  readonly hasSiblings: boolean;
  /** Whether a greedy route is looked at only when no other has the path. */
  readonly greedyLast: boolean;
  /** A path as it is divided at its slashes: without those around it that do not count. */
  innerPath(path: string): string;
}

/** The route that a request takes. */
export interface Routed extends Pick<Route, 'key' | 'path'> {
  /** The values of the variables in its path, by their names. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Where a source has no routes. */
export const NO_ROUTE: Routed = { key: '', path: '', parameters: {} };

export interface Router {
  /** `undefined` where the API has no route for the request. */
  route(request: HttpRequest): Routed | undefined;
  /** Why there is no route for the request, and which one is missing. */
  explain(request: HttpRequest): string;
}

/** @param keys Routes with which `routeFaults` finds no fault. */
export function makeRouter(keys: readonly string[], routing: Routing): Router {
  const routes = sortRoutes(keys.map(readRoute), routing.greedyLast);
  return {
    route({ method, path }) {
      const pieces = piecesOf(path, routing);
      for (const route of routes) {
        const values = takesMethod(route, method) ? valuesIn(route, pieces) : undefined;
        // Not an assignment to an object: a variable may be called `__proto__`.
        if (values !== undefined) return { ...route, parameters: Object.fromEntries(values) };
      }
      return undefined;
    },
    explain({ method, path }) {
      const pieces = piecesOf(path, routing);
      const same = routes.find((route) => valuesIn(route, pieces) !== undefined);
      const shown = quote(path.slice(0, 100));
      if (same === undefined) return `no route has the path ${shown}; there ${listOf(keys)}`;
      const others = routes.filter((route) => route.path === same.path).map(({ key }) => key);
      return `no route has the method ${method} for the path ${shown}; there ${listOf(others)}, but not ${method} ${same.path}`;
    },
  };
}

function piecesOf(path: string, { innerPath }: Routing): readonly string[] {
  const inner = innerPath(path);
  return inner === '' ? [] : inner.split('/');
}

/** The values of a route's variables in a path; `undefined` where the route has another path. */
function valuesIn({ method, segments }: Route, pieces: readonly string[]): Iterable<[string, string]> | undefined {
  if (method === undefined) return [];
  const values: [string, string][] = [];
  for (const [at, { kind, name }] of segments.entries()) {
    const piece = kind === 'greedy' ? pieces.slice(at).join('/') : (pieces[at] ?? '');
    if (kind === 'static' ? piece !== name : piece === '') return undefined;
    if (kind !== 'static') values.push([name, piece]);
    if (kind === 'greedy') return values;
  }
  return pieces.length === segments.length ? values : undefined;
}

function listOf(keys: readonly string[]): string {
  const shown = keys.slice(0, 5).join(', ');
  const more = keys.length > 5 ? ` and ${keys.length - 5} more` : '';
  return `${keys.length === 1 ? 'is' : 'are'} ${shown}${more}`;
}
