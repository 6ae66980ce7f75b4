/** A likely cause of a CORS error, in words. What shows it is up to whoever looks: an endpoint's answers, or a template. */
export interface Cause {
  /** Stays the same from version to version. */
  readonly code: string;
  readonly title: string;
  readonly remedy: string;
  /** Where AWS or the Fetch Standard documents it. */
  readonly link: string;
}
