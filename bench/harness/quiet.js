/** Runs something while nothing is logged: peers and ours log thrown errors, and a terminal is slower than all of them. */
export async function quietly(run) {
  const { error, warn, log, info, debug } = console;
  const silent = () => {};
  Object.assign(console, { error: silent, warn: silent, log: silent, info: silent, debug: silent });
  try {
    const result = await run();
    // Express logs a turn later.
    await new Promise((resolve) => setTimeout(resolve, 10));
    return result;
  } finally {
    Object.assign(console, { error, warn, log, info, debug });
  }
}
