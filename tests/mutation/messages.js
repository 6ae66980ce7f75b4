/** Two words beside each other. A list of names, such as the value of `Vary`, has a comma between them. */
const WORDS = /\w [\w"({]/;

/** What an expression in a message may be made of: there is nothing in it to mutate. */
const PLAIN = ['Identifier', 'MemberExpression', 'CallExpression'];

/**
 * Whether a node of the syntax tree is a text for people: words that are neither compared nor taken apart. A text with
 * a condition or a further text in it is not one, so that the condition is mutated.
 */
export function isMessage({ node, parent }) {
  if (parent?.type === 'BinaryExpression' || parent?.type === 'MemberExpression') return false;
  if (node.type === 'StringLiteral') return WORDS.test(node.value);
  return (
    node.type === 'TemplateLiteral' &&
    WORDS.test(node.quasis.map(({ value }) => value.cooked).join('x')) &&
    node.expressions.every(isPlain)
  );
}

function isPlain({ type, object, callee, arguments: given = [] }) {
  return PLAIN.includes(type) && [object, callee, ...given].every((part) => part === undefined || isPlain(part));
}
