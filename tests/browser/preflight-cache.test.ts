import { describe, expect, test } from 'vitest';
import {
  browse,
  type CredentialsMode,
  createPreflightCache,
  type EngineName,
  type HeaderLine,
  type PageRequest,
  type Transport,
} from '../../src/browser.js';

const APP = 'https://app.example.com';
const API = 'https://api.example.com/';

interface Grant {
  readonly methods?: string;
  readonly headers?: string;
  readonly maxAge?: string;
}

/** A browser with a cache and a clock; each request says what the preflight would grant, and whether there was one. */
function browser(engine: EngineName) {
  const cache = createPreflightCache();
  let time = 0;
  return {
    wait(seconds: number) {
      time += seconds * 1000;
    },
    async ask(
      request: Partial<PageRequest>,
      { methods = 'PUT, DELETE', headers = 'x-a, x-b', maxAge = '60' }: Grant = {},
    ) {
      const origin = request.origin ?? APP;
      const lines: HeaderLine[] = [
        ['access-control-allow-origin', origin],
        ['access-control-allow-credentials', 'true'],
        ['access-control-allow-methods', methods],
        ['access-control-allow-headers', headers],
        ['access-control-max-age', maxAge],
      ];
      const transport = async () => ({ status: 200, headers: lines });
      const page = await browse({ origin, url: API, ...request }, transport, { engine, cache, now: () => time });
      const kinds = page.exchanges.map(({ kind }) => kind).join('+');
      expect(page.exchanges.at(-1)?.preflightCached).toBe(page.verdict.allowed && kinds === 'request');
      return kinds === 'preflight+request' ? 'asked' : kinds === 'request' ? 'cached' : 'refused';
    },
  };
}

const put = { method: 'PUT' };
const remove = { method: 'DELETE' };

describe.each<EngineName>(['standard', 'chromium', 'firefox', 'webkit'])('%s', (engine) => {
  test('an answer is kept for its time', async () => {
    const { ask, wait } = browser(engine);
    expect(await ask(put)).toBe('asked');
    expect(await ask(put)).toBe('cached');
    wait(59.9);
    expect(await ask(put)).toBe('cached');
    wait(0.1);
    expect(await ask(put)).toBe('asked');
  });

  test.each<[maxAge: string, seconds: number]>([
    ['0', 0],
    ['x', engine === 'firefox' ? 0 : 5],
    ['1', 1],
  ])('Max-Age %s: %d seconds', async (maxAge, seconds) => {
    const { ask, wait } = browser(engine);
    await ask(put, { maxAge });
    if (seconds > 0) expect(await ask(put, { maxAge })).toBe('cached');
    wait(seconds);
    expect(await ask(put, { maxAge })).toBe('asked');
  });

  test('an answer covers everything that it grants, not only what was asked', async () => {
    const { ask } = browser(engine);
    await ask(put);
    expect(await ask(remove)).toBe('cached');
    expect(await ask({ method: 'DELETE', headers: { 'X-A': '1', 'X-B': '1' } })).toBe('cached');
    expect(await ask({ headers: { 'X-A': '1' } })).toBe('cached');
    expect(await ask({ headers: { 'X-C': '1' } }, { headers: 'x-c' })).toBe('asked');
  });

  test('keyed by origin and URL', async () => {
    const { ask } = browser(engine);
    await ask(put);
    expect(await ask({ ...put, origin: 'https://b.example' })).toBe('asked');
    expect(await ask({ ...put, url: `${API}2` })).toBe('asked');
    expect(await ask({ ...put, url: `${API}?x` })).toBe('asked');
    expect(await ask(put)).toBe('cached');
  });

  test.each<[first: CredentialsMode, second: CredentialsMode, expected: string]>([
    ['omit', 'same-origin', 'cached'],
    ['same-origin', 'include', 'asked'],
    ['include', 'include', 'cached'],
  ])('an answer to %s, for %s: %s', async (first, second, expected) => {
    const { ask } = browser(engine);
    await ask({ ...put, credentials: first });
    expect(await ask({ ...put, credentials: second })).toBe(expected);
  });
});

