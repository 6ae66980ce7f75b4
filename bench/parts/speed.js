// What a call costs: every subject, every request, behind two gateways.
import { pathToFileURL } from 'node:url';
import { answerOf, judge } from '../harness/answers.js';
import { bundle, entryOf, save } from '../harness/bundle.js';
import { CONTEXT, eventTexts, GATEWAYS, REQUESTS } from '../harness/events.js';
import { quietly } from '../harness/quiet.js';
import { timeInTurn } from '../harness/rounds.js';
import { nanoseconds, print, round, times } from '../harness/table.js';
import { REFERENCE } from '../subjects/index.js';

export async function speed(subjects, { rounds, milliseconds }) {
  const rows = [];
  for (const gateway of Object.keys(GATEWAYS)) {
    const handlers = await loadHandlers(subjects, gateway);
    for (const [request, asked] of Object.entries(REQUESTS)) {
      const cases = [];
      for (const [at, subject] of subjects.entries()) cases.push(await caseOf(subject, handlers[at], gateway, request));
      const taken = await quietly(() => timeInTurn(cases, { rounds, milliseconds }));
      rows.push(...cases.map(({ id, verdict }, at) => ({ gateway, request, subject: id, ...verdict, ...taken[at] })));
      process.stderr.write(`${gateway}, ${request} (${asked.method})\n`);
    }
  }
  return compare(rows, subjects);
}

/**
 * Each handler from a bundle of its own, once per gateway: a function that is deployed has nobody else's types in
 * its inline caches, and stands behind one gateway.
 */
async function loadHandlers(subjects, gateway) {
  const handlers = [];
  for (const subject of subjects) {
    const file = save(`${subject.id}.mjs`, await bundle(entryOf(subject), { minify: false }));
    const { handler } = await import(`${pathToFileURL(file)}?${encodeURIComponent(gateway)}`);
    handlers.push(handler);
  }
  return handlers;
}

async function caseOf({ id }, handler, gateway, request) {
  const texts = eventTexts(gateway, REQUESTS[request]);
  const answer = await quietly(() => answerOf(handler, JSON.parse(texts[0]), CONTEXT));
  const verdict = judge(REQUESTS[request], !request.endsWith('refused'), answer);
  const call = answer.error === undefined ? handler : (event, context) => handler(event, context).catch(ignore);
  return { id, call, texts, context: CONTEXT, verdict };
}

function ignore() {}

/** Adds the ratios: to the hand-written wrapper, and to the fastest peer that does the job. */
function compare(rows, subjects) {
  const roles = new Map(subjects.map(({ id, role }) => [id, role]));
  return rows.map((row) => {
    const same = rows.filter(({ gateway, request }) => gateway === row.gateway && request === row.request);
    const reference = same.find(({ subject }) => subject === REFERENCE);
    const peers = same.filter(({ subject, ok }) => ok && roles.get(subject) === 'peer');
    const fastest = peers.reduce((best, peer) => (best && best.ns <= peer.ns ? best : peer), undefined);
    return {
      ...row,
      ...Object.fromEntries(['ns', 'low', 'high'].map((key) => [key, round(row[key], 4)])),
      toReference: round(row.ns / reference.ns),
      fastestPeer: fastest?.subject,
      toFastestPeer: fastest && round(row.ns / fastest.ns),
    };
  });
}

export function showSpeed(rows, subjects) {
  const requests = Object.keys(REQUESTS);
  for (const gateway of Object.keys(GATEWAYS)) {
    const find = (subject, request) =>
      rows.find((row) => row.gateway === gateway && row.request === request && row.subject === subject);
    print(
      `${gateway}: a call, and its ratio to the hand-written wrapper`,
      ['', ...requests],
      subjects.map(({ id, name }) => [name, ...requests.map((request) => cell(find(id, request)))]),
    );
    print(
      `${gateway}: how many times faster than the fastest peer that does the job`,
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

/** A subject that does not do the job has no number to compare. */
function cell({ ok, remark, ns, toReference }) {
  if (!ok) return remark;
  return `${nanoseconds(ns)}  ${times(toReference)}${remark === undefined ? '' : `\n${remark}`}`;
}
