// Where engines send other requests than the Standard, as the oracle has seen them do.
import { describe, expect, test } from 'vitest';
import { browse, type EngineName, type HeaderLine, type PageRequest } from '../../src/browser.js';
import { type Answer, scripted } from './scripted.js';

const APP = 'https://app.example';
const API = 'https://api.example/1';
const FAR = 'https://far.example/2';

const OPEN: HeaderLine[] = [
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Allow-Methods', '*'],
  ['Access-Control-Allow-Headers', '*, Authorization'],
];

function redirect(status: number, location: string): Answer {
  return { status, headers: [...OPEN, ['Location', location]] };
}

const SHOWN = ['access-control-request-headers', 'content-language', 'content-type', 'origin', 'x-a'];

/** Each request with the headers that matter here. */
async function requests(engine: EngineName, request: Partial<PageRequest>, answers: Readonly<Record<string, Answer>>) {
  const server = scripted(answers, { headers: OPEN });
  const page = await browse({ origin: APP, url: API, ...request }, server, { engine });
  const lines = server.requests.map(({ method, url, headers }) => {
    const shown = headers.filter(([name]) => SHOWN.includes(name)).map(([name, value]) => `${name}: ${value}`);
    return [`${method} ${url}`, ...shown].join(' | ');
  });
  return { lines, page };
}

type Row = readonly [engine: EngineName, expected: readonly string[]];

describe('PUT that a redirect makes GET needs a preflight again in Firefox and WebKit', () => {
  const start = [`OPTIONS ${API} | origin: ${APP}`, `PUT ${API} | origin: ${APP}`];
  const asked = [`OPTIONS https://api.example/2 | origin: ${APP}`];
  test.each<Row>([
    ['standard', []],
    ['chromium', []],
    ['firefox', asked],
    ['webkit', asked],
  ])('%s', async (engine, expected) => {
    const { lines } = await requests(engine, { method: 'PUT' }, { [`PUT ${API}`]: redirect(303, '/2') });
    expect(lines).toEqual([...start, ...expected, `GET https://api.example/2 | origin: ${APP}`]);
  });
});

describe('the preflight of a request that was redirected to a third origin', () => {
  test.each<Row>([
    ['standard', [`OPTIONS ${FAR} | access-control-request-headers: x-a | origin: null`]],
    ['chromium', [`OPTIONS ${FAR} | access-control-request-headers: x-a | origin: null`]],
    ['firefox', [`OPTIONS ${FAR} | access-control-request-headers: x-a | origin: ${APP}`]],
    ['webkit', [`OPTIONS ${FAR} | access-control-request-headers: authorization,x-a | origin: null`]],
  ])('%s', async (engine, expected) => {
    const headers = { Authorization: 'x', 'X-A': '1' };
    const { lines, page } = await requests(engine, { headers }, { [`GET ${API}`]: redirect(307, FAR) });
    expect(lines.slice(2, -1)).toEqual(expected);
    expect(lines.at(-1)).toBe(`GET ${FAR} | origin: null | x-a: 1`);
    expect(page.verdict.allowed).toBe(true);
  });
});

describe('headers of a body after POST has become GET, and another redirect', () => {
  const twice = (second: number) => ({
    [`POST ${API}`]: redirect(302, '/2'),
    'GET https://api.example/2': redirect(second, '/3'),
  });
  test.each<[engine: EngineName, second: number, comesBack: boolean]>([
    ['standard', 307, false],
    ['chromium', 307, false],
    ['firefox', 307, true],
    ['firefox', 302, false],
    ['webkit', 307, true],
    ['webkit', 302, true],
  ])('%s, status %d: come back %s', async (engine, second, comesBack) => {
    const request = { method: 'POST', headers: { 'Content-Language': 'en' }, body: 'x' };
    const { lines } = await requests(engine, request, twice(second));
    expect(lines[1]).toBe(`GET https://api.example/2 | origin: ${APP}`);
    expect(lines[2]?.includes('content-language: en')).toBe(comesBack);
  });
});

