import { describe, expect, it } from 'vitest';
import type { Run } from '../../../../src/cli/commands/enable/live-run.js';
import { deploymentLines, questionsFor } from '../../../../src/cli/commands/enable/stage.js';
import type { Plan } from '../../../../src/infra.js';

const thing = { kind: 'method', resourceId: 'r', path: '/pets', method: 'OPTIONS' } as const;
const PLAN: Plan = { restApiId: 'a1', steps: [{ thing, after: {} }], changes: [], notes: [] };
const STAGE = { name: 'prod', canary: false, deployed: new Date('2026-01-02T03:04:05.678Z') };
const OWN = { method: 'OPTIONS', path: '/pets', what: 'is new' };

function said(stage: Parameters<typeof deploymentLines>[0]): string {
  return deploymentLines(stage, PLAN)
    .map((line) =>
      typeof line === 'string' ? line : line.map((span) => (typeof span === 'string' ? span : span.text)).join(''),
    )
    .join('\n');
}

describe('what a deployment publishes', () => {
  it('is every change of everyone, since the last one', () => {
    expect(said({ ...STAGE, differences: [] })).toMatch(
      /^A deployment to prod publishes every change that is not deployed yet, whoever made it, since 2026-01-02T03:04:05Z\.\n/,
    );
  });

  it('shows the methods of others, and not those of the plan', () => {
    const other = { method: 'GET', path: '/dogs', what: 'is gone' };
    const text = said({ ...STAGE, differences: [OWN, other] });
    expect(text).toContain('Besides this plan:\n  GET /dogs is gone\n');
    expect(text).not.toContain('OPTIONS /pets');
    expect(text).toContain('Changed integrations and responses do not show');
  });

  it('says so where there are none', () => {
    const text = said({ ...STAGE, differences: [OWN] });
    expect(text).toContain('Besides this plan no method is new, gone, or has other authorization.');
  });

  it('says so where it is not known', () => {
    expect(said(STAGE)).toContain('other changes do not show');
  });
});

describe('what a stage is asked when nothing was to be changed', () => {
  const methods = new Map([
    ['GET', {}],
    ['OPTIONS', {}],
  ]);
  const resources = ['/pets', '/pets/{id}', '/petstore', '/dogs'].map((path) => ({ id: path, path, methods }));

  it.each([
    [{}, ['/pets', '/pets/{id}', '/petstore', '/dogs']],
    [{ resource: ['/pets'] }, ['/pets']],
    [{ resource: ['/pets'], recursive: true }, ['/pets', '/pets/{id}']],
    [{ resource: ['/pets/', '/dogs'], recursive: true }, ['/pets', '/pets/{id}', '/dogs']],
    [{ resource: ['/'], recursive: true }, ['/pets', '/pets/{id}', '/petstore', '/dogs']],
  ])('is about the resources of %j alone', (options, paths) => {
    const stage = { state: STAGE, url: 'https://api.example.com' };
    const run = { options, stage, policy: undefined, api: { resources } } as unknown as Run;
    const asked = questionsFor(run, { ...PLAN, steps: [] }).map(({ path }) => path);
    expect([...new Set(asked)]).toEqual(paths);
  });
});
