import type { ListNode, MapNode, Node, Pair, ScalarNode, TreeDocument } from '../node.js';
import { printYamlPart } from '../write/print.js';
import { appended, type Data, type Edit } from './edit.js';
import { flowText } from './flow.js';
import {
  columnOf,
  endOfLines,
  indentationAt,
  isBlockText,
  isFlow,
  lineEndOf,
  lineStart,
  nextLine,
  ownPairs,
} from './layout.js';

/** A piece of text in the place of another one. */
interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Of two insertions at one place the deeper one comes first: it belongs to what ends there. */
  readonly depth: number;
}

/** The text with the edits in it, and nothing else changed. */
export function splice(document: TreeDocument, edits: readonly Edit[]): string {
  const { text } = document.source;
  const flow = flowScalars(document.root);
  const splices = edits
    .map((edit) => spliceOf(edit, document, flow))
    .sort((one, other) => one.start - other.start || other.depth - one.depth);
  const end = lineEndOf(text);
  const parts: string[] = [];
  let at = 0;
  for (const each of splices) {
    parts.push(text.slice(at, each.start));
    // The last line of a file may have no end.
    const isOpen = each.depth >= 0 && each.start === text.length && !/(?:^|\n)$/.test(parts.join(''));
    const inserted = isOpen ? `\n${each.text.replace(/\n$/, '')}` : each.text;
    parts.push(end === '\n' ? inserted : inserted.replace(/\r?\n/g, end));
    at = Math.max(at, each.end);
  }
  return parts.join('') + text.slice(at);
}

/** What stands within brackets, where there are no lines to add. */
function flowScalars(root: Node): ReadonlySet<Node> {
  const found = new Set<Node>();
  const seen = new Set<Node>();
  const visit = (node: Node, within: boolean): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (within) found.add(node);
    if (node.kind === 'scalar') return;
    const inside = within || isFlow(node);
    if (node.kind === 'list') for (const item of node.items) visit(item, inside);
    else for (const { value } of node.pairs) visit(value, inside);
  };
  visit(root, false);
  return found;
}

function spliceOf(edit: Edit, document: TreeDocument, flow: ReadonlySet<Node>): Splice {
  switch (edit.kind) {
    case 'add':
      return isFlow(edit.map)
        ? addToFlow(edit.map, ownPairs(edit.map), edit.value, document, edit.key)
        : addToBlock(edit.map, edit.key, edit.value);
    case 'push':
      return isFlow(edit.list)
        ? addToFlow(edit.list, edit.list.items, edit.value, document)
        : pushToBlock(edit.list, edit.value);
    case 'replace':
      return replacement(edit.node, edit.value, flow.has(edit.node), document);
    case 'append':
      return flow.has(edit.node) || !isLiteral(edit.node)
        ? replacement(edit.node, appended(edit.node, edit.text), flow.has(edit.node), document)
        : appendix(edit.node, edit.text);
    default:
      return removal(edit.map, edit.key);
  }
}

const STEP = 2;

function indented(text: string, blanks: number): string {
  return text.replace(/^(?=[^\n])/gm, ' '.repeat(blanks));
}

function addToBlock(map: MapNode, key: string, value: Data): Splice {
  const { text } = map.place.source;
  const pairs = ownPairs(map);
  const column = columnOf(text, pairs[0]?.keyPlace.start ?? map.place.start);
  const at = endOfLines(map);
  return { start: at, end: at, depth: column, text: indented(printYamlPart({ [key]: value }, STEP), column) };
}

function pushToBlock(list: ListNode, value: Data): Splice {
  const { text } = list.place.source;
  const column = columnOf(text, list.place.start);
  const at = endOfLines(list);
  return { start: at, end: at, depth: column, text: indented(printYamlPart([value], STEP), column) };
}

