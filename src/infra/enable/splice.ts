import type { ListNode, MapNode, Node, Pair, ScalarNode, TreeDocument } from '../node.js';
import { printYamlPart } from '../write/print.js';
import { appended, type Data, type Edit } from './edit.js';
import { addToFlow, flowText, habitsOf, type Member, type Splice } from './flow.js';
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

/** The text with the edits in it, and nothing else changed. */
export function splice(document: TreeDocument, edits: readonly Edit[]): string {
  const { text } = document.source;
  const flow = flowScalars(document.root);
  const habits = habitsOf(document);
  const { within, others } = withinBrackets(edits);
  const splices = [
    ...others.map((edit) => spliceOf(edit, document, flow)),
    ...[...within].map(([node, members]) => addToFlow(node, members, habits)),
  ].sort((one, other) => one.start - other.start || other.depth - one.depth);
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

interface Sorted {
  /** What is added to maps and lists that are written with brackets, where each needs a comma before it. */
  readonly within: ReadonlyMap<MapNode | ListNode, readonly Member[]>;
  readonly others: readonly Edit[];
}

function withinBrackets(edits: readonly Edit[]): Sorted {
  const within = new Map<MapNode | ListNode, Member[]>();
  const others: Edit[] = [];
  for (const edit of edits) {
    const node = edit.kind === 'add' ? edit.map : edit.kind === 'push' ? edit.list : undefined;
    if (node === undefined || !isFlow(node) || (edit.kind !== 'add' && edit.kind !== 'push')) others.push(edit);
    else {
      const member = edit.kind === 'add' ? { key: edit.key, value: edit.value } : { value: edit.value };
      within.set(node, [...(within.get(node) ?? []), member]);
    }
  }
  return { within, others };
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
      return addToBlock(edit.map, edit.key, edit.value);
    case 'push':
      return pushToBlock(edit.list, edit.value);
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
  // A comment behind it would be taken for a line of the text.
  const isLast = /^[ \t]*(?:\r?\n|$)/.test(text.slice(end)) || text[end - 1] === '\n';
  if (format === 'yaml' && !inFlow && isLast && typeof value === 'string' && value.includes('\n')) {
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
    text: lead + flowText(value, { style: 'line', quoted, prefix: '', unit: '  ' }),
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
    if (before !== undefined) return { start: before.value.place.end, end: pair.value.place.end, depth: -1, text: '' };
    return { start, end: next === undefined ? pair.value.place.end : next.keyPlace.start, depth: -1, text: '' };
  }
  // The first key of an item of a list stands behind its dash.
  if (!startsLine(text, start)) return { start, end: next?.keyPlace.start ?? start, depth: -1, text: '' };
  const end = pair.value.place.start < start ? nextLine(text, pair.keyPlace.end) : endOfLines(pair.value);
  return { start: lineStart(text, start), end, depth: -1, text: '' };
}
