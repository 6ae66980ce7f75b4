import type { CredentialsMode, Exchange, Fault } from './types.js';

/** Where a request was when it failed, and where it started. */
export interface Place {
  readonly origin: string;
  readonly method: string;
  readonly url: string;
  /** Before redirects. */
  readonly firstUrl: string;
}

/** A request that failed, with everything that consoles name. */
export interface FailedRequest extends Place {
  readonly fault: Fault;
  /** What the Origin header says, which is `null` after some redirects. */
  readonly sentOrigin: string;
  readonly credentials: CredentialsMode;
  /** The URL that redirects to `url`. */
  readonly from: string | undefined;
  /** Whether it needs a preflight. */
  readonly needsPreflight: boolean;
  /** Whether CORS judges it. */
  readonly cors: boolean;
  /** The last exchange; `undefined` if nothing was sent. */
  readonly exchange: Exchange | undefined;
  /** Where the response redirects to. */
  readonly target: string | undefined;
  /** A request header's name as the page wrote it. */
  readonly written: (name: string) => string;
}
