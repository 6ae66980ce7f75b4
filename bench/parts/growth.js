// How cost grows with what others control: the size of a policy, of a request, of a result.
import { fileURLToPath } from 'node:url';
import { bundle, handlers, save } from '../harness/bundle.js';
import { eventTexts, REQUESTS } from '../harness/events.js';
import { median, medianRatio, round } from '../harness/statistics.js';
import { nanoseconds, print, times } from '../harness/table.js';
import { startWorker, timeInTurn } from '../harness/workers.js';
import { HEADERS, METHODS, ORIGIN, ORIGINS } from '../subjects/policy.js';

const GATEWAY = 'HTTP API 2.0';
const GET = { ...REQUESTS['actual allowed'], origin: ORIGIN };
/** A case that is only a base. */
const CONTROL = 'control';
/** The most of a load balancer, of API Gateway, and less. */
const SIZES = [1024, 10_240, 65_536];

export async function growth(_subjects, effort, nodes) {
  const rows = { policies: [], requests: [], results: [], compile: [] };
  const cases = {
    policies: policyCases(),
    requests: requestCases(),
    results: resultCases(),
    compile: compileCases(),
  };
  for (const node of nodes) {
    for (const part of Object.keys(rows)) {
      const measured = await measure(cases[part], effort, node);
      rows[part].push(...measured.map((row) => ({ node: node.version, ...row })));
    }
  }
  return rows;
}

/** Times cases, each a row of a table, and puts each beside the case that its row names as its base. */
async function measure(cases, effort, node) {
  const workers = new Map();
  const prepared = [];
  for (const [at, { source, series, texts, batch }] of cases.entries()) {
    if (!workers.has(source)) {
      const file = save(`growth-${at}.mjs`, await bundle(source));
      workers.set(source, await startWorker(node, file));
    }
    const it = { worker: workers.get(source), name: `${at} ${series}` };
    await it.worker.ask('add', { name: it.name, texts, batch });
    const { error } = await it.worker.ask('answer', { name: it.name });
    if (error !== undefined) throw new Error(`${series}: ${error}`);
    prepared.push(it);
  }
  const samples = await timeInTurn(prepared, { ...effort, warmUp: effort.warmUp / 2 });
  for (const worker of workers.values()) worker.end();
  return cases.flatMap(({ series, size, base }, at) => {
    if (series === CONTROL) return [];
    const toBase = medianRatio(samples[at], samples[cases.indexOf(base ?? cases[at])]);
    return { series, size, ns: round(median(samples[at]), 4), toBase: round(toBase) };
  });
}

function ours(handler, policy) {
  return `import { withCors } from 'lambda-cors'; import { ${handler} } from ${handlers};
export const handler = withCors(${handler}, ${JSON.stringify(policy)});`;
}

function peer(handler, origins) {
  const options = { origins, methods: METHODS.join(','), headers: HEADERS.join(',') };
  return `import middy from '@middy/core'; import httpCors from '@middy/http-cors'; import { ${handler} } from ${handlers};
export const handler = middy(${handler}).use(httpCors(${JSON.stringify(options)}));`;
}

function exactOrigins(count) {
  return Array.from({ length: count }, (_, at) => (at === count - 1 ? ORIGIN : `https://shop-${at}.example.org`));
}

function patterns(count) {
  return Array.from({ length: count }, (_, at) => `https://*.tenant-${at}.example.com`);
}

/** As long as a host can be, a dot in every second place, and one letter off the last pattern. */
function worstOrigin(patternCount) {
  const end = `xtenant-${patternCount - 1}.example.com`;
  return `https://${'a.'.repeat((253 - end.length) >> 1)}${end}`;
}

/** Around a handler that does nothing, and beside a list of three. */
function policyCases() {
  const three = ours('trivial', { allowOrigins: ORIGINS });
  const evil = 'https://evil.example.net';
  const of = (origin) => eventTexts(GATEWAY, { ...GET, origin });
  const allowed = { series: 'withCors, allowed', size: 3, source: three, texts: of(ORIGIN) };
  const refused = { series: 'withCors, refused', size: 3, source: three, texts: of(evil) };
  const cases = [allowed, refused];
  for (const [exact, wild] of [
    [100, 100],
    [10_000, 1000],
  ]) {
    const origins = [...exactOrigins(exact), ...patterns(wild)];
    const [source, other] = [ours('trivial', { allowOrigins: origins }), peer('trivial', origins)];
    for (const [name, origin, base] of [
      ['allowed', ORIGIN, allowed],
      ['allowed by a pattern', `https://www.tenant-${wild - 1}.example.com`, allowed],
      ['allowed by a pattern, many origins', manyOrigins(wild), allowed],
      ['refused', evil, refused],
      ['refused, worst origin', worstOrigin(wild), refused],
    ]) {
      const texts = of(origin);
      const size = exact + wild;
      cases.push({ series: `withCors, ${name}`, size, source, texts, base });
      cases.push({ series: `@middy/http-cors, ${name}`, size, source: other, texts, base });
    }
  }
  return cases;
}

