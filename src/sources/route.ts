/** A route of an API, such as `GET /notes/{id}`. */
export interface Route {
  /** As it is written, and as the event of an HTTP API names it. */
  readonly key: string;
  /** `ANY` is seven of them; `undefined` for `$default`, which takes every method and path. */
  readonly method: string | undefined;
  /** What a REST API calls the resource. */
  readonly path: string;
  readonly segments: readonly Segment[];
}

interface Segment {
  /** A `greedy` one, such as `{proxy+}`, takes the rest of the path. */
  readonly kind: 'static' | 'variable' | 'greedy';
  /** What it says, or what the variable is called. */
  readonly name: string;
}

export const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export const DEFAULT_ROUTE = '$default';

/** @param key A route with which `routeFaults` finds no fault. */
export function readRoute(key: string): Route {
  const [method = '', path = ''] = key === DEFAULT_ROUTE ? [undefined, key] : key.split(' ');
  return {
    key,
    method: key === DEFAULT_ROUTE ? undefined : method,
    path,
    segments: path
      .split('/')
      .slice(1)
      .filter((text) => text !== '')
      .map(readSegment),
  };
}

export function readSegment(text: string): Segment {
  const [, variable, plus] = /^\{([\w.:-]+)(\+?)\}$/.exec(text) ?? [];
  if (variable === undefined) return { kind: 'static', name: text };
  return { kind: plus === '' ? 'variable' : 'greedy', name: variable };
}

/** `GET` does not take `HEAD`. */
export function takesMethod({ method: own }: Route, method: string): boolean {
  return own === undefined || own === method || (own === 'ANY' && METHODS.includes(method));
}

/**
 * Sorts routes so that the most specific one comes first: its segments decide, from the left, then its method.
 *
 * @param greedyLast Whether a greedy route is looked at only when no other has the path.
 */
export function sortRoutes(routes: readonly Route[], greedyLast: boolean): readonly Route[] {
  const ranked = routes.map((route) => ({ route, rank: rankOf(route, greedyLast) }));
  return ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1)).map(({ route }) => route);
}

const RANKS: Readonly<Record<Segment['kind'], string>> = { static: '0', variable: '1', greedy: '2' };

/** Less for what comes first, as text. A space is less than any digit, so a rank never goes on into the next part. */
function rankOf({ method, segments }: Route, greedyLast: boolean): string {
  const ranks = segments.map(({ kind }) => RANKS[kind]).join('');
  const parts = [method === undefined, greedyLast && ranks.endsWith(RANKS.greedy), ranks, method === 'ANY'];
  return parts.map((part) => (typeof part === 'string' ? part : Number(part))).join(' ');
}