describe('where engines differ', () => {
  test.each<[engine: EngineName, expected: string]>([
    ['standard', 'cached'],
    ['chromium', 'cached'],
    ['firefox', 'asked'],
    ['webkit', 'cached'],
  ])('an answer to a request with credentials, for one without, in %s: %s', async (engine, expected) => {
    for (const credentials of ['omit', 'same-origin'] as const) {
      const { ask } = browser(engine);
      await ask({ ...put, credentials: 'include' });
      expect(await ask({ ...put, credentials })).toBe(expected);
    }
  });

  test.each<[engine: EngineName, expected: string]>([
    ['standard', 'cached'],
    ['chromium', 'cached'],
    ['firefox', 'asked'],
    ['webkit', 'cached'],
  ])('a kept * for another method and another header in %s: %s', async (engine, expected) => {
    const { ask } = browser(engine);
    const grant = { methods: '*', headers: '*,Authorization' };
    await ask(put, grant);
    expect(await ask({ headers: { Authorization: 'x' } }, grant)).toBe('cached');
    expect(await ask({ method: 'PURGE', headers: { 'X-Z': '1' } }, grant)).toBe(expected);
  });

  test.each<[engine: EngineName, expected: string]>([
    ['standard', 'refused'],
    ['chromium', 'asked'],
    ['firefox', 'asked'],
    ['webkit', 'cached'],
  ])('a kept * for Authorization in %s: %s', async (engine, expected) => {
    const { ask } = browser(engine);
    const request = { headers: { Authorization: 'x' } };
    await ask(put, { headers: '*' });
    expect(await ask(request, { headers: '*' })).toBe(expected);
    expect(await ask(request, { headers: '*' })).toBe(expected);
  });

  test.each<[engine: EngineName, expected: string]>([
    ['standard', 'asked'],
    ['chromium', 'asked'],
    ['firefox', 'asked'],
    ['webkit', 'cached'],
  ])('an answer that did not suffice, for a request that it allows, in %s: %s', async (engine, expected) => {
    const { ask } = browser(engine);
    expect(await ask(put, { methods: 'DELETE' })).toBe('refused');
    expect(await ask(remove, { methods: 'DELETE' })).toBe(expected);
  });

  test.each<[engine: EngineName, expected: string]>([
    ['standard', 'cached'],
    ['chromium', 'cached'],
    ['firefox', 'asked'],
    ['webkit', 'cached'],
  ])('HEAD, where the kept answer does not name it, in %s: %s', async (engine, expected) => {
    const { ask } = browser(engine);
    const request = { method: 'HEAD', headers: { 'X-A': '1' } };
    await ask(request);
    expect(await ask(request)).toBe(expected);
  });

  test.each<[engine: EngineName, expected: number]>([
    ['standard', 1],
    ['chromium', 1],
    ['firefox', 2],
    ['webkit', 1],
  ])('after a response that the page may not read, %s has asked %d times', async (engine, expected) => {
    const cache = createPreflightCache();
    const granted: HeaderLine[] = [
      ['access-control-allow-origin', '*'],
      ['access-control-allow-methods', 'PUT'],
    ];
    let preflights = 0;
    const transport: Transport = async ({ method }) => {
      if (method === 'OPTIONS') preflights++;
      return { status: 200, headers: method === 'OPTIONS' ? granted : [] };
    };
    for (let times = 0; times < 2; times++) {
      const page = await browse({ origin: APP, url: API, ...put }, transport, { engine, cache, now: () => 0 });
      expect(page.verdict.allowed).toBe(false);
    }
    expect(preflights).toBe(expected);
  });

  test('only for Firefox is an empty fragment part of the same URL', async () => {
    for (const [engine, expected] of [
      ['chromium', 'asked'],
      ['firefox', 'cached'],
      ['webkit', 'asked'],
    ] as const) {
      const { ask } = browser(engine);
      await ask(put);
      expect(await ask({ ...put, url: `${API}#` })).toBe(expected);
      expect(await ask({ ...put, url: `${API}#x` })).toBe('asked');
    }
  });

  test('in Firefox answers with and without credentials stand beside each other', async () => {
    const { ask } = browser('firefox');
    await ask({ ...put, credentials: 'include' });
    await ask({ ...put, credentials: 'omit' });
    expect(await ask({ ...put, credentials: 'include' })).toBe('cached');
    expect(await ask({ ...put, credentials: 'omit' })).toBe('cached');
  });

  test('by the Standard and in Firefox answers add up; Chromium and WebKit keep the last', async () => {
    for (const [engine, expected] of [
      ['standard', 'cached'],
      ['chromium', 'asked'],
      ['firefox', 'cached'],
      ['webkit', 'asked'],
    ] as const) {
      const { ask } = browser(engine);
      await ask(put, { methods: 'PUT' });
      expect(await ask(remove, { methods: 'DELETE' })).toBe('asked');
      expect(await ask(put, { methods: 'PUT' })).toBe(expected);
    }
  });

  test('Chromium forgets an answer that does not suffice, even if the next one is refused', async () => {
    for (const [engine, expected] of [
      ['standard', 'cached'],
      ['chromium', 'asked'],
    ] as const) {
      const { ask } = browser(engine);
      await ask(put, { methods: 'PUT' });
      expect(await ask(remove, { methods: 'PUT' })).toBe('refused');
      expect(await ask(put, { methods: 'PUT' })).toBe(expected);
    }
  });

  test('Chromium lets * cover Authorization, but asks each time', async () => {
    const { ask } = browser('chromium');
    const request = { headers: { Authorization: 'x' } };
    expect(await ask(request, { headers: '*' })).toBe('asked');
    expect(await ask(request, { headers: '*' })).toBe('asked');
  });

  test.each(['If-None-Match', 'If-Match', 'If-Range', 'If-Modified-Since', 'If-Unmodified-Since'])(
    'Chromium and Firefox ask each time for a request with %s, and keep the answer for others',
    async (name) => {
      const conditional = { ...put, headers: { [name]: 'x' } };
      for (const [engine, expected] of [
        ['standard', 'cached'],
        ['chromium', 'asked'],
        ['firefox', 'asked'],
        ['webkit', 'cached'],
      ] as const) {
        const { ask } = browser(engine);
        const grant = { headers: '*' };
        expect(await ask(conditional, grant)).toBe('asked');
        expect(await ask(conditional, grant)).toBe(expected);
        expect(await ask(put, grant)).toBe('cached');
      }
    },
  );

  test('only Chromium keeps nothing for a page whose origin is null, except within one request', async () => {
    for (const [engine, expected] of [
      ['standard', 'cached'],
      ['chromium', 'asked'],
      ['firefox', 'cached'],
      ['webkit', 'cached'],
    ] as const) {
      const { ask } = browser(engine);
      expect(await ask({ ...put, origin: 'null' })).toBe('asked');
      expect(await ask({ ...put, origin: 'null' })).toBe(expected);
    }
  });

  test('in Chromium a * granted with credentials stays a name', async () => {
    for (const [engine, expected] of [
      ['standard', 'cached'],
      ['chromium', 'asked'],
    ] as const) {
      const { ask } = browser(engine);
      const grant = { methods: 'PUT, *' };
      await ask({ ...put, credentials: 'include' }, grant);
      expect(await ask(remove, grant)).toBe(expected);
    }
  });
});

