import type { HeaderLines } from '../../browser/types.js';

/** What comes back for a request, as far as a template tells. */
export type Played =
  | PlayedResponse
  /** The function, or the server behind a proxy, makes it. */
  | { readonly kind: 'function' }
  | { readonly kind: 'unknown'; readonly why: string }
  /** Such an API cannot be deployed. */
  | { readonly kind: 'undeployable'; readonly why: string };

export interface PlayedResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly headers: HeaderLines;
  /** Headers, in lower case, that may be there too, with a value that is not known; and why. */
  readonly unknown: ReadonlyMap<string, string>;
  /** What makes it, where that is not what the route is for, such as `the gateway: 401 UNAUTHORIZED`. */
  readonly by?: string;
  /** What would make it another response, such as headers that the function sends too. */
  readonly unless?: string;
}

export function response(
  status: number,
  headers: HeaderLines = [],
  unknown?: PlayedResponse['unknown'],
): PlayedResponse {
  return { kind: 'response', status, headers, unknown: unknown ?? new Map() };
}

export function unknownPlay(why: string): Played {
  return { kind: 'unknown', why };
}

/** The headers that the CORS protocol reads. */
const CORS = ['allow-origin', 'allow-credentials', 'allow-methods', 'allow-headers'].map(
  (name) => `access-control-${name}`,
);

/** A response of which only the status is known. */
export function statusOnly(status: number, why: string): PlayedResponse {
  return response(status, [], new Map(CORS.map((name) => [name, why])));
}
