// A preflight beside the request that follows it, around a handler that does nothing. With events as fresh as real ones,
// and with the same events again and again, as they are in a test.
import { bundle, entryOf, save } from '../harness/bundle.js';
import { eventTexts, REQUESTS } from '../harness/events.js';
import { median, medianRatio, round } from '../harness/statistics.js';
import { nanoseconds, print, times } from '../harness/table.js';
import { startWorker, timeInTurn } from '../harness/workers.js';

const IDS = ['with-cors-static', 'with-cors-list', 'with-cors-pattern', 'middy-ours', 'middy-http-cors'];
const GATEWAY = 'HTTP API 2.0';
const PAIRS = { allowed: ['preflight allowed', 'actual allowed'], refused: ['preflight refused', 'actual refused'] };

export async function preflight(subjects, effort, nodes) {
  const rows = [];
  for (const node of nodes) {
    for (const id of IDS) {
      const subject = subjects.find((it) => it.id === id);
      const file = save(`preflight-${id}.mjs`, await bundle(entryOf(subject, 'trivial')));
      for (const events of ['fresh', 'reused']) {
        const worker = await startWorker(node, file);
        const cases = [];
        for (const name of Object.values(PAIRS).flat()) {
          const texts = eventTexts(GATEWAY, REQUESTS[name]);
          await worker.ask('add', { name, texts, reuse: events === 'reused' });
          cases.push({ worker, name });
        }
        const samples = await timeInTurn(cases, effort);
        worker.end();
        const of = (name) => samples[cases.findIndex((it) => it.name === name)];
        for (const [origin, [asked, actual]] of Object.entries(PAIRS)) {
          const ns = median(of(asked));
          const toActual = round(medianRatio(of(asked), of(actual)));
          rows.push({ node: node.version, subject: id, events, origin, ns: round(ns, 4), toActual });
        }
      }
    }
  }
  return rows;
}

export function showPreflight(rows, subjects) {
  const columns = [...new Set(rows.map(columnOf))];
  print(
    'A preflight, and its ratio to the request that follows it',
    ['', ...columns],
    IDS.map((id) => [
      subjects.find((subject) => subject.id === id).name,
      ...columns.map((column) => {
        const { ns, toActual } = rows.find((row) => row.subject === id && columnOf(row) === column);
        return `${nanoseconds(ns)}  ${times(toActual)}`;
      }),
    ]),
  );
}

function columnOf({ node, events, origin }) {
  return `${node}\n${origin}\n${events}`;
}
