/** A likely cause, as data. */
export interface Finding {
  /** Stays the same from version to version. */
  readonly code: string;
  readonly title: string;
  /** What it was seen by. */
  readonly evidence: string;
  readonly remedy: string;
}
