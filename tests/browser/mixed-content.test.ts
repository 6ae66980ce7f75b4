import { describe, expect, test } from 'vitest';
import { browse, type EngineName, inProcess, type PageRequest, type Verdict } from '../../src/browser.js';
import { withCors } from '../../src/index.js';
import { scripted, trace } from './scripted.js';

const APP = 'https://app.example.com';
const HTTP = 'http://api.example.com/notes';

function reason(verdict: Verdict): string {
  return verdict.allowed ? 'allowed' : verdict.reason;
}

async function ask(request: PageRequest, engine: EngineName = 'chromium') {
  const transport = scripted({});
  const { verdict } = await browse(request, transport, { engine });
  return { outcome: reason(verdict), sent: transport.requests.length };
}

describe('an https page that asks an http URL', () => {
  test.each(['GET', 'PUT'])('with %s: nothing is sent, and the console says why', async (method) => {
    const transport = inProcess(withCors(async () => ({ statusCode: 200, body: '' })));
    const page = await browse({ origin: APP, url: HTTP, method }, transport);
    expect(page.exchanges).toEqual([]);
    expect(page.verdict).toEqual({
      allowed: false,
      reason: 'MixedContent',
      message:
        `Mixed Content: The page at '${APP}/' was loaded over HTTPS, but requested an insecure resource '${HTTP}'. ` +
        'This request has been blocked; the content must be served over HTTPS.',
      fix: 'request "https://api.example.com/notes" instead, and let the API answer over https',
    });
  });

  test('of its own host, too', async () => {
    expect(await ask({ origin: APP, url: 'http://app.example.com/' })).toEqual({ outcome: 'MixedContent', sent: 0 });
  });

  test('with a port keeps it in the remedy', async () => {
    const { verdict } = await browse({ origin: APP, url: 'http://api.example.com:8080/a?b' }, scripted({}));
    expect(verdict).toMatchObject({
      fix: expect.stringContaining('request "https://api.example.com:8080/a?b" instead'),
    });
  });

  test('even on a bad port', async () => {
    expect(await ask({ origin: APP, url: 'http://api.example.com:22/' })).toEqual({ outcome: 'MixedContent', sent: 0 });
  });
});

describe('each redirect is judged as well', () => {
  const [first, target] = ['https://api.example.com/notes', 'http://api.example.com/notes/'];

  test('after the CORS check of the response that redirects', async () => {
    const open = { 'Access-Control-Allow-Origin': '*', Location: target };
    const transport = scripted({ [`GET ${first}`]: { status: 307, headers: open } });
    const { verdict } = await browse({ origin: APP, url: first }, transport);
    expect(trace(transport.requests)).toEqual([`GET ${first} ${APP}`]);
    expect(verdict).toMatchObject({
      reason: 'MixedContent',
      message: expect.stringContaining(`requested an insecure resource '${target}'`),
      fix: expect.stringMatching(/^redirect to "https:\/\/api\.example\.com\/notes\/" instead: .* X-Forwarded-Proto/),
    });
    const closed = scripted({ [`GET ${first}`]: { status: 307, headers: { Location: target } } });
    expect(reason((await browse({ origin: APP, url: first }, closed)).verdict)).toBe('MissingAllowOriginHeader');
  });

  test('from the own origin and from the computer itself', async () => {
    for (const url of [`${APP}/a`, 'http://localhost:3000/a']) {
      const headers = { 'Access-Control-Allow-Origin': '*', Location: target };
      const transport = scripted({ [`GET ${url}`]: { status: 302, headers } });
      expect(reason((await browse({ origin: APP, url }, transport)).verdict)).toBe('MixedContent');
      expect(transport.requests).toHaveLength(1);
    }
  });
});

