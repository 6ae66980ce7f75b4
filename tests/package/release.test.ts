/** What a release needs: one version everywhere, and a workflow in which only npm may publish. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-release-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

const { version } = JSON.parse(read('package.json'));

describe('a release', () => {
  const FILES = ['package.json', 'package-lock.json', 'CHANGELOG.md'];
  const copy = join(folder, 'copy');

  beforeEach(() => {
    rmSync(copy, { recursive: true, force: true });
    mkdirSync(copy);
    for (const file of FILES) cpSync(join(root, file), join(copy, file));
    change('CHANGELOG.md', / - unreleased$/m, ' - 2026-12-01');
    for (const file of FILES) change(file, /OWNER/g, 'someone');
  });

  function change(file: string, from: string | RegExp, to: string): void {
    const path = join(copy, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  }

  function check(tag = `v${version}`) {
    return spawnSync(process.execPath, ['scripts/check-release.js', tag, copy], { cwd: root, encoding: 'utf8' });
  }

  it('can be made, once the change log has a date and OWNER is replaced', () => {
    expect(check()).toMatchObject({ status: 0, stderr: '' });
  });

  it.each([
    ['package.json', `"version": "${version}"`, '"version": "9.9.9"', /^the tag is v.* package\.json has 9\.9\.9/],
    [
      'package-lock.json',
      /("": \{\s*"name": "lambda-cors",\s*"version": ").*?"/,
      '$19.9.9"',
      /^package-lock\.json has/,
    ],
    ['CHANGELOG.md', '2026-12-01', 'unreleased', /^CHANGELOG\.md has no date/],
    ['CHANGELOG.md', `[${version}] - `, '[9.9.9] - ', /^CHANGELOG\.md has no date/],
    ['package.json', 'someone/lambda-cors', 'OWNER/lambda-cors', /^package\.json has OWNER/],
    ['CHANGELOG.md', 'someone/lambda-cors', 'OWNER/lambda-cors', /^CHANGELOG\.md has OWNER/],
  ])('cannot be made of %s with %s', (file, from, to, fault) => {
    change(file, from, to);
    expect(check()).toMatchObject({ status: 1, stderr: expect.stringMatching(fault) });
  });

  it.each([version, 'v9.9.9', ''])('cannot be made by the tag %j', (tag) => {
    expect(check(tag).status).toBe(1);
  });
});

describe('CHANGELOG.md', () => {
  it('has what is unreleased, and each version with the sections of Keep a Changelog', () => {
    const headings = [...read('CHANGELOG.md').matchAll(/^(##+) (.+)$/gm)].map(([, level, text = '']) => [level, text]);
    const versions = headings.filter(([level]) => level === '##').map(([, text]) => text);
    expect(versions[0]).toBe('[Unreleased]');
    expect(versions[1]).toMatch(new RegExp(`^\\[${version}\\] - (unreleased|\\d{4}-\\d\\d-\\d\\d)$`));
    const links = [...read('CHANGELOG.md').matchAll(/^\[(.+)\]: https:\/\/\S+$/gm)].map(([, name]) => name);
    expect(links).toEqual(versions.map((text = '') => /^\[(.+?)\]/.exec(text)?.[1]));
    const sections = headings.filter(([level]) => level === '###').map(([, text]) => text);
    expect(sections.length).toBeGreaterThan(0);
    for (const each of sections)
      expect(['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']).toContain(each);
  });
});

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: string;
  readonly uses?: string;
  readonly steps?: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
}

describe('the workflow that publishes', () => {
  const workflow = parse(read('.github/workflows/publish.yml'));
  const jobs: Readonly<Record<string, Job>> = workflow.jobs;
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);

  it('runs for a release, with no permission but those of a job', () => {
    expect(workflow.on).toEqual({ release: { types: ['published'] } });
    expect(workflow.permissions).toEqual({});
  });

  it('publishes what everything that must hold has been checked for, with provenance', () => {
    expect(jobs.check?.uses).toBe('./.github/workflows/ci.yml');
    expect(jobs.pack?.needs).toBe('check');
    expect(jobs.publish?.needs).toBe('pack');
    const last = jobs.publish?.steps?.at(-1)?.run;
    expect(last).toMatch(/^npm publish \S+\.tgz /);
    for (const flag of ['--provenance', '--access public', '--ignore-scripts']) expect(last).toContain(flag);
  });

  it('may sign in one job alone, which runs nothing of the repository or its packages', () => {
    const signing = Object.entries(jobs).filter(([, { permissions }]) => permissions?.['id-token'] !== undefined);
    expect(signing.map(([name]) => name)).toEqual(['publish']);
    const used = (jobs.publish?.steps ?? []).map(({ uses, run }) => uses ?? run?.split(' ').slice(0, 2).join(' '));
    expect(used.filter((each) => /checkout|npm ci|npm install|node /.test(each ?? ''))).toEqual([]);
  });

  it("uses GitHub's own actions alone, keeps no credentials, and writes no text of the event into a script", () => {
    const uses = steps.flatMap((step) => step.uses ?? []);
    expect(uses.filter((name) => !/^actions\/[\w-]+@v\d+$/.test(name))).toEqual([]);
    const checkouts = steps.filter((step) => step.uses?.startsWith('actions/checkout'));
    expect(checkouts.every((step) => (step.with as Record<string, unknown>)?.['persist-credentials'] === false)).toBe(
      true,
    );
    expect(steps.filter((step) => step.run?.includes('${{'))).toEqual([]);
  });
});

describe('the hook for pre-commit', () => {
  const [hook] = parse(read('.pre-commit-hooks.yaml'));

  it('gives the files to the published command, as names', () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'npx'), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
    chmodSync(join(bin, 'npx'), 0o755);
    const [program, ...args] = [...hook.entry.split(' '), ...hook.args, 'template.yaml', '--policy=evil.js'];
    const env = { PATH: `${bin}:${process.env.PATH}` };
    const { stdout } = spawnSync(program, args, { env, encoding: 'utf8' });
    expect(stdout.split('\n')).toEqual([
      '--yes',
      `lambda-cors@${version}`,
      'lint',
      '--',
      'template.yaml',
      '--policy=evil.js',
      '',
    ]);
  });

  it.each([
    ['template.yaml', true],
    ['api/template.prod.yml', true],
    ['openapi.json', true],
    ['package.json', false],
    ['my-template.yaml', false],
  ])('takes %s: %s', (path, taken) => {
    expect(new RegExp(hook.files).test(path)).toBe(taken);
  });
});
