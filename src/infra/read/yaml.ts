import { type Document, parseDocument, type YAMLError } from 'yaml';
import { linesOf, type Node, type Source } from '../node.js';
import { TemplateError } from '../template-error.js';
import { type Insertions, original } from './insertions.js';
import { convertYaml } from './yaml-nodes.js';

/** Repairs and parses again until this many characters have been read in all. */
const MAX_READ = 2_000_000;
const MAX_REPAIRS = 20;
/** Of all readings: what is broken throughout is not repaired. */
const MAX_ERRORS = 20_000;

/**
 * Three things that the specification refuses are repaired, because PyYAML, and so cfn-lint and the AWS CLI, reads
 * them: a bracket that closes, and a quoted text that goes on, in the column of the key; and a dash in a flow list,
 * as in `!Split [-, !Ref Name]`.
 *
 * @throws {TemplateError} for what is not YAML even so.
 */
export function parseYaml(source: Source): Node {
  if (isTooDeep(source.text)) throw new TemplateError(source.path, 'is nested too deeply');
  if (isTooDense(source.text)) {
    throw new TemplateError(source.path, `has more than ${MAX_MARKS} lines, commas and brackets; no template has`);
  }
  let { text } = source;
  let insertions: Insertions = [];
  let first: YAMLError | undefined;
  let errors = 0;
  for (let repairs = 0; ; repairs++) {
    const document = parse(text);
    const [error] = document.errors;
    if (error === undefined) return convertYaml(document, source, insertions);
    first ??= error;
    errors += document.errors.length;
    const isHopeless = repairs >= MAX_REPAIRS || repairs * text.length > MAX_READ || errors > MAX_ERRORS;
    const missing = isHopeless ? [] : missingText(text, document.errors);
    if (missing.length === 0) throw unreadable(source, first);
    const added = missing.flatMap(({ at, insert }) => Array<number>(insert.length).fill(original(at, insertions)));
    for (const { at, insert } of [...missing].reverse()) text = text.slice(0, at) + insert + text.slice(at);
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
    level = Math.max(0, level + sign(text.charCodeAt(at)));
    if (level > 1000) return true;
  }
  return false;
}

/** A template of 5 MB has half as many; the parser takes more memory for them than Node.js has. */
const MAX_MARKS = 500_000;

/** Whether there are more nodes than a template has. Dashes count, too, because several may stand in one line. */
function isTooDense(text: string): boolean {
  let marks = 0;
  for (let at = 0; at < text.length; at++) if (isMark(text, at)) marks += 1;
  return marks > MAX_MARKS;
}

function isMark(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === COMMA || code === LINE_END || sign(code) !== 0) return true;
  return (code === DASH || code === QUESTION) && text.charCodeAt(at + 1) === BLANK;
}

const [COMMA, LINE_END, DASH, QUESTION] = [0x2c, 0x0a, 0x2d, 0x3f];

const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE, BLANK] = [0x5b, 0x5d, 0x7b, 0x7d, 0x20];

/** What is to be inserted: blanks at the beginning of a line, or quotes. */
interface Missing {
  readonly at: number;
  readonly insert: string;
}

/** What the parser asks for, if the fault is one of the three; in the order of the text. */
function missingText(text: string, errors: readonly YAMLError[]): readonly Missing[] {
  const dashes = errors.filter(
    ({ code, pos: [at] }) => code === 'BLOCK_IN_FLOW' && /^-[,\]}]/.test(text.slice(at, at + 2)),
  );
  const quotes = dashes.flatMap(({ pos: [at] }) => [at, at + 1].map((quote) => ({ at: quote, insert: "'" })));
  return quotes.length > 0 ? quotes : errors.slice(0, 1).flatMap((error) => missingBlanks(text, error));
}

function missingBlanks(text: string, { code, pos: [at] }: YAMLError): readonly Missing[] {
  const line = text.lastIndexOf('\n', at - 1) + 1;
  if (code === 'BAD_INDENT' && text.slice(line, at).trim() === '') return bracketed(text, line);
  // A quote that does not close where it should: the next line is where it goes on.
  if (code !== 'MISSING_CHAR') return [];
  const next = text.indexOf('\n', at);
  return next === -1 || next + 1 >= text.length ? [] : [{ at: next + 1, insert: ' ' }];
}

/** All lines from this one to where its bracket closes, to the right of the line where that opens. */
function bracketed(text: string, from: number): readonly Missing[] {
  const open = openBefore(text, from);
  const least = indentation(text, text.lastIndexOf('\n', open - 1) + 1) + 1;
  const missing: Missing[] = [];
  let level = 1;
  for (let line = from; line < text.length && level > 0; ) {
    const end = text.indexOf('\n', line);
    const next = end === -1 ? text.length : end + 1;
    const blanks = least - indentation(text, line);
    if (blanks > 0 && text.slice(line, next).trim() !== '')
      missing.push({ at: line, insert: ' '.repeat(Math.min(blanks, 200)) });
    for (let at = line; at < next; at++) level += sign(text.charCodeAt(at));
    line = next;
    if (missing.length > 1000) break;
  }
  return missing.length > 0 ? missing : [{ at: from, insert: ' ' }];
}

/** The bracket that is open where a line begins; the line itself where none is found. */
function openBefore(text: string, line: number): number {
  let level = 0;
  for (let at = line - 1; at >= Math.max(0, line - 20_000); at--) {
    level -= sign(text.charCodeAt(at));
    if (level < 0) return at;
  }
  return line;
}

function indentation(text: string, line: number): number {
  let at = line;
  while (text.charCodeAt(at) === BLANK) at += 1;
  return at - line;
}

/** 1 where a bracket opens, -1 where one closes. */
function sign(code: number): 1 | -1 | 0 {
  if (code === OPEN_BRACKET || code === OPEN_BRACE) return 1;
  return code === CLOSE_BRACKET || code === CLOSE_BRACE ? -1 : 0;
}

function unreadable(source: Source, { message, pos: [start] }: YAMLError): TemplateError {
  return new TemplateError(
    source.path,
    `not YAML: ${message.replace(/\s+/g, ' ')}`,
    linesOf({ source, start, end: start }),
  );
}
