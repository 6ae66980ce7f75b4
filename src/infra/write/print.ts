import { isMap, isScalar, type Node, Scalar, Document as YamlDocument } from 'yaml';
import type { Document } from './output.js';

export function printJson(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** YAML that parsers of 1.1 and 1.2 read alike, with its comments, and CloudFormation's functions in their short form. */
export function printYaml({ document, head, comments = [] }: Document): string {
  const yaml = yamlOf(document);
  yaml.commentBefore = comment(head);
  for (const [path, text] of comments) annotate(yaml, path, text);
  return yaml.toString(STYLE);
}

const STYLE = { lineWidth: 0, singleQuote: null } as const;

function yamlOf(value: unknown): YamlDocument {
  return new YamlDocument(withTags(value), { compat: 'yaml-1.1', aliasDuplicateObjects: false });
}

/** A part of a document, to be put into another one. */
export function printYamlPart(value: unknown, indent: number): string {
  return yamlOf(value).toString({ ...STYLE, indent });
}

function comment(text: string): string {
  return wrap(text, 100)
    .map((line) => ` ${line}`)
    .join('\n');
}

/** Lines of at most so many characters, broken at blanks; a line break stays one. */
function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines = [''];
    for (const word of paragraph.split(' ')) {
      const line = lines.at(-1) ?? '';
      if (line === '') lines[lines.length - 1] = word;
      else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
      else lines.push(word);
    }
    return lines;
  });
}

function annotate(yaml: YamlDocument, path: readonly (string | number)[], text: string): void {
  const parent = yaml.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
  if (pair === undefined) throw new Error(`there is no ${path.join('.')} to comment on`);
  (pair.key as Node).commentBefore = comment(text);
}

/** `{ Ref: 'Api' }` as `!Ref Api`. */
function withTags(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTags);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries.length === 1 ? (entries[0] as [string, unknown]) : [];
  if (name === 'Ref' || name === 'Fn::Sub') return tagged(`!${name.replace('Fn::', '')}`, argument as string);
  if (name === 'Fn::GetAtt') return tagged('!GetAtt', (argument as readonly string[]).join('.'));
  return Object.fromEntries(entries.map(([key, each]) => [key, withTags(each)]));
}

function tagged(tag: string, text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.tag = tag;
  return scalar;
}
