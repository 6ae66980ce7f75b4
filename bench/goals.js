// What docs/performance.md says first: each goal, whether the runs reach it, and the figures that tell. Only the goals
// are written by hand.

const KINDS = { 'with-cors-static': 'one origin', 'with-cors-list': 'a list', 'with-cors-pattern': 'a pattern' };
const REQUESTS = ['actual allowed', 'actual refused'];
const PREFLIGHTS = ['preflight allowed', 'preflight refused'];
const MIDDY = ['middy-ours', 'middy-http-cors'];
const MEBIBYTE = 2 ** 20;

/** @returns {readonly (readonly [goal: string, reached: string, measured: string])[]} */
export function goals(runs) {
  const [first] = runs;
  return [
    withinHandWritten(runs),
    preflightWithinRequest(runs),
    fasterThan(runs, 'hono', 30, '`hono/cors` on its Lambda adapter'),
    fasterThan(runs, 'middy-http-cors', 10, '`@middy/http-cors`'),
    fasterInMiddy(runs),
    policySize(first),
    hostileHeaders(first),
    bytes(first),
    start(first),
  ];
}

function withinHandWritten(runs) {
  const limits = { 'with-cors-static': 1.6, 'with-cors-list': 2 };
  const of = (run, id) => ratios(run, ['actual allowed'], id, 'written-wrapper');
  return [
    '`withCors` ≤ 1.6 × the hand-written line with a static policy, ≤ 2 × with a list; allowed origins',
    reached(
      runs.flatMap((run) => Object.entries(limits).map(([id, most]) => of(run, id).every((ratio) => ratio <= most))),
    ),
    onEach(runs, (run) => byKind((id) => of(run, id))),
  ];
}

function preflightWithinRequest(runs) {
  const of = (run, id) => PREFLIGHTS.flatMap((asked, at) => ratios(run, [asked], id, id, REQUESTS[at]));
  const withCors = (run) => Object.keys(KINDS).flatMap((id) => of(run, id));
  return [
    'a preflight is no slower than the request itself, allowed or refused',
    reached(runs.flatMap((run) => [...withCors(run), ...of(run, 'middy-ours')].map((ratio) => ratio <= 1))),
    onEach(runs, (run) => `\`withCors\` ${range(withCors(run))}, \`cors()\` ${range(of(run, 'middy-ours'))}`),
  ];
}

function fasterThan(runs, peer, least, name) {
  const of = (run, id) => ratios(run, ['actual allowed'], peer, id);
  const all = runs.flatMap((run) => Object.keys(KINDS).flatMap((id) => of(run, id)));
  const enough = all.map((ratio) => ratio >= least);
  const floor = (run) => (enough.every(Boolean) ? '' : `; the bare handler, without CORS, ${range(of(run, 'bare'))}`);
  return [
    `\`withCors\` ≥ ${least} × faster than ${name}; allowed origins`,
    reached(enough),
    onEach(runs, (run) => byKind((id) => of(run, id)) + floor(run)),
  ];
}

function fasterInMiddy(runs) {
  const parts = { requests: REQUESTS, 'preflights allowed': [PREFLIGHTS[0]], 'preflights refused': [PREFLIGHTS[1]] };
  return [
    '`cors()` faster than `@middy/http-cors` in the same Middy (below 1 ×)',
    reached(runs.flatMap((run) => ratios(run, [...REQUESTS, ...PREFLIGHTS], ...MIDDY).map((ratio) => ratio < 1))),
    onEach(runs, (run) => listed(parts, (requests) => ratios(run, requests, ...MIDDY))),
  ];
}

function policySize(run) {
  const { policies } = run.growth;
  const most = Math.max(...policies.map(({ size }) => size));
  const asked = ['allowed', 'refused', 'allowed by a pattern', 'refused, worst origin'];
  const of = (name) => ratiosOf(policies.filter(({ series, size }) => series === `withCors, ${name}` && size === most));
  const alone = ratiosOf(policies.filter(({ series }) => series === 'withCors, patterns alone'));
  const each = asked.map((name) => `${name} ${range(of(name))}`).join(', ');
  return [
    '10,000 origins and 1,000 patterns ≤ 1.3 × one origin',
    reached(asked.flatMap((name) => of(name).map((ratio) => ratio <= 1.3))),
    onEach([run], () => `${each}; patterns alone, whatever their number, ${range(alone)}`),
  ];
}

