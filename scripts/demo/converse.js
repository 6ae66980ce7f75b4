// Puts a handler behind a gateway, asks it over HTTP as a browser does, and compares the answers with the expected ones.
import { randomUUID } from 'node:crypto';
import { format } from 'node:util';
import { conversation } from './conversation.js';

/** One row for each exchange: what was received, and in `faults` how it differs from the expected answer. */
export async function converse(handler, source, { createGateway, httpTransport, browse }) {
  const log = [];
  const { error } = console;
  console.error = (...parts) => log.push(format(...parts));
  const gateway = await createGateway({ handler, source, onError: ({ message }) => log.push(message) }).listen();
  const send = httpTransport();
  const rows = [];
  try {
    for (const { page, curl, exchanges, verdict } of conversation(randomUUID())) {
      const received = [];
      // What each request has led to, as the wire has it: every header line apart.
      async function transport(request) {
        log.length = 0;
        const response = await send(request);
        received.push({ response, log: [...log] });
        return response;
      }
      const { path, ...asked } = page ?? curl;
      const request = { ...asked, url: `${gateway.url}${path}` };
      const seen = page === undefined ? await transport(request) : await browse(request, transport);
      rows.push(...rowsOf(exchanges, received, page && { expected: verdict, verdict: seen.verdict }));
    }
  } finally {
    console.error = error;
    await gateway.close();
  }
  return rows;
}

function rowsOf(exchanges, received, judged) {
  return exchanges.map((expected, at) => {
    const { title } = expected;
    const outcome = outcomeOf(judged?.verdict, at < exchanges.length - 1);
    const got = received[at];
    if (got === undefined) return { title, outcome, status: 0, cors: {}, faults: ['was not sent'] };
    const cors = corsHeadersOf(got.response);
    const faults = faultsOf(got, cors, expected);
    if (received.length > exchanges.length)
      faults.push(`${received.length} requests were sent, not ${exchanges.length}`);
    if (judged !== undefined && at === exchanges.length - 1) faults.push(...verdictFaults(judged));
    return { title, outcome, status: got.response.status, cors, faults };
  });
}

function outcomeOf(verdict, more) {
  if (verdict === undefined) return 'curl reads it';
  if (more) return 'sends the request';
  return verdict.allowed ? `page reads the ${verdict.status}` : `refuses: ${verdict.reason}`;
}

/** Joins lines of one name as a browser does, so that a line too many shows. */
function corsHeadersOf({ headers }) {
  const cors = {};
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    if (name === 'vary' || name.startsWith('access-control-')) {
      cors[name] = name in cors ? `${cors[name]}, ${value}` : value;
    }
  }
  return cors;
}

function faultsOf({ response, log }, cors, expected) {
  const faults = [];
  const body = Buffer.from(response.body).toString();
  if (response.status !== expected.status) faults.push(`status is ${response.status}, not ${expected.status}`);
  for (const name of new Set([...Object.keys(expected.cors), ...Object.keys(cors)])) {
    const [received, wanted] = [cors[name], expected.cors[name]];
    if (received !== wanted) faults.push(`${name} is ${show(received)}, not ${show(wanted)}`);
  }
  if (!expected.body.test(body)) faults.push(`body is ${show(body)}, not ${expected.body}`);
  const logged = expected.log === undefined ? log.length === 0 : log.length === 1 && expected.log.test(log[0]);
  if (!logged) faults.push(`log is ${show(log)}, not ${expected.log ?? 'empty'}`);
  return faults;
}

function verdictFaults({ verdict, expected }) {
  const { status, reason, readable } = expected;
  const got = verdict.allowed ? `allowed with ${verdict.status}` : `refused for ${verdict.reason}`;
  const wanted = reason === undefined ? `allowed with ${status}` : `refused for ${reason}`;
  if (got !== wanted) return [`the browser's verdict is ${got}, not ${wanted}`];
  const names = Object.keys(verdict.headers ?? {}).sort();
  return readable === undefined || names.join() === readable.join() ? [] : [`readable are ${names}, not ${readable}`];
}

function show(value) {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
