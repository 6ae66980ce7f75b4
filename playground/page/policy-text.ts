import { printableText } from '../../src/cli/terminal/printable.js';
import { quote } from '../../src/core/printable.js';
import { CorsPolicyError, compilePolicy, type PolicyIssue } from '../../src/index.js';
import { type Found, findPolicy, type ParseError } from './find-policy.js';
import { readLiteral } from './literal.js';

/** The policy in the text, and everything that is wrong with it. */
export interface WrittenPolicy {
  readonly policy?: unknown;
  readonly faults: readonly string[];
}

const EXAMPLE = "{ allowOrigins: ['https://app.example.com'] }";

/** Reads a policy as JSON, JavaScript or TypeScript has it, without running anything. */
export function readPolicy(text: string): WrittenPolicy {
  if (text.trim() === '') return { faults: [`the policy is missing; write ${EXAMPLE}, or { } for the defaults`] };
  let found: Found | undefined;
  try {
    found = findPolicy(text);
  } catch (error) {
    return { faults: [syntaxFault(text, error as Partial<ParseError>)] };
  }
  if (found === undefined) return { faults: [`there is no policy in this text; write ${EXAMPLE}`] };
  try {
    const { policy, faults } = readFound(found);
    return faults.length > 0 ? { faults } : check(policy);
  } catch (error) {
    return { faults: [(error as Error).message] };
  }
}

function readFound({ policy, names, code }: Found): WrittenPolicy {
  const faults: string[] = [];
  if (policy === undefined) return { policy: {}, faults };
  const read = readLiteral(policy, names, (path, { start, end }, reason) => {
    faults.push(printableText(`${path || 'policy'}: ${shorten(code.slice(start, end))} ${reason}`));
  });
  return { policy: read, faults };
}

function check(policy: unknown): WrittenPolicy {
  try {
    compilePolicy(policy as object);
    return { policy, faults: [] };
  } catch (error) {
    if (!(error instanceof CorsPolicyError)) throw error;
    return { faults: error.issues.map(textOf) };
  }
}

/** In the words of the error that the function would throw. */
function textOf(issue: PolicyIssue): string {
  return printableText(new CorsPolicyError([issue]).message.trim());
}

function syntaxFault(text: string, { loc = { line: 2, column: 0 }, message = '' }: Partial<ParseError>): string {
  const { line, column } = { ...loc, line: loc.line - 1 };
  const rest = text.split('\n')[line - 1]?.slice(column) ?? '';
  const [found] = /[\w$]+|\S/u.exec(rest) ?? [];
  if (!message.startsWith('Unexpected token'))
    return printableText(`line ${line}: ${message.replace(/ \(\d+:\d+\)$/, '')}`);
  if (found === undefined) return `the text ends too early; close what is open, as in ${EXAMPLE}`;
  return printableText(
    `line ${line}, column ${column + 1}: ${quote(found)} is not expected here; a comma, a bracket or a quotation mark may be missing before it`,
  );
}

function shorten(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
