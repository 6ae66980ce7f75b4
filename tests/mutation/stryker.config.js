// `npm run mutation`, or `npm run mutation -- --mutate src/core/origins.ts` for one file.
// https://stryker-mutator.io/docs/stryker-js/configuration/

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: ['src/{core,events,wrap}/**/*.ts'],
  testRunner: 'vitest',
  vitest: { configFile: 'tests/mutation/vitest.config.ts' },
  plugins: ['@stryker-mutator/vitest-runner', './tests/mutation/plugins.js'],
  ignorers: ['messages'],
  reporters: ['survivors'],
  concurrency: 1,
  // What has been measured is measured again only where the code or its tests have changed.
  incremental: true,
  incrementalFile: 'node_modules/.cache/mutation.json',
  tempDirName: '.mutation',
  ignorePatterns: ['/*', '!/src', '!/tests', '!/package.json', '!/tsconfig.json', '!/globals.d.ts'],
  // TypeScript 7 has no API that Stryker could rewrite its settings with, and Vitest needs none of them rewritten.
  tsconfigFile: 'none.json',
  disableTypeChecks: false,
  allowEmpty: true,
};
