import { EQUIVALENT, UNTESTED } from './survivors.js';

const KILLED = ['Killed', 'Timeout'];
const MISSED = ['Survived', 'NoCoverage'];

/** The counts of a run, for each file, with its survivors and their reasons: for the terminal, and as a page. */
export function describeRun(files) {
  const rows = Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, { source, mutants }]) => rowOf(file, source, mutants));
  const total = rows.reduce(add, { file: 'all', killed: 0, missed: [], disabled: 0, failed: 0 });
  const unexplained = total.missed.filter(({ why }) => why === undefined);
  const table = [...rows, total].map(cells);
  const disabled = `${total.disabled} mutants are disabled: texts for people (tests/mutation/messages.js).`;
  return {
    unexplained: unexplained.length,
    summary: [
      aligned([HEAD, ...table]),
      '',
      disabled,
      ...(total.failed > 0 ? [`${total.failed} mutants could not be run.`] : []),
      `${unexplained.length} survivors without a reason in tests/mutation/survivors.js:`,
      ...unexplained.map(({ file, line, code, becomes }) => `${file}:${line}  ${code}  →  ${becomes}`),
    ].join('\n'),
    page: pageOf(table, disabled, total.missed),
  };
}

const HEAD = ['file', 'killed', 'survived', 'equivalent', 'disabled', 'score'];

function rowOf(file, source, mutants) {
  const lines = source.split('\n');
  const count = (statuses) => mutants.filter(({ status }) => statuses.includes(status)).length;
  const missed = mutants
    .filter(({ status }) => MISSED.includes(status))
    .map(({ location, replacement }) => {
      const code = textAt(lines, location);
      const becomes = oneLine(replacement);
      const same = reasonIn(EQUIVALENT, file, code, becomes);
      const why = same ?? reasonIn(UNTESTED, file, code, becomes);
      return { file, line: location.start.line, code, becomes, why, equivalent: same !== undefined };
    });
  const disabled = count(['Ignored']);
  return { file, killed: count(KILLED), missed, disabled, failed: count(['RuntimeError', 'CompileError']) };
}

function reasonIn(table, file, code, becomes) {
  const survivor = table[file]?.find(([known, mutants]) => known === code && mutants.includes(becomes));
  return survivor?.[2];
}

function add(sum, row) {
  return {
    file: sum.file,
    killed: sum.killed + row.killed,
    missed: [...sum.missed, ...row.missed],
    disabled: sum.disabled + row.disabled,
    failed: sum.failed + row.failed,
  };
}

function cells({ file, killed, missed, disabled }) {
  const equivalent = missed.filter((mutant) => mutant.equivalent).length;
  const survived = missed.length - equivalent;
  // Rounded down: 100 % is for files without a survivor.
  const score =
    killed + survived === 0 ? '' : `${(Math.floor((1000 * killed) / (killed + survived)) / 10).toFixed(1)} %`;
  return [file, killed, survived, equivalent, disabled, score].map(String);
}

/** The code that a mutant replaces, on one line. */
function textAt(lines, { start, end }) {
  const last = lines.slice(start.line - 1, end.line);
  last[last.length - 1] = last.at(-1).slice(0, end.column - 1);
  last[0] = last[0].slice(start.column - 1);
  return oneLine(last.join(' '));
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').trim();
}

function aligned(table) {
  const widths = HEAD.map((_, at) => Math.max(...table.map((row) => row[at].length)));
  return table
    .map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join('  '))
    .join('\n');
}

function pageOf(table, disabled, missed) {
  const rows = table.map((row) => `| ${row.join(' | ')} |`);
  const reasons = missed
    .filter(({ why }) => why !== undefined)
    .map(
      ({ file, code, becomes, why, equivalent }) =>
        `| ${file.replace('src/', '')} | ${cell(code)} | ${cell(becomes)} | ${equivalent ? 'Equivalent: ' : ''}${why} |`,
    );
  return `# Mutation

\`npm run mutation\` changes the code of \`src/core\`, \`src/events\` and \`src/wrap\` in one place at a time, and runs the
tests that reach the place. A change that no test notices has survived: either it makes no difference (it is
equivalent), or a test is missing. The score is the share that was killed of what is not equivalent.
The command writes this page; the reasons stand in \`tests/mutation/survivors.js\`.

| ${HEAD.join(' | ')} |
|---|${'---:|'.repeat(HEAD.length - 1)}
${rows.join('\n')}

${disabled}

## What survived

| file | code | becomes | reason |
|---|---|---|---|
${[...new Set(reasons)].join('\n')}
`;
}

function cell(code) {
  return `\`\` ${code.replaceAll('|', '\\|')} \`\``;
}
