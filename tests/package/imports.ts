import { parseSync } from 'oxc-parser';

interface Node {
  readonly type?: string;
  readonly source?: Node | null;
  readonly callee?: Node;
  readonly arguments?: readonly Node[];
  readonly name?: string;
  readonly value?: unknown;
}

/** What a file imports or requires by name. From the syntax tree, because code may print other code. */
export function importsOf(path: string, text: string): readonly string[] {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  return importsIn(program);
}

function importsIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, source, callee, arguments: [argument] = [] } = node as Node;
  const isRequire = type === 'CallExpression' && callee?.type === 'Identifier' && callee.name === 'require';
  const named = isRequire
    ? argument?.value
    : /^(Import|Export|TSImportType)/.test(type ?? '')
      ? source?.value
      : undefined;
  const inside = Object.values(node).flatMap(importsIn);
  return typeof named === 'string' ? [named, ...inside] : inside;
}
