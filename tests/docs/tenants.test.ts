/** The code of docs/tenants.md, asked by pages as browsers do, with a table that is not there. */
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BrowseOptions, browse, createPreflightCache, inProcess, type PageRequest } from '../../src/browser.js';
import { type CorsPolicy, withCors } from '../../src/index.js';
import { memoryLogger } from '../support/logger.js';
import { blocksOf, textOf } from './blocks.js';
import { useExamples } from './use-examples.js';

const PAGE = 'docs/tenants.md';
const APP = 'https://app.example.com';
const SHOP = 'https://shop.example.com';
const EVIL = 'https://evil.example';

const importFile = useExamples(PAGE);
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

// biome-ignore lint/suspicious/noExplicitAny: what an example exports is known when it runs.
type Any = any;

let imports = 0;

/** The exports of a file of the page, each time anew. */
async function load(file: string): Promise<Any> {
  return importFile(file, `?${++imports}`);
}

async function isAllowed(handler: unknown, request: Partial<PageRequest>, options: BrowseOptions = {}) {
  const page = { origin: APP, url: 'https://api.example.com/', credentials: 'include', ...request } as PageRequest;
  const { verdict } = await browse(page, inProcess(handler as Any, { source: 'http' }), options);
  return verdict.allowed;
}

const PUT = { method: 'PUT' } as const;

it('every block with a name is looked at here', () => {
  const names = blocksOf(PAGE).flatMap(({ file }) => file ?? []);
  expect(names).toEqual(['routes.ts', 'policy.ts', 'stages.ts', 'hosts.ts', 'remember.ts', 'origins.ts']);
});

describe('routes.ts', () => {
  const at = (path: string) => `https://api.example.com${path}`;

  it.each([
    ['anyone may see the prices', { origin: EVIL, url: at('/prices'), credentials: 'omit' }, true],
    ['but not with cookies', { origin: SHOP, url: at('/prices') }, false],
    ['nor change them', { origin: SHOP, url: at('/prices'), credentials: 'omit', ...PUT }, false],
    ['the shop may order', { origin: SHOP, url: at('/orders/1'), ...PUT }, true],
    ['others may not', { origin: EVIL, url: at('/orders/1'), ...PUT }, false],
    ['the shop sees that there is nothing', { origin: SHOP, url: at('/constructor') }, true],
    ['others do not', { origin: EVIL, url: at('/elsewhere') }, false],
  ] as const)('%s', async (_, request, allowed) => {
    expect(await isAllowed((await load('routes.ts')).handler, request)).toBe(allowed);
  });

  it('one handler in two wrappers, as a framework has it, and nested wrappers', async () => {
    const app = async () => ({ statusCode: 200, body: '' });
    expect(await isAllowed(withCors(app, {}), { origin: EVIL, credentials: 'omit' })).toBe(true);
    const strict = { allowOrigins: SHOP, allowCredentials: true } as const;
    expect(await isAllowed(withCors(app, strict), { origin: EVIL, credentials: 'omit' })).toBe(false);
    expect(await isAllowed(withCors(withCors(app, {}), strict), { origin: EVIL, credentials: 'omit' })).toBe(false);
  });
});

describe('policy.ts and stages.ts', () => {
  const handlerOf = async (file: string) => withCors(async () => ({ statusCode: 200 }), (await load(file)).policy);

  it('ALLOWED_ORIGINS is a list with commas; without it there is one origin', async () => {
    expect(await isAllowed(await handlerOf('policy.ts'), { origin: SHOP })).toBe(false);
    vi.stubEnv('ALLOWED_ORIGINS', `${APP},${SHOP}`);
    for (const origin of [APP, SHOP]) expect(await isAllowed(await handlerOf('policy.ts'), { origin })).toBe(true);
    vi.stubEnv('ALLOWED_ORIGINS', '');
    await expect(handlerOf('policy.ts')).rejects.toThrow('names no origin');
  });

  it.each([
    ['dev', true],
    ['prod', false],
  ])('in %s a page on localhost may: %s', async (stage, allowed) => {
    vi.stubEnv('STAGE', stage);
    const handler = await handlerOf('stages.ts');
    expect(await isAllowed(handler, { origin: 'http://localhost:5173', ...PUT })).toBe(allowed);
    expect(await isAllowed(handler, { origin: APP, ...PUT })).toBe(true);
  });

  it('a pattern allows previews, and nothing like them', async () => {
    const block = blocksOf(PAGE).find(({ text }) => text.includes('*.preview.example.com'));
    const { handler } = await load(`example-${block?.at}.ts`);
    const asks = (origin: string) => isAllowed(handler, { origin, credentials: 'omit', ...PUT });
    expect(await asks('https://pr-12.preview.example.com')).toBe(true);
    expect(await asks('https://preview.example.com')).toBe(false);
    expect(await asks('https://pr-12.preview.example.com.evil.example')).toBe(false);
  });
});

describe('hosts.ts', () => {
  it.each([
    ['acme', 'https://app.acme.example', true],
    ['acme', 'https://www.umbrella.example', false],
    ['umbrella', 'https://www.umbrella.example', true],
    ['constructor', 'https://app.acme.example', false],
  ])('at %s, %s may: %s', async (tenant, origin, allowed) => {
    const { handler } = await load('hosts.ts');
    const url = `https://${tenant}.api.example.com/`;
    for (const method of ['GET', 'PUT']) expect(await isAllowed(handler, { origin, url, method })).toBe(allowed);
  });

  it('what the function gets of a preflight: host and path, and nothing of a user', async () => {
    const seen: Any[] = [];
    const policy: CorsPolicy = { allowOrigins: (_, event) => seen.push(event) > 0, allowHeaders: ['Authorization'] };
    const headers = { Authorization: 'Bearer x' };
    await isAllowed(
      withCors(async () => ({ statusCode: 200 }), policy),
      { ...PUT, headers, credentials: 'omit' },
    );
    const [preflight, request] = seen;
    expect([preflight.rawPath, preflight.requestContext.domainName]).toEqual(['/', 'api.example.com']);
    expect(JSON.stringify(preflight)).not.toContain('Bearer');
    expect(JSON.stringify(request)).toContain('Bearer');
  });
});

