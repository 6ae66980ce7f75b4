// npm run bench: ours against the hand-written baseline and the peers, in one run on this machine.
//
//   node bench/run.js [--quick] [--only speed,growth,size,start,runtimeStart,preflights] [--json <file>] [--svg <file>]
//
// How each subject is configured stands in bench/subjects/, one file each.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { clear } from './harness/bundle.js';
import { growth, showGrowth } from './parts/growth.js';
import { drawGrowth } from './parts/growth-figure.js';
import { preflights, showPreflights } from './parts/preflights.js';
import { runtimeStart, showRuntimeStart } from './parts/runtime-start.js';
import { showSize, size } from './parts/size.js';
import { showSpeed, speed } from './parts/speed.js';
import { showStart, start } from './parts/start.js';
import { loadSubjects } from './subjects/index.js';

const PARTS = {
  speed: [speed, showSpeed],
  growth: [growth, showGrowth],
  size: [size, showSize],
  start: [start, showStart],
  runtimeStart: [runtimeStart, showRuntimeStart],
  preflights: [preflights, showPreflights],
};
const FULL = { rounds: 9, milliseconds: 6, processes: 41 };
const QUICK = { rounds: 3, milliseconds: 2, processes: 7 };

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
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
const subjects = await loadSubjects();
const results = {
  machine: {
    node: process.version,
    v8: process.versions.v8,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model,
    cores: availableParallelism(),
  },
  effort,
  subjects: subjects.map(({ id, name, role, how }) => ({ id, name, role, how })),
};
for (const part of chosen) {
  const [measure, show] = PARTS[part];
  results[part] = await measure(subjects, effort);
  show(results[part], subjects);
}
clear();

write(values.json, `${JSON.stringify(results, null, 2)}\n`);
const svg = values.svg ?? (values.quick ? undefined : 'docs/growth.svg');
if (results.growth !== undefined && svg !== undefined) write(svg, drawGrowth(results.growth));

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`\nwritten: ${file}`);
}
