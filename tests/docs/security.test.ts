/** What docs/security.md says is shown by the tests that it names, and its configurations are refused or accepted. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { browse, inProcess, type PageRequest } from '../../src/browser.js';
import { CorsPolicyError, compilePolicy } from '../../src/index.js';
import { textOf } from './blocks.js';
import { root } from './pages.js';
import { useExamples } from './use-examples.js';

const PAGE = 'docs/security.md';
const load = useExamples(PAGE);

/** The rows of the table that begins with a heading. */
function rowsBelow(heading: string): readonly (readonly string[])[] {
  const [, table = ''] = textOf(PAGE).split(`\n| ${heading}`);
  const [text = ''] = table.split('\n\n');
  return text
    .split('\n')
    .slice(2)
    .map((row) => row.replace(/^\| | \|$/g, '').split(' | '));
}

const GUARANTEES = rowsBelow('| shown by |').flatMap(([guarantee = '', by = '']) =>
  [...by.matchAll(/`(tests\/[\w/.-]+)` "(.+?)"(?=, `|$)/g)].map(([, file = '', name = '']) => ({
    guarantee,
    file,
    name,
  })),
);

describe('a guarantee is shown by a test that there is:', () => {
  it.each(GUARANTEES)('$file, $name', ({ file, name }) => {
    expect(readFileSync(join(root, file), 'utf8')).toContain(name);
  });

  it('each names one, or a command', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    for (const [guarantee = '', by = ''] of rowsBelow('| shown by |')) {
      const [, script] = /`npm run ([\w:]+)`/.exec(by) ?? [];
      const count = GUARANTEES.filter((each) => each.guarantee === guarantee).length;
      expect(script === undefined ? count : Number(script in scripts), guarantee).toBeGreaterThan(0);
    }
    expect(existsSync(join(root, 'tests/advisories.test.ts'))).toBe(true);
  });
});

function configurationsBelow(heading: string): readonly string[] {
  return rowsBelow(heading).map(([code = '']) => code.replaceAll('`', ''));
}

function compile(code: string): unknown {
  return compilePolicy(new Function(`return (${code})`)());
}

describe('is refused:', () => {
  it.each(configurationsBelow('refused | what it opens |'))('%s', (code) => {
    expect(() => compile(code)).toThrow(CorsPolicyError);
  });

  it('for one reason each, without which it would be accepted', () => {
    const codes = configurationsBelow('refused | what it opens |');
    expect(codes.length).toBeGreaterThan(8);
    for (const code of codes) {
      const fault: unknown = catchFrom(() => compile(code));
      expect((fault as CorsPolicyError).issues, code).toHaveLength(1);
    }
  });
});

function catchFrom(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('is accepted:', () => {
  const codes = configurationsBelow('accepted | what to know |');
  it.each(codes)('%s', (code) => {
    expect(compile(code)).toMatchObject({ maxAge: 7200 });
  });

  it('some are there', () => {
    expect(codes.length).toBeGreaterThan(4);
  });
});

describe('orders.ts lets through no request of another site', () => {
  const APP = 'https://app.example.com';
  const EVIL = 'https://evil.example';
  const url = 'https://api.example.com/orders';

  async function statusOf(request: Partial<PageRequest>): Promise<number | undefined> {
    const { handler } = await load('orders.ts');
    const statuses: number[] = [];
    const api = inProcess(handler as never, { source: 'http' });
    const page = await browse(
      { origin: EVIL, url, method: 'POST', credentials: 'include', ...request },
      async (sent) => {
        const answer = await api(sent);
        statuses.push(answer.status);
        return answer;
      },
    );
    expect(page.verdict.allowed).toBe(request.origin === APP);
    return statuses.at(-1);
  }

  const json = { headers: { 'Content-Type': 'application/json' }, body: '{}' };

  it.each([
    ['a form', { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'a=1' }],
    ['a form with JSON in it', { headers: { 'Content-Type': 'text/plain;application/json' }, body: '{}' }],
    ['nothing', {}],
  ])('%s: it reaches the handler, which refuses it', async (_, request) => {
    expect(await statusOf(request)).toBe(415);
  });

  it('JSON: its preflight is refused', async () => {
    expect(await statusOf(json)).toBe(403);
  });

  it('and those of its own page', async () => {
    expect(await statusOf({ ...json, origin: APP })).toBe(201);
  });
});

it('to install the package runs nothing, and installs nothing else', () => {
  const { scripts, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  expect(dependencies).toBeUndefined();
});
