import { describe, expect, test } from 'vitest';
import { browse, type PageRequest } from '../../src/browser.js';
import { withCors } from '../../src/index.js';
import { scripted, trace } from './scripted.js';

const APP = 'https://app.example.com';
const API = 'https://api.example.com/';
const ANY = { 'Access-Control-Allow-Origin': '*' };

describe('which requests are made', () => {
  test('a simple request: one, with the origin', async () => {
    const transport = scripted({ [`GET ${API}`]: { headers: ANY, body: 'hello' } });
    const page = await browse({ origin: APP, url: API }, transport);
    expect(page.problem).toBeUndefined();
    expect(page.verdict).toEqual({
      allowed: true,
      type: 'cors',
      url: API,
      redirected: false,
      status: 200,
      headers: {},
      body: 'hello',
    });
    expect(page.exchanges).toEqual([
      {
        kind: 'request',
        request: {
          method: 'GET',
          url: API,
          headers: [
            ['accept', '*/*'],
            ['origin', APP],
            ['sec-fetch-mode', 'cors'],
          ],
        },
        response: { status: 200, headers: [['Access-Control-Allow-Origin', '*']], body: 'hello' },
        tainting: 'cors',
        preflightReasons: [],
        preflightCached: false,
      },
    ]);
  });

  test('a preflighted request: two, and the second only if the first passes', async () => {
    const request = { origin: APP, url: API, method: 'put', headers: { 'X-B': '1', 'X-A': '2' }, body: 'x' };
    const grant = { ...ANY, 'Access-Control-Allow-Methods': 'PUT', 'Access-Control-Allow-Headers': 'x-a, x-b' };
    const transport = scripted({ [`OPTIONS ${API}`]: { status: 204, headers: grant } });
    const page = await browse(request, transport);
    expect(page.problem).toBeUndefined();
    expect(trace(transport.requests)).toEqual([`OPTIONS ${API} ${APP}`, `PUT ${API} ${APP}`]);
    expect(page.exchanges.map(({ kind }) => kind)).toEqual(['preflight', 'request']);
    expect(transport.requests[0]?.headers).toContainEqual(['access-control-request-headers', 'x-a,x-b']);
    expect(transport.requests[1]).toMatchObject({ method: 'PUT', body: 'x' });
    expect(transport.requests[1]?.headers).toContainEqual(['content-type', 'text/plain;charset=UTF-8']);

    const refused = scripted({ [`OPTIONS ${API}`]: { status: 403 } });
    expect((await browse(request, refused)).verdict).toMatchObject({ reason: 'PreflightMissingAllowOriginHeader' });
    expect(trace(refused.requests)).toEqual([`OPTIONS ${API} ${APP}`]);
  });

  test('same-origin: no preflight, no CORS check, every header readable; Origin unless GET or HEAD', async () => {
    const transport = scripted({}, { status: 500, headers: { 'X-A': '1', 'Set-Cookie': 'a=1' } });
    for (const method of ['GET', 'HEAD', 'DELETE']) {
      const page = await browse({ origin: APP, url: `${APP}/x`, method, headers: { 'X-B': '1' } }, transport);
      expect(page.verdict).toMatchObject({ allowed: true, type: 'basic', status: 500, headers: { 'x-a': '1' } });
    }
    expect(trace(transport.requests)).toEqual([`GET ${APP}/x`, `HEAD ${APP}/x`, `DELETE ${APP}/x ${APP}`]);
  });

  test('forbidden headers are dropped, the fragment is not sent, lines of one header are joined', async () => {
    const transport = scripted({});
    const headers = [
      ['Cookie', 'a=1'],
      ['Origin', 'https://evil.example'],
      ['Sec-Fetch-Mode', 'no-cors'],
      ['Accept', 'a'],
      ['accept', ' b '],
    ] as const;
    await browse({ origin: APP, url: `${API}#x`, headers }, transport);
    expect(transport.requests[0]).toEqual({
      method: 'GET',
      url: API,
      headers: [
        ['accept', 'a, b'],
        ['origin', APP],
        ['sec-fetch-mode', 'cors'],
      ],
    });
  });

  test.each(['User-Agent', 'Access-Control-Request-Private-Network'])('Chromium drops %s too', async (name) => {
    const kinds = async (engine: 'chromium' | 'standard') => {
      const page = await browse({ origin: APP, url: API, headers: { [name]: 'x' } }, scripted({}), { engine });
      return page.exchanges[0]?.kind;
    };
    expect(await kinds('chromium')).toBe('request');
    expect(await kinds('standard')).toBe('preflight');
  });

  test('a default port is the same origin, another scheme or port is not', async () => {
    const type = async (url: string, origin = APP) => {
      const { verdict } = await browse({ origin, url }, scripted({}));
      return verdict.allowed && verdict.type;
    };
    expect(await type('https://app.example.com:443/')).toBe('basic');
    expect(await type('https://APP.example.com/')).toBe('basic');
    expect(await type('https://app.example.com:8443/')).toBe('cors');
    expect(await type('https://app.example.com/', 'http://app.example.com')).toBe('cors');
  });

  test('text as body is text/plain unless a header says otherwise; bytes have no type', async () => {
    const type = async (request: Partial<PageRequest>) => {
      const transport = scripted({});
      const page = await browse({ origin: APP, url: API, method: 'POST', ...request }, transport);
      const sent = transport.requests.at(-1)?.headers.find(([name]) => name === 'content-type')?.[1];
      return [sent, page.exchanges[0]?.kind];
    };
    expect(await type({ body: 'x' })).toEqual(['text/plain;charset=UTF-8', 'request']);
    expect(await type({ body: new Uint8Array([1]) })).toEqual([undefined, 'request']);
    expect(await type({ body: '{}', headers: { 'Content-Type': 'application/json' } })).toEqual([
      undefined,
      'preflight',
    ]);
  });
});

