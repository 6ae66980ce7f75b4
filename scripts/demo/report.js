// Tables for people, with colours only on a terminal.
import Table from 'cli-table3';

const coloured = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;

const SHORT = {
  'access-control-allow-methods': 'ACAM',
  'access-control-allow-headers': 'ACAH',
  'access-control-expose-headers': 'ACEH',
  'access-control-max-age': 'ACMA',
  'access-control-request-method': 'ACRM',
  'access-control-request-headers': 'ACRH',
};

// cli-table3 aligns the columns; a hundred lines are easier to read without rules between them.
const NO_RULES = Object.fromEntries(
  ['top', 'mid', 'bottom', 'left', 'right'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((end) => [`${side}${end}`, '']),
  ),
);

/** Every answer in full: `conversations` is a list of `{ name, rows }`. */
export function fullTable(conversations) {
  return plainTable(
    ['', 'Status', 'ACAO', 'Vary', 'And', 'The browser then'],
    conversations.flatMap(({ name, rows }) => [[bold(name)], ...rows.map(fullRow)]),
  );
}

function fullRow({ title, outcome, status, cors, faults }) {
  const { 'access-control-allow-origin': origin = '–', vary = '–', ...others } = cors;
  const verdict = faults.length === 0 ? green(`✓ ${outcome}`) : red('✗ see below');
  return [`  ${title}`, status, origin, shorten(vary.split(', ')), shorten(Object.keys(others)) || '–', verdict];
}

/** A line for each source, a column for each exchange. */
export function shortTable(conversations) {
  const [{ rows: exchanges }] = conversations;
  return plainTable(
    ['', ...exchanges.map(({ title }) => title.replace(', ', ',\n'))],
    conversations.map(({ name, rows }) => [bold(name), ...rows.map(shortCell)]),
  );
}

function shortCell({ status, faults }) {
  return faults.length === 0 ? green(`✓ ${status}`) : red(`✗ ${status}`);
}

/** The faults of all answers, one per line; empty if there are none. */
export function faultLines(title, conversations) {
  return conversations.flatMap(({ name, rows }) =>
    rows.flatMap((row) => row.faults.map((fault) => red(`✗ ${title}, ${name}, ${row.title}: ${fault}`))),
  );
}

function plainTable(head, rows) {
  const table = new Table({
    head: head.map(bold),
    chars: { ...NO_RULES, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(...rows);
  return table.toString().replace(/ +$/gm, '');
}

function shorten(names) {
  return names.map((name) => SHORT[name.toLowerCase()] ?? name).join(' ');
}

function bold(text) {
  return paint(1, 22, text);
}

function green(text) {
  return paint(32, 39, text);
}

function red(text) {
  return paint(31, 39, text);
}

function paint(on, off, text) {
  return coloured && text !== '' ? `\u001B[${on}m${text}\u001B[${off}m` : text;
}
