// What a wrapper costs: a handler that does nothing, so that nothing hides it. The first table, and the goals.
import { judge } from '../harness/answers.js';
import { bundle, entryOf, save } from '../harness/bundle.js';
import { eventTexts, GATEWAYS, REQUESTS } from '../harness/events.js';
import { median, medianRatio, round } from '../harness/statistics.js';
import { nanoseconds, print, times } from '../harness/table.js';
import { startWorker, timeInTurn } from '../harness/workers.js';
import { REFERENCE } from '../subjects/index.js';

const REQUEST = 'actual allowed';
const HANDLERS = { trivial: 'an async handler', plain: 'a plain function' };
/** What those of Middy are compared with. */
const PEER = 'middy-http-cors';
const IDS = [
  'bare',
  REFERENCE,
  'with-cors-static',
  'with-cors-list',
  'with-cors-pattern',
  PEER,
  'with-cors-middy',
  'middy-ours',
];

export async function wrapper(subjects, effort, nodes) {
  const measured = IDS.map((id) => subjects.find((subject) => subject.id === id));
  const rows = [];
  for (const node of nodes) {
    for (const handler of Object.keys(HANDLERS)) {
      const files = await Promise.all(
        measured.map(async (subject) => save(`${handler}-${subject.id}.mjs`, await bundle(entryOf(subject, handler)))),
      );
      for (const gateway of Object.keys(GATEWAYS)) {
        const of = { node: node.version, handler, gateway };
        rows.push(...(await measure(files, gateway, effort, node)).map((row) => ({ ...of, ...row })));
      }
    }
  }
  return rows;
}

async function measure(files, gateway, effort, node) {
  const texts = eventTexts(gateway, REQUESTS[REQUEST]);
  const workers = await Promise.all(files.map((file) => startWorker(node, file)));
  for (const [at, worker] of workers.entries()) {
    await worker.ask('add', { name: REQUEST, texts });
    const { ok, remark } = judge(REQUESTS[REQUEST], true, await worker.ask('answer', { name: REQUEST }));
    // A subject that does another job has no number to compare. Only the bare handler has no CORS.
    if (!ok && IDS[at] !== 'bare') throw new Error(`${IDS[at]}: ${remark}`);
  }
  const samples = await timeInTurn(
    workers.map((worker) => ({ worker, name: REQUEST })),
    effort,
  );
  for (const worker of workers) worker.end();
  const of = (id) => samples[IDS.indexOf(id)];
  return IDS.map((subject, at) => ({
    subject,
    ns: round(median(samples[at]), 4),
    toReference: round(medianRatio(samples[at], of(REFERENCE))),
    toPeer: round(medianRatio(samples[at], of(PEER))),
  }));
}

export function showWrapper(rows, subjects) {
  for (const [handler, described] of Object.entries(HANDLERS)) {
    const of = rows.filter((row) => row.handler === handler);
    const columns = [...new Set(of.map(({ node, gateway }) => `${node}\n${gateway}`))];
    print(
      `Around ${described} that does nothing: a call, its ratio to the hand-written line, and to @middy/http-cors`,
      ['', ...columns],
      IDS.map((id) => [
        subjects.find((subject) => subject.id === id).name,
        ...of
          .filter(({ subject }) => subject === id)
          .map(({ ns, toReference, toPeer }) => `${nanoseconds(ns)}  ${times(toReference)}  ${times(toPeer)}`),
      ]),
    );
  }
}