describe('engines look at it at different times, and say it in their own words', () => {
  const [url, target] = ['https://api.example.com/notes', 'http://api.example.com/notes/'];
  const open = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': '*' };

  async function redirected(
    engine: EngineName,
    request: Partial<PageRequest>,
    answers: Parameters<typeof scripted>[0],
  ) {
    const transport = scripted(answers, { headers: open });
    const { verdict } = await browse({ origin: APP, url, ...request }, transport, { engine });
    const message = verdict.allowed ? '' : verdict.message;
    return { reason: reason(verdict), lines: message.split('\n'), sent: trace(transport.requests) };
  }

  test('Firefox before it looks whether the page may know of the redirect', async () => {
    const silent = { [`GET ${url}`]: { status: 302, headers: { Location: target } } };
    expect(await redirected('chromium', {}, silent)).toMatchObject({ reason: 'MissingAllowOriginHeader' });
    const blocked =
      'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ' +
      `${url}. (Reason: CORS request did not succeed). Status code: (null).`;
    expect(await redirected('firefox', {}, silent)).toMatchObject({
      reason: 'MixedContent',
      lines: [`Blocked loading mixed active content “${target}”`, blocked],
    });
    const ofPreflight = { [`OPTIONS ${url}`]: { status: 307, headers: { ...open, Location: target } } };
    expect(await redirected('chromium', { method: 'PUT' }, ofPreflight)).toMatchObject({
      reason: 'PreflightDisallowedRedirect',
    });
    expect(await redirected('firefox', { method: 'PUT' }, ofPreflight)).toMatchObject({
      reason: 'MixedContent',
      lines: [`Blocked loading mixed active content “${target}”`, blocked, blocked],
    });
    const elsewhere = { [`GET ${url}`]: { status: 302, headers: { Location: 'x:y' } } };
    expect((await redirected('firefox', {}, elsewhere)).reason).not.toBe('MixedContent');
  });

  test('WebKit after the preflight that a redirect needs', async () => {
    const answers = { [`PUT ${url}`]: { status: 307, headers: { ...open, Location: target } } };
    const outcome = {
      reason: 'MixedContent',
      lines: [
        `[blocked] The page at ${APP}/ requested insecure content from ${target}. This content was blocked and must be served over HTTPS.`,
        `Fetch API cannot load ${url} due to access control checks.`,
      ],
    };
    const asked = await redirected('webkit', { method: 'PUT' }, answers);
    expect(asked).toMatchObject(outcome);
    expect(asked.sent.at(-1)).toContain(`OPTIONS ${target}`);
    const simple = { [`GET ${url}`]: { status: 307, headers: { ...open, Location: target } } };
    expect(await redirected('webkit', {}, simple)).toMatchObject({ ...outcome, sent: [`GET ${url} ${APP}`] });
  });

  test('without a redirect', async () => {
    expect(await redirected('firefox', { url: `${HTTP}#x` }, {})).toMatchObject({
      lines: [`Blocked loading mixed active content “${HTTP}#x”`],
      sent: [],
    });
    expect(await redirected('webkit', { url: `${HTTP}#x`, method: 'PUT' }, {})).toMatchObject({
      lines: [
        `[blocked] The page at ${APP}/ requested insecure content from ${HTTP}. This content was blocked and must be served over HTTPS.`,
        'Not allowed to request resource',
        `Fetch API cannot load ${HTTP} due to access control checks.`,
      ],
      sent: [],
    });
    expect(await redirected('chromium', { url: `${HTTP}#x` }, {})).toMatchObject({
      lines: [expect.stringContaining(`insecure resource '${HTTP}'.`)],
    });
    expect(await redirected('firefox', { url: 'https://a.example:22/' }, {})).toMatchObject({
      reason: 'ERR_UNSAFE_PORT',
      lines: ['TypeError: NetworkError when attempting to fetch resource.'],
    });
    expect(await redirected('webkit', { url: 'https://a.example:22/#x' }, {})).toMatchObject({
      lines: ['Not allowed to use restricted network port 22: https://a.example:22/'],
    });
  });

  test('the fix after a redirect is the same in all', async () => {
    const answers = { [`GET ${url}`]: { status: 302, headers: { ...open, Location: target } } };
    for (const engine of ['standard', 'chromium', 'firefox', 'webkit'] as const) {
      const { verdict } = await browse({ origin: APP, url }, scripted(answers), { engine });
      expect(verdict).toMatchObject({ reason: 'MixedContent', fix: expect.stringMatching(/^redirect to "https:/) });
    }
  });

  test('a preflight that is redirected to http: the fix is an https URL', async () => {
    for (const [location, asked] of [
      [target, 'https://api.example.com/notes/'],
      ['/notes/', '/notes/'],
      ['http://localhost:3000/', 'http://localhost:3000/'],
    ] as const) {
      const answers = { [`OPTIONS ${url}`]: { status: 307, headers: { ...open, Location: location } } };
      const { verdict } = await browse({ origin: APP, url, method: 'PUT' }, scripted(answers));
      expect(verdict).toMatchObject({ fix: expect.stringContaining(`request "${asked}" in the first place`) });
    }
  });
});

test('WebKit ends its sentence early for the computer itself, by every name but one', async () => {
  for (const [host, end] of [
    ['localhost', 'must'],
    ['127.0.0.1', 'must'],
    ['localhost.', 'must be served over HTTPS.'],
    ['api.example.com', 'must be served over HTTPS.'],
  ] as const) {
    const { verdict } = await browse({ origin: APP, url: `http://${host}/` }, scripted({}), { engine: 'webkit' });
    const message = expect.stringContaining(`from http://${host}/. This content was blocked and ${end}\n`);
    expect(verdict).toMatchObject({ message });
  }
});

describe('which pages are secure', () => {
  test.each<[origin: string, engine: EngineName, blocked: boolean]>([
    ['https://localhost', 'chromium', true],
    ['http://app.example.com', 'chromium', false],
    ['capacitor://localhost', 'chromium', false],
    ['chrome-extension://abcdefghijklmnopabcdefghijklmnop', 'chromium', false],
    ['null', 'chromium', false],
    ['http://localhost:3000', 'chromium', false],
    ['http://localhost:3000', 'firefox', false],
    ['http://localhost:3000', 'webkit', false],
    // Potentially trustworthy, so that by the Standard it may not either.
    ['http://localhost:3000', 'standard', true],
    ['http://127.0.0.1', 'standard', true],
    ['http://app.example.com', 'standard', false],
  ])('%s in %s: blocked %s', async (origin, engine, blocked) => {
    const { outcome } = await ask({ origin, url: HTTP }, engine);
    expect(outcome === 'MixedContent').toBe(blocked);
  });
});

/** Hosts, and the engines that let an https page ask them over http. */
const CHROMIUM = ['chromium'] as const;
const NOT_WEBKIT = ['standard', 'chromium', 'firefox'] as const;

describe('which http URLs an https page may ask', () => {
  test.each<[host: string, by: readonly EngineName[]]>([
    ['localhost', NOT_WEBKIT],
    ['localhost.', NOT_WEBKIT],
    ['api.localhost', NOT_WEBKIT],
    ['127.0.0.1:3000', NOT_WEBKIT],
    ['127.9.8.7', NOT_WEBKIT],
    ['[::1]', NOT_WEBKIT],
    ['notlocalhost', []],
    ['localhost.example.com', []],
    ['0.0.0.0', CHROMIUM],
    ['10.0.0.1', CHROMIUM],
    ['100.64.0.1', CHROMIUM],
    ['169.254.1.1', CHROMIUM],
    ['172.16.0.1', CHROMIUM],
    ['172.31.255.255', CHROMIUM],
    ['192.168.1.1', CHROMIUM],
    ['printer.local', CHROMIUM],
    ['printer.local.', CHROMIUM],
    ['[::]', CHROMIUM],
    ['[fc00::1]', CHROMIUM],
    ['[fdff::1]', CHROMIUM],
    ['[fe80::1]', CHROMIUM],
    ['[fec0::1]', CHROMIUM],
    ['[2001:db8::1]', CHROMIUM],
    ['[::ffff:10.0.0.1]', CHROMIUM],
    ['[::ffff:127.0.0.1]', CHROMIUM],
    ['8.8.8.8', []],
    ['100.128.0.1', []],
    ['172.15.0.1', []],
    ['172.32.0.1', []],
    ['192.0.2.1', []],
    ['192.167.0.1', []],
    ['198.18.0.1', []],
    ['255.255.255.255', []],
    ['[2000::1]', []],
    ['[1::1]', []],
    ['[2001:db8:0:0:0:0:0:1]', CHROMIUM],
    ['[64:ff9b::10.0.0.1]', []],
    ['[::ffff:8.8.8.8]', []],
    ['[::8.8.8.8]', []],
    ['notlocal', []],
    ['intranet', []],
  ])('%s: by %j', async (host, by) => {
    const allowed: EngineName[] = [];
    for (const engine of ['standard', 'chromium', 'firefox', 'webkit'] as const) {
      const { outcome, sent } = await ask({ origin: APP, url: `http://${host}/` }, engine);
      if (outcome === 'allowed') allowed.push(engine);
      else expect({ outcome, sent }).toEqual({ outcome: 'MixedContent', sent: 0 });
    }
    expect(allowed).toEqual(by);
  });
});

describe('a bad port is not connected to', () => {
  test.each([
    [22, false],
    [25, false],
    [4190, true],
    [6679, true],
    [6000, false],
    [6667, false],
    [10080, false],
    [0, false],
    [80, true],
    [443, true],
    [3000, true],
    [6001, true],
    [8080, true],
  ])('%d: allowed in Chromium %s', async (port, allowed) => {
    const { outcome, sent } = await ask({ origin: 'http://app.example.com', url: `http://a.example:${port}/` });
    expect({ outcome, sent }).toEqual(
      allowed ? { outcome: 'allowed', sent: 1 } : { outcome: 'ERR_UNSAFE_PORT', sent: 0 },
    );
  });

  test.each([4190, 6679])('%d only in Chromium', async (port) => {
    for (const engine of ['standard', 'firefox', 'webkit'] as const) {
      const { outcome } = await ask({ origin: APP, url: `https://a.example:${port}/` }, engine);
      expect(outcome).toBe('ERR_UNSAFE_PORT');
    }
  });

  test('neither for a preflight nor after a redirect, and the remedy names the port', async () => {
    const preflighted = await browse({ origin: APP, url: 'https://a.example:6000/', method: 'PUT' }, scripted({}));
    expect(preflighted).toMatchObject({
      exchanges: [],
      verdict: {
        message: 'PUT https://a.example:6000/ net::ERR_UNSAFE_PORT',
        fix: expect.stringContaining('another port than 6000'),
      },
    });
    const headers = { 'Access-Control-Allow-Origin': '*', Location: 'https://a.example:22/' };
    const redirecting = scripted({ 'GET https://a.example/': { status: 302, headers } });
    const { verdict } = await browse({ origin: APP, url: 'https://a.example/' }, redirecting);
    expect(reason(verdict)).toBe('ERR_UNSAFE_PORT');
  });
});

// Seen in Firefox 153 without a proxy, and in WebKitGTK 2.50.
describe('an address that stands for all addresses is not connected to', () => {
  test.each([
    ['chromium', '0.0.0.0', 'allowed'],
    ['chromium', '[::]', 'allowed'],
    ['firefox', '0.0.0.0', 'ERR_ADDRESS_INVALID'],
    ['firefox', '[0::0]', 'ERR_ADDRESS_INVALID'],
    ['firefox', '127.0.0.1', 'allowed'],
    ['webkit', '0', 'ERR_ADDRESS_INVALID'],
    ['webkit', '[::]', 'allowed'],
  ] as const)('%s, http://%s:3000/: %s', async (engine, host, expected) => {
    const { outcome, sent } = await ask({ origin: 'http://localhost:5173', url: `http://${host}:3000/` }, engine);
    expect({ outcome, sent }).toEqual({ outcome: expected, sent: expected === 'allowed' ? 1 : 0 });
  });

  test.each([
    ['chromium', 'ERR_UNSAFE_PORT'],
    ['firefox', 'ERR_UNSAFE_PORT'],
    ['webkit', 'ERR_ADDRESS_INVALID'],
  ] as const)('%s, with a bad port as well: %s', async (engine, expected) => {
    const { outcome } = await ask({ origin: 'http://localhost:5173', url: 'http://0.0.0.0:137/' }, engine);
    expect(outcome).toBe(expected);
  });

  const FAILED =
    'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://0.0.0.0:3000/. (Reason: CORS request did not succeed). Status code: (null).';
  test.each([
    ['firefox', 'GET', FAILED],
    ['firefox', 'PUT', `${FAILED}\n${FAILED}`],
    ['webkit', 'GET', 'Not allowed to use restricted network host "0.0.0.0": http://0.0.0.0:3000/'],
    ['webkit', 'PUT', 'Not allowed to use restricted network host "0.0.0.0": http://0.0.0.0:3000/'],
  ] as const)('%s says so of %s, and the remedy is localhost', async (engine, method, message) => {
    const page = { origin: 'http://localhost:5173', url: 'http://0.0.0.0:3000/', method };
    const { verdict, exchanges } = await browse(page, scripted({}), { engine });
    expect(exchanges).toEqual([]);
    expect(verdict).toMatchObject({ message, fix: expect.stringContaining('request localhost instead of 0.0.0.0') });
  });

  test('neither after a redirect, not even for a preflight', async () => {
    const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': '*' };
    const redirecting = scripted(
      { 'PUT https://a.example/': { status: 307, headers: { ...headers, Location: 'http://0.0.0.0/' } } },
      { headers },
    );
    const page = { origin: 'http://app.example.com', url: 'https://a.example/', method: 'PUT' };
    const { verdict, exchanges } = await browse(page, redirecting, { engine: 'webkit' });
    expect(exchanges).toHaveLength(2);
    expect(verdict).toMatchObject({
      message:
        'CORS-preflight request was blocked\nFetch API cannot load http://0.0.0.0/ due to access control checks.',
    });
  });
});
