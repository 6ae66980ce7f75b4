/**
 * The faults that other libraries published, by the number of the advisory: what docs/security.md says happens here.
 * tests/faults-of-others.test.ts has the kinds of these faults.
 */
import { describe, expect, test } from 'vitest';
import { browse, inProcess } from '../src/browser.js';
import { createGateway } from '../src/gateway.js';
import { CorsPolicyError, compilePolicy, withCors } from '../src/index.js';
import { textOf } from './docs/blocks.js';
import { raw } from './gateway/wire.js';
import { memoryLogger } from './support/logger.js';
import { corsLines, type Request, sources, type TestSource } from './support/sources.js';

// biome-ignore lint/suspicious/noExplicitAny: what types would refuse is given on purpose.
type Any = any;

const EVIL = 'https://evil.example';
const ORIGIN = 'access-control-allow-origin';
const CREDENTIALS = 'access-control-allow-credentials';
const rest = sources[0] as TestSource;
const ok = { statusCode: 200, body: '' };

/** The CORS headers and Vary of a response, by name. */
async function answerTo(policy: unknown, request: Partial<Request> & { readonly path?: string }, from = rest) {
  const handler = withCors(async () => ok, policy as Any, { logger: memoryLogger() });
  const event = from.event({ method: 'GET', ...request });
  return Object.fromEntries(corsLines(from.response(await handler(event as Any, {} as Any))));
}

const from = (origin: string) => ({ headers: { Origin: origin } });

