// Subjects in processes of their own, timed in turn, many times round, so that what else happens on the machine falls
// on all alike, and only ratios within one run are told.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./worker.js', import.meta.url));

/** Starts a process on a Node.js version with the bundle of a subject. */
export async function startWorker({ program: execPath }, file) {
  const child = fork(program, [file], { execPath, execArgv: [], serialization: 'advanced' });
  const worker = {
    ask(action, details = {}) {
      child.send({ action, ...details });
      return reply(child, file);
    },
    end() {
      child.disconnect();
    },
  };
  await reply(child, file);
  return worker;
}

function reply(child, file) {
  return new Promise((resolve, reject) => {
    function answered(message) {
      child.off('exit', ended);
      resolve(message);
    }
    function ended(code) {
      child.off('message', answered);
      reject(new Error(`the process of ${file} ended with ${code}`));
    }
    child.once('message', answered);
    child.once('exit', ended);
  });
}

/**
 * Times cases `{ worker, name, rejects }` in turn, one at a time. Gives for each its nanoseconds per call in each round.
 * What they take to warm up does not count: V8 optimizes meanwhile.
 */
export async function timeInTurn(cases, { warmUp, rounds, milliseconds }) {
  const samples = cases.map(() => []);
  async function time({ worker, name, rejects }, duration) {
    const { ns } = await worker.ask('time', { name, milliseconds: duration, rejects });
    return ns;
  }
  for (const it of cases) await time(it, warmUp);
  for (let round = 0; round < rounds; round++) {
    for (let step = 0; step < cases.length; step++) {
      // Another one begins each round, so that nobody always follows the same neighbour.
      const at = (step + round) % cases.length;
      samples[at].push(await time(cases[at], milliseconds));
    }
  }
  return samples;
}