function hostileHeaders(run) {
  const { requests } = run.growth;
  const kinds = [...new Set(requests.map(({ series }) => series))];
  const largest = requests.filter(({ size }) => size === MEBIBYTE);
  const each = kinds.map((kind) => {
    const { ns, toBase } = largest.find(({ series }) => series === kind);
    const worst = requests.filter(({ series }) => series === kind).reduce((a, b) => (b.toBase > a.toBase ? b : a));
    const elsewhere =
      worst.toBase > toBase ? `; at most ${ratio(worst.toBase)}, at ${worst.size.toLocaleString('en')} bytes` : '';
    return `${kind} ${ratio(toBase)} (${time(ns)}${elsewhere})`;
  });
  return [
    '1 MiB of hostile headers ≤ 2 × as many bytes in the body',
    reached(largest.map(({ toBase }) => toBase <= 2)),
    onEach([run], () => each.join(', ')),
  ];
}

function bytes(run) {
  const of = (entry) => run.size.entries.find(({ name }) => name === entry).gzip;
  const [core, middy] = [of('withCors alone'), of('cors alone (./middy)')];
  return [
    '`withCors` ≤ 3.0 kB, `./middy` ≤ 3.3 kB, minified and gzip -9',
    reached([core <= 3000, middy <= 3300]),
    `${core} and ${middy} bytes`,
  ];
}

function start(run) {
  const of = (rows, id) => rows.find(({ subject }) => subject === id).addedMs;
  const bundled = Object.keys(KINDS).map((id) => of(run.start, id));
  const imported = run.start.filter(({ subject }) => subject in KINDS).map(({ addedImportMs }) => addedImportMs);
  const [bare, installed] = ['bare', 'lambda-cors, installed'].map((id) => of(run.start, id));
  const under = run.runtimeStart?.length
    ? `; under the runtime client ${span(Object.keys(KINDS).map((id) => of(run.runtimeStart, id)))} ms`
    : '';
  return [
    'adds ≤ 1 ms to the start of a process',
    reached([...bundled, installed].map((ms) => ms <= 1)),
    onEach(
      [run],
      () =>
        `${span(bundled)} ms in a bundle (the import alone ${span(imported)} ms; a bare handler ${bare.toFixed(1)} ms), ${installed.toFixed(1)} ms unbundled${under}`,
    ),
  ];
}

/** Of the times of one subject to those of another, one for each request behind each gateway. */
function ratios({ speed }, requests, subject, other, otherRequest) {
  const find = (gateway, request, id) =>
    speed.find((row) => row.gateway === gateway && row.request === request && row.subject === id).ns;
  return [...new Set(speed.map(({ gateway }) => gateway))].flatMap((gateway) =>
    requests.map((request) => find(gateway, request, subject) / find(gateway, otherRequest ?? request, other)),
  );
}

function ratiosOf(rows) {
  return rows.map(({ toBase }) => toBase);
}

function reached(each) {
  if (each.every(Boolean)) return 'yes';
  return each.some(Boolean) ? '**in part**' : '**no**';
}

function byKind(of) {
  return Object.entries(KINDS)
    .map(([id, name]) => `${name} ${range(of(id))}`)
    .join(', ');
}

function listed(parts, of) {
  return Object.entries(parts)
    .map(([name, part]) => `${name} ${range(of(part))}`)
    .join(', ');
}

function onEach(runs, measured) {
  return runs.map((run) => `Node.js ${run.machine.node.slice(1).split('.')[0]}: ${measured(run)}`).join('<br>');
}

/** As the tables have it. */
export function ratio(value) {
  return `${digits(value)} ×`;
}

function digits(value) {
  return value >= 10 ? String(Math.round(value)) : value.toFixed(2);
}

function time(ns) {
  return ns < 1e6 ? `${(ns / 1e3).toFixed(1)} µs` : `${(ns / 1e6).toFixed(1)} ms`;
}

function range(values) {
  const [low, high] = [digits(Math.min(...values)), digits(Math.max(...values))];
  return low === high ? `${low} ×` : `${low}–${high} ×`;
}

function span(values) {
  const [low, high] = [Math.min(...values).toFixed(1), Math.max(...values).toFixed(1)];
  return low === high ? low : `${low}–${high}`;
}
