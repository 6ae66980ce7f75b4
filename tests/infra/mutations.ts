/** Other spellings of the same YAML document, with the same meaning to CloudFormation. */
import { type Document, isScalar, parseDocument, Scalar, visit } from 'yaml';

export type Mutation = readonly [name: string, mutate: (text: string) => string];

/** Mutations that leave everything in its order. */
export const SPELLINGS: readonly Mutation[] = [
  ['four blanks for two', (text) => edited(text, () => undefined, 4)],
  ['double quotes', (text) => edited(text, (document) => requote(document, Scalar.QUOTE_DOUBLE))],
  ['single quotes', (text) => edited(text, (document) => requote(document, Scalar.QUOTE_SINGLE))],
  ['a comment above every key', (text) => edited(text, comment)],
  ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text) => `\uFEFF${text}`],
  ['in braces and brackets', (text) => edited(text, flow)],
  ['JSON', (text) => JSON.stringify(toPlain(parseDocument(text, OPTIONS).contents), null, 2)],
];

export const REVERSED: Mutation = ['every map in reverse', (text) => edited(text, reverse)];

// Tags such as !Sub are unknown to the parser, and kept.
const OPTIONS = { logLevel: 'silent' } as const;

function edited(text: string, edit: (document: Document.Parsed) => void, indent = 2): string {
  const document = parseDocument(text, OPTIONS);
  edit(document);
  return document.toString({ indent, lineWidth: 0 });
}

function requote(document: Document, type: Scalar.Type): void {
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && !node.value.includes('\n')) node.type = type;
    },
  });
}

function comment(document: Document): void {
  visit(document, {
    Pair(_key, { key }) {
      if (isScalar(key)) key.commentBefore = ' what follows is: as it was';
    },
  });
}

function flow(document: Document): void {
  visit(document, {
    Collection(_key, node) {
      node.flow = true;
    },
  });
}

function reverse(document: Document): void {
  visit(document, {
    Map(_key, node) {
      node.items.reverse();
    },
  });
}

/** Short tags become their long names, as `Fn::Sub` for `!Sub`. */
function toPlain(node: unknown): unknown {
  const { tag, items, value } = node as { tag?: string; items?: readonly unknown[]; value?: unknown };
  const plain = Array.isArray(items)
    ? items.every((item) => isPair(item))
      ? Object.fromEntries(items.map((item) => [String((item.key as Scalar).value), toPlain(item.value)]))
      : items.map(toPlain)
    : value;
  if (tag === undefined || !tag.startsWith('!') || tag.startsWith('!!')) return plain;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: plain };
  return { [`Fn::${name}`]: name === 'GetAtt' && typeof plain === 'string' ? plain.split('.') : plain };
}

function isPair(item: unknown): item is { readonly key: unknown; readonly value: unknown } {
  return typeof item === 'object' && item !== null && 'key' in item;
}
