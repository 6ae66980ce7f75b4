// What a call of a small real function costs: every subject, every request, behind two gateways.
import { judge } from '../harness/answers.js';
import { bundle, entryOf, save } from '../harness/bundle.js';
import { eventTexts, GATEWAYS, REQUESTS } from '../harness/events.js';
import { median, medianRatio, round } from '../harness/statistics.js';
import { nanoseconds, print, times } from '../harness/table.js';
import { startWorker, timeInTurn } from '../harness/workers.js';
import { REFERENCE } from '../subjects/index.js';

export async function speed(subjects, effort, nodes) {
  const files = await Promise.all(
    subjects.map(async (subject) => save(`${subject.id}.mjs`, await bundle(entryOf(subject)))),
  );
  const rows = [];
  for (const node of nodes) {
    for (const gateway of Object.keys(GATEWAYS)) {
      // A process for each gateway: a function that is deployed stands behind one.
      const workers = await Promise.all(files.map((file) => startWorker(node, file)));
      for (const request of Object.keys(REQUESTS)) {
        const cases = await casesOf(workers, gateway, request);
        const samples = await timeInTurn(cases, effort);
        const of = { node: node.version, gateway, request };
        rows.push(...compare(subjects, cases, samples).map((row) => ({ ...of, ...row })));
      }
      for (const worker of workers) worker.end();
    }
  }
  return rows;
}

async function casesOf(workers, gateway, request) {
  const texts = eventTexts(gateway, REQUESTS[request]);
  const cases = [];
  for (const worker of workers) {
    await worker.ask('add', { name: request, texts });
    const answer = await worker.ask('answer', { name: request });
    const verdict = judge(REQUESTS[request], !request.endsWith('refused'), answer);
    cases.push({ worker, name: request, rejects: answer.error !== undefined, verdict });
  }
  return cases;
}

/** To the hand-written wrapper, and to the fastest peer that does the job. */
function compare(subjects, cases, samples) {
  const reference = samples[subjects.findIndex(({ id }) => id === REFERENCE)];
  const taken = samples.map((it) => median(it));
  const peers = subjects.map(({ role }, at) => ({ role, at })).filter(isFit);
  function isFit({ role, at }) {
    return role === 'peer' && cases[at].verdict.ok;
  }
  const fastest = peers.map(({ at }) => at).sort((a, b) => taken[a] - taken[b])[0];
  return subjects.map(({ id }, at) => ({
    subject: id,
    ...cases[at].verdict,
    ns: round(taken[at], 4),
    toReference: round(medianRatio(samples[at], reference)),
    fastestPeer: subjects[fastest]?.id,
    toFastestPeer: fastest === undefined ? undefined : round(medianRatio(samples[at], samples[fastest])),
  }));
}

export function showSpeed(rows, subjects) {
  const requests = Object.keys(REQUESTS);
  for (const node of new Set(rows.map((row) => row.node))) {
    for (const gateway of Object.keys(GATEWAYS)) {
      const of = rows.filter((row) => row.node === node && row.gateway === gateway);
      const find = (subject, request) => of.find((row) => row.request === request && row.subject === subject);
      print(
        `A small real function, ${gateway}, Node.js ${node}: a call, and its ratio to the hand-written wrapper`,
        ['', ...requests],
        subjects.map(({ id, name }) => [name, ...requests.map((request) => cell(find(id, request)))]),
      );
      print(
        'How many times faster than the fastest peer that does the job',
        ['', ...requests],
        subjects
          .filter(({ role }) => role === 'ours')
          .map(({ id, name }) => [
            name,
            ...requests.map((request) => {
              const { toFastestPeer, fastestPeer } = find(id, request);
              return fastestPeer === undefined ? 'no peer does it' : `${times(1 / toFastestPeer)} ${fastestPeer}`;
            }),
          ]),
      );
    }
  }
}

/** A subject that does not do the job has no number to compare. */
function cell({ ok, remark, ns, toReference }) {
  if (!ok) return remark;
  return `${nanoseconds(ns)}  ${times(toReference)}${remark === undefined ? '' : `\n${remark}`}`;
}
