/** A file's text, and where its lines begin. */
export interface Source {
  /** As the caller names it. */
  readonly path: string;
  /** The whole text. */
  readonly text: string;
}

/** A piece of a file; `linesOf` says which lines it covers. */
export interface Place {
  /** The file that it is in. */
  readonly source: Source;
  /** Offset of its first UTF-16 code unit in `source.text`. */
  readonly start: number;
  /** Offset after its last. */
  readonly end: number;
}

/** What JSON and YAML have in common: a document, with the place of everything in it. */
export type Node = ScalarNode | MapNode | ListNode;

/** A value that is neither a list nor a map. */
export type Scalar = string | number | boolean | null;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly place: Place;
  readonly value: Scalar;
}

export interface MapNode {
  readonly kind: 'map';
  readonly place: Place;
  /** In the order of the file. A key may come twice: the last one counts, as CloudFormation has it. */
  readonly pairs: readonly Pair[];
  /** The same by key. */
  readonly byKey: ReadonlyMap<string, Pair>;
  /** Written with a short tag, such as `!Sub`: one pair that has the long name. */
  readonly tagged: boolean;
}

export interface Pair {
  readonly key: string;
  /** Of the key; of the tag where it is a short one. */
  readonly keyPlace: Place;
  readonly value: Node;
}

export interface ListNode {
  readonly kind: 'list';
  readonly place: Place;
  readonly items: readonly Node[];
}

/** A document, and the text that it was read from. */
export interface TreeDocument {
  readonly source: Source;
  readonly format: 'json' | 'yaml';
  readonly root: Node;
}

/** Where a piece of a file begins and ends. Lines and columns count from 1; a column is one UTF-16 code unit. */
export interface Lines {
  /** The line that it begins on. */
  readonly line: number;
  /** The column that it begins at. */
  readonly column: number;
  /** The line that it ends on. */
  readonly endLine: number;
  /** The column after its last one. */
  readonly endColumn: number;
}

/**
 * The lines that a place covers.
 *
 * @param place A piece of a file.
 * @example
 * const [api] = readApis([{ path: 'template.yaml', text }])
 * for (const { key, path } of api?.routes ?? []) console.log(linesOf(key).line, path)
 */
export function linesOf(place: Place): Lines {
  const { source, start, end } = place;
  const starts = lineStarts(source);
  const first = lineAt(starts, start);
  // A block ends at the beginning of the line after it, which it does not cover.
  const last = lineAt(starts, end > start && source.text[end - 1] === '\n' ? end - 1 : end);
  return {
    line: first + 1,
    column: start - (starts[first] as number) + 1,
    endLine: last + 1,
    endColumn: Math.max(end - (starts[last] as number), 0) + 1,
  };
}

const STARTS = new WeakMap<Source, readonly number[]>();

function lineStarts(source: Source): readonly number[] {
  const known = STARTS.get(source);
  if (known !== undefined) return known;
  const starts = [0];
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1)) starts.push(at + 1);
  STARTS.set(source, starts);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The value of a key; `undefined` where there is no such key, or no map. */
export function child(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? node.byKey.get(key)?.value : undefined;
}

/** Follows keys; `undefined` as soon as one is missing. */
export function descend(node: Node | undefined, ...keys: readonly string[]): Node | undefined {
  return keys.reduce<Node | undefined>(child, node);
}

/** The pairs of a map, the last of each key only; none where it is not a map. */
export function entries(node: Node | undefined): readonly Pair[] {
  if (node?.kind !== 'map') return [];
  return node.byKey.size === node.pairs.length ? node.pairs : [...node.byKey.values()];
}

export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
