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
    text
      .replace(/^@throws \{(\w+)\}/, '@throws `$1`')
      .replace(/[{}<>]/g, (mark) => `\\${mark}`)
      .replace(/https:\/\/[^\s]*[^\s.,:;)]/g, (url) => `{@link ${url} | ${labelOf(url)}}`),
  );
}

/** What a link is called on a page: the Standard and its section, or the page of AWS's guide. */
function labelOf(url) {
  const { hostname, pathname, hash } = new URL(url);
  const last = (hash || pathname.replace(/\.html$/, '').replace(/\/$/, '')).replace(/.*[/#]/, '');
  return `${hostname} ${last}`.trim();
}

/** Changes what is neither between backticks nor an inline tag. */
function outsideCode(text, change) {
  return text
    .split(/(`[^`]*`|\{@\w+[^}]*\})/)
    .map((part, at) => (at % 2 === 1 ? part : change(part)))
    .join('');
}
