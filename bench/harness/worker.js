// A process for one subject: loads its bundle, and answers and times requests when its parent asks.
//
// Nobody else's shapes are in its inline caches. Events arrive as JSON text and are parsed outside of the time taken, so
// that no string has been seen, hashed or internalized before.
import { pathToFileURL } from 'node:url';
import { followingArguments } from './contexts.js';
import { quick } from './statistics.js';

// Peers and ours log thrown errors, and writing is slower than all of them.
for (const method of ['error', 'warn', 'log', 'info', 'debug']) console[method] = ignore;

const { handler } = await import(pathToFileURL(process.argv[2]).href);
const requests = new Map();
const actions = { add, answer, time };

process.on('message', async ({ action, ...details }) => {
  process.send((await actions[action](details)) ?? {});
});
process.send({});

/**
 * `reuse` parses each event once, as a test or a loop in a warm function would. A batch is small, so that its events are
 * still in the processor's caches: so is the one that Lambda has just parsed.
 */
function add({ name, texts, batch = 16, reuse }) {
  requests.set(name, { texts, batch, next: 0, kept: reuse ? texts.slice(0, batch).map(parse) : undefined });
}

async function answer({ name }) {
  const { texts } = requests.get(name);
  try {
    return { result: await handler(parse(texts[0]), ...followingArguments()) };
  } catch (error) {
    return { error: String(error) };
  }
}

/** Nanoseconds per call, of as many batches as the time allows. */
async function time({ name, milliseconds, rejects }) {
  const request = requests.get(name);
  const call = rejects ? (...args) => handler(...args).catch(ignore) : handler;
  const samples = [];
  const end = performance.now() + milliseconds;
  do {
    const events = request.kept ?? nextEvents(request);
    const following = events.map(followingArguments);
    const begin = process.hrtime.bigint();
    for (let at = 0; at < events.length; at++) {
      const more = following[at];
      // As the runtime calls it: with two arguments on Node.js 24, three before.
      await (more.length === 1 ? call(events[at], more[0]) : call(events[at], more[0], more[1]));
    }
    samples.push(Number(process.hrtime.bigint() - begin) / events.length);
  } while (performance.now() < end || samples.length < 3);
  return { ns: quick(samples) };
}

function nextEvents(request) {
  const { texts, batch } = request;
  return Array.from({ length: batch }, () => {
    request.next = (request.next + 1) % texts.length;
    return parse(texts[request.next]);
  });
}

function parse(text) {
  return JSON.parse(text);
}

function ignore() {}
