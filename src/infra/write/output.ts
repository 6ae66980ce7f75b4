import type { CompiledPolicy } from '../../core/policy.js';
import type { PolicyIssue } from '../../core/policy-error.js';

/** What a document is written in. */
export type Format = 'yaml' | 'json';

/** What a target makes of a policy. */
type Output = Code | Document;

/** Source code, printed as it is. */
export interface Code {
  readonly code: string;
  readonly notes: readonly string[];
}

/** Plain data, before it is printed. */
export interface Document {
  /** With the long form of CloudFormation's functions. */
  readonly document: unknown;
  /** What it is and where it goes. The first comment of YAML, a note for JSON. */
  readonly head: string;
  /** Comments above keys. */
  readonly comments?: readonly (readonly [path: readonly (string | number)[], text: string])[];
  readonly notes?: readonly string[];
}

/** Something that a target cannot express. */
export type Check = (policy: CompiledPolicy) => PolicyIssue | undefined;

/** Something that policies are written for. */
export interface Target {
  /** The first is the default; none for code. */
  readonly formats: readonly Format[];
  readonly checks: readonly Check[];
  readonly write: (policy: CompiledPolicy) => Output;
}
