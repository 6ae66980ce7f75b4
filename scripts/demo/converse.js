// Sends a handler what browsers ask through one source, and compares what comes back with what must.
import { randomUUID } from 'node:crypto';
import { format } from 'node:util';
import { exchangesFor } from './exchanges.js';
import { ERROR_PAGE, responseOf } from './sources.js';

/** One row for each exchange: what was received, and in `faults` how it differs from what must be. */
export async function converse(handler, source) {
  const rows = [];
  for (const { title, request, expected, outcome } of exchangesFor(randomUUID())) {
    const { response, log } = await invoke(handler, source, request);
    const cors = corsHeadersOf(response);
    rows.push({ title, outcome, status: response.status, cors, faults: faultsOf({ response, cors, log }, expected) });
  }
  return rows;
}

/** Events and results go through JSON, as they do on their way to and from Lambda. */
async function invoke(handler, source, request) {
  const event = JSON.parse(JSON.stringify(source.eventOf(request)));
  const context = { functionName: 'notes', awsRequestId: randomUUID(), getRemainingTimeInMillis: () => 10_000 };
  const log = [];
  const { error } = console;
  console.error = (...parts) => log.push(format(...parts));
  try {
    const result = await handler(event, context);
    return { response: responseOf(source, JSON.parse(JSON.stringify(result ?? null))), log };
  } catch (thrown) {
    return { response: ERROR_PAGE, log: [...log, format('the function itself failed:', thrown)] };
  } finally {
    console.error = error;
  }
}

function corsHeadersOf({ headers }) {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name === 'vary' || name.startsWith('access-control-')),
  );
}

function faultsOf({ response, cors, log }, expected) {
  const faults = [];
  if (response.status !== expected.status) faults.push(`status is ${response.status}, not ${expected.status}`);
  for (const name of new Set([...Object.keys(expected.cors), ...Object.keys(cors)])) {
    const [received, wanted] = [cors[name], expected.cors[name]];
    if (received !== wanted) faults.push(`${name} is ${show(received)}, not ${show(wanted)}`);
  }
  if (!expected.body.test(response.body)) faults.push(`body is ${show(response.body)}, not ${expected.body}`);
  const logged = expected.log === undefined ? log.length === 0 : log.length === 1 && expected.log.test(log[0]);
  if (!logged) faults.push(`log is ${show(log)}, not ${expected.log ?? 'empty'}`);
  return faults;
}

function show(value) {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