describe('cookies', () => {
  test.each<[credentials: PageRequest['credentials'], url: string, sent: boolean]>([
    [undefined, APP, true],
    [undefined, API, false],
    ['same-origin', APP, true],
    ['same-origin', API, false],
    ['include', API, true],
    ['omit', APP, false],
    ['omit', API, false],
  ])('with %s to %s: %s, and never in a preflight', async (credentials, url, sent) => {
    const headers = {
      'Access-Control-Allow-Origin': APP,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Methods': 'PUT',
    };
    const transport = scripted({}, { headers });
    const request = { origin: APP, url, method: 'PUT', cookie: 'a=1' };
    const page = await browse(credentials === undefined ? request : { ...request, credentials }, transport);
    expect(page.problem).toBeUndefined();
    for (const { kind, request } of page.exchanges) {
      expect(request.headers.some(([name]) => name === 'cookie')).toBe(kind === 'request' && sent);
    }
  });
});

const HANDLER =
  'browse needs a transport, but the function that it was given answered with an object with statusCode, as a handler ' +
  'does; if it is a handler, write browse(request, inProcess(handler))';

describe('browse throws a TypeError for what it cannot do:', () => {
  const page = { origin: APP, url: API };
  test.each<readonly [options: unknown, message: string]>([
    [{ engin: 'firefox' }, 'engin is not an option of browse; write engine, or remove it'],
    [{ credentials: 'include' }, 'credentials is not an option of browse; remove it; the keys are engine, cache, now'],
    ['firefox', 'browse needs its options as an object, but got "firefox"'],
    [null, 'browse needs its options as an object, but got null'],
    ...[null, {}, new Map(), 'x'].map(
      (cache) => [{ cache }, 'browse needs createPreflightCache() as cache, but got'] as const,
    ),
    [{ now: 5 }, 'browse needs a function such as () => 0 as now, but got a number'],
    [{ now: null }, 'as now, but got null'],
  ])('with the options %o', async (options, message) => {
    await expect(browse(page, scripted({}), options as never)).rejects.toThrow(message);
  });

  const REQUEST =
    'browse needs a request such as { origin: "https://app.example.com", url: "https://api.example.com/" }: ';
  test.each<readonly [request: unknown, message: string]>([
    [undefined, 'browse needs its options as an object, but got undefined; write browse({ origin: "https://app'],
    [null, 'but got null'],
    [API, `but got "${API}"`],
    [{}, `${REQUEST}origin is undefined, not text; url is undefined, not text`],
    [{ ...page, origin: 5 }, `${REQUEST}origin is a number, not text`],
    [{ ...page, method: null }, `${REQUEST}method is null, not text`],
    [{ ...page, cookie: ['a=b'] }, `${REQUEST}cookie is an Array, not text`],
    [{ ...page, headers: 'x-id: 1' }, `${REQUEST}headers is a string, not an object or a list of lines`],
    [{ ...page, headers: null }, `${REQUEST}headers is null, not an object`],
    [{ ...page, headers: ['x-id: 1'] }, `${REQUEST}headers has a line that is not a name and a value`],
    [{ ...page, headers: [['x-id']] }, `${REQUEST}headers has a line that is not a name and a value`],
    [{ ...page, headers: [['x-id', '1', '2']] }, `${REQUEST}headers has a line that is not a name and a value`],
    [{ ...page, header: {} }, 'header is not an option of browse; write headers, or remove it'],
    [{ ...page, mode: 'no-cors' }, 'mode is not an option of browse; '],
  ])('for the request %o', async (request, message) => {
    const thrown = await browse(request as never, scripted({})).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(TypeError);
    expect((thrown as Error).message).toContain(message);
  });

  test('headers that can be read only once are read once', async () => {
    function* headers(): Generator<readonly [string, string]> {
      yield ['x-id', '1'];
    }
    const { exchanges } = await browse({ ...page, headers: headers() }, scripted({}));
    expect(exchanges[0]?.preflightReasons).toMatchObject([{ name: 'x-id' }]);
  });

  test('a URL as an object, and keys that are undefined, are taken as fetch() takes them', async () => {
    const request = { ...page, url: new URL(API), method: undefined, headers: undefined, body: undefined };
    expect((await browse(request as never, scripted({}))).exchanges).toHaveLength(1);
  });

  test.each<readonly [line: unknown, message: string]>([
    [['a'], '["a"]'],
    [['a', 1], '["a",1]'],
    [[null, 'x'], '[null,"x"]'],
    ['a: b', '"a: b"'],
  ])('by a transport that gives the header %o', async (line, message) => {
    const transport = async () => ({ status: 200, headers: [['access-control-allow-origin', '*'], line] });
    await expect(browse(page, transport as never)).rejects.toThrow(
      `browse needs each header of a response as a name and a value, such as ["content-type", "text/plain"], but the transport gave ${message}`,
    );
  });

  test('by a transport that gives an object as body', async () => {
    await expect(browse(page, (async () => ({ status: 200, headers: [], body: {} })) as never)).rejects.toThrow(
      'browse needs the body of a response as text or a Uint8Array, but the transport gave an object',
    );
  });

  test.each<readonly [transport: unknown, engine: unknown, message: string]>([
    [scripted({}), 'safari', 'browse does not know the engine "safari", only standard, chromium, firefox, webkit'],
    [scripted({}), 'constructor', 'browse does not know the engine "constructor"'],
    [undefined, 'webkit', 'browse needs a transport, such as inProcess(handler), but got undefined'],
    [null, 'webkit', 'but got null'],
    [{}, 'webkit', 'but got an object'],
    ['https://api.example.com', 'webkit', 'but got a string'],
    [async () => ({ statusCode: 200, body: '' }), 'webkit', HANDLER],
    [withCors(async () => ({ statusCode: 200, body: '' })), 'webkit', HANDLER],
    [
      async () => 'hello',
      'webkit',
      'answered with "hello"; if it is a handler, write browse(request, inProcess(handler))',
    ],
    [async () => undefined, 'webkit', 'answered with undefined; if it is a handler'],
    [async () => 'x'.repeat(1e6), 'webkit', `answered with "${'x'.repeat(79)}…; if it is a handler`],
    [
      async () => ({ status: 200 }),
      'webkit',
      'as a list, such as [["content-type", "text/plain"]], but the transport gave undefined',
    ],
    [async () => new Response('x'), 'webkit', 'but the transport gave a Headers'],
  ])('by %o as %o', async (transport, engine, message) => {
    await expect(browse(page, transport as never, { engine: engine as never })).rejects.toThrow(message);
  });
});

