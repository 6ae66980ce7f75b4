import { type Document, parseDocument, type YAMLError } from 'yaml';
import { linesOf, type Node, type Source } from '../node.js';
import { TemplateError } from '../template-error.js';
import { type Insertions, original } from './insertions.js';
import { convertYaml } from './yaml-nodes.js';

/** Repairs and parses again until this many characters have been read in all. */
const MOST_READ = 5_000_000;
const MOST_REPAIRS = 40;

/**
 * Two indentations that the specification refuses are repaired, because PyYAML, and so cfn-lint and the AWS CLI, reads
 * them: a bracket that closes, and a quoted text that goes on, in the column of the key.
 *
 * @throws {TemplateError} for what is not YAML even so.
 */
export function parseYaml(source: Source): Node {
  if (isTooDeep(source.text)) throw new TemplateError(source.path, 'is nested too deeply');
  let { text } = source;
  let insertions: Insertions = [];
  let first: YAMLError | undefined;
  for (let repairs = 0; ; repairs++) {
    const document = parse(text);
    const [error] = document.errors;
    if (error === undefined) return convertYaml(document, source, insertions);
    first ??= error;
    const line = repairs < MOST_REPAIRS && repairs * text.length < MOST_READ ? lineToIndent(text, error) : undefined;
    if (line === undefined) throw unreadable(source, first);
    const blanks = missingBlanks(text, line);
    text = `${text.slice(0, line)}${' '.repeat(blanks)}${text.slice(line)}`;
    const added = Array<number>(blanks).fill(original(line, insertions));
    insertions = [...insertions, ...added].sort((one, other) => one - other);
  }
}

function parse(text: string): Document {
  return parseDocument(text, { uniqueKeys: false, strict: false, prettyErrors: false });
}

/** Parsers call themselves for each level, and the one of YAML does not survive 100,000 of them. */
function isTooDeep(text: string): boolean {
  if (/^[\t ?:-]{1000}/m.test(text)) return true;
  let level = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      level += 1;
      if (level > 1000) return true;
    } else if ((code === CLOSE_BRACKET || code === CLOSE_BRACE) && level > 0) level -= 1;
  }
  return false;
}

const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Where the line begins that the parser names, if the fault is one of the two. */
function lineToIndent(text: string, { code, pos: [at] }: YAMLError): number | undefined {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  if (code === 'BAD_INDENT' && text.slice(start, at).trim() === '') return start;
  // A quote that does not close where it should: the next line is where it goes on.
  if (code !== 'MISSING_CHAR') return undefined;
  const next = text.indexOf('\n', at);
  return next === -1 || next + 1 >= text.length ? undefined : next + 1;
}

/** As many as put the line to the right of the one before it. */
function missingBlanks(text: string, line: number): number {
  const before = /(?:^|\n)( *)[^\n]*\n\s*$/.exec(text.slice(Math.max(0, line - 2000), line))?.[1] ?? '';
  const own = /^ */.exec(text.slice(line, line + 2000))?.[0] ?? '';
  return Math.min(Math.max(before.length + 1 - own.length, 1), 200);
}

function unreadable(source: Source, { message, pos: [start] }: YAMLError): TemplateError {
  return new TemplateError(
    source.path,
    `is not YAML: ${message.replace(/\s+/g, ' ')}`,
    linesOf({ source, start, end: start }),
  );
}
