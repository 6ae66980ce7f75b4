import { type Document, isAlias, isMap, isScalar, isSeq, type Node as YamlNode } from 'yaml';
import type { ListNode, MapNode, Node, Pair, Place, Scalar, ScalarNode, Source } from '../node.js';
import { linesOf } from '../node.js';
import { TemplateError } from '../template-error.js';
import { type Insertions, original } from './insertions.js';
import { mapNode } from './json.js';
import { limitsOf } from './limits.js';

/** The nodes of the parser as ours: short tags become long names, aliases what they stand for. */
export function convertYaml(document: Document, source: Source, insertions: Insertions): Node {
  const limits = limitsOf(source.path);
  const anchors = new Map<string, { readonly node: Node; readonly nodes: number } | undefined>();

  function place(start: number, end: number): Place {
    if (insertions.length === 0) return { source, start, end };
    return { source, start: original(start, insertions), end: original(end, insertions) };
  }

  function convert(node: YamlNode | null, at: number): Node {
    if (node === null) {
      limits.count();
      return { kind: 'scalar', place: place(at, at), value: null };
    }
    if (isAlias(node)) return aliased(node.source, node.range?.[0] ?? at);
    const [start = at, end = at] = node.range ?? [];
    const { anchor } = node as { anchor?: string };
    const before = limits.counted;
    if (anchor !== undefined) anchors.set(anchor, undefined);
    limits.count();
    const converted = untagged(node, place(start, end));
    const tagged = node.tag === undefined ? converted : withTag(node.tag, start, converted);
    if (anchor !== undefined) anchors.set(anchor, { node: tagged, nodes: limits.counted - before });
    return tagged;
  }

  function untagged(node: YamlNode, at: Place): Node {
    if (isMap(node)) {
      limits.enter();
      const pairs: Pair[] = [];
      const merged: Pair[] = [];
      for (const { key, value } of node.items) {
        const [start = at.start, end = start] = (key as YamlNode | null)?.range ?? [];
        const keyPlace = place(start, end);
        const name = keyOf(key as YamlNode | null);
        const converted = convert(value as YamlNode | null, end);
        if (name === '<<') merged.push(...mergedPairs(converted));
        else if (name !== undefined) pairs.push({ key: name, keyPlace, value: converted });
      }
      limits.leave();
      return mapNode(at, [...merged, ...pairs], false);
    }
    if (isSeq(node)) {
      limits.enter();
      const items = node.items.map((item) => convert(item as YamlNode | null, at.start));
      limits.leave();
      return { kind: 'list', place: at, items } satisfies ListNode;
    }
    return { kind: 'scalar', place: at, value: isScalar(node) ? scalarOf(node) : null } satisfies ScalarNode;
  }

  function aliased(name: string, start: number): Node {
    const target = anchors.get(name);
    if (target !== undefined) {
      limits.countAlias(target.nodes);
      return target.node;
    }
    const reason = anchors.has(name) ? 'stands for itself' : 'has no anchor';
    throw new TemplateError(source.path, `the alias *${name} ${reason}`, linesOf(place(start, start)));
  }

  /** `!Sub text` as `{ "Fn::Sub": text }`. */
  function withTag(tag: string, start: number, node: Node): Node {
    if (!/^![A-Za-z]/.test(tag)) return node;
    const name = tag.slice(1);
    const tagStart = source.text.lastIndexOf(tag, original(start, insertions));
    const keyPlace: Place = { source, start: tagStart === -1 ? node.place.start : tagStart, end: node.place.start };
    const pair: Pair = { key: longName(name), keyPlace, value: name === 'GetAtt' ? attribute(node) : node };
    return mapNode({ source, start: keyPlace.start, end: node.place.end }, [pair], true);
  }

  return convert(document.contents as YamlNode | null, 0);
}

function keyOf(key: YamlNode | null): string | undefined {
  if (!isScalar(key)) return undefined;
  // `200:` is the key 200, and `0x1F:` stays as it is written.
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/** `<<: *base` and `<<: [*one, *other]`; what is written beside it counts more. */
function mergedPairs(node: Node): readonly Pair[] {
  if (node.kind === 'map') return (node as MapNode).pairs;
  return node.kind === 'list' ? [...node.items].reverse().flatMap(mergedPairs) : [];
}

function longName(name: string): string {
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}

/** `!GetAtt Function.Arn` is `["Function", "Arn"]`. */
function attribute(node: Node): Node {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node;
  const { place } = node;
  const dot = node.value.indexOf('.');
  if (dot === -1) return node;
  const items = [node.value.slice(0, dot), node.value.slice(dot + 1)].map(
    (value) => ({ kind: 'scalar', place, value }) satisfies ScalarNode,
  );
  return { kind: 'list', place, items };
}

/** Booleans of YAML 1.1, which is what CloudFormation reads; no dates and no binary, which it does not. */
function scalarOf({ value, type, source }: { value: unknown; type?: unknown; source?: string }): Scalar {
  if (typeof value === 'string') {
    if (type === 'PLAIN' && value.length >= 2 && value.length <= 3) {
      if (/^(?:[Yy]es|YES|[Oo]n|ON)$/.test(value)) return true;
      if (/^(?:[Nn]o|NO|[Oo]ff|OFF)$/.test(value)) return false;
    }
    return value;
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  return source ?? String(value);
}
