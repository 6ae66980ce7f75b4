/** A cache between the page and the function: what `browse` then says to change. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BrowseOptions, browse, type HeaderLines, type PageRequest } from '../../src/browser.js';
import { createGateway, type Gateway, httpTransport } from '../../src/gateway.js';
import { type CorsPolicy, withCors } from '../../src/index.js';
import { type CachingProxy, startCachingProxy } from '../support/caching-proxy.js';

const [APP, OTHER] = ['https://app.example.com', 'https://other.example'];
const POLICY: CorsPolicy = { allowOrigins: [APP, OTHER], allowMethods: ['GET', 'PUT'] };
const CACHE = 'put Origin into the key of the cache in front of the function';

async function fixOf(request: Partial<PageRequest>, headers: HeaderLines, options: BrowseOptions = {}, status = 200) {
  const page = { origin: APP, url: 'https://api.example.com/', ...request };
  const { verdict } = await browse(page, async () => ({ status, headers }), options);
  if (verdict.allowed) throw new Error('it is allowed');
  return verdict.fix;
}

describe('in front of the local gateway, a cache that ignores Vary', () => {
  const policy: CorsPolicy = { allowOrigins: [APP, OTHER] };
  let gateway: Gateway;
  let proxy: CachingProxy;
  let keyed: CachingProxy;

  beforeAll(async () => {
    const handler = withCors(async () => ({ statusCode: 200, body: 'hello' }), policy);
    gateway = await createGateway({ handler, source: 'http' }).listen();
    proxy = await startCachingProxy(gateway.url);
    keyed = await startCachingProxy(gateway.url, ['origin']);
  });
  afterAll(() => Promise.all([gateway.close(), proxy.close(), keyed.close()]));

  test('gives one page what was made for another, and the fix says so', async () => {
    const first = await browse({ origin: OTHER, url: `${proxy.url}/a` }, httpTransport());
    expect(first.problem).toBeUndefined();
    const second = await browse({ origin: APP, url: `${proxy.url}/a` }, httpTransport(), { policy });
    expect(second.verdict).toMatchObject({
      reason: 'AllowOriginMismatch',
      fix: expect.stringMatching(
        /^leave the policy as it is, since it allows this, and put Origin into the key of the cache/,
      ),
    });
    expect(second.problem).toContain('this response is from a cache (Age: 7, X-Cache: Hit from cloudfront, ');
    expect(second.problem).not.toContain('add "');
  });

  test('gives a page what was made for a request without Origin', async () => {
    await httpTransport()({ method: 'GET', url: `${proxy.url}/b`, headers: [] });
    const { verdict } = await browse({ origin: APP, url: `${proxy.url}/b` }, httpTransport(), { policy });
    expect(verdict).toMatchObject({ reason: 'MissingAllowOriginHeader', fix: expect.stringContaining(CACHE) });
    const unknown = await browse({ origin: APP, url: `${proxy.url}/b` }, httpTransport());
    expect(unknown.verdict).toMatchObject({
      fix: expect.stringMatching(/^put Origin into the key .*; and add ".*" to allowOrigins if it is missing there$/),
    });
  });

  test('is no trouble with Origin in its key', async () => {
    for (const origin of [OTHER, APP, OTHER]) {
      const { problem } = await browse({ origin, url: `${keyed.url}/a` }, httpTransport(), { policy });
      expect(problem).toBeUndefined();
    }
  });
});

describe('what shows that a response is from a cache', () => {
  test.each<[name: string, value: string, cached: boolean]>([
    ['Age', '0', true],
    ['Age', '37', true],
    ['Age', 'young', false],
    ['X-Cache', 'Hit from cloudfront', true],
    ['X-Cache', 'RefreshHit from cloudfront', true],
    ['X-Cache', 'MISS, HIT', true],
    ['X-Cache', 'Miss from cloudfront', false],
    ['X-Cache', 'Error from cloudfront', false],
    ['Cache-Status', '"edge"; hit; ttl=30', true],
    ['Cache-Status', '"edge"; fwd=miss', false],
    ['CF-Cache-Status', 'HIT', true],
    ['CF-Cache-Status', 'DYNAMIC', false],
    ['X-Cache-Status', 'HIT', true],
    ['X-Vercel-Cache', 'STALE', true],
    ['X-Other', 'hit', false],
  ])('%s: %s: %s', async (name, value, cached) => {
    const fix = await fixOf({}, [
      ['Vary', 'Origin'],
      [name, value],
    ]);
    expect(fix.startsWith(CACHE)).toBe(cached);
    expect(fix.includes(`(${name}: ${value})`)).toBe(cached);
    expect(fix).toMatch(/add "https:\/\/app\.example\.com" to allowOrigins/);
  });

  test('the origin of another page beside Vary: Origin', async () => {
    const lines = [['Access-Control-Allow-Origin', OTHER]] as const;
    expect(await fixOf({}, [...lines, ['vary', 'Accept, ORIGIN']])).toMatch(/^put Origin into the key/);
    expect(await fixOf({}, lines)).toBe(`add "${APP}" to allowOrigins`);
    expect(await fixOf({}, [...lines, ['Age', '1']])).toMatch(
      /^add ".*" to allowOrigins; if it is there, put Origin into/,
    );
  });

  test('is escaped and cut', async () => {
    const fix = await fixOf({}, [
      ['Vary', 'Origin'],
      ['X-Cache', `\u001b[31mhit${'x'.repeat(9999)}`],
    ]);
    expect(fix).toContain('\\u001B[31mhit');
    expect(fix.length).toBeLessThan(1000);
  });
});

describe('with the policy that is meant, the fix does not ask for what is there', () => {
  const elsewhere = /^leave the policy as it is, since it allows this, and look for what answered instead/;
  const allow = [['Access-Control-Allow-Origin', APP]] as const;

  test.each<[name: string, request: Partial<PageRequest>, answer: HeaderLines, policy: CorsPolicy, fix: RegExp]>([
    ['an origin', {}, [['Vary', 'Origin']], POLICY, elsewhere],
    ['another origin', {}, [['Access-Control-Allow-Origin', OTHER]], POLICY, elsewhere],
    ['a pattern', {}, [['Vary', 'Origin']], { allowOrigins: 'https://*.example.com' }, elsewhere],
    ['no sign of withCors', {}, [], POLICY, /^put withCors around the whole handler: [^;]*$/],
    [
      'a preflight without a sign of withCors',
      { method: 'PUT' },
      [],
      POLICY,
      /^let OPTIONS reach the function: [^;]*$/,
    ],
    ['a method', { method: 'PUT' }, [...allow, ['Access-Control-Allow-Methods', 'GET']], POLICY, elsewhere],
    ['a header', { headers: { 'X-A': '1' } }, allow, { allowOrigins: '*', allowHeaders: '*' }, elsewhere],
    ['credentials', { credentials: 'include' }, allow, { allowOrigins: [APP], allowCredentials: true }, elsewhere],
    [
      'origins by name',
      { credentials: 'include' },
      [['Access-Control-Allow-Origin', '*']],
      { allowOrigins: [APP], allowCredentials: true },
      elsewhere,
    ],
    [
      'an origin that is not in it',
      {},
      [['Vary', 'Origin']],
      { allowOrigins: [OTHER, 'https://x.example'] },
      /^add "https:\/\/app/,
    ],
    ['a method that is not in it', { method: 'PATCH' }, allow, POLICY, /^add "PATCH" to allowMethods$/],
    ['a header that is not in it', { headers: { 'X-A': '1' } }, allow, POLICY, /^add "x-a" to allowHeaders$/],
    ['no credentials in it', { credentials: 'include' }, allow, POLICY, /^set allowCredentials: true$/],
    ['a function that decides', {}, [['Vary', 'Origin']], { allowOrigins: () => true }, /^add "https:\/\/app/],
  ])('%s', async (_name, request, answer, policy, fix) => {
    expect(await fixOf(request, answer, { policy })).toMatch(fix);
  });

  test('and an invalid policy is told', async () => {
    const asking = fixOf({}, [], { policy: { allowOrigins: 'https://app.example.com/' } });
    await expect(asking).rejects.toThrow('has a path');
  });
});
