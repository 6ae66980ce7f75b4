// How cost grows with what others control: the size of a policy, of a request, of a result.
import middy from '@middy/core';
import httpCors from '@middy/http-cors';
import { compilePolicy, withCors } from 'lambda-cors';
import { CONTEXT, eventTexts, REQUESTS } from '../harness/events.js';
import { quietly } from '../harness/quiet.js';
import { timeInTurn } from '../harness/rounds.js';
import { nanoseconds, print, round, times } from '../harness/table.js';
import { getNote } from '../subjects/notes.js';
import { HEADERS, METHODS, ORIGIN } from '../subjects/policy.js';

const GATEWAY = 'HTTP API 2.0';
const GET = REQUESTS['actual allowed'];

export async function growth(_subjects, effort) {
  const time = (cases) => quietly(() => timeInTurn(cases, effort));
  return {
    policies: await overBase(policyCases(), time),
    requests: await overBase(requestCases(), time),
    results: await overBase(resultCases(), time),
    compile: (await overBase(compileCases(), time)).map((row) => ({ ...row, perSecond: round(1e9 / row.ns) })),
  };
}

/** Times cases, each a row of a table, and puts each beside the case that its row names as its base. */
async function overBase(cases, time) {
  const taken = await time(cases.map((it) => ({ context: CONTEXT, ...it })));
  return cases.flatMap(({ series, size, base }, at) => {
    if (series === CONTROL) return [];
    const { ns } = taken[cases.indexOf(base ?? cases[at])];
    return { series, size, ns: round(taken[at].ns, 4), toBase: round(taken[at].ns / ns) };
  });
}

/** A case that is only a base. */
const CONTROL = Symbol('control');

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

function policyCases() {
  const one = withCors(getNote, { allowOrigins: [ORIGIN] });
  const base = { series: 'withCors, one origin', size: 1, call: one, texts: eventTexts(GATEWAY, GET) };
  const cases = [base];
  for (const [exact, wild] of [
    [1, 1],
    [100, 100],
    [10_000, 1000],
  ]) {
    const origins = [...exactOrigins(exact), ...patterns(wild)];
    const asked = {
      allowed: ORIGIN,
      'allowed by a pattern': `https://www.tenant-${wild - 1}.example.com`,
      refused: 'https://evil.example.net',
      'refused, worst origin': worstOrigin(wild),
    };
    const ours = withCors(getNote, { allowOrigins: origins });
    const peer = middy(getNote).use(httpCors({ origins, methods: METHODS.join(','), headers: HEADERS.join(',') }));
    for (const [name, origin] of Object.entries(asked)) {
      const texts = eventTexts(GATEWAY, { ...GET, origin });
      cases.push({ series: `withCors, ${name}`, size: exact + wild, call: ours, texts, base });
      cases.push({ series: `@middy/http-cors, ${name}`, size: exact + wild, call: peer, texts, base });
    }
  }
  // Each kind alone, for the table only.
  for (const count of [2, 100, 10_000]) {
    const call = withCors(getNote, { allowOrigins: exactOrigins(count) });
    cases.push({ series: 'withCors, exact origins alone', size: count, call, texts: eventTexts(GATEWAY, GET), base });
  }
  for (const count of [1, 100, 1000]) {
    const call = withCors(getNote, { allowOrigins: patterns(count) });
    const texts = eventTexts(GATEWAY, { ...GET, origin: `https://www.tenant-${count - 1}.example.com` });
    cases.push({ series: 'withCors, patterns alone', size: count, call, texts, base });
  }
  return cases;
}

