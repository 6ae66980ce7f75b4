// What a cold start pays: whole processes that load a function and ask it once, one after the other, in turn.
//
// Ratios are of the processor's time: most functions have a fraction of one, and it is the same on a busy machine.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundle, entryOf, handlers, save } from '../harness/bundle.js';
import { eventTexts, REQUESTS } from '../harness/events.js';
import { medianRatio, quick, round } from '../harness/statistics.js';
import { print, times } from '../harness/table.js';
import { ORIGINS } from '../subjects/policy.js';

const program = fileURLToPath(new URL('../harness/cold.js', import.meta.url));
const EMPTY = 'an empty module';
const PEER = 'middy-http-cors';

export async function cold(subjects, { processes }, nodes) {
  const [text] = eventTexts('HTTP API 2.0', REQUESTS['actual allowed'], 1);
  const event = save('event.json', text);
  const files = await filesOf(subjects);
  const rows = [];
  for (const node of nodes) {
    const taken = files.map(() => ({ whole: [], imported: [], answered: [], both: [], processor: [] }));
    for (let round = 0; round < processes; round++) {
      for (let step = 0; step < files.length; step++) {
        const at = (step + round) % files.length;
        const { whole, imported, answered, processor } = start(node, files[at].file, event);
        taken[at].whole.push(whole);
        taken[at].imported.push(imported);
        taken[at].answered.push(answered);
        taken[at].both.push(imported + answered);
        taken[at].processor.push(processor);
      }
    }
    rows.push(...rowsOf(node, files, taken));
  }
  return rows;
}

async function filesOf(subjects) {
  const files = [{ subject: EMPTY, file: save('empty.mjs', 'export {};\n') }];
  for (const subject of subjects) {
    // A router has its own routes, and the same work in each of them.
    files.push({
      subject: subject.id,
      file: save(`cold-${subject.id}.mjs`, await bundle(entryOf(subject, 'trivial'))),
    });
  }
  files.push({ subject: 'withCors, a list, not bundled', file: save('cold-installed.mjs', installed()) });
  return files;
}

/** As the package lies in node_modules. */
function installed() {
  return `import { trivial } from ${handlers}; import { withCors } from '${import.meta.resolve('lambda-cors')}';
export const handler = withCors(trivial, { allowOrigins: ${JSON.stringify(ORIGINS)} });`;
}

function start({ program: node }, file, event) {
  const begin = process.hrtime.bigint();
  const { stdout, status, stderr } = spawnSync(node, [program, file, event], { encoding: 'utf8' });
  const whole = Number(process.hrtime.bigint() - begin);
  if (status !== 0) throw new Error(`${file} did not start: ${stderr}`);
  const [imported, answered, processor] = JSON.parse(stdout);
  return { whole, imported, answered, processor };
}

function rowsOf(node, files, taken) {
  const of = (id) => taken[files.findIndex(({ subject }) => subject === id)];
  return files.map(({ subject }, at) => ({
    node: node.version,
    subject,
    wholeMs: round(quick(taken[at].whole) / 1e6, 4),
    importMs: round(quick(taken[at].imported) / 1e6),
    firstMs: round(quick(taken[at].answered) / 1e6),
    addedMs: round((quick(taken[at].both) - quick(of(EMPTY).both)) / 1e6),
    processorMs: round(quick(taken[at].processor) / 1e6),
    toPeer: round(medianRatio(taken[at].processor, of(PEER).processor)),
    timeToPeer: round(quick(taken[at].both) / quick(of(PEER).both)),
  }));
}

export function showCold(rows, subjects) {
  for (const node of new Set(rows.map((row) => row.node))) {
    print(
      `Cold start, Node.js ${node}`,
      ['', 'process', 'import', 'first answer', 'more than empty', 'to the peer', 'of the processor', 'to the peer'],
      rows
        .filter((row) => row.node === node)
        .map(({ subject, wholeMs, importMs, firstMs, addedMs, timeToPeer, processorMs, toPeer }) => [
          subjects.find(({ id }) => id === subject)?.name ?? subject,
          ...[wholeMs, importMs, firstMs, addedMs].map((ms) => `${ms.toFixed(2)} ms`),
          times(timeToPeer),
          `${processorMs.toFixed(2)} ms`,
          times(toPeer),
        ]),
    );
  }
}
