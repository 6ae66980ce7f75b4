// Interleaved timing. mitata measures; in turn, for a few milliseconds, many times round, so that what else happens
// on the machine falls on all alike, and only ratios within one run are told.
import { measure } from 'mitata';

const MILLISECOND = 1e6;
/** Rounds that do not count: V8 optimizes while they run. */
const WARM_UP = 4;

/**
 * Times cases in turn. Each is `{ call, texts, context }`; every event is parsed outside of the time taken and used
 * once. `batch` may be set per case, for events so large that few fit into memory. Gives for each the median of its rounds in nanoseconds per call, with the middle half of them.
 */
export async function timeInTurn(cases, { rounds, milliseconds, batch = 64 }) {
  const samples = cases.map(() => []);
  for (let round = -WARM_UP; round < rounds; round++) {
    for (let step = 0; step < cases.length; step++) {
      // Another one begins each round, so that nobody always follows the same neighbour.
      const at = (step + Math.max(round, 0)) % cases.length;
      const taken = await once(cases[at], milliseconds, cases[at].batch ?? batch);
      if (round >= 0) samples[at].push(taken);
    }
  }
  return samples.map(summary);
}

async function once({ call, texts, context }, milliseconds, batch) {
  function* subject() {
    let next = 0;
    yield {
      0() {
        next = (next + 1) % texts.length;
        return JSON.parse(texts[next]);
      },
      bench(event) {
        return call(event, context);
      },
    };
  }
  const { p50 } = await measure(subject, {
    min_cpu_time: milliseconds * MILLISECOND,
    min_samples: 6,
    batch_samples: batch,
    // Always in batches: a single call of a fast subject takes no longer than reading the clock.
    warmup_threshold: Number.POSITIVE_INFINITY,
    batch_threshold: Number.POSITIVE_INFINITY,
    gc: false,
  });
  return p50;
}

export function summary(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  return { ns: at(0.5), low: at(0.25), high: at(0.75) };
}