test('a handler that throws because it gets no event is told from a server that cannot be reached', async () => {
  const handler = async (event: unknown) => ({ statusCode: 200, body: (event as { a: { b: string } }).a.b });
  const { verdict } = await browse({ origin: APP, url: API }, handler as never);
  expect(verdict).toMatchObject({
    reason: 'ERR_FAILED',
    fix: expect.stringMatching(
      /^repair the transport, which threw "TypeError: .*"; if it is a handler, write browse\(request, inProcess\(handler\)\)$/,
    ),
  });
  for (const error of [
    Object.assign(new TypeError('x'), { code: 'ERR_X' }),
    new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }),
    new Error('x'),
    undefined,
  ]) {
    const { verdict } = await browse({ origin: APP, url: API }, () => Promise.reject(error));
    expect(verdict).toMatchObject({ fix: 'check that the server can be reached' });
  }
});

describe('browse takes text or bytes as body, and tells what else it gets:', () => {
  test.each<readonly [body: unknown, says: string]>([
    [{ a: 1 }, 'but got an object; write JSON.stringify(body), as for fetch()'],
    [Object.create(null), 'but got an object; write JSON.stringify(body)'],
    [[1], 'but got an Array; write JSON.stringify(body)'],
    [new URLSearchParams('a=1'), 'but got a URLSearchParams; write String(body), with the header content-type'],
    [new ArrayBuffer(1), 'but got an ArrayBuffer; write new Uint8Array(body)'],
    [new FormData(), 'but got a FormData; write what goes over the wire'],
    [new Date(), 'but got a Date; write what'],
    [1, 'but got a number; write what'],
    [null, 'but got null; leave it out'],
    [Object.create({ constructor: { name: '\u001b[31m' } }), 'but got an object; '],
  ])('%o', async (body, says) => {
    const transport = scripted({});
    const asking = browse({ origin: APP, url: API, method: 'POST', body: body as never }, transport);
    await expect(asking).rejects.toThrow(TypeError);
    await expect(asking).rejects.toThrow(says);
    expect(transport.requests).toEqual([]);
  });
});

