import { describe, expect, it } from 'vitest';
import { client, leftOut, nodeMajor } from './client.js';

if (leftOut === undefined) console.log(`runtime: aws-lambda-ric ${client.version}, Node.js ${process.versions.node}`);
else console.warn(`runtime: NO RUNTIME CLIENT, so nothing in tests/runtime is tested:\n  ${leftOut}`);

describe.skipIf(leftOut !== undefined)('the runtime client', () => {
  it('is the one that Lambda has for this Node.js', () => {
    expect(client.major).toBe(nodeMajor === 22 ? 3 : 4);
  });
});