describe('headers of a body after two redirects within the own origin', () => {
  const twice = (second: number) => ({
    [`POST ${APP}/1`]: redirect(302, '/2'),
    [`GET ${APP}/2`]: redirect(second, '/3'),
  });
  test.each<[engine: EngineName, second: number, back: string]>([
    ['standard', 307, ''],
    ['chromium', 307, ''],
    ['firefox', 307, 'content-language: en | content-type: a/b'],
    ['firefox', 302, ''],
    ['webkit', 307, 'content-type: a/b'],
    ['webkit', 308, 'content-type: a/b'],
    ['webkit', 302, ''],
    ['webkit', 303, ''],
  ])('%s, status %d: %j comes back', async (engine, second, back) => {
    const headers = { 'Content-Language': 'en', 'Content-Type': 'a/b' };
    const request = { url: `${APP}/1`, method: 'POST', headers, body: 'x' };
    const { lines } = await requests(engine, request, twice(second));
    expect(lines[1]?.replace(/ \| origin: .*/, '')).toBe(`GET ${APP}/2`);
    expect(lines[2]?.replace(/ \| origin: .*/, '')).toBe(
      [`GET ${APP}/3`, back].filter((part) => part !== '').join(' | '),
    );
  });
});

describe('the second redirect that makes GET of PUT: the preflight asks for what stays behind', () => {
  const answers = { [`PUT ${API}`]: redirect(303, '/2'), 'GET https://api.example/2': redirect(303, '/3') };
  const nothing = `OPTIONS https://api.example/3 | origin: ${APP}`;
  const contentType = `OPTIONS https://api.example/3 | access-control-request-headers: content-type | origin: ${APP}`;
  test.each<[engine: EngineName, preflights: readonly string[], type: string]>([
    ['standard', [], ''],
    ['chromium', [], ''],
    ['firefox', [contentType], ''],
    ['webkit', [contentType], 'content-type: application/json | '],
  ])('%s', async (engine, preflights, type) => {
    const request = { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{}' };
    const { lines } = await requests(engine, request, answers);
    expect(lines.filter((line) => line.startsWith('OPTIONS https://api.example/3'))).toEqual(preflights);
    expect(lines).not.toContain(nothing);
    expect(lines.at(-1)).toBe(`GET https://api.example/3 | ${type}origin: ${APP}`);
  });
});

describe('two lines of a request header', () => {
  const lines: HeaderLine[] = [
    ['X-A', '1'],
    ['x-a', '2'],
    ['Content-Type', 'application/json'],
    ['content-type', 'text/plain'],
  ];
  test.each<[engine: EngineName, asked: string, sent: string]>([
    ['standard', 'content-type,x-a', 'application/json, text/plain'],
    ['chromium', 'content-type,x-a', 'application/json, text/plain'],
    ['webkit', 'content-type,x-a', 'application/json, text/plain'],
    // It judges them one by one, and sends the last type.
    ['firefox', 'content-type,x-a,x-a', 'text/plain'],
  ])('%s asks for %s and sends %s', async (engine, asked, sent) => {
    const { lines: seen } = await requests(engine, { headers: lines }, {});
    expect(seen).toEqual([
      `OPTIONS ${API} | access-control-request-headers: ${asked} | origin: ${APP}`,
      `GET ${API} | content-type: ${sent} | origin: ${APP} | x-a: 1, 2`,
    ]);
  });

  test('Firefox sends the first Content-Type when there is a body', async () => {
    const { lines: seen } = await requests('firefox', { method: 'POST', headers: lines.slice(2), body: 'x' }, {});
    expect(seen.at(-1)).toContain('content-type: application/json |');
  });

  test('and after a redirect the last one', async () => {
    const request = { method: 'POST', headers: lines.slice(2), body: 'x' };
    const { lines: seen } = await requests('firefox', request, { [`POST ${API}`]: redirect(307, '/2') });
    expect(seen[1]).toContain('content-type: application/json |');
    expect(seen.at(-1)).toContain('content-type: text/plain |');
  });

  test('in Firefox an empty line replaces those before it', async () => {
    const headers: HeaderLine[] = [
      ['X-A', '1'],
      ['X-A', ''],
      ['X-A', '2'],
    ];
    expect((await requests('firefox', { headers }, {})).lines.at(-1)).toMatch(/x-a: 2$/);
    expect((await requests('firefox', { headers: headers.slice(0, 2) }, {})).lines.at(-1)).toMatch(/x-a: $/);
  });
});

test.each<[engine: EngineName, preflight: boolean]>([
  ['standard', false],
  ['chromium', false],
  ['firefox', true],
  ['webkit', false],
])('a byte above 0x7F in Accept needs a preflight in %s: %s', async (engine, preflight) => {
  const { lines } = await requests(engine, { headers: { Accept: 'é' } }, {});
  expect(lines).toHaveLength(preflight ? 2 : 1);
});

describe('lines of a response header', () => {
  async function verdict(engine: EngineName, headers: readonly HeaderLine[], request: Partial<PageRequest> = {}) {
    const { page } = await requests(engine, request, { [`GET ${API}`]: { headers } });
    return page.verdict;
  }
  const credentials: HeaderLine[] = [
    ['Access-Control-Allow-Origin', APP],
    ['Access-Control-Allow-Credentials', ''],
    ['Access-Control-Allow-Credentials', 'true'],
  ];
  test.each<[engine: EngineName, allowed: boolean]>([
    ['standard', false],
    ['chromium', false],
    ['firefox', true],
    ['webkit', false],
  ])('an empty line beside "true" allows credentials in %s: %s', async (engine, allowed) => {
    expect((await verdict(engine, credentials, { credentials: 'include' })).allowed).toBe(allowed);
  });

  async function readable(engine: EngineName, lines: readonly HeaderLine[], request: Partial<PageRequest> = {}) {
    const origin: HeaderLine = ['Access-Control-Allow-Origin', APP];
    const found = await verdict(engine, [origin, ['Access-Control-Allow-Credentials', 'true'], ...lines], request);
    return found.allowed ? found.headers : undefined;
  }

  test.each<[engine: EngineName, value: string, first: string | undefined]>([
    ['standard', '*, a b', undefined],
    ['chromium', '*, a b', undefined],
    ['webkit', '*, a b', undefined],
    ['firefox', '*, a b', '1'],
    ['firefox', 'x-b,*,,(', '1'],
    ['firefox', 'a b, *', undefined],
    ['firefox', 'x-a, a b', undefined],
    ['firefox', '*, x-b', '1'],
  ])('Access-Control-Expose-Headers in %s: %j', async (engine, value, first) => {
    const lines: HeaderLine[] = [
      ['Access-Control-Expose-Headers', value],
      ['X-A', '1'],
    ];
    expect((await readable(engine, lines))?.['x-a']).toBe(first);
    expect((await readable(engine, lines, { credentials: 'include' }))?.['x-a']).toBeUndefined();
  });

  test.each<[engine: EngineName, values: readonly string[], shown: string]>([
    ['standard', ['', 'a'], ', a'],
    ['firefox', ['', 'a'], 'a'],
    ['firefox', ['a', ''], 'a, '],
    ['firefox', ['', 'a', '', 'b'], 'a, , b'],
    ['firefox', ['', ''], ''],
  ])('Content-Type in %s: %j', async (engine, values, shown) => {
    const lines = values.map((value) => ['Content-Type', value] as const);
    expect((await readable(engine, lines))?.['content-type']).toBe(shown);
  });

  test('Firefox counts lines of Access-Control-Allow-Origin, even empty ones, in this spelling', async () => {
    const two = (second: string): HeaderLine[] => [
      ['Access-Control-Allow-Origin', APP],
      [second, ''],
    ];
    expect((await verdict('firefox', two('Access-Control-Allow-Origin'))).allowed).toBe(false);
    expect((await verdict('firefox', two('access-control-allow-origin'))).allowed).toBe(true);
  });

  test.each<[value: string, firefox: boolean]>([
    ['x-a, *, x y', true],
    ['*,,"x"', true],
    ['x y, *', false],
    ['"*"', false],
  ])('Access-Control-Expose-Headers: %s exposes all in Firefox: %s', async (value, firefox) => {
    const lines: HeaderLine[] = [...OPEN, ['X-B', '1'], ['Access-Control-Expose-Headers', value]];
    for (const engine of ['standard', 'chromium', 'webkit'] as const) {
      expect(await verdict(engine, lines)).toHaveProperty('headers', {});
    }
    const { headers } = (await verdict('firefox', lines)) as { headers: object };
    expect('x-b' in headers).toBe(firefox);
    const strict = await verdict(
      'firefox',
      [...lines.slice(1), ['Access-Control-Allow-Origin', APP], ['Access-Control-Allow-Credentials', 'true']],
      { credentials: 'include' },
    );
    expect(strict).toHaveProperty('headers', {});
  });

  test.each<[values: readonly string[], chromium: string, firefox: string]>([
    [['', 'a/b'], ', a/b', 'a/b'],
    [['', '', 'a/b'], ', , a/b', 'a/b'],
    [['a/b', '', 'c/d'], 'a/b, , c/d', 'a/b, , c/d'],
    [['a/b', ''], 'a/b, ', 'a/b, '],
    [['', ''], ', ', ''],
  ])('Content-Type %j: %j in Chromium, %j in Firefox', async (values, chromium, firefox) => {
    const lines = [...OPEN, ...values.map((value): HeaderLine => ['Content-Type', value])];
    for (const [engine, type] of [
      ['chromium', chromium],
      ['firefox', firefox],
    ] as const) {
      expect(await verdict(engine, lines)).toMatchObject({ headers: { 'content-type': type } });
    }
  });

  test.each<[engine: EngineName, one: boolean, two: boolean]>([
    ['standard', false, false],
    ['chromium', false, false],
    ['firefox', true, false],
    ['webkit', true, true],
  ])('Content-Disposition with several values in %s: in one line %s, in two %s', async (engine, one, two) => {
    const lines = (...values: string[]): HeaderLine[] => values.map((value) => ['Content-Disposition', value]);
    expect((await verdict(engine, [...OPEN, ...lines('a, b')])).allowed).toBe(one);
    expect((await verdict(engine, [...OPEN, ...lines('a', 'b')])).allowed).toBe(two);
  });
});

test.each<[engine: EngineName, allowed: boolean]>([
  ['standard', false],
  ['chromium', false],
  ['firefox', true],
  ['webkit', true],
])('status 407 can be read in %s: %s', async (engine, allowed) => {
  const { page } = await requests(engine, {}, { [`GET ${API}`]: { status: 407, headers: OPEN } });
  expect(page.verdict.allowed).toBe(allowed);
});

test.each<[engine: EngineName, body: string | undefined]>([
  ['standard', undefined],
  ['chromium', undefined],
  ['firefox', undefined],
  ['webkit', 'x'],
])('the body of a 205 in %s: %s', async (engine, body) => {
  const { page } = await requests(engine, {}, { [`GET ${API}`]: { status: 205, headers: OPEN, body: 'x' } });
  expect(page.verdict).toMatchObject({ allowed: true });
  expect((page.verdict as { body?: string }).body).toBe(body);
});

test.each<[engine: EngineName, allowed: boolean]>([
  ['standard', true],
  ['chromium', true],
  ['firefox', true],
  ['webkit', false],
])('* at the second redirect of a request that began at home is enough in %s: %s', async (engine, allowed) => {
  const answers = { [`GET ${APP}/0`]: redirect(307, API), [`GET ${API}`]: redirect(307, '/3') };
  const { page } = await requests(engine, { url: `${APP}/0` }, answers);
  expect(page.verdict.allowed).toBe(allowed);
});

test.each<[engine: EngineName, origin: string]>([
  ['standard', ''],
  ['chromium', ''],
  ['firefox', ''],
  ['webkit', ` | origin: ${APP}`],
])('a GET at home that was a POST before a redirect, in %s%s', async (engine, origin) => {
  const answers = { [`POST ${APP}/0`]: redirect(303, '/1') };
  const { lines } = await requests(engine, { url: `${APP}/0`, method: 'POST' }, answers);
  expect(lines.at(-1)).toBe(`GET ${APP}/1${origin}`);
});

test.each<[engine: EngineName, value: string, safe: boolean]>([
  ['standard', 'bytes=18446744073709551616-', true],
  ['chromium', 'bytes=9223372036854775808-', false],
  ['firefox', 'bytes=18446744073709551615-', true],
  ['firefox', 'bytes=18446744073709551616-', false],
  ['webkit', 'bytes=18446744073709551615-', true],
  ['webkit', 'bytes=18446744073709551616-', false],
  ['firefox', 'Bytes=+0-1', false],
  ['webkit', 'Bytes=+0-1', true],
])('Range in %s: %s needs no preflight: %s', async (engine, value, safe) => {
  const { lines } = await requests(engine, { headers: { Range: value } }, {});
  expect(lines).toHaveLength(safe ? 1 : 2);
});
