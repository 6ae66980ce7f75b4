/** docs/migrating.md: the code before and after is asked the same, and every row of its tables is what comes of it. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { inProcess, type Transport } from '../../src/browser.js';
import type { CompiledPolicy } from '../../src/index.js';
import { judge, lint } from '../../src/infra.js';
import { blockOf, blocksOf, textOf } from './blocks.js';
import { requestOf, see } from './migrating/ask.js';
import { WITHOUT_OPTIONS } from './migrating/defaults.js';
import { apiOf, httpApi, restApi } from './migrating/gateways.js';
import { packagedOf } from './migrating/packaged.js';
import { useExamples } from './use-examples.js';

const PAGE = 'docs/migrating.md';
const load = useExamples(PAGE);
beforeEach(() => {
  for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockImplementation(() => undefined);
});

/** The calls of the functions, for the rows that count them. */
let calls = 0;

async function handlerOf(file: string) {
  const { handler } = await load(file);
  return handler as Parameters<typeof inProcess>[0];
}

/** A handler as the gateway calls it. What `withCors` answers by itself is a call, too. */
async function counted(file: string): Promise<Parameters<typeof inProcess>[0]> {
  const handler = await handlerOf(file);
  return (...args) => {
    calls += 1;
    return handler(...args);
  };
}

function templateOf(file: string): string {
  if (file.endsWith('.yml')) return packagedOf(file);
  const lines = blockOf(PAGE, file)
    .text.split('\n')
    .map((line) => `  ${line}`);
  return `Transform: AWS::Serverless-2016-10-31\nResources:\n${lines.join('\n')}`;
}

const inFront = (source: 'rest' | 'http') => async (file: string) => inProcess(await counted(file), { source });
const rest = (template: string) => async (file: string) => restApi(templateOf(template), await counted(file));
const http = (template: string) => async (file: string) => httpApi(templateOf(template), await counted(file));

interface Side {
  readonly code: string;
  readonly behind: (code: string) => Promise<Transport>;
  readonly template?: string;
}

/** Each section by its heading. */
const SECTIONS: Readonly<Record<string, { readonly before: Side; readonly now: Side }>> = {
  'Headers written by hand': alike('by-hand', 'rest'),
  '`@middy/http-cors`': alike('middy', 'http'),
  '`cors` of Express': alike('express', 'http'),
  '`hono/cors`': alike('hono', 'http'),
  Powertools: alike('powertools', 'http'),
  '`lambda-api`': alike('lambda-api', 'http'),
  "SAM's `Cors` (REST API)": {
    before: { code: 'by-hand.ts', behind: rest('sam.yaml'), template: 'sam.yaml' },
    now: { code: 'by-hand-after.ts', behind: rest('sam-after.yaml'), template: 'sam-after.yaml' },
  },
  '`CorsConfiguration` (HTTP API)': {
    before: { code: 'http-api.ts', behind: http('http-api.yaml'), template: 'http-api.yaml' },
    now: { code: 'http-api-after.ts', behind: http('http-api-after.yaml'), template: 'http-api-after.yaml' },
  },
  "Serverless's `cors: true` (REST API)": {
    before: { code: 'serverless.ts', behind: rest('serverless.yml'), template: 'serverless.yml' },
    now: { code: 'by-hand-after.ts', behind: rest('serverless-after.yml'), template: 'serverless-after.yml' },
  },
  "Serverless's `cors: true` (HTTP API)": {
    before: { code: 'http-api.ts', behind: http('serverless-http.yml'), template: 'serverless-http.yml' },
    now: {
      code: 'http-api-after.ts',
      behind: http('serverless-http-after.yml'),
      template: 'serverless-http-after.yml',
    },
  },
};

function alike(name: string, source: 'rest' | 'http') {
  return {
    before: { code: `${name}.ts`, behind: inFront(source) },
    now: { code: `${name}-after.ts`, behind: inFront(source) },
  };
}

