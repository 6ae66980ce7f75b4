// What docs/performance.md says first: each goal, and whether the run reaches it. Only the goals are written by hand.

/** Functions can no longer be created for older ones: a note, and not a goal. */
const OLDEST = 22;
const MOST_LOAD_BALANCER = 65_536;
const MOST_API_GATEWAY = 10_240;

/** Each as a row of a table: what, how much to reach, a cell for each Node.js, and whether all of them reach it. */
export function goals(run) {
  const nodes = run.machine.nodes.map(({ version }) => version).filter((version) => major(version) >= OLDEST);
  return [
    ...[
      ['with-cors-static', 'one origin', 1.8],
      ['with-cors-list', 'a list of three', 2.2],
      ['with-cors-pattern', 'a pattern', 2.4],
    ].flatMap(([id, name, most]) => [
      goal(
        nodes,
        `\`withCors\`, ${name} / the hand-written line`,
        most,
        wrapperRatios(run, id, 'trivial', 'toReference'),
      ),
      noted(nodes, '… around a plain function', wrapperRatios(run, id, 'plain', 'toReference')),
    ]),
    goal(
      nodes,
      '`withCors(middy(fn))` / `@middy/http-cors` in Middy',
      0.9,
      wrapperRatios(run, 'with-cors-middy', 'trivial', 'toPeer'),
    ),
    goal(nodes, '`cors()` in Middy / the same', 1.3, wrapperRatios(run, 'middy-ours', 'trivial', 'toPeer')),
    goal(nodes, 'cold, `withCors` with a list / the same', 0.75, coldRatio(run, 'with-cors-list')),
    goal(nodes, 'cold, `cors()` in Middy / the same', 1.2, coldRatio(run, 'middy-ours')),
    goal(nodes, 'a preflight / the request that follows it', 1, preflightRatios(run)),
    goal(nodes, '10,000 origins and 1,000 patterns / a list of three', 1.3, policyRatios(run)),
    goal(nodes, 'request headers without `Origin`: 65,536 bytes / 10,240, by the byte', 2, perByte(run)),
    size(run, nodes, '`withCors` alone, minified and gzip -9', 6700, 'withCors alone'),
    size(run, nodes, '`cors()` alone', 6900, 'cors alone (./middy)'),
  ];
}

function goal(nodes, what, most, ratiosOn) {
  const of = nodes.map(ratiosOn);
  return { what, reach: `≤ ${most}`, cells: of.map(range), reached: reached(of.flat().map((ratio) => ratio <= most)) };
}

/** Figures that no goal is set for. */
function noted(nodes, what, ratiosOn) {
  return { what, reach: '', cells: nodes.map(ratiosOn).map(range), reached: '' };
}

function size(run, nodes, what, most, entry) {
  const { gzip } = run.size.entries.find(({ name }) => name === entry);
  const kilobytes = `${(gzip / 1000).toFixed(2)} kB`;
  return {
    what,
    reach: `≤ ${most / 1000} kB`,
    cells: nodes.map(() => kilobytes),
    reached: reached([gzip <= most]),
  };
}

/** Of one subject, a ratio behind each gateway. */
function wrapperRatios({ wrapper }, id, handler, base) {
  return (node) =>
    wrapper.filter((row) => row.node === node && row.handler === handler && row.subject === id).map((row) => row[base]);
}

function coldRatio({ cold }, id) {
  return (node) => cold.filter((row) => row.node === node && row.subject === id).map(({ toPeer }) => toPeer);
}

function preflightRatios({ preflight }) {
  return (node) =>
    preflight.filter((row) => row.node === node && row.subject !== 'middy-http-cors').map(({ toActual }) => toActual);
}

function policyRatios({ growth }) {
  const most = Math.max(...growth.policies.map((row) => row.size));
  const asked = ['withCors, allowed', 'withCors, allowed by a pattern', 'withCors, refused'];
  return (node) =>
    growth.policies
      .filter((row) => row.node === node && row.size === most && asked.includes(row.series))
      .map(({ toBase }) => toBase);
}

function perByte({ growth }) {
  return (node) => {
    const of = growth.requests.filter((row) => row.node === node && row.series === 'many headers, no Origin');
    const [most, less] = [MOST_LOAD_BALANCER, MOST_API_GATEWAY].map((bytes) => of.find(({ size }) => size === bytes));
    return most === undefined ? [] : [most.ns / most.size / (less.ns / less.size)];
  };
}

function reached(each) {
  if (each.every(Boolean)) return 'yes';
  return each.some(Boolean) ? '**in part**' : '**no**';
}

export function major(version) {
  return Number(version.slice(1).split('.')[0]);
}

/** As the tables have it. */
export function ratio(value) {
  return `${digits(value)} ×`;
}

function digits(value) {
  return value >= 10 ? String(Math.round(value)) : value.toFixed(2);
}

/** Empty where a look has left it out. */
function range(values) {
  if (values.length === 0) return '';
  const [low, high] = [digits(Math.min(...values)), digits(Math.max(...values))];
  return low === high ? `${low} ×` : `${low}–${high} ×`;
}
