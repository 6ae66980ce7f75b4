import type { Api } from './api.js';
import type { Place, TreeDocument } from './node.js';

/** A file as it is handed to the functions of `lambda-cors/infra`, which read nothing themselves. */
export interface InfraFile {
  /** For messages, and what the paths in the file are relative to. */
  readonly path: string;
  /** YAML or JSON. */
  readonly text: string;
}

/** How other files are found that a template names. */
export interface ReadOptions {
  /**
   * The text of a file that a template names: an `AWS::Include`, a `DefinitionUri`, a nested template. It is asked for
   * the path that is named, joined to the folder of the file that names it; never for one that is written as an
   * absolute path or a URL, or leaves `root`. Default: nothing is at hand.
   */
  readonly read?: ((path: string) => string | undefined) | undefined;
  /**
   * The folder that must not be left, in the same terms as the paths of the files. Default: the one that relative paths
   * begin in; the file's own for one with an absolute path.
   */
  readonly root?: string | undefined;
}

export const READ_KEYS: readonly (keyof ReadOptions)[] = ['read', 'root'];

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
