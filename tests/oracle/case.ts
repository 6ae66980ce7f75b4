import type { GatewayCors } from '../../src/gateway.js';
import type { CorsPolicy } from '../../src/index.js';
import { type Front, hopUrl, type PageOrigin } from './world.js';

/**
 * One case: a page makes requests to one URL, and what is there, and behind its redirects, answers. Plain JSON, so that
 * it can be printed and replayed.
 */
export interface Case {
  readonly page: PageOrigin;
  /** Made one after another, each when the one before is over. */
  readonly steps: readonly Step[];
  /** What is fetched first, and what redirects lead to. */
  readonly hops: readonly Hop[];
}

/** One `fetch()`. */
export interface Step {
  readonly method?: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly credentials?: 'omit' | 'same-origin' | 'include';
  /** Text, or bytes. */
  readonly body?: string | readonly number[];
  readonly fragment?: string;
  /** Milliseconds to wait before. */
  readonly wait?: number;
}

/**
 * In header values and bodies of answers, `{1}` is the URL of the second hop, `{/1}` its path, `{origin}`, `{method}`
 * and `{headers}` what the request says in `Origin` and `Access-Control-Request-*`.
 */
export type Hop = WrittenHop | LambdaHop;

/** A server that answers with what is written here. */
export interface WrittenHop {
  readonly front: 'raw' | 'home';
  readonly far?: boolean;
  readonly preflight: Written;
  readonly answer: Written;
}

export interface Written {
  readonly status: number;
  readonly lines: readonly (readonly [string, string])[];
  /** Sent one by one, without Content-Length, when there are several. */
  readonly chunks: readonly string[];
}

/** A function behind the local gateway. */
export interface LambdaHop {
  readonly front: Exclude<Front, 'raw' | 'home'>;
  readonly far?: boolean;
  /** With it the function has `withCors` around it. */
  readonly policy?: CorsPolicy;
  /** For a function without `withCors`: what it returns to preflights. */
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

/** What a case's steps fetch. */
export function firstUrl({ page, hops: [first] }: Case, id: string): string {
  if (first === undefined) throw new Error('a case has at least one hop');
  return hopUrl(first, page, id, 0);
}

export function withFragment(url: string, { fragment }: Step): string {
  return fragment === undefined ? url : `${url}#${fragment}`;
}
