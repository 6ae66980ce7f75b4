import type { AnyNode, Node, Property } from 'acorn';

/** What the names in the code stand for. */
export type Names = ReadonlyMap<string, Node>;

/** Takes a part of the code that is not a value, where it stands, such as `allowOrigins[1]`, and why it is not one. */
export type Report = (path: string, node: Node, reason: string) => void;

const MAX_PARTS = 100_000;
const RUN = 'is not written out, and this page does not run code; write its value';
const FUNCTION = 'is a function, which cannot be sent to the API; write the origins that it allows';

/**
 * The value that an expression writes out. Nothing is run: what would have to be is reported, and is `undefined`.
 *
 * @throws {RangeError} For more than 100,000 parts, which a few names that stand for each other can make.
 */
export function readLiteral(root: Node, names: Names, report: Report): unknown {
  let parts = 0;
  // So that a circle ends.
  const open = new Set<string>();

  function read(node: Node, path: string): unknown {
    parts += 1;
    if (parts > MAX_PARTS) throw new RangeError(`the policy has more than ${MAX_PARTS} parts`);
    const written = node as AnyNode;
    switch (written.type) {
      case 'Literal':
        return written.value;
      case 'TemplateLiteral':
        return written.quasis
          .map(({ value }, at) => {
            const part = written.expressions[at];
            return part === undefined ? value.cooked : `${value.cooked}${read(part, path)}`;
          })
          .join('');
      case 'ArrayExpression':
        return written.elements.flatMap((element, at) =>
          element?.type === 'SpreadElement'
            ? read(element.argument, path)
            : [element === null ? undefined : read(element, `${path}[${at}]`)],
        );
      case 'ObjectExpression':
        return Object.fromEntries(written.properties.flatMap((property) => entries(property, path)));
      case 'UnaryExpression':
        if (written.operator === '-') return -Number(read(written.argument, path));
        break;
      case 'BinaryExpression':
        // Such as 24 * 60 * 60.
        if (written.operator === '*') return Number(read(written.left, path)) * Number(read(written.right, path));
        break;
      case 'Identifier': {
        const { name } = written;
        const meant = open.has(name) ? undefined : names.get(name);
        if (meant !== undefined) {
          open.add(name);
          const value = read(meant, path);
          open.delete(name);
          return value;
        }
        if (name === 'undefined') return undefined;
        break;
      }
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'FunctionDeclaration':
        report(path, node, FUNCTION);
        return undefined;
    }
    if (isTyped(node)) return read(node.expression, path);
    report(path, node, RUN);
    return undefined;
  }

  function entries(property: AnyNode, path: string): [string, unknown][] {
    if (property.type === 'SpreadElement') return Object.entries(read(property.argument, path) ?? {});
    const key = property.type === 'Property' ? keyOf(property) : undefined;
    if (property.type === 'Property' && key !== undefined)
      return [[key, read(property.value, path === '' ? key : `${path}.${key}`)]];
    report(path, property, RUN);
    return [];
  }

  return read(root, '');
}

function keyOf({ key, computed }: Pick<Property, 'key' | 'computed'>): string | undefined {
  if (key.type === 'Literal') return String(key.value);
  return key.type === 'Identifier' && !computed ? key.name : undefined;
}

/** `value as const`, `value satisfies CorsPolicy`, `value!`. */
function isTyped(node: Node): node is Node & { readonly expression: Node } {
  return /^TS(As|Satisfies|NonNull)Expression$/.test(node.type);
}
