// Policies in TypeScript, as people write it, in a project with esbuild.
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import { lines, useCommand } from '../command.js';

const APP = 'https://app.example.com';
const command = useCommand();

beforeAll(() => {
  mkdirSync(join(command.folder, 'node_modules'));
  symlinkSync(
    fileURLToPath(new URL('../../../node_modules/esbuild', import.meta.url)),
    `${command.folder}/node_modules/esbuild`,
  );
  command.write('package.json', '{ "name": "app" }');
  command.write('src/origins.ts', `export enum Origin { App = '${APP}' }`);
});

function policy(name: string, code: string): string {
  const file = `src/${name}.ts`;
  command.write(file, code);
  return file;
}

const IMPORTS = `import { Origin } from './origins';\nimport { Origin as Same } from './origins.js';\n`;

it.each([
  ['named', `${IMPORTS}export const policy = { allowOrigins: [Origin.App, Same.App] } as const;`],
  ['default', `${IMPORTS}export default { allowOrigins: Origin.App } satisfies object;`],
  ['awaited', `await null;\n${IMPORTS}export const policy: object = { allowOrigins: [Origin.App] };`],
])('explain reads the policy that %s.ts exports', async (name, code) => {
  const { status, stdout, stderr } = await command.run('explain', '--policy', policy(name, code), '--origin', APP);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('✓ Allowed.');
});

it('every subcommand that takes a policy reads it, and prints what it prints for the same in JSON', async () => {
  const typed = policy(
    'every',
    `${IMPORTS}console.log('loud');\nexport const policy = { allowOrigins: [Origin.App] };`,
  );
  command.write('policy.json', JSON.stringify({ allowOrigins: [APP] }));
  command.write('template.yaml', 'Resources: {}\n');
  for (const args of [
    ['generate', 'sam'],
    ['lint', 'template.yaml', '--json'],
    ['explain', '--origin', APP, '--method', 'DELETE', '--json'],
  ]) {
    const [fromTyped, fromJson] = await Promise.all(
      [typed, 'policy.json'].map((file) => command.run(...args, '--policy', file)),
    );
    expect(fromTyped?.stdout).toBe(fromJson?.stdout);
    expect(fromTyped?.stderr).toContain('loud\n');
  }
});

it('faults of the code name the place in the TypeScript', async () => {
  const broken = policy('broken', 'export const policy = ;');
  const thrown = policy('thrown', `${IMPORTS}export const policy: object = {};\nthrow new Error('early');`);
  const wrong = policy('wrong', `export const policy = { allowOrigins: '${APP}/' as string };`);
  const told = [broken, thrown, wrong].map((file) => command.run('explain', '--policy', file, '--origin', APP));
  expect((await Promise.all(told)).map(({ status, stderr }) => [status, lines(stderr)])).toEqual([
    [2, ['lambda-cors: src/broken.ts cannot be bundled:', '  src/broken.ts:1:23: Unexpected ";"']],
    [2, [expect.stringMatching(/src\/thrown\.ts threw when it was imported: Error: early \(.*thrown\.ts:4\)/)]],
    [
      2,
      ['lambda-cors: src/wrong.ts is not a valid policy; it has one fault:', expect.stringContaining(`write "${APP}"`)],
    ],
  ]);
});

it('every bundle has been removed', () => {
  expect(readdirSync(join(command.folder, 'node_modules/.cache/lambda-cors'))).toEqual([]);
});
