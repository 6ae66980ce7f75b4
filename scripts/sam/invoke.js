import { run } from './run.js';

/** How the answer of a function to an event, by `sam local invoke`, differs from the expected answer. */
export async function invokeFaults({ event, functionName, expected }, options, env) {
  const file = `examples/sam/events/${event}.json`;
  const { ok, stdout, stderr } = await run('sam', ['local', 'invoke', functionName, '--event', file, ...options], {
    env,
  });
  if (!ok) return [`sam local invoke failed: ${lastLines(stderr)}`];
  const answer = answerOf(stdout);
  if (answer === undefined) return [`this is not an answer: ${JSON.stringify(stdout)}; ${lastLines(stderr)}`];
  if (answer.errorMessage !== undefined) return [`the function failed: ${answer.errorType}: ${answer.errorMessage}`];
  return faultsOf(answer, expected);
}

/** A streamed response is its status and headers as JSON, eight zero bytes, and the body. */
function answerOf(stdout) {
  const [head, body] = stdout.split('\0'.repeat(8));
  try {
    const answer = JSON.parse(head);
    return { ...answer, body: body ?? answer.body };
  } catch {
    return undefined;
  }
}

function faultsOf({ statusCode, headers, multiValueHeaders, body = '' }, expected) {
  const cors = corsHeadersOf({ ...headers, ...multiValueHeaders });
  const names = new Set([...Object.keys(expected.cors), ...Object.keys(cors)]);
  return [
    ...(statusCode === expected.status ? [] : [`status is ${statusCode}, not ${expected.status}`]),
    ...[...names]
      .filter((name) => cors[name] !== expected.cors[name])
      .map((name) => `${name} is ${cors[name] ?? 'absent'}, not ${expected.cors[name] ?? 'absent'}`),
    ...(expected.body.test(body) ? [] : [`body is ${JSON.stringify(body)}, not ${expected.body}`]),
  ];
}

/** Joins values of one name as a browser does, so that a value too many shows. */
function corsHeadersOf(headers) {
  const cors = {};
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase();
    if (name === 'vary' || name.startsWith('access-control-')) {
      cors[name] = [cors[name] ?? [], value].flat().join(', ');
    }
  }
  return cors;
}

function lastLines(text) {
  return text.trim().split('\n').slice(-5).join('\n');
}
