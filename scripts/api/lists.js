// API Documenter writes tables in HTML. Lists say the same in a third of the text, and are read more easily as Markdown.

/**
 * @param {string} text A page with tables.
 * @param {(file: string) => string} examplesOf The examples on the page of a member.
 */
export function listsOf(text, examplesOf) {
  return text.replace(/^(## Constructors\n\n)?<table>(.*?)<\/table>\n/gms, (_, constructors, table) => {
    // Nobody but this package makes its errors.
    if (constructors !== undefined) return '';
    const [head, ...rows] = table.split('</tr>').filter((row) => row.includes('<t'));
    const titles = cellsOf(head);
    return `${rows.map((row) => itemOf(titles, cellsOf(row), examplesOf)).join('\n')}\n\n`;
  });
}

function cellsOf(row) {
  return [...row.matchAll(/<t[hd]>(.*?)<\/t[hd]>/gs)].map(([, cell]) => cell.trim().replace(/\n{3,}/g, '\n\n'));
}

function itemOf(titles, cells, examplesOf) {
  const of = (title) => cells[titles.indexOf(title)] ?? '';
  const [name] = cells;
  const [, member] = /\(\.\/([\w.-]+\.md)\)/.exec(name) ?? [];
  const optional = of('Description').startsWith('_(Optional)_');
  const description = of('Description').replace(/^_\(Optional\)_ ?/, '');
  if (description === '') throw new Error(`${name} has no description`);
  const type = of('Type').replace('(not declared)', '');
  const isName = titles.includes('Type');
  const label = isName ? `**${name}${optional && !name.includes('?') ? '?' : ''}**` : name;
  const item = `- ${label}${type === '' ? '' : ` (${type})`}: ${description}`;
  const example = isName && member !== undefined ? examplesOf(member) : '';
  return [item, example]
    .filter((part) => part !== '')
    .join('\n\n')
    .replace(/\n(?=.)/g, '\n  ');
}