/** More than are remembered. */
function manyOrigins(wild) {
  return Array.from({ length: 256 }, (_, at) => `https://shop-${at}.tenant-${wild - 1}.example.com`);
}

/** Up to what a gateway lets through. Each beside the same request with as many bytes in its body. */
function requestCases() {
  const listed = ours('trivial', { allowOrigins: [...ORIGINS, ...patterns(3)] });
  const echoing = ours('trivial', { allowOrigins: ORIGINS, allowHeaders: '*', allowCredentials: true });
  const preflight = { ...REQUESTS['preflight allowed'], origin: ORIGIN };
  const { origin: _, ...originless } = GET;
  const kinds = {
    'one giant header': [listed, GET, (bytes) => ({ extra: { 'x-giant': 'a'.repeat(bytes) } })],
    'many headers': [listed, GET, (bytes) => ({ extra: manyHeaders(bytes) })],
    'many headers, no Origin': [listed, originless, (bytes) => ({ extra: manyHeaders(bytes) })],
    'a giant Access-Control-Request-Headers': [
      echoing,
      preflight,
      (bytes) => ({ extra: { 'access-control-request-headers': 'x-a,'.repeat(bytes / 4) } }),
    ],
    'a giant Origin': [
      listed,
      REQUESTS['actual refused'],
      (bytes) => ({ origin: `https://${'a.'.repeat(bytes / 2)}example.com` }),
    ],
  };
  return Object.entries(kinds).flatMap(([series, [source, request, hostile]]) =>
    SIZES.flatMap((size) => {
      // A batch of them, since they are large.
      const texts = (more) => eventTexts(GATEWAY, { ...request, ...more }, 16);
      const base = { series: CONTROL, source, texts: texts({ body: 'a'.repeat(size) }) };
      return [base, { series, size, source, texts: texts(hostile(size)), base }];
    }),
  );
}

/** Names as long as `origin`, the only ones that a look-up regardless of case cannot pass over by length. */
function manyHeaders(bytes) {
  return Object.fromEntries(
    Array.from({ length: bytes / 8 }, (_, at) => [`x${at.toString(36).padStart(5, '0')}`, 'ab']),
  );
}

/** The result comes with the event, so that it is as fresh as the event and making it is not timed. */
function resultCases() {
  const sources = {
    'hand-written wrapper': `import { giveResult } from ${handlers}; import { configured } from ${written};
export const handler = configured(giveResult);`,
    'withCors, one origin': ours('giveResult', { allowOrigins: [ORIGIN] }),
    'withCors, a list': ours('giveResult', { allowOrigins: ORIGINS }),
    '@middy/http-cors': peer('giveResult', ORIGINS),
  };
  return Object.entries(sources).flatMap(([series, source]) => {
    const [base, ...others] = [1, 10, 50, 200].map((size) => {
      const texts = eventTexts(GATEWAY, { ...GET, result: resultOf(size) });
      return { series, size, source, texts };
    });
    return [base, ...others.map((it) => ({ ...it, base }))];
  });
}

const written = JSON.stringify(fileURLToPath(new URL('../subjects/written-wrapper.js', import.meta.url)));

function resultOf(size) {
  const names = Array.from({ length: size }, (_, at) => [at === 0 ? 'Content-Type' : `X-Header-${at}`, 'a value']);
  return { statusCode: 200, headers: Object.fromEntries(names), body: '{}' };
}

function compileCases() {
  const [base, ...others] = [
    [1, 0],
    [3, 0],
    [100, 100],
    [10_000, 1000],
  ].map(([exact, wild]) => {
    const size = exact + wild;
    const source = `import { compilePolicy } from 'lambda-cors';
const policy = ${JSON.stringify({ allowOrigins: [...exactOrigins(exact), ...patterns(wild)] })};
export const handler = () => void compilePolicy(policy);`;
    return { series: 'compilePolicy', size, source, texts: ['null'], batch: size > 1000 ? 1 : undefined };
  });
  return [base, ...others.map((it) => ({ ...it, base }))];
}

export function showGrowth({ policies, requests, results, compile }) {
  matrix(
    'A call by the size of the policy (exact origins and patterns together), and its ratio to a list of three',
    policies,
  );
  matrix('A call by the bytes of hostile request headers, and its ratio to as many in the body', requests);
  matrix('A call by the number of headers in the result, and its ratio to one', results);
  matrix('Compiling a policy of so many exact origins and patterns, and its ratio to one origin', compile);
}

function matrix(title, all) {
  const sizes = [...new Set(all.map(({ size }) => size))].sort((a, b) => a - b);
  const names = [...new Set(all.map(({ series }) => series))];
  for (const node of new Set(all.map((row) => row.node))) {
    const rows = all.filter((row) => row.node === node);
    print(
      `${title}; Node.js ${node}`,
      ['', ...sizes],
      names.map((name) => [
        name,
        ...sizes.map((size) => {
          const row = rows.find((it) => it.series === name && it.size === size);
          return row === undefined ? '' : `${nanoseconds(row.ns)}  ${times(row.toBase)}`;
        }),
      ]),
    );
  }
}
