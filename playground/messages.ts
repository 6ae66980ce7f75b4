import type { CredentialsMode, EngineName, HeaderLine, HeaderLines } from '../src/browser.js';
import type { GatewaySource } from '../src/gateway.js';

/** The page asks its server to set up this API, and to predict what a browser makes of this request. */
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
  /** A valid policy, without functions; the page does not send another. */
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

/** The answer to an order: what to fetch, and the prediction. */
export interface Trial {
  /** The id under which the gateway records what the browser then sends. */
  readonly id: string;
  readonly url: string;
  readonly prediction: Prediction;
}

export interface Prediction {
  readonly outcome: Outcome;
  /** Why there is a preflight; empty without one. */
  readonly preflightReasons: readonly string[];
  readonly exchanges: readonly SeenRequest[];
}

/** The outcome as the page sees it. */
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
  /** Missing in the browser's own outcome, because pages do not learn the reason. */
  readonly message?: string;
  readonly fix?: string;
}

/** One request and its response, as the gateway saw them. */
export interface SeenRequest {
  readonly kind: 'preflight' | 'request';
  readonly method: string;
  /** Path and query string. */
  readonly url: string;
  readonly requestHeaders: HeaderLines;
  readonly status: number;
  readonly responseHeaders: HeaderLines;
  /** Why the gateway answered instead of the function. */
  readonly fault?: { readonly kind: string; readonly message: string };
}

/** Carries the token that is in the page. Only the page's own script can send it. */
export const TOKEN_HEADER = 'x-playground-token';

/** The query parameter that makes the URL of each trial unique, so that no cache answers. */
export const TRIAL_PARAMETER = 'trial';
