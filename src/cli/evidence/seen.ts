import type { PageRequest, Verdict, WireResponse } from '../../browser.js';
import type { Finding } from './finding.js';
import type { Front } from './front.js';

/** Everything that a probe has seen. */
export interface Seen {
  readonly request: PageRequest;
  readonly verdict: Verdict;
  readonly front: Front;
  /** The last preflight, and the header names it asked for. */
  readonly preflight: WireResponse | undefined;
  readonly requestedHeaders: readonly string[];
  /** The last response to the request itself. */
  readonly response: WireResponse | undefined;
  readonly responses: readonly WireResponse[];
  /** Redirects on the way: from, status, to. */
  readonly redirects: readonly { readonly url: string; readonly status: number; readonly location: string }[];
  /** The response to the same request from an origin that nobody lists. */
  readonly unlisted: UnlistedResponse | undefined;
}

export interface UnlistedResponse {
  readonly origin: string;
  readonly kind: 'preflight' | 'request';
  readonly response: WireResponse;
}

/** Looks for the evidence of one likely cause; `undefined` where there is none. */
export type Detector = (seen: Seen) => Finding | undefined;
