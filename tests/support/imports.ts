import { parseSync } from 'oxc-parser';

/** What a file imports by name, types and re-exports included. Text that only looks like an import is not taken for one. */
export function importsIn(path: string, text: string): readonly string[] {
  const { module, program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...expressionsIn(program),
  ];
}

interface SyntaxNode {
  readonly type?: unknown;
  readonly name?: unknown;
  readonly source?: { readonly value?: unknown };
  readonly expression?: { readonly value?: unknown };
  readonly callee?: SyntaxNode;
  readonly arguments?: readonly { readonly value?: unknown }[];
}

/** The names in `import('…')`, whether it is a type or a value, in `import x = require('…')`, and in `require('…')`. */
function expressionsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const name = nameIn(node);
  const inside = Object.values(node).flatMap(expressionsIn);
  return typeof name === 'string' ? [name, ...inside] : inside;
}

function nameIn(node: SyntaxNode): unknown {
  switch (node.type) {
    case 'TSImportType':
    case 'ImportExpression':
      return node.source?.value;
    case 'TSExternalModuleReference':
      return node.expression?.value;
    case 'CallExpression':
      return node.callee?.name === 'require' ? node.arguments?.[0]?.value : undefined;
    default:
      return undefined;
  }
}
