// Comments as TSDoc, which API Extractor reads, has them. Editors read both, and sources are easier to read in JSDoc.

/** @param {string} declarations */
export function toTsdoc(declarations) {
  return declarations.replace(/^([ \t]*)\/\*\*(.*?)\*\//gms, (_, indent, comment) => {
    const text = comment.replace(/^[ \t]*\* ?/gm, '').trim();
    const lines = text.split(/(?=^@\w+)/m).map(toTsdocBlock);
    return `${indent}/**\n${lines
      .join('')
      .trim()
      .split('\n')
      .map((line) => `${indent} * ${line}\n`)
      .join('')}${indent} */`;
  });
}

function toTsdocBlock(block) {
  const [, code] = /^@example\n(.*)$/s.exec(block) ?? [];
  if (code !== undefined) return `@example\n\`\`\`ts\n${code.trimEnd()}\n\`\`\`\n`;
  return outsideCode(block.replace(/\n +/g, '\n').replace(/^@param (\w+) /, '@param $1 - '), (text) =>
    text.replace(/^@throws \{(\w+)\}/, '@throws `$1`').replace(/[{}<>](?![^`]*`$)/g, (mark) => `\\${mark}`),
  );
}

/** Changes what is not between backticks. */
function outsideCode(text, change) {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : change(part)))
    .join('');
}
