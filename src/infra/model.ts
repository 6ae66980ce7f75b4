import type { Api } from './api.js';
import type { Place, TreeDocument } from './node.js';

/** A file as it is handed to the functions of `lambda-cors/infra`, which read nothing themselves. */
export interface InfraFile {
  /** For messages, and what the paths in the file are relative to. */
  readonly path: string;
  readonly text: string;
}

export interface ReadOptions {
  /**
   * The text of a file that a template names: an `AWS::Include`, a `DefinitionUri`, a nested template. It is asked for
   * relative paths only, joined to the folder of the file that names it, and never for one that leaves the folder of
   * all (`..` beyond the beginning), an absolute one, or a URL. Default: nothing is at hand.
   */
  readonly read?: ((path: string) => string | undefined) | undefined;
}

/** All that was read: what was given, and what that includes. */
export interface Model {
  readonly apis: readonly Api[];
  readonly files: readonly ModelFile[];
}

export interface ModelFile {
  readonly document: TreeDocument;
  readonly kind: 'template' | 'openapi' | 'fragment' | 'other';
  /** Read because another file names it. */
  readonly included: boolean;
  /** Whether `Metadata: { lambda-cors: { ignore } }` of the template names these codes. */
  readonly ignores: readonly string[];
  /** What could not be followed from it. */
  readonly gaps: readonly { readonly why: string; readonly place: Place }[];
}
