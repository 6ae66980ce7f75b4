import type { CredentialsMode, EngineName, HeaderLine, HeaderLines } from '../src/browser.js';
import type { GatewaySource } from '../src/gateway.js';

/** What the page asks its server for: put this API up, and say what a browser will make of this request. */
export interface Order {
  readonly api: ApiSettings;
  readonly request: RequestSettings;
  readonly engine: EngineName;
}

export interface ApiSettings {
  readonly source: GatewaySource;
  /** Whether the function is `withCors(serveNotes, policy)`, or `serveNotes` alone. */
  readonly wrapped: boolean;
  /** Whether the gateway's own CORS feature is on as well; HTTP APIs and function URLs have one. */
  readonly ownCors: boolean;
  /** As JSON has it; sound, or there is no order. */
  readonly policy: unknown;
}

export interface RequestSettings {
  readonly method: string;
  /** Path and query string, with the stage where there is one. */
  readonly path: string;
  readonly headers: readonly HeaderLine[];
  readonly credentials: CredentialsMode;
  readonly body?: string;
}

/** The answer to an order: what to fetch, and what will come of it. */
export interface Trial {
  /** Under which the gateway's log has what the browser then sends. */
  readonly id: string;
  readonly url: string;
  readonly prediction: Prediction;
}

export interface Prediction {
  readonly outcome: Outcome;
  /** Why there is a preflight; empty when there is none. */
  readonly preflightReasons: readonly string[];
  readonly exchanges: readonly WireExchange[];
}

/** What a page gets to see. */
export type Outcome =
  | {
      readonly allowed: true;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | Refusal;

export interface Refusal {
  readonly allowed: false;
  readonly reason: string;
  /** Only known to who has the responses, not to a page. */
  readonly message?: string;
  readonly fix?: string;
}

/** One request and its response, as the gateway saw them. */
export interface WireExchange {
  readonly kind: 'preflight' | 'request';
  readonly method: string;
  /** Path and query string. */
  readonly url: string;
  readonly requestHeaders: HeaderLines;
  readonly status: number;
  readonly responseHeaders: HeaderLines;
  /** Why the gateway answered instead of the function. */
  readonly fault?: string;
}

/** The header that only this page's own script can send, with the token that is in the page. */
export const TOKEN_HEADER = 'x-playground-token';

/** The query parameter that makes every trial's URL a new one, so that no cache answers. */
export const TRIAL_PARAMETER = 'trial';
