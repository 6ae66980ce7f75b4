// npm run bench: ours against the hand-written baseline and the peers, in one run on this machine.
//
//   node bench/run.js [--quick] [--node 24,22,20] [--only wrapper,…] [--json <file>] [--svg <file>]
//
// How each subject is configured stands in bench/subjects/, one file each.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { clear } from './harness/bundle.js';
import { nodeOf } from './harness/node.js';
import { showWrapper, wrapper } from './parts/wrapper.js';
import { loadSubjects } from './subjects/index.js';

const PARTS = {
  wrapper: [wrapper, showWrapper],
};
const FULL = { warmUp: 400, rounds: 15, milliseconds: 40, processes: 41 };
const QUICK = { warmUp: 150, rounds: 5, milliseconds: 15, processes: 5 };

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    // What Lambda runs; 20 is for a note, since functions can no longer be created for it.
    node: { type: 'string' },
    only: { type: 'string', default: Object.keys(PARTS).join(',') },
    json: { type: 'string', default: 'bench/results.json' },
    // The figure of docs/performance.md is of a full run.
    svg: { type: 'string' },
  },
});
const chosen = values.only.split(',');
const unknown = chosen.filter((part) => !(part in PARTS));
if (unknown.length > 0)
  throw new Error(`--only: ${unknown.join(', ')}; the parts are ${Object.keys(PARTS).join(', ')}`);

const effort = values.quick ? QUICK : FULL;
const nodes = (values.node ?? '24,22').split(',').map(nodeOf);
const subjects = await loadSubjects();
const results = {
  machine: {
    nodes: nodes.map(({ version, v8 }) => ({ version, v8 })),
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model,
    cores: availableParallelism(),
  },
  effort,
  subjects: subjects.map(({ id, name, role, how }) => ({ id, name, role, how })),
};
for (const part of chosen) {
  const [measure, show] = PARTS[part];
  const begin = performance.now();
  results[part] = await measure(subjects, effort, nodes);
  show(results[part], subjects);
  console.log(`${part}: ${((performance.now() - begin) / 1000).toFixed(0)} s`);
}
clear();

write(values.json, `${JSON.stringify(results, null, 2)}\n`);

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`\nwritten: ${file}`);
}
