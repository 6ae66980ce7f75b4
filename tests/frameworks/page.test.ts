// The code of docs/frameworks.md, asked by a page as a browser does.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browse, inProcess, type PageRequest } from '../../src/browser.js';
import type { GatewaySource } from '../../src/gateway.js';
import { blocksOf } from '../docs/blocks.js';
import { useExamples } from '../docs/use-examples.js';

const PAGE = 'docs/frameworks.md';
const ORIGIN = 'https://app.example.com';
const URL = 'https://api.example.com';

const load = useExamples(PAGE);
beforeEach(() => {
  // Some of the frameworks log what their routes throw, and so does withCors.
  for (const method of ['log', 'warn', 'error'] as const) vi.spyOn(console, method).mockImplementation(() => undefined);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});

interface Framework {
  readonly file: string;
  /** What the page asks for, where it is not GET of a path. */
  readonly asks?: (name: string) => Partial<PageRequest>;
  /** The status of what throws. */
  readonly broken?: number;
  readonly counts?: false;
  /** Whether its adapter knows VPC Lattice. */
  readonly lattice?: true;
}

const query = (name: string): Partial<PageRequest> => ({
  url: `${URL}/graphql`,
  method: 'POST',
  headers: [['Content-Type', 'application/json']],
  body: JSON.stringify({ query: `{ ${name} }` }),
});

const FRAMEWORKS: readonly Framework[] = [
  { file: 'hono.ts', lattice: true },
  { file: 'express.ts' },
  { file: 'fastify.ts', lattice: true },
  { file: 'nestjs.ts' },
  { file: 'powertools.ts' },
  { file: 'trpc.ts' },
  // GraphQL puts what a resolver throws into a 200.
  { file: 'apollo.ts', asks: query, broken: 200, counts: false },
  { file: 'lambda-api.ts' },
];

describe.each(FRAMEWORKS)('$file', ({ file, asks = path, broken = 500, counts = true, lattice }) => {
  async function ask(origin: string, request: Partial<PageRequest>, source: GatewaySource = 'http') {
    const { handler } = await load(file);
    return browse({ origin, url: URL, ...request }, inProcess(handler as never, { source }));
  }

  it('lets the page read a response, and the header that the policy exposes', async () => {
    const { problem, verdict } = await ask(ORIGIN, asks('notes'));
    expect(problem).toBeUndefined();
    expect(verdict).toMatchObject({ status: 200, ...(counts && { headers: { 'x-total-count': '0' } }) });
  });

  it(`${lattice ? 'knows' : 'does not know'} VPC Lattice, and behind a function URL it is the same as behind an HTTP API`, async () => {
    const { verdict } = await ask(ORIGIN, asks('notes'), 'lattice-v2');
    expect(verdict).toMatchObject({ status: lattice ? 200 : expect.toSatisfy((status) => status >= 400) });
    expect((await ask(ORIGIN, asks('notes'), 'url')).verdict).toMatchObject({ status: 200 });
  });

  it('lets the page read the error of what throws', async () => {
    const { problem, verdict } = await ask(ORIGIN, asks('broken'));
    expect(problem).toBeUndefined();
    expect(verdict).toMatchObject({ status: broken });
  });

  it('answers preflights', async () => {
    const { exchanges } = await ask(ORIGIN, { ...asks('notes'), headers: [['Content-Type', 'application/json']] });
    expect(exchanges[0]).toMatchObject({ request: { method: 'OPTIONS' }, response: { status: 204 } });
    const { verdict } = await ask(ORIGIN, { ...asks('notes'), method: 'DELETE' });
    expect(verdict).toMatchObject({ allowed: false, reason: 'MethodDisallowedByPreflightResponse' });
  });

  it('lets no other page read anything', async () => {
    const { verdict } = await ask('https://app.example.com.evil.test', asks('notes'));
    expect(verdict).toMatchObject({ allowed: false });
  });
});

it('has a test for each framework of the page', () => {
  const files = blocksOf(PAGE).map(({ file }) => file);
  expect(files).toEqual(['policy.ts', ...FRAMEWORKS.map(({ file }) => file)]);
});

function path(name: string): Partial<PageRequest> {
  return { url: `${URL}/${name}` };
}
