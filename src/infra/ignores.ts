import { descend, entries, linesOf, type Node, type Place, type Source, type TreeDocument } from './node.js';

/** Says whether a file does not want to hear of a finding there. */
export type Ignores = (code: string, place: Place) => boolean;

/** `# lambda-cors-ignore LC202 LC401`, on the line of the finding or in a comment above it. */
const COMMENT = /(?:^|\s)#\s*lambda-cors-ignore\b:?([^#]*)/;

/** What the comments and the `Metadata` of a document say: `Metadata: { lambda-cors: { ignore: [LC202] } }`. */
export function ignoresOf({ source, root }: TreeDocument): Ignores {
  const lines = source.text.includes('lambda-cors-ignore') ? commented(source) : new Map<number, ReadonlySet<string>>();
  const whole = codesIn(root);
  const resources = entries(descend(root, 'Resources'))
    .map(({ keyPlace, value }) => ({ from: keyPlace.start, to: value.place.end, codes: codesIn(value) }))
    .filter(({ codes }) => codes.size > 0);
  return (code, place) =>
    whole.has(code) ||
    lines.get(linesOf(place).line)?.has(code) === true ||
    resources.some(({ from, to, codes }) => codes.has(code) && place.start >= from && place.start < to);
}

/** The codes for each line. */
function commented({ text }: Source): ReadonlyMap<number, ReadonlySet<string>> {
  const found = new Map<number, ReadonlySet<string>>();
  let above = new Set<string>();
  for (const [at, line] of text.split('\n').entries()) {
    const codes = COMMENT.exec(line)?.[1]?.match(/\bLC\d{3}\b/g) ?? [];
    const isComment = /^\s*#/.test(line);
    if (isComment) {
      for (const code of codes) above.add(code);
      continue;
    }
    const all = new Set([...above, ...codes]);
    if (all.size > 0) found.set(at + 1, all);
    if (above.size > 0) above = new Set();
  }
  return found;
}

function codesIn(node: Node | undefined): ReadonlySet<string> {
  const list = descend(node, 'Metadata', 'lambda-cors', 'ignore');
  const items = list?.kind === 'list' ? list.items : list === undefined ? [] : [list];
  return new Set(items.flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : [])));
}
