import { writeFileSync } from 'node:fs';
import { isMessage } from './messages.js';
import { describeRun } from './report.js';

/** https://stryker-mutator.io/docs/stryker-js/guides/create-a-plugin/ */
export const strykerPlugins = [
  {
    kind: 'Ignore',
    name: 'messages',
    value: { shouldIgnore: (path) => (isMessage(path) ? 'a text for people' : undefined) },
  },
  {
    kind: 'Reporter',
    name: 'survivors',
    value: {
      onMutationTestReportReady({ files }) {
        const { summary, page, unexplained } = describeRun(files);
        console.log(summary);
        if (!process.argv.some((argument) => /^(-m|--mutate)\b/.test(argument)))
          writeFileSync('docs/mutation.md', page);
        if (unexplained > 0) process.exitCode = 1;
      },
    },
  },
];
