import type { GatewayCors } from '../../src/gateway.js';
import type { CorsPolicy } from '../../src/index.js';
import { type Front, hopUrl, type PageOrigin } from './world.js';

/**
 * One case: a page makes requests to one URL, and servers answer there and behind its redirects. Plain JSON, so that it
 * can be printed and replayed.
 */
export interface Case {
  readonly page: PageOrigin;
  /** The requests, one after another. */
  readonly steps: readonly Step[];
  /** The first URL, and the targets of redirects. */
  readonly hops: readonly Hop[];
}

/** One `fetch()`. */
export interface Step {
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  /** Text, or bytes. */
  readonly body?: string | readonly number[];
  /** What follows the path of the URL: more of the path, and a query. */
  readonly suffix?: string;
  readonly fragment?: string;
  /** Milliseconds to wait before. */
  readonly wait?: number;
}

/**
 * In header values and bodies of answers, `{1}` is the URL of the second hop, `{/1}` its path, `{origin}`, `{method}`
 * and `{headers}` what the request says in `Origin` and `Access-Control-Request-*`.
 */
export type Hop = WrittenHop | LambdaHop;

/** A server with a scripted answer. */
export interface WrittenHop {
  readonly front: 'raw' | 'home';
  readonly far?: boolean;
  readonly secure?: boolean;
  readonly host?: string;
  readonly port?: number;
  readonly preflight: Written;
  readonly answer: Written;
}

export interface Written {
  readonly status: number;
  readonly lines: readonly (readonly [string, string])[];
  /** If there are several chunks, they are sent one by one, without Content-Length. */
  readonly chunks: readonly string[];
}

/** A function behind the local gateway. */
export interface LambdaHop {
  readonly front: Exclude<Front, 'raw' | 'home'>;
  readonly far?: boolean;
  readonly secure?: boolean;
  /** With a policy, `withCors` is around the function. */
  readonly policy?: CorsPolicy;
  /** What a function without `withCors` returns to preflights. */
  readonly preflight?: unknown;
  readonly result?: unknown;
  readonly throws?: { readonly message: string; readonly [key: string]: unknown };
}

/** The gateways' own CORS features that cases can meet. */
export const OWN_CORS: Readonly<Record<'http-own' | 'url-own', GatewayCors>> = {
  'http-own': {
    allowOrigins: ['http://app.site.test', 'http://other.test'],
    allowMethods: ['GET', 'PUT'],
    allowHeaders: ['x-a', 'content-type'],
    exposeHeaders: ['x-a'],
    allowCredentials: true,
    maxAge: 60,
  },
  'url-own': {
    allowOrigins: ['*'],
    allowMethods: ['*'],
    allowHeaders: ['*'],
    exposeHeaders: ['*'],
  },
};

/** The URL that a case's steps fetch. */
export function firstUrl({ page, hops: [first] }: Case, id: string): string {
  if (first === undefined) throw new Error('a case has at least one hop');
  return hopUrl(first, page, id, 0);
}

/** The URL as the page writes it. */
export function stepUrl(url: string, { suffix = '', fragment }: Step): string {
  return `${url}${suffix}${fragment === undefined ? '' : `#${fragment}`}`;
}
