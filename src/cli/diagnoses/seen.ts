import type { PageRequest, Verdict, WireResponse } from '../../browser.js';
import type { Finding } from '../finding.js';
import type { Front } from '../front.js';

/** All that a probe has seen. */
export interface Seen {
  readonly request: PageRequest;
  readonly verdict: Verdict;
  readonly front: Front;
  /** The last preflight and what was asked in it. */
  readonly preflight: WireResponse | undefined;
  readonly requestedHeaders: readonly string[];
  /** The last response to the request itself. */
  readonly response: WireResponse | undefined;
  readonly responses: readonly WireResponse[];
  /** Redirects on the way: from, status, to. */
  readonly redirects: readonly { readonly url: string; readonly status: number; readonly location: string }[];
  /** The same asked from an origin that nobody lists. */
  readonly stranger: Stranger | undefined;
}

export interface Stranger {
  readonly origin: string;
  readonly kind: 'preflight' | 'request';
  readonly response: WireResponse;
}

/** One likely cause, told by what was seen; `undefined` where it is not that. */
export type Diagnosis = (seen: Seen) => Finding | undefined;

export function messageOf(body: string): string {
  const text = body.trim();
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

export function isOk({ status }: { readonly status: number }): boolean {
  return status >= 200 && status <= 299;
}