function preflightFrom(origin: string, headers: Readonly<Record<string, string>> = {}): Partial<Request> {
  return { method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Method': 'PUT', ...headers } };
}

function throws(...policies: readonly unknown[]): void {
  for (const policy of policies) expect(() => compilePolicy(policy as Any)).toThrow(CorsPolicyError);
}

/** That a policy refuses some origins, with and without credentials, behind every source, and has Vary nevertheless. */
async function refuses(allowOrigins: unknown, ...origins: readonly string[]): Promise<void> {
  for (const allowCredentials of [true, false]) {
    for (const origin of origins) {
      for (const source of sources) {
        expect(await answerTo({ allowOrigins, allowCredentials }, from(origin), source)).toEqual({ vary: 'Origin' });
      }
      const preflight = await answerTo({ allowOrigins, allowCredentials }, preflightFrom(origin));
      expect(Object.keys(preflight)).toEqual(['vary']);
    }
  }
}

async function isAnyoneWithoutCredentials(policy: unknown): Promise<void> {
  for (const request of [from(EVIL), from('null'), {}, preflightFrom(EVIL)]) {
    const answer = await answerTo(policy, request);
    expect(answer[ORIGIN]).toBe('*');
    expect(answer).not.toHaveProperty(CREDENTIALS);
  }
}

const WITH_ANY_HEADER = { allowOrigins: 'https://a.example', allowCredentials: true, allowHeaders: '*' };

/** Milliseconds for a preflight that asks for these headers, which must not be sent back. */
async function timeFor(requested: string): Promise<number> {
  const start = performance.now();
  const preflight = preflightFrom('https://a.example', { 'Access-Control-Request-Headers': requested });
  const answer = await answerTo(WITH_ANY_HEADER, preflight);
  expect(answer).not.toHaveProperty('access-control-allow-headers');
  expect(answer[ORIGIN]).toBe('https://a.example');
  return performance.now() - start;
}

/** That the path of a request has no influence. */
async function ignoresPaths(...paths: readonly string[]): Promise<void> {
  const policy = { allowOrigins: 'https://a.example,https://b.example', allowCredentials: true };
  for (const request of [from('https://a.example'), from(EVIL), preflightFrom('https://a.example')]) {
    const usual = await answerTo(policy, { ...request, path: '/' });
    for (const path of paths) expect(await answerTo(policy, { ...request, path })).toEqual(usual);
  }
}

/** What a gateway on this computer sends for the bytes of a request. */
async function gatewayAnswer(host: string, origin = EVIL): Promise<string> {
  const gateway = await createGateway({
    source: 'http',
    handler: async () => ({ statusCode: 200, body: 'secret' }),
  }).listen();
  try {
    return await raw(gateway.url, `GET / HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nConnection: close\r\n\r\n`);
  } finally {
    await gateway.close();
  }
}

async function gatewayAddsNothing(host: string): Promise<void> {
  expect(await gatewayAnswer(host)).toMatch(/^HTTP\/1\.1 200 (?!.*access-control)/is);
}

const PROOFS: Readonly<Record<string, () => unknown>> = {
  'CVE-2017-20146': () => refuses('https://a.example,https://b.example', EVIL),
  'CVE-2018-20744': () => isAnyoneWithoutCredentials({ allowOrigins: '*' }),
  'CVE-2016-10549': () => isAnyoneWithoutCredentials({}),
  'CVE-2018-8014': () => isAnyoneWithoutCredentials(undefined),
  'CVE-2023-49803': async () => {
    await isAnyoneWithoutCredentials({});
    throws({ allowOrigins: undefined }, { allowOrigins: '' }, { allowOrigins: [] });
  },
  'CVE-2021-39185': async () => {
    await isAnyoneWithoutCredentials({});
    await refuses('https://a.example,https://b.example', 'null');
    await refuses(() => true, 'null');
    throws({ allowOrigins: 'null' }, { allowOrigins: ['https://a.example', 'null'] });
  },
  'CVE-2024-25124': () =>
    throws({ allowOrigins: '*', allowCredentials: true }, { allowOrigins: ['*'], allowCredentials: true }),
  'CVE-2026-54290': () => throws({ allowCredentials: true }, { allowCredentials: true, allowOrigins: '*' }),
  'CVE-2022-1996': () =>
    refuses('https://example.com,https://b.example', 'https://example.com.malicious.domain', 'https://exampleXcom'),
  'CVE-2024-27302': async () => {
    await refuses('https://victim.com,https://b.example', 'https://evil-victim.com', 'https://evil.victim.com');
    await refuses('https://*.victim.com', 'https://evil-victim.com', 'https://victim.com');
  },
  'GHSA-vhxv-fg4m-p2w8': () => refuses('https://foo.com,https://bar.com', 'https://barfoo.com', 'https://foobar.com'),
  'GHSA-v84h-653v-4pq9': () =>
    refuses('https://*.foo.com,https://*.bar.com', 'https://a.barfoo.com', 'https://barfoo.com'),
  'CVE-2019-25211': async () => {
    throws({ allowOrigins: 'https://example.com/*' }, { allowOrigins: 'https://example.com*' });
    throws({ allowOrigins: 'http://localhost/*' }, { allowOrigins: 'http://localhost*' });
    await refuses('https://example.com:*', 'https://example.community', 'https://example.com.evil.example');
    await refuses('http://localhost:*', 'http://localhost.example.com', 'http://localhost.example.com:80');
  },
  'CVE-2025-50864': () =>
    refuses(
      'https://example.com,https://b.example',
      'https://notexample.com',
      'https://example.common.net',
      'https://example.co',
    ),
  'CVE-2017-7674': async () => {
    const policy = { allowOrigins: 'https://a.example,https://b.example' };
    for (const request of [from('https://a.example'), from(EVIL), {}]) {
      expect(await answerTo(policy, request)).toHaveProperty('vary', 'Origin');
    }
    for (const request of [preflightFrom('https://a.example'), preflightFrom(EVIL)]) {
      expect((await answerTo(policy, request)).vary).toMatch(/^Origin, /);
    }
  },
  'GHSA-q7jf-gf43-6x6p': async () => {
    const request = { headers: { Origin: 'https://a.example', Vary: 'X-Evil', vary: 'X-Evil' } };
    expect((await answerTo({ allowOrigins: 'https://a.example,https://b.example' }, request)).vary).toBe('Origin');
  },
  'CVE-2025-47908': async () => expect(await timeFor(','.repeat(2 ** 20))).toBeLessThan(1000),
  // A regular expression that is quadratic takes minutes for these.
  'CVE-2026-69207': async () => expect(await timeFor(`a${' '.repeat(2 ** 20)}b`)).toBeLessThan(1000),
  'GHSA-23vw-mhv5-grv5': async () => {
    for (const odd of ['\u0000', '\u{1F600}', 'https://[', '%', 'é', '', ' ', '\r\n']) {
      const headers = { 'Access-Control-Request-Method': odd, 'Access-Control-Request-Headers': odd, Origin: odd };
      for (const policy of [{}, WITH_ANY_HEADER, { allowOrigins: () => true }]) {
        for (const source of sources) {
          const handler = withCors(async () => ok, policy as Any);
          const response = source.response(
            await handler(source.event({ method: 'OPTIONS', headers }) as Any, {} as Any),
          );
          expect([200, 204, 403]).toContain(response.status);
        }
      }
    }
  },
  'CVE-2015-9236': async () => {
    const policy = { allowOrigins: 'https://a.example,https://b.example' };
    for (const [origin, allowed] of [
      ['https://b.example', 'https://b.example'],
      [EVIL, undefined],
    ] as const) {
      for (const source of sources) {
        expect((await answerTo(policy, preflightFrom(origin), source))[ORIGIN]).toBe(allowed);
        expect((await answerTo(policy, from(origin), source))[ORIGIN]).toBe(allowed);
      }
    }
  },
  'CVE-2015-9243': async () => {
    // An inner wrapper with the default, and a policy whose keys are inherited.
    const handler = withCors(
      withCors(async () => ok),
      { allowOrigins: 'https://a.example,https://b.example' },
    );
    for (const request of [from(EVIL), preflightFrom(EVIL)]) {
      const event = rest.event({ method: 'GET', ...request });
      const lines = corsLines(rest.response(await handler(event as Any, {} as Any)));
      expect(lines.map(([name]) => name)).toEqual(['vary']);
    }
    throws(Object.create({ allowOrigins: 'https://a.example' }));
  },
  'CVE-2019-18978': () => ignoresPaths('/public/../private', '/public/..%2Fprivate'),
  'CVE-2020-25032': () => ignoresPaths('/api/../foo.txt', '/api/%2e%2e/foo.txt'),
  'CVE-2024-6839': () => ignoresPaths('/api/long/and/specific', '/api/.*'),
  'CVE-2024-6844': () => ignoresPaths('/a+b', '/a%20b', '/a%2Bb'),
  'CVE-2024-6866': () => ignoresPaths('/admin', '/ADMIN', '/Admin'),
  'CVE-2024-1681': async () => {
    const logger = memoryLogger();
    const path = '/\r\nlambda-cors: all is well';
    const handler = withCors(
      async (event: Any) => {
        throw new Error(`nothing at ${event.path}`);
      },
      { allowOrigins: 'https://a.example' },
      { logger },
    );
    await handler(rest.event({ method: 'GET', path, ...from(`${EVIL}${path}`) }) as Any, {} as Any);
    expect(logger.lines).toHaveLength(1);
    expect(logger.lines.join()).not.toMatch(/[\r\n]/);
  },
  'CVE-2024-6221': async () => {
    const asks = { 'Access-Control-Request-Private-Network': 'true', 'Access-Control-Request-Local-Network': 'true' };
    for (const policy of [{}, WITH_ANY_HEADER]) {
      const names = Object.keys(await answerTo(policy, preflightFrom('https://a.example', asks)));
      expect(names).toContain(ORIGIN);
      expect(names.filter((name) => /network/.test(name))).toEqual([]);
    }
  },
  'GHSA-9895-g6x5-xwcp': async () => {
    let calls = 0;
    const handler = async () => ({ statusCode: 200, body: String(++calls) });
    const api = inProcess(withCors(handler, { allowOrigins: 'https://a.example' }));
    const url = 'https://api.example.com/';
    expect((await browse({ origin: EVIL, url, method: 'POST', body: 'a=1' }, api)).verdict.allowed).toBe(false);
    expect(calls).toBe(1);
    expect((await browse({ origin: EVIL, url, method: 'PUT' }, api)).verdict.allowed).toBe(false);
    expect(calls).toBe(1);
  },
  'CVE-2025-24010': () => gatewayAddsNothing('127.0.0.1'),
  'GHSA-67mh-4wv8-2f99': () => gatewayAddsNothing('localhost'),
  'CVE-2025-66414': async () => {
    const answer = await gatewayAnswer('evil.example', 'http://evil.example');
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).not.toContain('secret');
  },
};

/** The rows of the page: the advisories in the first cell, and what the last one says. */
const ROWS = [...textOf('docs/security.md').matchAll(/^\| ([^|[]*: \[(?:CVE|GHSA)-.*?) \| .* \| (.*?) \|$/gm)].flatMap(
  ([, first = '', here = '']) =>
    [...first.matchAll(/\[(.*?)\]\((.*?)\)/g)].map(([, id = '', link = '']) => ({ id, link, here })),
);

describe('docs/security.md', () => {
  test('has every advisory that a test is about, once, and no other', () => {
    expect(ROWS.map(({ id }) => id).sort()).toEqual(Object.keys(PROOFS).sort());
  });

  test.each(ROWS)('links to $id', ({ id, link }) => {
    expect(link).toBe(
      id.startsWith('GHSA') ? `https://github.com/advisories/${id}` : `https://www.cve.org/CVERecord?id=${id}`,
    );
  });
});

describe('an advisory of others, and what happens here', () => {
  test.each(ROWS)('$id: $here', async ({ id }) => {
    expect(PROOFS).toHaveProperty([id]);
    await PROOFS[id]?.();
  });
});