describe('remember.ts', () => {
  const ask = vi.fn(async (origin: string) => origin.includes('customer'));
  beforeEach(() => {
    vi.useFakeTimers();
    ask.mockClear();
  });
  const remember = async (...rest: readonly number[]) => (await load('remember.ts')).remember(ask, ...rest);

  it('asks again after a minute, of both kinds, and not before', async () => {
    const isAllowedNow = await remember();
    for (const [origin, answer] of [
      ['https://customer.example', true],
      [EVIL, false],
    ] as const) {
      ask.mockClear();
      for (const [wait, times] of [
        [0, 1],
        [59_999, 1],
        [1, 2],
        [59_999, 2],
        [1, 3],
      ] as const) {
        vi.advanceTimersByTime(wait);
        expect(await isAllowedNow(origin)).toBe(answer);
        expect(ask).toHaveBeenCalledTimes(times);
      }
    }
  });

  it('sees that a customer came, and left', async () => {
    const isAllowedNow = await remember();
    for (const answer of [false, true, false, true]) {
      ask.mockResolvedValueOnce(answer);
      expect(await isAllowedNow(EVIL)).toBe(answer);
      vi.advanceTimersByTime(60_000);
    }
  });

  it('asks once for requests at the same time', async () => {
    const isAllowedNow = await remember();
    const answers = await Promise.all(Array.from({ length: 100 }, () => isAllowedNow('https://customer.example')));
    expect(new Set(answers)).toEqual(new Set([true]));
    expect(ask).toHaveBeenCalledOnce();
  });

  it('a failure reaches all who wait, and is not remembered', async () => {
    const isAllowedNow = await remember();
    ask.mockRejectedValueOnce(new Error('down'));
    const waiting = await Promise.allSettled([isAllowedNow(EVIL), isAllowedNow(EVIL)]);
    expect(waiting.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await isAllowedNow(EVIL)).toBe(false);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('a flood of origins is bounded, and drives out no customer', async () => {
    const isAllowedNow = await remember(60, 10);
    await isAllowedNow('https://customer.example');
    for (let at = 0; at < 1000; at += 1) await isAllowedNow(`https://a${at}.example`);
    ask.mockClear();
    await isAllowedNow('https://customer.example');
    // The last ten are remembered, and none before them.
    for (let at = 990; at < 1000; at += 1) await isAllowedNow(`https://a${at}.example`);
    expect(ask).not.toHaveBeenCalled();
    await isAllowedNow('https://a989.example');
    expect(ask).toHaveBeenCalledOnce();
  });
});

describe('origins.ts', () => {
  const table = mockClient(DynamoDBDocumentClient);
  beforeEach(() => {
    table.reset();
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    vi.stubEnv('ORIGINS_TABLE', 'origins');
    table.on(GetCommand, { TableName: 'origins', Key: { origin: APP } }).resolves({ Item: { origin: APP } });
    table.on(GetCommand, { TableName: 'origins', Key: { origin: EVIL } }).resolves({});
  });

  async function start() {
    const logger = memoryLogger();
    const handler = vi.fn(async (_event: unknown, _context: unknown) => ({ statusCode: 200 }));
    const { policy } = await load('origins.ts');
    return { logger, handler, wrapped: withCors(handler, policy, { logger }) };
  }

  it('asks the table once for a preflight and its request, and many after them', async () => {
    const { wrapped } = await start();
    await Promise.all(Array.from({ length: 10 }, () => isAllowed(wrapped, PUT)));
    expect(await isAllowed(wrapped, PUT)).toBe(true);
    expect(table.calls()).toHaveLength(1);
    expect(await isAllowed(wrapped, { ...PUT, origin: EVIL })).toBe(false);
    expect(table.calls()).toHaveLength(2);
  });

  it('refuses when the table is down, tells the log, and recovers', async () => {
    const { logger, handler, wrapped } = await start();
    const down = new Error('down');
    table.on(GetCommand).rejects(down);
    expect(await isAllowed(wrapped, PUT)).toBe(false);
    expect(handler).not.toHaveBeenCalled();
    expect(await isAllowed(wrapped, {})).toBe(false);
    expect(handler).toHaveBeenCalledOnce();
    const [, line = ''] = /`(lambda-cors: allowOrigins threw.*?)`/.exec(textOf(PAGE)) ?? [];
    expect(logger.lines).toEqual([line, line]);
    expect(logger.details).toEqual([down, down]);
    table.on(GetCommand).resolves({ Item: {} });
    expect(await isAllowed(wrapped, PUT)).toBe(true);
  });

  it('of a customer who left, a browser sends the request if it kept the preflight, and the page reads nothing', async () => {
    const { handler, wrapped } = await start();
    const options = { cache: createPreflightCache() };
    expect(await isAllowed(wrapped, PUT, options)).toBe(true);
    table.on(GetCommand).resolves({});
    vi.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
    expect(await isAllowed(wrapped, PUT, options)).toBe(false);
    expect(handler).toHaveBeenCalledTimes(2);
    expect(await isAllowed(wrapped, PUT)).toBe(false);
    expect(handler).toHaveBeenCalledTimes(2);
  });
});
