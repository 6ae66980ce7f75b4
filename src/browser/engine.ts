/** Whose behaviour is asked for: a browser engine's as it is today, or the Fetch Standard's as it is written. */
export type EngineName = 'chromium' | 'firefox' | 'webkit' | 'standard';

/** Where engines differ from the Standard and from each other. */
export interface Engine {
  readonly name: EngineName;
  /**
   * The longest time, in seconds, for which the answer to a preflight is kept; the Standard leaves it open.
   * https://fetch.spec.whatwg.org/#http-access-control-max-age
   */
  readonly maxAgeLimit: number;
  /** `*` in Access-Control-Allow-Headers covers Authorization: https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name */
  readonly wildcardCoversAuthorization: boolean;
  /** Access-Control-Max-Age is read as a 64-bit integer: a sign is accepted, and what is too large is no number. */
  readonly signedMaxAge: boolean;
  /**
   * The preflight cache keeps only the last answer for an origin and URL and forgets it when it does not suffice,
   * instead of collecting methods and header names; and it knows the origin by the page, even after a redirect
   * that makes it `null`.
   */
  readonly keepsLastPreflight: boolean;
  /** Client hints of old need no preflight. */
  readonly safelistsClientHints: boolean;
}

const STANDARD: Engine = {
  name: 'standard',
  maxAgeLimit: Number.POSITIVE_INFINITY,
  wildcardCoversAuthorization: false,
  signedMaxAge: false,
  keepsLastPreflight: false,
  safelistsClientHints: false,
};

/**
 * Read from Chromium's services/network/cors and blink's platform/loader/cors. Of Firefox and WebKit only what is
 * written here is known to differ.
 */
export const ENGINES: Readonly<Record<EngineName, Engine>> = {
  standard: STANDARD,
  chromium: {
    name: 'chromium',
    maxAgeLimit: 7200,
    wildcardCoversAuthorization: true,
    signedMaxAge: true,
    keepsLastPreflight: true,
    safelistsClientHints: true,
  },
  firefox: { ...STANDARD, name: 'firefox', maxAgeLimit: 86400, wildcardCoversAuthorization: true },
  webkit: { ...STANDARD, name: 'webkit', maxAgeLimit: 600, wildcardCoversAuthorization: true },
};
