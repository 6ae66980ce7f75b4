import type { CompiledPolicy } from '../../core/policy.js';
import type { Api } from '../api.js';
import type { Severity } from '../finding.js';
import type { Place } from '../node.js';

/** One thing that is looked for. Its page in `docs/lint` is made of it. */
export interface Rule {
  readonly code: string;
  /** What its findings are unless they say otherwise. */
  readonly severity: Severity;
  /** The fault, in a line. */
  readonly title: string;
  /** What happens, and why. */
  readonly text: string;
  /** What the browser says, or the deployment. */
  readonly says: string;
  /** When it says nothing, so that what it says can be trusted. */
  readonly guard: string;
  /** What to write. */
  readonly remedy: string;
  /** How to see it on a deployed API; with `probe` where that shows it. */
  readonly see: string;
  readonly check: (scope: Scope) => readonly Draft[];
}

/** What a rule looks at. */
export interface Scope {
  readonly api: Api;
  /** All APIs of the files, this one too. */
  readonly apis: readonly Api[];
  readonly policy: CompiledPolicy | undefined;
  /** The same API in the version of the template that is deployed. */
  readonly base: Api | undefined;
  /** The beginning of the document that has a place. */
  readonly rootOf: (place: Place) => Place;
  /** CloudFront signs the requests to function URLs (origin access control), so that a page need not. */
  readonly signedByCloudFront: boolean;
  /** The package.json beside the template, or above it, has lambda-cors. */
  readonly usesWrapper: boolean;
}

/** A finding without what its rule and its place say. */
export interface Draft {
  readonly place: Place;
  readonly message: string;
  readonly remedy: string;
  /** Default: the rule's. */
  readonly severity?: Severity | undefined;
}
