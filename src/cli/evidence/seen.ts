import { parseUrl } from '../../browser/url.js';
import type { Exchange, Page, PageRequest, Transport, Verdict, WireResponse } from '../../browser.js';
import type { Finding } from './finding.js';
import { type Front, frontOf } from './front.js';
import { headerOf } from './headers.js';
import { askFromUnlistedOrigin, type UnlistedRequest } from './unlisted-origin.js';

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
  /** The same request from an origin that nobody lists, if it was sent. */
  readonly unlisted: UnlistedRequest | undefined;
}

/** Looks for the evidence of one likely cause; `undefined` where there is none. */
export type Detector = (seen: Seen) => Finding | undefined;

/** What there is to judge by; asks once more, from an origin that nobody lists. */
export async function look(request: PageRequest, { exchanges, verdict }: Page, transport: Transport): Promise<Seen> {
  const responses = exchanges.map(({ response }) => response).filter((response) => response !== undefined);
  const preflight = exchanges.filter(({ kind }) => kind === 'preflight').at(-1);
  const response = exchanges.filter(({ kind }) => kind === 'request').at(-1);
  return {
    request,
    verdict,
    front: frontOf(request.url, responses),
    preflight: preflight?.response,
    requestedHeaders: (preflight?.preflightReasons ?? [])
      .filter(({ kind }) => kind === 'header')
      .map(({ name }) => name),
    response: response?.tainting === 'cors' ? response.response : undefined,
    responses: exchanges.filter(({ tainting }) => tainting === 'cors').flatMap(({ response }) => response ?? []),
    redirects: exchanges.filter(({ kind }) => kind === 'request').flatMap(redirectOf),
    unlisted: await askFromUnlistedOrigin(exchanges, transport),
  };
}

function redirectOf({ request, response }: Exchange): Seen['redirects'] {
  if (response === undefined || response.status < 300 || response.status > 399) return [];
  const location = headerOf(response, 'location');
  if (location === undefined) return [];
  const target = parseUrl(location, request.url)?.href ?? location;
  return [{ url: request.url, status: response.status, location: target }];
}
