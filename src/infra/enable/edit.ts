import type { ListNode, MapNode, Node, ScalarNode } from '../node.js';

/** Plain data, with the long form of CloudFormation's functions. */
export type Data = string | number | boolean | null | readonly Data[] | DataMap;
export interface DataMap {
  readonly [key: string]: Data;
}

/** A change of a document, in the words of its tree. */
export type Edit =
  /** A key more, at the end of a map. */
  | { readonly kind: 'add'; readonly map: MapNode; readonly key: string; readonly value: Data }
  /** An item more, at the end of a list. */
  | { readonly kind: 'push'; readonly list: ListNode; readonly value: Data }
  | { readonly kind: 'replace'; readonly node: Node; readonly value: Data }
  /** Lines more, at the end of a text. */
  | { readonly kind: 'append'; readonly node: ScalarNode; readonly text: string }
  | { readonly kind: 'remove'; readonly map: MapNode; readonly key: string };

/** Edits by the node that they change. */
interface Edits {
  readonly adds: ReadonlyMap<Node, readonly (readonly [key: string, value: Data])[]>;
  readonly pushes: ReadonlyMap<Node, readonly Data[]>;
  readonly replaced: ReadonlyMap<Node, Data>;
  readonly removed: ReadonlyMap<Node, ReadonlySet<string>>;
}

export const NO_EDITS: Edits = { adds: new Map(), pushes: new Map(), replaced: new Map(), removed: new Map() };

export function byNode(edits: readonly Edit[]): Edits {
  const adds = new Map<Node, (readonly [string, Data])[]>();
  const pushes = new Map<Node, Data[]>();
  const replaced = new Map<Node, Data>();
  const removed = new Map<Node, Set<string>>();
  for (const edit of edits) {
    if (edit.kind === 'add') entryOf(adds, edit.map, []).push([edit.key, edit.value]);
    else if (edit.kind === 'push') entryOf(pushes, edit.list, []).push(edit.value);
    else if (edit.kind === 'replace') replaced.set(edit.node, edit.value);
    else if (edit.kind === 'append') replaced.set(edit.node, appended(edit.node, edit.text));
    else entryOf(removed, edit.map, new Set<string>()).add(edit.key);
  }
  return { adds, pushes, replaced, removed };
}

function entryOf<T>(map: Map<Node, T>, node: Node, fresh: T): T {
  const known = map.get(node);
  if (known !== undefined) return known;
  map.set(node, fresh);
  return fresh;
}

/** A template with lines more, which begin on a line of their own. */
export function appended({ value, place: { source, start } }: ScalarNode, text: string): string {
  const before = String(value ?? '');
  const whole = `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${text}`;
  // A block of YAML that drops its last line end.
  return source.text.startsWith('|-', start) ? whole.replace(/\n$/, '') : whole;
}

/**
 * What a tree says once it is edited, as one text, so that two trees can be compared: whatever is written another way
 * means the same, and nothing else does.
 */
export function meaningOf(node: Node, edits: Edits): string {
  const value = edits.replaced.get(node);
  if (value !== undefined) return meaningOfData(value);
  if (node.kind === 'scalar') return JSON.stringify(node.value);
  if (node.kind === 'list') {
    const items = node.items.map((item) => meaningOf(item, edits));
    return `[${[...items, ...(edits.pushes.get(node) ?? []).map(meaningOfData)].join()}]`;
  }
  const removed = edits.removed.get(node);
  const pairs = node.pairs
    .filter(({ key }) => !removed?.has(key))
    .map((pair) => `${JSON.stringify(pair.key)}:${meaningOf(pair.value, edits)}`);
  const added = (edits.adds.get(node) ?? []).map(([key, each]) => `${JSON.stringify(key)}:${meaningOfData(each)}`);
  return `{${[...pairs, ...added].join()}}`;
}

function meaningOfData(value: Data): string {
  if (isList(value)) return `[${value.map(meaningOfData).join()}]`;
  if (!isDataMap(value)) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}:${meaningOfData(each)}`)
    .join()}}`;
}

function isList(value: Data): value is readonly Data[] {
  return Array.isArray(value);
}

export function isDataMap(value: Data): value is DataMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A part of a document as data, to be written once more. */
export function dataOf(node: Node): Data {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(dataOf);
  return Object.fromEntries(node.pairs.map(({ key, value }) => [key, dataOf(value)]));
}
