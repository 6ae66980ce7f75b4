// Fills the tables of docs/performance.md from the results of a run.
//
//   node bench/report.js [bench/results.json]
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { goals, major, ratio } from './goals.js';

const DOC = new URL('../docs/performance.md', import.meta.url);
const run = readRun(process.argv[2] ?? fileURLToPath(new URL('results.json', import.meta.url)));
const names = new Map(run.subjects.map(({ id, name }) => [id, name]));
const FOOTNOTE = ' ¹';

function readRun(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(
      `${error.message}\n\nThe results of a run are needed: npm run bench writes them to bench/results.json`,
    );
    process.exit(2);
  }
}

function table(head, rows) {
  return [head, head.map((_, at) => (at === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** A row for each subject or series, a column for whatever else tells rows apart. */
function matrix(head, rows, { rowOf, columnOf, cellOf }) {
  const [lines, columns] = [rowOf, columnOf].map((of) => [...new Set(rows.map(of))]);
  return table(
    [head, ...columns],
    lines.map((line) => [
      names.get(line) ?? line,
      ...columns.map((column) => {
        const found = rows.find((row) => rowOf(row) === line && columnOf(row) === column);
        return found === undefined ? '' : cellOf(found);
      }),
    ]),
  );
}

function machine() {
  const { platform, cpu, cores, nodes } = run.machine;
  const versions = nodes.map(({ version, v8 }) => `${version} (V8 ${v8})`).join(', ');
  return `${cpu}, ${cores} cores, ${platform}; Node.js ${versions}. The machine is virtual and shared: look at the ratios.`;
}

function reached() {
  const nodes = run.machine.nodes.map(({ version }) => `Node.js ${major(version)}`);
  const rows = goals(run);
  const head = ['', 'reach', ...nodes.slice(0, rows[0].cells.length), 'reached?'];
  return table(
    head,
    rows.map(({ what, reach, cells, reached: is }) => [what, reach, ...cells, is]),
  );
}

function wrapper() {
  return [
    ['trivial', 'around an async handler'],
    ['plain', 'around a plain function'],
  ]
    .map(([handler, head]) =>
      matrix(
        head,
        run.wrapper.filter((row) => row.handler === handler),
        {
          rowOf: ({ subject }) => subject,
          columnOf: ({ node, gateway }) => `${gateway}, ${major(node)}`,
          cellOf: ({ ns, toReference, toPeer }) => `${Math.round(ns)} ns<br>${ratio(toReference)}<br>${ratio(toPeer)}`,
        },
      ),
    )
    .join('\n\n');
}

function cold() {
  return perNode(run.cold, (rows) =>
    table(
      ['', 'whole process', 'import', 'first answer', 'both, to the peer', 'processor time for both', 'to the peer'],
      rows.map(({ subject, wholeMs, importMs, firstMs, timeToPeer, processorMs, toPeer }) => [
        names.get(subject) ?? subject,
        ...[wholeMs, importMs, firstMs].map((ms) => `${ms.toFixed(2)} ms`),
        ratio(timeToPeer),
        `${processorMs.toFixed(2)} ms`,
        ratio(toPeer),
      ]),
    ),
  );
}

function preflight() {
  return matrix('', run.preflight, {
    rowOf: ({ subject }) => subject,
    columnOf: ({ node, origin, events }) => `${origin}, ${events} events, ${major(node)}`,
    cellOf: ({ toActual }) => ratio(toActual),
  });
}

function speed() {
  return perNode(run.speed, (rows) =>
    [...new Set(rows.map(({ gateway }) => gateway))]
      .map((gateway) => {
        const of = rows.filter((row) => row.gateway === gateway);
        const columnOf = ({ request }) => request;
        const toWritten = matrix(`${gateway}: to the hand-written line`, of, {
          rowOf: ({ subject }) => subject,
          columnOf,
          cellOf: ({ subject, ok, remark, toReference }) =>
            ok || subject === 'written-wrapper' ? ratio(toReference) + (ok ? '' : FOOTNOTE) : `${remark}${FOOTNOTE}`,
        });
        const ours = of.filter(({ subject }) => run.subjects.find(({ id }) => id === subject).role === 'ours');
        const faster = matrix('faster than the fastest peer', ours, {
          rowOf: ({ subject }) => subject,
          columnOf,
          cellOf: ({ fastestPeer, toFastestPeer }) =>
            fastestPeer === undefined ? '' : `${ratio(1 / toFastestPeer)}<br>${names.get(fastestPeer)}`,
        });
        return `${toWritten}\n\n${faster}`;
      })
      .join('\n\n'),
  );
}

function growth() {
  const heads = {
    policies: 'exact origins and patterns; to a list of three',
    requests: 'bytes of request headers; to as many in the body',
    results: 'headers in the result; to one',
    compile: 'exact origins and patterns; to one origin',
  };
  return perNode(
    Object.entries(run.growth).flatMap(([part, rows]) => rows.map((row) => ({ part, ...row }))),
    (rows) =>
      Object.entries(heads)
        .map(([part, head]) =>
          matrix(
            head,
            rows.filter((row) => row.part === part).sort((a, b) => a.size - b.size),
            {
              rowOf: ({ series }) => series,
              columnOf: ({ size }) => size.toLocaleString('en'),
              cellOf: ({ ns, toBase }) => `${(ns / 1000).toFixed(2)} µs<br>${ratio(toBase)}`,
            },
          ),
        )
        .join('\n\n'),
  );
}

/** The same table for each Node.js. */
function perNode(rows, write) {
  return [...new Set(rows.map(({ node }) => node))]
    .map((node) => `**Node.js ${node}**\n\n${write(rows.filter((row) => row.node === node))}`)
    .join('\n\n');
}

function size() {
  const { entries, functions, parts } = run.size;
  const head = ['', 'minified', 'gzip -9'];
  const files = [...new Set(parts.flatMap((part) => part.files.map(({ file }) => file)))];
  return [
    table(
      ['an entry point', ...head.slice(1)],
      entries.map(({ name, bytes, gzip }) => [name, bytes, gzip]),
    ),
    table(
      ['a whole function', ...head.slice(1)],
      functions.map((it) => [names.get(it.subject), it.bytes, it.gzip]),
    ),
    table(
      ['minified bytes of each source file', ...parts.map(({ name }) => name)],
      files.map((file) => [file, ...parts.map((part) => part.files.find((it) => it.file === file)?.bytes ?? '')]),
    ),
  ].join('\n\n');
}

function preflights() {
  return matrix('with its defaults', run.preflights, {
    rowOf: ({ subject }) => subject,
    columnOf: ({ browser }) => browser,
    cellOf: ({ ok, invocations, share }) => (ok ? `${invocations}, ${(share * 100).toFixed(1)} %` : 'refused'),
  });
}

function configured() {
  return run.subjects.map(({ name, how }) => `- **${name}**: ${how}`).join('\n');
}

const parts = { machine, goals: reached, wrapper, cold, preflight, speed, growth, size, preflights, configured };
let text = readFileSync(DOC, 'utf8');
for (const [name, write] of Object.entries(parts)) {
  const marked = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
  if (!marked.test(text)) throw new Error(`docs/performance.md has no place for ${name}`);
  text = text.replace(marked, (_, before, after) => `${before}${write()}\n${after}`);
}
writeFileSync(DOC, text);
