/** A route of an API, such as `GET /notes/{id}`. */
export interface Route {
  /** As it is written, and as HTTP APIs hand it over. */
  readonly key: string;
  /** `ANY` is seven of them; `undefined` for `$default`, which takes every method and path. */
  readonly method: string | undefined;
  /** What a REST API calls the resource. */
  readonly path: string;
  readonly segments: readonly Segment[];
}

export interface Segment {
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
 * The more specific route first: its segments decide, from the left, then its method. What this leaves undecided are
 * routes of which no request can take both.
 *
 * @param greedyLast Whether a greedy route is looked at only when no other has the path.
 */
export function compareRoutes(one: Route, other: Route, greedyLast: boolean): number {
  const byDefault = Number(one.method === undefined) - Number(other.method === undefined);
  const byGreed = greedyLast ? Number(isGreedy(one)) - Number(isGreedy(other)) : 0;
  return (
    byDefault || byGreed || compareSegments(one, other) || Number(one.method === 'ANY') - Number(other.method === 'ANY')
  );
}

function isGreedy({ segments }: Route): boolean {
  return segments.at(-1)?.kind === 'greedy';
}

const RANKS: Readonly<Record<Segment['kind'], number>> = { static: 0, variable: 1, greedy: 2 };

function compareSegments({ segments }: Route, { segments: others }: Route): number {
  const at = segments.findIndex(({ kind }, index) => kind !== others[index]?.kind);
  const [segment, other] = [segments[at], others[at]];
  return segment === undefined || other === undefined ? 0 : RANKS[segment.kind] - RANKS[other.kind];
}
