import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The quickest first: a mutant that the tests of its room kill needs no others. */
const ORDER = ['tests/core', 'tests/events', 'tests/conformance', 'tests/faults-of-others', 'tests/wrap/'];

function place({ moduleId }: TestSpecification): number {
  return ORDER.findIndex((part) => moduleId.includes(part));
}

class Quickest extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.sort((a, b) => place(a) - place(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

/**
 * The tests that `npm run mutation` runs: of the three rooms, without a browser. Property tests are left out, because
 * what a random value has shown today it may not show tomorrow.
 */
export default defineConfig({
  test: {
    include: ['tests/{core,events,wrap,conformance}/**/*.test.ts', 'tests/faults-of-others.test.ts'],
    // The first has a browser, the second puts spies in place of modules that others have loaded.
    exclude: ['tests/wrap/streaming-chromium.test.ts', 'tests/wrap/fast-path.test.ts'],
    testTimeout: 10_000,
    isolate: false,
    sequence: { sequencer: Quickest },
  },
});
