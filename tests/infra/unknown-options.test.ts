/** An option that is misspelt would count as left out: for `resources` that is every resource. */
import { expect, test } from 'vitest';
import { applyPlan, enableDocument, generate, judge, lint, planApi, readApis } from '../../src/infra.js';

const policy = { allowOrigins: 'https://a.example' };
const text = 'Resources: { Api: { Type: AWS::Serverless::HttpApi } }';
const files = [{ path: 'template.yaml', text }];
const [api] = readApis(files);
const none = undefined as never;

test.each<readonly [call: string, act: () => unknown, message: string]>([
  [
    'lint',
    () => lint(files, { policys: policy } as never),
    'policys is not an option of lint; write policy, or remove it',
  ],
  [
    'readApis',
    () => readApis(files, { reads: 1 } as never),
    'reads is not an option of readApis; remove it; the keys are read, root',
  ],
  [
    'judge',
    () => judge(api as never, { origin: 'x', credential: 'omit' } as never),
    'credential is not an option of judge; write credentials, or remove it',
  ],
  ['judge without options', () => judge(api as never, none), 'judge needs its options as an object, but got undefined'],
  [
    'generate',
    () => generate(policy, 'sam', { method: ['GET'] } as never),
    'method is not an option of generate; write methods',
  ],
  [
    'generate with text',
    () => generate(policy, 'sam', 'yaml' as never),
    'generate needs its options as an object, but got "yaml"',
  ],
  [
    'enableDocument',
    () => enableDocument(text, policy, { resource: ['/a'] } as never),
    'resource is not an option of enableDocument; write resources',
  ],
  [
    'planApi',
    () => planApi(none, policy, { resource: ['/a'] } as never),
    'resource is not an option of planApi; write resources',
  ],
])('%s', (_, act, message) => {
  expect(act).toThrow(new RegExp(`^${message}`));
});

test('applyPlan', async () => {
  const plan = { restApiId: 'a', steps: [], changes: [], notes: [] };
  await expect(applyPlan(none, plan, { signals: 1 } as never)).rejects.toThrow(
    'signals is not an option of applyPlan; write signal, or remove it',
  );
});