test.each([
  ['an object', { 'X-A': '1', 'X-B': 2 as never }],
  [
    'lines',
    [
      ['X-A', '1'],
      ['X-B', '2'],
    ] as const,
  ],
  ['a Headers', new Headers({ 'X-A': '1', 'X-B': '2' }) as Iterable<[string, string]>],
  [
    'a Map',
    new Map([
      ['X-A', '1'],
      ['X-B', '2'],
    ]),
  ],
])('headers may be %s', async (_name, headers) => {
  const transport = scripted({}, { headers: { ...ANY, 'Access-Control-Allow-Headers': '*' } });
  await browse({ origin: APP, url: API, headers }, transport);
  expect(transport.requests[0]?.headers).toContainEqual(['access-control-request-headers', 'x-a,x-b']);
  expect(transport.requests[1]?.headers).toContainEqual(['x-b', '2']);
});

describe('like fetch(), browse throws a TypeError for what no page can ask:', () => {
  test.each<[message: string, request: Partial<PageRequest>]>([
    ['url "/notes" is not an absolute URL', { url: '/notes' }],
    ['url "https://[" is not an absolute URL', { url: 'https://[' }],
    ['url "ftp://example.com/" is not http or https', { url: 'ftp://example.com/' }],
    ['url "https://a:b@example.com/" has a user name or password', { url: 'https://a:b@example.com/' }],
    ['method "TRACE" is forbidden to pages', { method: 'TRACE' }],
    ['method "connect" is forbidden to pages', { method: 'connect' }],
    ['method "" is not a method', { method: '' }],
    ['method "A B" is not a method', { method: 'A B' }],
    ['GET cannot have a body', { body: '' }],
    ['HEAD cannot have a body', { method: 'head', body: 'x' }],
    ['header "a b" is not a header name', { headers: { 'a b': '1' } }],
    ['header "a" has a value that cannot be sent: "1\\r\\nb: 2"', { headers: { a: '1\r\nb: 2' } }],
    ['header "a" has a value that cannot be sent: "☃"', { headers: { a: '☃' } }],
    ['origin "https://app.example.com/" is not an origin, such as "https://example.com"', { origin: `${APP}/` }],
    ['origin "app.example.com" is not an origin, such as "https://example.com"', { origin: 'app.example.com' }],
    ['credentials "always" is not omit, same-origin or include', { credentials: 'always' as 'omit' }],
  ])('%s', async (message, request) => {
    const transport = scripted({});
    const asking = browse({ origin: APP, url: API, ...request }, transport);
    await expect(asking).rejects.toThrow(new TypeError(`fetch() throws: ${message}`));
    expect(transport.requests).toEqual([]);
  });
});

