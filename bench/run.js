// npm run bench: ours against the hand-written baseline and the peers, in one run on this machine.
//
//   node bench/run.js [--quick] [--node 24,22] [--only wrapper,…] [--json <file>] [--svg <file>]
//
// How each subject is configured stands in bench/subjects/, one file each.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { clear } from './harness/bundle.js';
import { nodeOf } from './harness/node.js';
import { cold, showCold } from './parts/cold.js';
import { growth, showGrowth } from './parts/growth.js';
import { drawGrowth } from './parts/growth-figure.js';
import { preflight, showPreflight } from './parts/preflight.js';
import { preflights, showPreflights } from './parts/preflights.js';
import { showSize, size } from './parts/size.js';
import { showSpeed, speed } from './parts/speed.js';
import { showWrapper, wrapper } from './parts/wrapper.js';
import { loadSubjects } from './subjects/index.js';

/** For each: whether a look is content with the first Node.js, and whether a full run has Node.js 20 as well, for a note. */
const PARTS = {
  wrapper: { measure: wrapper, show: showWrapper, noted: true },
  cold: { measure: cold, show: showCold },
  preflight: { measure: preflight, show: showPreflight, noted: true, brief: true },
  size: { measure: size, show: showSize },
  growth: { measure: growth, show: showGrowth, brief: true },
  speed: { measure: speed, show: showSpeed, brief: true },
  preflights: { measure: preflights, show: showPreflights },
};
const FULL = { warmUp: 400, rounds: 15, milliseconds: 40, processes: 41 };
const QUICK = { warmUp: 100, rounds: 5, milliseconds: 12, processes: 5 };
/** What Lambda runs. For 20 functions can no longer be created. */
const [LAMBDA, NOTED] = [['24', '22'], ['20']];

const OPTIONS = {
  help: { type: 'boolean', short: 'h', default: false },
  quick: { type: 'boolean', default: false },
  node: { type: 'string' },
  only: { type: 'string', default: Object.keys(PARTS).join(',') },
  json: { type: 'string', default: 'bench/results.json' },
  // The figure of docs/performance.md is of a full run.
  svg: { type: 'string' },
};
const HELP = `npm run bench -- [--quick] [--node 24,22] [--only ${Object.keys(PARTS).join(',')}] [--json bench/results.json] [--svg <file>]

  --quick  a look, in a minute or so
  --node   versions of Node.js to measure on
  --only   these parts
  --json   where the numbers go
  --svg    where the figure of how the size grows goes
`;

const { values, nodes, noted } = readOptions();
const chosen = values.only.split(',');
const effort = values.quick ? QUICK : FULL;

function quote(texts) {
  return texts.map((text) => JSON.stringify(text)).join(', ');
}

/** One line for what cannot be used, as in the other scripts. */
function readOptions() {
  try {
    const { values } = parseArgs({ options: OPTIONS });
    if (values.help) {
      console.log(HELP);
      process.exit();
    }
    const unknown = values.only.split(',').filter((part) => !Object.hasOwn(PARTS, part));
    if (unknown.length > 0) {
      throw new Error(`--only: ${quote(unknown)}; the parts are ${Object.keys(PARTS).join(', ')}`);
    }
    const majors = values.node?.split(',') ?? LAMBDA;
    const faulty = majors.filter((major) => !/^[1-9]\d*$/.test(major));
    if (faulty.length > 0) throw new Error(`--node: ${quote(faulty)}; write major versions, such as 24,22`);
    const noted = values.node === undefined && !values.quick ? NOTED : [];
    return { values, nodes: majors.map(nodeOf), noted: noted.map(nodeOf) };
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}

const subjects = await loadSubjects();
const results = {
  machine: {
    nodes: [...nodes, ...noted].map(({ version, v8 }) => ({ version, v8 })),
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model,
    cores: availableParallelism(),
  },
  effort,
  subjects: subjects.map(({ id, name, role, how }) => ({ id, name, role, how })),
};
for (const part of chosen) {
  const { measure, show, ...of } = PARTS[part];
  const begin = performance.now();
  const on = values.quick && of.brief ? nodes.slice(0, 1) : of.noted ? [...nodes, ...noted] : nodes;
  results[part] = await measure(subjects, effort, on);
  show(results[part], subjects);
  console.log(`${part}: ${((performance.now() - begin) / 1000).toFixed(0)} s`);
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
