import {
  child,
  type ListNode,
  type MapNode,
  type Node,
  type Pair,
  type Place,
  type ScalarNode,
  type TreeDocument,
} from '../node.js';
import { intrinsicOf } from '../read/scope.js';
import { type Data, type Edit, isDataMap, meaningOf, NO_EDITS } from './edit.js';
import { isInPlace } from './layout.js';

/** Something that is written differently, for people. */
export interface Change {
  /** What is done. */
  readonly action: 'add' | 'replace' | 'remove';
  /** What it belongs to, such as `GET /pets 200`, `DEFAULT_4XX` or `Api`. */
  readonly where: string;
  /** Such as `Access-Control-Allow-Origin` or `OPTIONS`. */
  readonly what: string;
  /** What was there; of a text, without the quotes of YAML. */
  readonly before?: string;
  /** What is there now. */
  readonly after?: string;
}

/** Collects edits of a document, what they mean, and what has to be said. */
export interface Editor {
  readonly document: TreeDocument;
  readonly edits: readonly Edit[];
  readonly changes: readonly Change[];
  readonly notes: ReadonlySet<string>;
  /** The pair whose key stands there; `undefined` where that is another file, or text in between. */
  pairAt(place: Place): Pair | undefined;
  nodeAt(place: Place): Node | undefined;
  /**
   * Gives what stands below a map a value, and makes the maps in between. False where a function of CloudFormation, or
   * something else than a map, is in between.
   */
  set(map: MapNode, path: readonly string[], value: Data, change: Omit<Change, 'action' | 'before'>): boolean;
  push(list: ListNode, value: Data, change: Omit<Change, 'action' | 'before'>): void;
  replace(node: Node, value: Data, change: Omit<Change, 'action' | 'before'>): void;
  append(node: ScalarNode, text: string, change: Omit<Change, 'action' | 'before'>): void;
  remove(map: MapNode, pair: Pair, change: Omit<Change, 'action' | 'before'>): void;
  note(text: string): void;
  /** Whether an alias uses a node somewhere else too. */
  isShared(node: Node): boolean;
}

export function editorOf(document: TreeDocument): Editor {
  const { pairs, nodes } = indexOf(document);
  const edits: Edit[] = [];
  const changes: Change[] = [];
  const notes = new Set<string>();
  const adds = new Map<MapNode, Map<string, number>>();
  let shared: ReadonlySet<Node> | undefined;

  function add(map: MapNode, key: string, value: Data): void {
    const pending = adds.get(map) ?? new Map<string, number>();
    adds.set(map, pending);
    const at = pending.get(key);
    const before = at === undefined ? undefined : edits[at];
    if (at === undefined || before?.kind !== 'add') {
      pending.set(key, edits.length);
      edits.push({ kind: 'add', map, key, value });
    } else edits[at] = { ...before, value: mergedData(before.value, value) };
  }

  /** `Properties:` without anything behind it. */
  function fillEmpty(node: Node, value: Data): void {
    const at = edits.findIndex((edit) => edit.kind === 'replace' && edit.node === node);
    const before = edits[at];
    if (before?.kind === 'replace') edits[at] = { ...before, value: mergedData(before.value, value) };
    else edits.push({ kind: 'replace', node, value });
  }

  const editor: Editor = {
    document,
    edits,
    changes,
    notes,
    pairAt: ({ source, start }) => (source === document.source ? pairs.get(start) : undefined),
    nodeAt: ({ source, start, end }) => (source === document.source ? nodes.get(`${start}:${end}`) : undefined),
    set(map, path, value, change) {
      let at = map;
      for (const [index, key] of path.entries()) {
        const present = child(at, key);
        const rest = nested(path.slice(index + 1), value);
        if (present === undefined) add(at, key, rest);
        else if (index === path.length - 1) {
          editor.replace(present, value, change);
          return true;
        } else if (present.kind === 'scalar' && present.value === null) fillEmpty(present, rest);
        else {
          const next = plainMap(present);
          if (next === undefined) return false;
          at = next;
          continue;
        }
        changes.push({ action: 'add', ...change });
        return true;
      }
      return true;
    },
    push(list, value, change) {
      edits.push({ kind: 'push', list, value });
      changes.push({ action: 'add', ...change });
    },
    replace(node, value, change) {
      if (meaningOf(node, NO_EDITS) === JSON.stringify(value)) return;
      if (edits.some((edit) => edit.kind === 'replace' && edit.node === node)) return;
      edits.push({ kind: 'replace', node, value });
      changes.push({ action: 'replace', ...change, before: textAt(node) });
    },
    append(node, text, change) {
      if (edits.some((edit) => edit.kind === 'append' && edit.node === node)) return;
      edits.push({ kind: 'append', node, text });
      changes.push({ action: 'add', ...change });
    },
    remove(map, pair, change) {
      if (map.byKey.get(pair.key) !== pair || !isInPlace(pair, map) || map.pairs.length < 2) return;
      // One at a time: the next one begins where this one ends.
      if (edits.some((edit) => edit.kind === 'remove' && edit.map === map)) return;
      edits.push({ kind: 'remove', map, key: pair.key });
      changes.push({ action: 'remove', ...change, before: textAt(pair.value) });
    },
    note: (text) => notes.add(text),
    isShared(node) {
      shared ??= sharedNodes(document);
      return shared.has(node);
    },
  };
  return editor;
}

function nested(path: readonly string[], value: Data): Data {
  return path.reduceRight<Data>((inner, key) => ({ [key]: inner }), value);
}

function mergedData(one: Data, other: Data): Data {
  if (!isDataMap(one) || !isDataMap(other)) return other;
  const merged: Record<string, Data> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = merged[key];
    merged[key] = before === undefined ? value : mergedData(before, value);
  }
  return merged;
}

/** On one line: a text as it is meant, without the quotes of YAML, as the new one is told; the rest as it is written. */
function textAt(node: Node): string {
  if (node.kind === 'scalar' && typeof node.value === 'string') return node.value.trim().replace(/\s+/g, ' ');
  const { source, start, end } = node.place;
  return source.text.slice(start, end).trim().replace(/\s+/g, ' ');
}

interface Index {
  readonly pairs: ReadonlyMap<number, Pair>;
  readonly nodes: ReadonlyMap<string, Node>;
}

function indexOf({ root }: TreeDocument): Index {
  const pairs = new Map<number, Pair>();
  const nodes = new Map<string, Node>();
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    const key = `${node.place.start}:${node.place.end}`;
    if (!nodes.has(key)) nodes.set(key, node);
    if (node.kind === 'list') node.items.forEach(visit);
    if (node.kind !== 'map') return;
    for (const pair of node.pairs) {
      pairs.set(pair.keyPlace.start, pair);
      visit(pair.value);
    }
  };
  visit(root);
  return { pairs, nodes };
}

/** The map that a value is, where it is one and no function of CloudFormation. */
export function plainMap(node: Node | undefined): MapNode | undefined {
  return node?.kind === 'map' && intrinsicOf(node) === undefined ? node : undefined;
}

/** What is used in more than one place, by an alias. */
export function sharedNodes({ root }: TreeDocument): ReadonlySet<Node> {
  const seen = new Set<Node>();
  const shared = new Set<Node>();
  const visit = (node: Node, isShared: boolean): void => {
    const again = seen.has(node);
    if (shared.has(node)) return;
    if (again || isShared) shared.add(node);
    seen.add(node);
    const inner = again || isShared;
    if (node.kind === 'list') for (const item of node.items) visit(item, inner);
    if (node.kind === 'map') for (const { value } of node.pairs) visit(value, inner);
  };
  visit(root, false);
  return shared;
}
