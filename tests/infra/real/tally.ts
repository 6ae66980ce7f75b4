/** Counts checks, and prints a line for each. */
export interface Tally {
  /** @param faults None when it passed. */
  check(title: string, faults: readonly string[]): void;
  /** Prints the sum, and says whether all passed. */
  finish(): boolean;
}

export function makeTally(): Tally {
  let [passed, failed] = [0, 0];
  return {
    check(title, faults) {
      if (faults.length === 0) passed += 1;
      else failed += 1;
      console.log(
        [`${faults.length === 0 ? '✓' : '✗'} ${title}`, ...faults.map((each) => each.replace(/^/gm, '  '))].join('\n'),
      );
    },
    finish() {
      console.log(`${passed} passed, ${failed} failed`);
      return failed === 0 && passed > 0;
    },
  };
}
