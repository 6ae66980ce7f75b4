/** docs/recipes/github-action.md: its workflow and its hooks use what action.yml and .pre-commit-hooks.yaml have. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { blocksOf, textOf } from './blocks.js';
import { root } from './pages.js';

const PAGE = 'docs/recipes/github-action.md';
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const action = parse(read('action.yml'));
const [hook] = parse(read('.pre-commit-hooks.yaml'));
const { version } = JSON.parse(read('package.json'));
const blocks = blocksOf(PAGE).map(({ file, text }) => ({ file, content: parse(text) }));

describe('the workflow', () => {
  const { content } = blocks.find(({ file }) => file?.includes('workflows')) ?? {};
  const [job] = Object.values<{ permissions: object; steps: { uses: string; with: object }[] }>(content.jobs);
  const [checkout, lint] = job?.steps ?? [];

  it('uses this version, with inputs that there are', () => {
    expect(lint?.uses).toBe(`OWNER/lambda-cors@v${version}`);
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(lint?.with ?? {})));
  });

  it('has the permission that the upload needs, and gives none away', () => {
    expect(content.permissions).toEqual({});
    expect(job?.permissions).toEqual({ contents: 'read', 'security-events': 'write' });
    expect(checkout?.with).toEqual({ 'persist-credentials': false });
    expect(Object.keys(content.on)).not.toContain('pull_request_target');
  });
});

it('the table has every input, with its default', () => {
  const rows = [...textOf(PAGE).matchAll(/^\| `([\w-]+)` \| .* \| (.*) \|$/gm)].map(([, name, value]) => [name, value]);
  const inputs = Object.entries<{ required?: boolean; default?: string }>(action.inputs);
  expect(rows.map(([name]) => name)).toEqual(inputs.map(([name]) => name));
  const said: Readonly<Record<string, string>> = { files: 'needed', policy: 'none', version: 'that of the action' };
  for (const [name, value] of rows) {
    expect(value, name).toBe(said[name ?? ''] ?? `\`${action.inputs[name ?? ''].default}\``);
  }
});

describe.each(blocks.filter(({ file }) => file === '.pre-commit-config.yaml'))('the hook', ({ content }) => {
  const [{ repo, rev, hooks }] = content.repos;

  it('is there in this version', () => {
    expect([repo, rev, hooks[0].id]).toEqual(['https://github.com/OWNER/lambda-cors', `v${version}`, hook.id]);
  });

  it('ends its options before the names of files', () => {
    expect((hooks[0].args ?? hook.args).at(-1)).toBe('--');
  });
});
