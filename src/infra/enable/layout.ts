import type { MapNode, Node, Pair } from '../node.js';

/** Whether a map or a list is written with brackets, as in JSON. */
export function isFlow(node: Node): boolean {
  const { source, start } = node.place;
  const first = source.text[start];
  return first === '{' || first === '[';
}

/** The pairs that are written in the map itself: not those of `<<`, nor values of aliases. */
export function ownPairs(map: MapNode): readonly Pair[] {
  const { start, end, source } = map.place;
  return map.pairs.filter(({ keyPlace: key }) => key.source === source && key.start >= start && key.end <= end);
}

/** Whether a value stands where its key is, and is not an alias of something that stands elsewhere. */
export function isInPlace({ keyPlace, value }: Pair, map: MapNode): boolean {
  return value.place.start >= keyPlace.end && value.place.end <= Math.max(map.place.end, keyPlace.end);
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line after an offset begins; the end of the text where there is none. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

export function columnOf(text: string, at: number): number {
  const start = lineStart(text, at);
  // A byte order mark is not a blank.
  return at - start - (text.startsWith('\uFEFF', start) ? 1 : 0);
}

/** The blanks at the beginning of the line, and of the dashes of a list. */
export function indentationAt(text: string, at: number): number {
  const line = text.slice(lineStart(text, at), at);
  return /^[ -]*/.exec(line)?.[0].length ?? 0;
}

/** Where the lines end that a node of a block is written on: the beginning of the next line. */
export function endOfLines(node: Node): number {
  const { text } = node.place.source;
  const end = lastOffset(node);
  return end > 0 && text[end - 1] === '\n' ? end : nextLine(text, end);
}

function lastOffset(node: Node): number {
  const { source, start, end } = node.place;
  if (node.kind === 'scalar') return isBlockText(node) ? endOfBlockText(node) : end;
  if (isFlow(node)) return end;
  if (node.kind === 'list') {
    const last = node.items.at(-1);
    // The short form of GetAtt is a text, and its parts stand where it does.
    return last === undefined || last.place.start === start ? end : lastOffset(last);
  }
  const last = ownPairs(node).at(-1);
  if (last === undefined) return nextLine(source.text, start);
  if (last.value.place.start < last.keyPlace.end || last.value.place.source !== source) return last.keyPlace.end;
  return lastOffset(last.value);
}

/** A literal or folded text: `|`, `>-`. */
export function isBlockText(node: Node): boolean {
  const { source, start } = node.place;
  return node.kind === 'scalar' && /^[|>]/.test(source.text.slice(start, start + 1));
}

/** Blank lines after a text do not belong to it, unless `+` says so. */
function endOfBlockText({ place: { source, start, end } }: Node): number {
  const { text } = source;
  if (/^[|>]\d?\+/.test(text.slice(start, start + 3))) return end;
  const trimmed = text.slice(start, end).trimEnd();
  return Math.min(nextLine(text, start + trimmed.length), end);
}

/** CRLF where the first line ends so. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}
