import { quote } from '../core/printable.js';
import { fault } from './check-settings.js';
import { DEFAULT_ROUTE, METHODS, type Route, readRoute, readSegment } from './route.js';
import type { Routing } from './router.js';

/** Every fault of an API's routes, a line for each: what the source itself refuses, too. */
export function routeFaults(routes: unknown, routing: Routing, source: string): readonly string[] {
  if (!Array.isArray(routes)) return fault('routes', routes, 'a list; write an array such as ["GET /notes/{id}"]');
  if (routes.length === 0) {
    return fault(
      'routes',
      routes,
      'a way to the handler; write routes such as "GET /notes/{id}", or leave it out for all',
    );
  }
  const faults = routes.flatMap((route, at) => faultsOf(`routes[${at}]`, route, routing, source));
  return faults.length > 0 ? faults : clashes(routes.map(readRoute), routing, source);
}

function faultsOf(path: string, route: unknown, { hasDefault }: Routing, source: string): readonly string[] {
  const example = 'a route; write a method, a space and a path, such as "GET /notes/{id}"';
  if (typeof route !== 'string') return fault(path, route, example);
  if (route === DEFAULT_ROUTE) {
    return hasDefault
      ? []
      : fault(path, route, `a route of ${source}; write "ANY /{proxy+}", and "ANY /" for the root`);
  }
  const [method = '', ...rest] = route.trim().split(/\s+/);
  const target = rest.join(' ');
  if (rest.length === 0) {
    return fault(
      path,
      route,
      method.startsWith('/') ? `a route without a method; write ${quote(`ANY ${method}`)}` : example,
    );
  }
  const upperCased = method.toUpperCase();
  const known = upperCased === 'ANY' || METHODS.includes(upperCased);
  if (!known) return fault(path, route, `a route, because of its method; write ANY or one of ${METHODS.join(', ')}`);
  const why = whyNotPath(target);
  if (why !== undefined) return fault(path, route, `a route, because ${why}`);
  const written = `${upperCased} ${target}`;
  return route === written ? [] : fault(path, route, `a route as AWS writes it; write ${quote(written)}`);
}

/** The second half of a sentence, with the remedy. */
function whyNotPath(path: string): string | undefined {
  if (!path.startsWith('/')) return `its path does not begin with a slash; write ${quote(`/${path}`)}`;
  if (path === '/') return undefined;
  if (path.endsWith('/')) return `its path ends with a slash; write ${quote(path.replace(/\/+$/, '') || '/')}`;
  const texts = path.slice(1).split('/');
  if (texts.includes('')) return 'its path has two slashes in a row; write one';
  if (/[^\x21-\x7e]|[?#]/.test(path)) {
    return 'its path has a space, a ?, a # or what is not printable ASCII; write the path alone';
  }
  const segments = texts.map(readSegment);
  const broken = segments.find(({ kind, name }) => kind === 'static' && /[{}*]|^:/.test(name));
  if (broken !== undefined) {
    return `${quote(broken.name)} is not a segment; write a variable as a whole segment, such as {id}, or {proxy+} for the rest`;
  }
  const early = segments.slice(0, -1).find(({ kind }) => kind === 'greedy');
  if (early !== undefined) return `{${early.name}+} takes the rest of the path; write it last`;
  const names = segments.filter(({ kind }) => kind !== 'static').map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined ? undefined : `it has {${twice}} twice; give each variable a name of its own`;
}

/** Routes that take the same requests, and routes that cannot stand beside each other. */
function clashes(routes: readonly Route[], { hasSiblings }: Routing, source: string): readonly string[] {
  return routes.flatMap((route, at) => {
    const before = routes.slice(0, at);
    const same = before.find((each) => each.method === route.method && shapeOf(each) === shapeOf(route));
    if (same !== undefined) {
      return fault(
        `routes[${at}]`,
        route.key,
        `a new route: ${quote(same.key)} takes the same requests; leave one out`,
      );
    }
    const sibling = hasSiblings ? undefined : before.find((each) => areSiblings(each, route));
    if (sibling === undefined) return [];
    const beside = `a route that ${source} can have beside ${quote(sibling.key)}`;
    return fault(`routes[${at}]`, route.key, `${beside}, because there is one variable in a place; give both the same`);
  });
}

/** Without the names of variables. */
function shapeOf({ path, segments }: Route): string {
  return path === DEFAULT_ROUTE ? path : segments.map(({ kind, name }) => (kind === 'static' ? name : kind)).join('/');
}

/** Whether two routes have different variables in one place: "only one is allowed" when resources are made. */
function areSiblings({ segments }: Route, { segments: others }: Route): boolean {
  const at = segments.findIndex(
    ({ kind, name }, index) => kind !== others[index]?.kind || name !== others[index]?.name,
  );
  const [one, other] = [segments[at], others[at]];
  return one !== undefined && other !== undefined && one.kind !== 'static' && other.kind !== 'static';
}