describe('below CORS', () => {
  test('an error of the transport becomes a verdict', async () => {
    const cause = new Error('ECONNREFUSED');
    const page = await browse({ origin: APP, url: API }, () => Promise.reject(cause));
    expect(page.verdict).toMatchObject({ allowed: false, reason: 'ERR_FAILED', cause });
    expect(page.verdict).toMatchObject({ message: `GET ${API} net::ERR_FAILED` });
    expect(page.exchanges).toMatchObject([{ response: undefined }]);
  });

  test.each([0, 100, 101, 199, 1000, Number.NaN, 200.5, -1])('%d is not a valid status', async (status) => {
    const page = await browse({ origin: APP, url: API }, scripted({}, { status, headers: ANY }));
    expect(page.verdict).toMatchObject({ allowed: false, reason: 'ERR_INVALID_RESPONSE' });
  });

  test('an error status is shared like any other', async () => {
    const page = await browse({ origin: APP, url: API }, scripted({}, { status: 404, headers: ANY }));
    expect(page.verdict).toMatchObject({ allowed: true, status: 404 });
  });
});

test('the origin null is cross-origin to everything, and sent as null', async () => {
  const transport = scripted({});
  const page = await browse({ origin: 'null', url: API }, transport);
  expect(page.verdict).toMatchObject({ allowed: true, type: 'cors' });
  expect(trace(transport.requests)).toEqual([`GET ${API} null`]);
});

test('nothing in a response reaches a terminal as a command', async () => {
  const value = '\u001b[31mred\u009b\r\n☃';
  const page = await browse(
    { origin: APP, url: API },
    scripted({}, { headers: [['access-control-allow-origin', value]] }),
  );
  expect(page.problem).toContain("the invalid value '\\u001B[31mred\\u009B\\u000D\\u000A\\u2603'");
  const long = await browse(
    { origin: APP, url: API },
    scripted({}, { headers: { 'access-control-allow-origin': 'x'.repeat(1e6) } }),
  );
  expect(long.problem?.length).toBeLessThan(2000);
});

describe('the network refuses before CORS', () => {
  test.each<[name: string, status: number, lines: readonly (readonly [string, string])[], reason: string | undefined]>([
    ['407', 407, [], 'ERR_UNEXPECTED_PROXY_AUTH'],
    [
      'two locations, even without a redirect',
      200,
      [
        ['Location', '/a'],
        ['Location', '/b'],
      ],
      'ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION',
    ],
    [
      'the same location twice',
      200,
      [
        ['Location', '/a'],
        ['Location', '/a'],
      ],
      undefined,
    ],
    [
      'two dispositions',
      200,
      [
        ['Content-Disposition', 'a'],
        ['content-disposition', 'b'],
      ],
      'ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION',
    ],
    ['two in one line', 200, [['Content-Disposition', 'a, b']], 'ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION'],
    ['a comma at the end', 200, [['Content-Disposition', 'a,']], 'ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_DISPOSITION'],
    ['a comma in quotes', 200, [['Content-Disposition', 'a; filename="x\\",y"']], undefined],
    ['only a comma', 200, [['Content-Disposition', ',']], undefined],
    ['status 999', 999, [], undefined],
    ['status 1000', 1000, [], 'ERR_INVALID_RESPONSE'],
  ])('%s', async (_name, status, lines, reason) => {
    const transport = async () => ({ status, headers: [...Object.entries(ANY), ...lines] });
    const { verdict } = await browse({ origin: APP, url: API }, transport);
    expect(verdict.allowed ? undefined : verdict.reason).toBe(reason);
  });
});

test.each<[method: string, status: number, body: string | undefined]>([
  ['GET', 200, 'x'],
  ['GET', 500, 'x'],
  ['HEAD', 200, undefined],
  ['GET', 204, undefined],
  ['GET', 205, undefined],
  ['GET', 304, undefined],
])('%s answered with %d: the body is %j', async (method, status, body) => {
  const { verdict } = await browse(
    { origin: APP, url: API, method },
    scripted({}, { status, headers: ANY, body: 'x' }),
  );
  expect(verdict).toMatchObject({ allowed: true, body });
});