/** Up to a hundred times what a gateway lets through. Each beside the same request with as many bytes in its body. */
function requestCases() {
  const listed = withCors(getNote, { allowOrigins: [...exactOrigins(3), ...patterns(3)] });
  const echoing = withCors(getNote, { allowOrigins: exactOrigins(3), allowHeaders: '*', allowCredentials: true });
  const preflight = REQUESTS['preflight allowed'];
  const refused = REQUESTS['actual refused'];
  const { origin: _, ...originless } = GET;
  const kinds = {
    'one giant header': [listed, GET, (bytes) => ({ extra: { 'x-giant': 'a'.repeat(bytes) } })],
    'thousands of headers': [listed, GET, (bytes) => ({ extra: manyHeaders(bytes) })],
    'thousands of headers, no Origin': [listed, originless, (bytes) => ({ extra: manyHeaders(bytes) })],
    'a giant Access-Control-Request-Headers': [
      echoing,
      preflight,
      (bytes) => ({ extra: { 'access-control-request-headers': 'x-a,'.repeat(bytes / 4) } }),
    ],
    'a giant Origin': [listed, refused, (bytes) => ({ origin: `https://${'a.'.repeat(bytes / 2)}example.com` })],
  };
  return Object.entries(kinds).flatMap(([series, [call, request, hostile]]) =>
    [2 ** 10, 2 ** 13, 2 ** 16, 2 ** 20].flatMap((size) => {
      // Few at a time where they are large: all events of a batch are in memory at once.
      const batch = size > 2 ** 13 ? (size > 2 ** 16 ? 4 : 16) : 64;
      const texts = (more) => eventTexts(GATEWAY, { ...request, ...more }, batch);
      const base = { series: CONTROL, call, batch, texts: texts({ body: 'a'.repeat(size) }) };
      return [base, { series, size, call, batch, texts: texts(hostile(size)), base }];
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
async function giveResult(event) {
  return event.result;
}

function resultCases() {
  const calls = {
    'hand-written wrapper': handWritten(giveResult),
    'withCors, one origin': withCors(giveResult, { allowOrigins: [ORIGIN] }),
    'withCors, a list': withCors(giveResult, { allowOrigins: exactOrigins(3) }),
    '@middy/http-cors': middy(giveResult).use(
      httpCors({ origins: exactOrigins(3), methods: METHODS.join(','), headers: HEADERS.join(',') }),
    ),
  };
  return Object.entries(calls).flatMap(([series, call]) => {
    const [base, ...others] = [1, 10, 50, 200].map((size) => {
      const texts = eventTexts(GATEWAY, { ...GET, result: resultOf(size) });
      return { series, size, call, texts };
    });
    return [base, ...others.map((it) => ({ ...it, base }))];
  });
}

function resultOf(size) {
  const names = Array.from({ length: size }, (_, at) => [at === 0 ? 'Content-Type' : `X-Header-${at}`, 'a value']);
  return { statusCode: 200, headers: Object.fromEntries(names), body: '{}' };
}

function handWritten(fn) {
  const [headers, methods] = [HEADERS.join(','), METHODS.join(',')];
  return async (event, context) => {
    const r = await fn(event, context);
    return {
      ...r,
      headers: {
        ...r.headers,
        'Access-Control-Allow-Origin': ORIGIN,
        'Access-Control-Allow-Headers': headers,
        'Access-Control-Allow-Methods': methods,
      },
    };
  };
}

function compileCases() {
  const [base, ...others] = [
    [1, 0],
    [1, 1],
    [100, 100],
    [10_000, 1000],
  ].map(([exact, wild]) => {
    const size = exact + wild;
    const allowOrigins = [...exactOrigins(exact), ...patterns(wild)];
    const call = () => compilePolicy({ allowOrigins });
    return { series: 'compilePolicy', size, call, texts: ['null'], batch: size > 1000 ? 4 : 64 };
  });
  return [base, ...others.map((it) => ({ ...it, base }))];
}

export function showGrowth({ policies, requests, results, compile }) {
  matrix(
    'A call by the size of the policy (exact origins and patterns together), and its ratio to one origin',
    policies,
  );
  matrix('A call by the bytes of hostile request headers, and its ratio to as many in the body', requests);
  matrix('A call by the number of headers in the result, and its ratio to one', results);
  print(
    'Compiling a policy',
    ['exact origins and patterns', 'time', 'per second'],
    compile.map(({ size, ns, perSecond }) => [size, nanoseconds(ns), perSecond]),
  );
}

function matrix(title, rows) {
  const sizes = [...new Set(rows.map(({ size }) => size))].sort((a, b) => a - b);
  const names = [...new Set(rows.map(({ series }) => series))];
  print(
    title,
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