test('after a redirect that makes the origin null, Chromium and Firefox keep the answer under the page’s origin', async () => {
  const open = [
    ['access-control-allow-origin', '*'],
    ['access-control-allow-methods', 'PUT'],
  ] as const;
  for (const [engine, preflights] of [
    ['standard', 1],
    ['chromium', 0],
    ['firefox', 0],
    ['webkit', 1],
  ] as const) {
    const cache = createPreflightCache();
    const transport: Transport = async ({ url, method }) =>
      url === API && method === 'PUT'
        ? { status: 307, headers: [...open, ['location', 'https://b.example/']] }
        : { status: 200, headers: open };
    await browse({ origin: APP, url: API, ...put }, transport, { engine, cache });
    const page = await browse({ origin: APP, url: 'https://b.example/', ...put }, transport, { engine, cache });
    expect(page.exchanges.filter(({ kind }) => kind === 'preflight')).toHaveLength(preflights);
  }
});

test('within one request WebKit keeps an answer after a redirect that makes the origin null', async () => {
  const location: HeaderLine = ['location', '#x'];
  const open: HeaderLine[] = [
    ['access-control-allow-origin', '*'],
    ['access-control-allow-methods', 'PUT'],
  ];
  const seen: string[] = [];
  const transport: Transport = async ({ url, method }) => {
    seen.push(method);
    if (method === 'OPTIONS') return { status: 204, headers: open };
    return { status: 307, headers: [...open, url === API ? ['location', 'https://b.example/'] : location] };
  };
  const { verdict } = await browse({ origin: APP, url: API, ...put }, transport, { engine: 'webkit' });
  expect(verdict).toMatchObject({ reason: 'ERR_TOO_MANY_REDIRECTS' });
  // One for each URL: with the fragment it is another.
  expect(seen.filter((method) => method === 'OPTIONS')).toHaveLength(3);
  expect(seen.filter((method) => method === 'PUT')).toHaveLength(21);
});

test('a redirect to a bad port makes Firefox forget the answer for the URL that redirects', async () => {
  const open: HeaderLine[] = [
    ['access-control-allow-origin', '*'],
    ['access-control-allow-methods', 'PUT'],
  ];
  for (const [engine, preflights] of [
    ['standard', 0],
    ['chromium', 0],
    ['firefox', 1],
    ['webkit', 0],
  ] as const) {
    const cache = createPreflightCache();
    const transport: Transport = async ({ method }) =>
      method === 'OPTIONS'
        ? { status: 204, headers: open }
        : { status: 307, headers: [...open, ['location', 'https://b.example:22/']] };
    await browse({ origin: APP, url: API, ...put }, transport, { engine, cache });
    const page = await browse({ origin: APP, url: API, ...put }, transport, { engine, cache });
    expect(page.verdict).toMatchObject({ reason: 'ERR_UNSAFE_PORT' });
    expect(page.exchanges.filter(({ kind }) => kind === 'preflight')).toHaveLength(preflights);
  }
});

test.each<[engine: EngineName, seconds: number]>([
  ['webkit', 600],
  ['chromium', 7200],
  ['firefox', 86400],
])('%s asks again after %d seconds', async (engine, seconds) => {
  const { ask, wait } = browser(engine);
  await ask(put, { maxAge: '1000000' });
  wait(seconds - 1);
  expect(await ask(put)).toBe('cached');
  wait(1);
  expect(await ask(put)).toBe('asked');
});

test('each browse has a cache of its own unless it is given one', async () => {
  const lines: HeaderLine[] = [
    ['access-control-allow-origin', '*'],
    ['access-control-allow-methods', '*'],
  ];
  const transport = async () => ({ status: 200, headers: lines });
  for (let times = 0; times < 2; times++) {
    expect((await browse({ origin: APP, url: API, ...put }, transport)).exchanges).toHaveLength(2);
  }
});
