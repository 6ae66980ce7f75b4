// Fills the tables of docs/performance.md from the results of one or more runs, a column or table for each Node.js.
//
//   node bench/report.js <results.json>...
import { readFileSync, writeFileSync } from 'node:fs';
import { goals, ratio } from './goals.js';

const DOC = new URL('../docs/performance.md', import.meta.url);
const runs = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const [first] = runs;
if (first === undefined) throw new Error('node bench/report.js <results.json>...');

const names = new Map(first.subjects.map(({ id, name }) => [id, name]));

function table(head, rows) {
  return [head, head.map((_, at) => (at === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function machine() {
  const { platform, cpu, cores } = first.machine;
  const versions = runs.map(({ machine: { node, v8 } }) => `${node} (V8 ${v8.split('-')[0]})`);
  return `${cpu}, ${cores} cores, ${platform}; Node.js ${versions.join(' and ')}. The machine is virtual and shared: look at the ratios.`;
}

function reached() {
  return [
    '| goal | reached? | measured |\n| --- | --- | --- |',
    ...goals(runs).map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}

function speed() {
  const requests = [...new Set(first.speed.map(({ request }) => request))];
  const gateways = [...new Set(first.speed.map(({ gateway }) => gateway))];
  return runs
    .flatMap((run) =>
      gateways.map((gateway) => {
        const rows = run.subjects.map(({ id, name }) => [
          name,
          ...requests.map((request) => {
            const row = run.speed.find((it) => it.gateway === gateway && it.request === request && it.subject === id);
            return row?.ok || id.startsWith('written')
              ? ratio(row.toReference) + (row.ok ? '' : ' ¹')
              : `${row.remark} ¹`;
          }),
        ]);
        const toWritten = table(['', ...requests], rows);
        return `**${gateway}, Node.js ${run.machine.node}**\n\n${toWritten}\n\n${toPeers(run, gateway, requests)}`;
      }),
    )
    .join('\n\n');
}

/** How many times faster each of ours is than the fastest peer that does the job. */
function toPeers(run, gateway, requests) {
  const find = (subject, request) =>
    run.speed.find((row) => row.gateway === gateway && row.request === request && row.subject === subject);
  const ours = run.subjects.filter(({ role }) => role === 'ours');
  return table(
    ['faster than the fastest peer', ...requests],
    [
      ['which is', ...requests.map((request) => names.get(find(ours[0].id, request).fastestPeer) ?? 'none')],
      ...ours.map(({ id, name }) => [
        name,
        ...requests.map((request) => {
          const { ns, fastestPeer } = find(id, request);
          return fastestPeer === undefined ? '' : ratio(find(fastestPeer, request).ns / ns);
        }),
      ]),
    ],
  );
}

function growthRows(part) {
  return (run) =>
    run.growth[part].map(({ series, size, ns, toBase, perSecond }) => [
      series,
      size.toLocaleString('en'),
      perSecond === undefined ? `${(ns / 1000).toFixed(2)} µs` : `${Math.round(perSecond).toLocaleString('en')}/s`,
      ratio(toBase),
    ]);
}

function growth() {
  const parts = {
    policies: ['entries', 'to one origin'],
    requests: ['bytes', 'to as many bytes in the body'],
    results: ['headers', 'to one header'],
    compile: ['entries', 'its time to that of one origin'],
  };
  return Object.entries(parts)
    .map(([part, [unit, base]]) => table([part, unit, `Node.js ${first.machine.node}`, base], growthRows(part)(first)))
    .join('\n\n');
}

function size() {
  const entries = first.size.entries.map(({ name, bytes, gzip }) => [name, bytes, gzip]);
  const functions = first.size.functions.map(({ subject, bytes, gzip }) => [names.get(subject), bytes, gzip]);
  return `${table(['entry point', 'minified', 'gzip -9'], entries)}\n\n${table(['a whole function', 'minified', 'gzip -9'], functions)}`;
}

function start() {
  const rows = first.start.map(({ subject, addedMs, addedImportMs }) => [
    names.get(subject) ?? subject,
    `${addedMs.toFixed(1)} ms`,
    `${addedImportMs.toFixed(1)} ms`,
  ]);
  const runtime = (first.runtimeStart ?? []).map(({ subject, readyMs, addedMs }) => [
    names.get(subject) ?? subject,
    `${readyMs.toFixed(1)} ms`,
    `${addedMs.toFixed(1)} ms`,
  ]);
  const under =
    runtime.length === 0
      ? ''
      : `\n\n${table(['under aws-lambda-ric', 'ready', 'more than an empty handler'], runtime)}`;
  return table(['more than an empty module', 'whole process', 'import alone'], rows) + under;
}

function preflights() {
  const browsers = [...new Set(first.preflights.map(({ browser }) => browser))];
  const subjects = [...new Set(first.preflights.map(({ subject }) => subject))];
  return table(
    ['with its defaults', 'Access-Control-Max-Age', ...browsers],
    subjects.map((subject) => {
      const rows = browsers.map((browser) =>
        first.preflights.find((it) => it.subject === subject && it.browser === browser),
      );
      return [
        names.get(subject),
        rows[0].sent ?? 'none',
        ...rows.map((row) => (row.ok ? `${row.invocations}, ${(row.share * 100).toFixed(1)} %` : 'refused')),
      ];
    }),
  );
}

function configured() {
  return first.subjects.map(({ name, how }) => `- **${name}**: ${how}`).join('\n');
}

const parts = { machine, goals: reached, speed, growth, size, start, preflights, configured };
let text = readFileSync(DOC, 'utf8');
for (const [name, write] of Object.entries(parts)) {
  const marked = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
  if (!marked.test(text)) throw new Error(`docs/performance.md has no place for ${name}`);
  text = text.replace(marked, (_, before, after) => `${before}${write()}\n${after}`);
}
writeFileSync(DOC, text);
