// A function that cannot be started: Lambda is told the whole reason, and the process ends.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundled, bundle, FORMATS } from './bundle.js';
import { leftOut } from './client.js';
import { startFunction } from './function.js';

const rows = [
  {
    file: 'faulty-policy',
    errorType: 'CorsPolicyError',
    errorMessage: `
  allowOrigins[0]: "https://example.com/" has a path; write "https://example.com"
  maxAge: -1 is not a valid number of seconds; write an integer from 0 to 86400`,
  },
  {
    file: 'missing-variable',
    errorType: 'CorsPolicyError',
    errorMessage: `
  allowOrigins: undefined is not a value; set it (an environment variable may be missing), or remove the key`,
  },
  { file: 'throws-on-import', errorType: 'RangeError', errorMessage: 'the module is broken' },
];

describe.skipIf(leftOut !== undefined).each(FORMATS)('a function in $name', ({ format }) => {
  let bundled: Bundled;
  beforeAll(async () => {
    bundled = await bundle(
      rows.map(({ file }) => `tests/runtime/functions/${file}.ts`),
      format,
    );
  });
  afterAll(() => bundled.remove());

  it.each(rows)('$file: Lambda is told of the $errorType, and the process ends', async (row) => {
    const { file, errorType, errorMessage } = row;
    const fn = await startFunction(bundled.folder, `${file}.handler`);
    expect(await fn.initError).toMatchObject({ errorType, errorMessage });
    expect(await fn.exit).toBeGreaterThan(0);
    // The client writes the error as JSON into a line of the log.
    expect((await fn.stop()).join('\n')).toContain(JSON.stringify({ errorType, errorMessage }).slice(1, -1));
  });
});