const PARTS = new Map(
  textOf(PAGE)
    .split(/^## /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part] as const),
);

/** The rows of the table in a section, without its head. */
function rowsOf(heading: string): readonly (readonly string[])[] {
  const lines = (PARTS.get(heading) ?? '').split('\n').filter((line) => /^\|(?!-)/.test(line));
  return lines.slice(1).map((line) =>
    line
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  );
}

it('every section is asked', () => {
  expect([...PARTS.keys()]).toEqual([...Object.keys(SECTIONS), 'Without options']);
  const [used, named] = [
    Object.values(SECTIONS).flatMap(({ before, now }) =>
      [before, now].flatMap(({ code, template = code }) => [code, template]),
    ),
    blocksOf(PAGE).map(({ file }) => file),
  ];
  expect(new Set(named)).toEqual(new Set([...used, 'policy.ts']));
});

describe.each(Object.entries(SECTIONS))('%s', (heading, { before, now }) => {
  const rows = rowsOf(heading);

  it('has a table of what changes', () => {
    expect(rows.filter(([, was, is]) => was !== is).length).toBeGreaterThan(3);
  });

  it.each(rows)('%s before %s, now %s', async (what = '', wasWritten, isWritten) => {
    const [request = '', look = ''] = what.split(/(?<=`|cookies): /);
    const [was, is] = [await outcomeOf(before, request, look), await outcomeOf(now, request, look)];
    expect([was, is]).toEqual([wasWritten, isWritten]);
  });

  it.each([
    ['the page may read', '`GET /notes`', 'reads 200'],
    ['other pages may not', '`GET /notes` from `https://evil.example`', 'is refused'],
    ['nor with PUT', '`PUT /notes` from `https://evil.example`', 'is refused'],
  ])('%s', async (_, request, outcome) => {
    expect(await outcomeOf(now, request, 'the page')).toBe(outcome);
  });
});

async function outcomeOf({ code, behind }: Side, request: string, look: string): Promise<string> {
  const transport = await behind(code);
  calls = 0;
  const seen = await see(look === 'calls of the function' ? 'the page' : look, requestOf(request), transport);
  return look === 'calls of the function' ? String(calls) : seen;
}

describe('the templates', () => {
  const templated = Object.values(SECTIONS)
    .flatMap(({ before, now }) => [before, now])
    .filter((side): side is Required<Side> => side.template !== undefined);

  it.each(templated)('lint finds no fault in $template', ({ template }) => {
    const findings = lint([{ path: template, text: templateOf(template) }]);
    expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it.each(templated)('judge says of $template what the page sees', async (side) => {
    for (const origin of ['https://app.example.com', 'https://a.example.org', 'https://evil.example']) {
      const verdicts = judge(apiOf(templateOf(side.template)), { origin, method: 'PUT', policy: await policyOf(side) });
      const verdict = verdicts.find(({ method }) => method === 'PUT' || method === 'ANY');
      const seen = await outcomeOf(side, `\`PUT /notes\` from \`${origin}\``, 'the page');
      const judged = [verdict?.preflight, verdict?.response].map((each) => (each?.withPolicy ?? each)?.outcome);
      if (judged.includes('no')) expect([origin, seen]).toEqual([origin, 'is refused']);
      else if (!judged.includes('unknown')) expect([origin, seen]).toEqual([origin, 'reads 200']);
    }
  });
});

/** What the code after has in `withCors`; the code before has no policy. */
async function policyOf({ code }: Side): Promise<CompiledPolicy | undefined> {
  if (!code.endsWith('-after.ts')) return undefined;
  const { policy } = await load('policy.ts');
  return policy as CompiledPolicy;
}

describe('without options', () => {
  const rows = rowsOf('Without options');

  it('has a row for each', () => expect(rows.map(([name]) => name)).toEqual(Object.keys(WITHOUT_OPTIONS)));

  it.each(rows)('%s', async (name, ...cells) => {
    const api = inProcess(WITHOUT_OPTIONS[name] as never, { source: 'http' });
    const any = ' from `https://any.example`';
    const looks = [
      '`GET /`',
      '`DELETE /`',
      '`PUT /` with `Content-Type: application/json`',
      '`PUT /` with `X-Trace: 1`',
    ];
    const seen = await Promise.all(looks.map((request) => see('the page', requestOf(request + any), api)));
    const kept = await see('`Access-Control-Max-Age` of the preflight', requestOf(`\`DELETE /\`${any}`), api);
    expect([...seen.map((each) => (each.startsWith('reads') ? 'yes' : 'no')), kept]).toEqual(cells);
    expect(await see('the page', requestOf(`\`GET /\` with cookies${any}`), api)).toBe('is refused');
  });
});
