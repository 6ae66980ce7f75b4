import { type Node as JsonNode, type ParseError, parseTree } from 'jsonc-parser';
import type { ListNode, MapNode, Node, Pair, Place, Scalar, Source } from '../node.js';
import { type Limits, limitsOf } from './limits.js';

/** The document, or `undefined` where it is not JSON: flow YAML looks like it. */
export function parseJson(source: Source): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(source.text, errors, { allowTrailingComma: false, disallowComments: true });
  return root === undefined || errors.length > 0 ? undefined : convert(root, source, limitsOf(source.path));
}

function convert(node: JsonNode, source: Source, limits: Limits): Node {
  const place: Place = { source, start: node.offset, end: node.offset + node.length };
  limits.count();
  if (node.type === 'object') {
    limits.enter();
    const pairs = (node.children ?? []).flatMap((property) => pairOf(property, source, limits));
    limits.leave();
    return mapNode(place, pairs, false);
  }
  if (node.type === 'array') {
    limits.enter();
    const items = (node.children ?? []).map((item) => convert(item, source, limits));
    limits.leave();
    return { kind: 'list', place, items } satisfies ListNode;
  }
  return { kind: 'scalar', place, value: node.value as Scalar };
}

function pairOf({ children }: JsonNode, source: Source, limits: Limits): readonly Pair[] {
  const [key, value] = children ?? [];
  if (key === undefined || value === undefined) return [];
  const keyPlace = { source, start: key.offset, end: key.offset + key.length };
  return [{ key: String(key.value), keyPlace, value: convert(value, source, limits) }];
}

export function mapNode(place: Place, pairs: readonly Pair[], tagged: boolean): MapNode {
  const byKey = new Map<string, Pair>();
  for (const pair of pairs) byKey.set(pair.key, pair);
  return { kind: 'map', place, pairs, byKey, tagged };
}
