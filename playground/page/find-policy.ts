import { tsPlugin } from '@sveltejs/acorn-typescript';
import { type AnyNode, type Node, Parser, type Position, type Program } from 'acorn';
import type { Names } from './literal.js';

/** Where the policy is in a text. */
export interface Found {
  /** `undefined` where `withCors` is called without one. */
  readonly policy: Node | undefined;
  readonly names: Names;
  /** What the positions of the nodes refer to. */
  readonly code: string;
}

/** What the parser throws. Its lines begin at 1, and the text at the second. */
export interface ParseError extends SyntaxError {
  readonly loc: Position;
}

const TypeScript = Parser.extend(tsPlugin());

/** Which argument of a call is the policy. */
const CALLS: ReadonlyMap<string, number> = new Map([
  ['withCors', 1],
  ['withCorsStreaming', 1],
  ['cors', 0],
  ['compilePolicy', 0],
]);

/**
 * Finds the policy in JSON, JavaScript or TypeScript: what the code gives to `withCors`, what it calls a policy, or all
 * that there is. Returns `undefined` if it finds none.
 *
 * @throws {ParseError} For what is none of the three.
 */
export function findPolicy(text: string): Found | undefined {
  const { program, code } = parse(text);
  const { named, unnamed } = topLevel(program);
  const names: Names = new Map(named);
  const call = firstCall(program);
  if (call !== undefined) return { policy: call.argument, names, code };
  const byName =
    named.find(([name]) => /policy|cors/i.test(name)) ?? named.find(([, { type }]) => type === 'ObjectExpression');
  const policy = byName?.[1] ?? unnamed[0];
  return policy && { policy, names, code };
}

/** As the inside of an object; as an expression, where braces are an object and not a block; as a module. */
function parse(text: string): { readonly program: Program; readonly code: string } {
  const inside = text.replace(/[;,\s]+$/, '');
  const expression = `(\n${inside}\n)`;
  const isExpression = /^(\s|\/\/.*|\/\*[\s\S]*?\*\/)*[[{(]/.test(text);
  let thrown: unknown;
  for (const code of isExpression ? [expression] : [`({\n${inside}\n})`, expression, `\n${text}`]) {
    try {
      // The plugin needs the locations.
      const options = { ecmaVersion: 'latest', sourceType: 'module', locations: true } as const;
      return { program: TypeScript.parse(code, options), code };
    } catch (error) {
      thrown = error;
    }
  }
  throw thrown;
}

interface TopLevel {
  readonly named: readonly (readonly [name: string, value: Node])[];
  /** Exported as the default, assigned to `module.exports`, or just there. */
  readonly unnamed: readonly Node[];
}

function topLevel({ body }: Program): TopLevel {
  const statements = (body as readonly AnyNode[]).map((node) =>
    node.type === 'ExportNamedDeclaration' ? (node.declaration as AnyNode | null) : node,
  );
  return {
    named: statements.flatMap((node): [string, Node][] => {
      if (node?.type === 'FunctionDeclaration' && node.id !== null) return [[node.id.name, node]];
      if (node?.type !== 'VariableDeclaration') return [];
      return node.declarations.flatMap(({ id, init }): [string, Node][] =>
        id.type === 'Identifier' && init ? [[id.name, init]] : [],
      );
    }),
    unnamed: statements.flatMap((node) => {
      if (node?.type === 'ExportDefaultDeclaration') return [node.declaration];
      if (node?.type !== 'ExpressionStatement') return [];
      return [node.expression.type === 'AssignmentExpression' ? node.expression.right : node.expression];
    }),
  };
}

function firstCall(program: Program): { readonly argument: Node | undefined } | undefined {
  for (const node of nodesIn(program)) {
    if (node.type !== 'CallExpression') continue;
    const { callee } = node;
    const name = callee.type === 'MemberExpression' ? callee.property : callee;
    const at = name.type === 'Identifier' ? CALLS.get(name.name) : undefined;
    if (at !== undefined) return { argument: node.arguments[at] };
  }
  return undefined;
}

/** All nodes, in the order of the text. */
function* nodesIn(node: object): Generator<AnyNode> {
  if ('type' in node) yield node as AnyNode;
  for (const child of Object.values(node)) if (typeof child === 'object' && child !== null) yield* nodesIn(child);
}
