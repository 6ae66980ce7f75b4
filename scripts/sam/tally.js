/** Counts checks and prints a line for each, then the sum. */
export function makeTally() {
  let passed = 0;
  let failed = 0;
  return {
    /** @param {readonly string[]} faults Empty if the check passed. */
    check(title, faults) {
      if (faults.length === 0) passed += 1;
      else failed += 1;
      console.log([`${faults.length === 0 ? '✓' : '✗'} ${title}`, ...faults.map(indented)].join('\n'));
    },
    finish() {
      console.log(`${passed} passed, ${failed} failed`);
      process.exitCode = failed === 0 ? 0 : 1;
    },
  };
}

function indented(fault) {
  return fault.replace(/^/gm, '  ');
}
