// What a cold start pays: whole Node.js processes that load a function and end, one after the other, in turn.
import { spawnSync } from 'node:child_process';
import { bundle, entryOf, save } from '../harness/bundle.js';
import { summary } from '../harness/rounds.js';
import { print, round } from '../harness/table.js';

const child = new URL('../harness/load.js', import.meta.url).pathname;

export async function start(subjects, { processes }) {
  const files = [{ subject: 'an empty module', file: save('empty.mjs', 'export {};\n') }];
  for (const from of ['lambda-cors', 'lambda-cors/middy']) {
    files.push({ subject: `${from}, installed`, file: installed(from) });
  }
  for (const subject of subjects.filter(({ role }) => role !== 'reference')) {
    files.push({ subject: subject.id, file: save(`start-${subject.id}.mjs`, await bundle(entryOf(subject))) });
  }
  const taken = files.map(() => ({ whole: [], inside: [] }));
  for (let round = 0; round < processes; round++) {
    for (let step = 0; step < files.length; step++) {
      const at = (step + round) % files.length;
      const { whole, inside } = run(files[at].file);
      taken[at].whole.push(whole);
      taken[at].inside.push(inside);
    }
  }
  const [empty] = taken;
  return files.map(({ subject }, at) => ({
    subject,
    processMs: round(summary(taken[at].whole).ns / 1e6, 4),
    addedMs: round((summary(taken[at].whole).ns - summary(empty.whole).ns) / 1e6),
    importMs: round(summary(taken[at].inside).ns / 1e6),
    addedImportMs: round((summary(taken[at].inside).ns - summary(empty.inside).ns) / 1e6),
  }));
}

/** Unbundled, as it lies in node_modules: import it and compile a policy. */
function installed(from) {
  const make = from.endsWith('middy') ? 'cors as make' : 'compilePolicy as make';
  const source = `import { ${make} } from '${import.meta.resolve(from)}'; make({ allowOrigins: ['https://app.example.com', 'https://*.example.com'] });`;
  return save(`installed-${from.replace('/', '-')}.mjs`, source);
}

function run(file) {
  const begin = process.hrtime.bigint();
  const { stdout, status, stderr } = spawnSync(process.execPath, [child, file], { encoding: 'utf8' });
  const whole = Number(process.hrtime.bigint() - begin);
  if (status !== 0) throw new Error(`${file} did not load: ${stderr}`);
  return { whole, inside: Number(stdout) };
}

export function showStart(rows, subjects) {
  print(
    'Start: medians of whole processes, and of the import inside them',
    ['', 'process', 'more than empty', 'import', 'more than empty'],
    rows.map(({ subject, processMs, addedMs, importMs, addedImportMs }) => [
      subjects.find(({ id }) => id === subject)?.name ?? subject,
      ...[processMs, addedMs, importMs, addedImportMs].map((ms) => `${ms.toFixed(2)} ms`),
    ]),
  );
}
