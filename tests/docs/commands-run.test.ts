/** Each line of the documents that runs the command is run: with the files that it names, and an endpoint of this machine. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeServers, play } from '../cli/aws-faults.js';
import { outcomeOf, useCommand } from '../cli/command.js';
import { blocksOf } from './blocks.js';
import { LINES, wordsOf } from './command-lines.js';
import { root } from './pages.js';

const command = useCommand();
afterAll(closeServers);

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors: "'https://app.example.com'"
      DefinitionBody:
        openapi: 3.0.1
        info: { title: notes, version: '1' }
        paths: {}
`;

/** What is packaged by other tools. */
const PACKAGED = JSON.stringify({ Resources: { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} } } });
const POLICY = '{ "allowOrigins": "https://app.example.com", "allowMethods": ["GET", "PUT"] }';

/** Files that pages name without showing them. */
const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }',
  'cors.json': POLICY,
  'cors.js': `export default ${POLICY}`,
  'template.yaml': TEMPLATE,
  'cdk.out/Notes.template.json': PACKAGED,
  '.serverless/cloudformation-template-update-stack.json': PACKAGED,
  'src/notes.js': "export const handler = async () => ({ statusCode: 200, body: '[]' });",
};

beforeAll(() => {
  // As in a project that has it.
  mkdirSync(join(command.folder, 'node_modules'));
  symlinkSync(join(root, 'node_modules/esbuild'), join(command.folder, 'node_modules/esbuild'), 'dir');
});
beforeEach(() => {
  for (const [file, text] of Object.entries(FILES)) command.write(file, text);
});

const OURS = LINES.filter(({ line }) => line.startsWith('npx lambda-cors ')).map(({ page, at, line }) => ({
  page,
  at,
  line,
  words: wordsOf(line)
    .slice(2)
    .map((word) => word.replace('cdk.out/*', 'cdk.out/Notes')),
}));

const needsAws = ({ line }: { readonly line: string }) => / --(rest-api-id|undo) /.test(line);
const serves = ({ line }: { readonly line: string }) => / serve /.test(line);

function writeFilesOf(page: string): void {
  for (const { file, text } of blocksOf(page)) if (file !== undefined) command.write(file, text);
}

/** What a line lacks here. */
const LACKS = /there is no region|@aws-sdk\/client-api-gateway|lambda-cors-undo-\S+\.json does not exist/;

describe('runs:', () => {
  it.each(OURS.filter((each) => !needsAws(each) && !serves(each)))('$at, $line', async ({ page, words }) => {
    writeFilesOf(page);
    const { port } = await play({ response: { status: 200, lines: [['Access-Control-Allow-Origin', '*']] } });
    // Nobody is there to be asked.
    const more = words[0] === 'enable' && !words.includes('--dry-run') ? ['--yes'] : [];
    const args = words.map((word) => word.replace(/^https:\/\/[^/]+(?=\/)/, `http://127.0.0.1:${port}`));
    const { status, stdout, stderr } = await command.run(...args, ...more);
    expect([0, 1], stderr).toContain(status);
    expect(stdout).not.toBe('');
  });

  it.each(OURS.filter(serves))('$at, $line', async ({ page, words }) => {
    writeFilesOf(page);
    const child = command.start(...words, '--port', '0');
    const outcome = outcomeOf(child);
    await new Promise<void>((resolve) => {
      child.stdout?.on('data', (text: string) => /http:\/\/127\.0\.0\.1/.test(text) && resolve());
      child.on('close', () => resolve());
    });
    child.kill('SIGINT');
    expect((await outcome).status, (await outcome).stderr).toBe(0);
  });
});

it.each(OURS.filter(needsAws))('lacks nothing but AWS: $at, $line', async ({ words }) => {
  const { status, stderr } = await command.run(...words);
  expect([status, stderr]).toEqual([2, expect.stringMatching(LACKS)]);
});

it('tells what does not run', async () => {
  expect((await command.run('enable', '--dry-run')).status).toBe(2);
  expect((await command.run('lint', 'tempalte.yaml')).status).toBe(2);
});