/** Within brackets: after the last item, on a line of its own where that has one. */
function addToFlow(
  node: MapNode | ListNode,
  members: readonly (Pair | Node)[],
  value: Data,
  { format }: TreeDocument,
  key?: string,
): Splice {
  const { source, start } = node.place;
  const { text } = source;
  const last = members.at(-1);
  const first = members[0];
  if (last === undefined || first === undefined) {
    const inside = flowText(value, { key, style: 'line', json: format === 'json', indent: 0, tight: false });
    const blank = text.slice(start + 1, node.place.end - 1);
    const isTight = format === 'json' || blank !== '';
    return { start: start + 1, end: start + 1, depth: -1, text: isTight ? inside : ` ${inside} ` };
  }
  const from = startOf(first);
  const end = endOf(last);
  const isOnLines = text.slice(start, from).includes('\n');
  const quoted = format === 'json' || text[from] === '"' || !('keyPlace' in first);
  const tight =
    format === 'json' &&
    !/\s/.test(text.slice(start, Math.min(from + 200, node.place.end)).replace(/"(?:[^"\\]|\\.)*"/g, ''));
  const style = isOnLines && format === 'json' ? 'lines' : 'line';
  const indent = isOnLines ? columnOf(text, from) : 0;
  const outer = indentationAt(text, start);
  const step = Math.max(indent - outer, 1);
  const written = flowText(value, { key, style, json: quoted, indent, tight, step });
  const before = isOnLines ? `,\n${text.slice(lineStart(text, from), from)}` : tight ? ',' : ', ';
  return { start: end, end, depth: -1, text: before + written };
}

function startOf(member: Pair | Node): number {
  return 'keyPlace' in member ? member.keyPlace.start : member.place.start;
}

function endOf(member: Pair | Node): number {
  return 'keyPlace' in member ? member.value.place.end : member.place.end;
}

/** A text that keeps its lines: `|`. */
function isLiteral(node: Node): boolean {
  const { source, start } = node.place;
  return isBlockText(node) && /^\|[-+]?\s*(?:#.*)?\r?\n/.test(source.text.slice(start));
}

function appendix(node: ScalarNode, added: string): Splice {
  const { source, start, end } = node.place;
  const first = nextLine(source.text, start);
  const blanks = /^ */.exec(source.text.slice(first, end))?.[0].length ?? 0;
  const at = endOfLines(node);
  return { start: at, end: at, depth: blanks, text: indented(added, blanks) };
}

function replacement(node: Node, value: Data, inFlow: boolean, { format }: TreeDocument): Splice {
  const { source, start } = node.place;
  const { text } = source;
  const end = trimmedEnd(node);
  const isEmpty = start === node.place.end;
  const lead = isEmpty && text[start - 1] !== ' ' ? ' ' : '';
  if (format === 'yaml' && !inFlow && typeof value === 'string' && value.includes('\n')) {
    const blanks = indentationAt(text, start) + STEP;
    const written = `${lead}${value.endsWith('\n') ? '|' : '|-'}\n${indented(value.replace(/\n$/, ''), blanks)}`;
    return { start, end, depth: -1, text: written };
  }
  if (format === 'yaml' && !inFlow && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const blanks = indentationAt(text, start) + STEP;
    const written = indented(printYamlPart(value, STEP), blanks).replace(/\n$/, '');
    if (startsLine(text, start)) return { start, end, depth: -1, text: written.trimStart() };
    const blank = /[ \t]*$/.exec(text.slice(lineStart(text, start), start))?.[0].length ?? 0;
    return { start: start - blank, end, depth: -1, text: `\n${written}` };
  }
  const quoted = format === 'json' || inFlow;
  return {
    start,
    end,
    depth: -1,
    text: lead + flowText(value, { style: 'line', json: quoted, indent: 0, tight: false }),
  };
}

function startsLine(text: string, at: number): boolean {
  return text.slice(lineStart(text, at), at).trim() === '';
}

/** Without the line end that a block takes with it. */
function trimmedEnd(node: Node): number {
  const { source, start, end } = node.place;
  return start + source.text.slice(start, end).trimEnd().length;
}

function removal(map: MapNode, key: string): Splice {
  const { text } = map.place.source;
  const pairs = ownPairs(map);
  const at = pairs.findIndex((pair) => pair.key === key);
  const pair = pairs[at] as Pair;
  const next = pairs[at + 1];
  const { start } = pair.keyPlace;
  if (isFlow(map)) {
    const before = pairs[at - 1];
    if (before !== undefined) return { start: endOf(before), end: endOf(pair), depth: -1, text: '' };
    return { start, end: next === undefined ? endOf(pair) : next.keyPlace.start, depth: -1, text: '' };
  }
  // The first key of an item of a list stands behind its dash.
  if (!startsLine(text, start)) return { start, end: next?.keyPlace.start ?? start, depth: -1, text: '' };
  const end = pair.value.place.start < start ? nextLine(text, pair.keyPlace.end) : endOfLines(pair.value);
  return { start: lineStart(text, start), end, depth: -1, text: '' };
}
