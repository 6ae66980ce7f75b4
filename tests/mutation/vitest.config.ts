import { defineConfig } from 'vitest/config';

/**
 * The tests that `npm run mutation` runs: of the three rooms, without a browser. Property tests are left out, because
 * what a random value has shown today it may not show tomorrow.
 */
export default defineConfig({
  test: {
    include: ['tests/{core,events,wrap,conformance}/**/*.test.ts', 'tests/faults-of-others.test.ts'],
    exclude: ['tests/wrap/streaming-chromium.test.ts'],
    testTimeout: 10_000,
  },
});
