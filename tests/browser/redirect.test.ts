import { describe, expect, test } from 'vitest';
import { browse, type PageRequest, type Verdict } from '../../src/browser.js';
import { type Answer, scripted, trace } from './scripted.js';

const APP = 'https://app.example.com';
const [A, B] = ['https://a.example', 'https://b.example'];
const OPEN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Allow-Methods': '*',
};

function to(location: string, status = 302, headers: Record<string, string> = OPEN): Answer {
  return { status, headers: { ...headers, Location: location } };
}

async function follow(answers: Record<string, Answer>, request: Partial<PageRequest> = {}) {
  const transport = scripted(answers, { headers: OPEN });
  const { verdict } = await browse({ origin: APP, url: `${A}/1`, ...request }, transport);
  return { verdict, trace: trace(transport.requests), requests: transport.requests };
}

function outcome(verdict: Verdict): unknown {
  return verdict.allowed ? verdict.type : verdict.reason;
}

describe('the Origin after redirects', () => {
  test.each<[name: string, start: string, hops: string[], expected: string[]]>([
    ['within one other origin', A, [`${A}/2`], [APP, APP]],
    ['from another origin to a third', A, [`${B}/2`], [APP, 'null']],
    ['from another origin back home', A, [`${APP}/2`], [APP, 'null']],
    ['from home to another origin', APP, [`${A}/2`], ['', APP]],
    ['from home to another and to a third', APP, [`${A}/2`, `${B}/3`], ['', APP, 'null']],
    ['null stays null', A, [`${B}/2`, `${B}/3`], [APP, 'null', 'null']],
    ['relative', A, ['2', '../3?x#y'], [APP, APP, APP]],
  ])('%s', async (_name, start, hops, expected) => {
    const urls = [`${start}/1`];
    for (const hop of hops) urls.push(new URL(hop, urls.at(-1)).href.replace('#y', ''));
    const answers = Object.fromEntries(hops.map((hop, at) => [`GET ${urls[at]}`, to(hop)]));
    const { verdict, trace } = await follow(answers, { url: `${start}/1` });
    expect(trace).toEqual(urls.map((url, at) => `GET ${url} ${expected[at]}`.trim()));
    expect(verdict).toMatchObject({ allowed: true, type: 'cors', redirected: true, url: urls.at(-1) });
  });

  // Seen in all three: WebKit does what the Standard says.
  test.each([
    ['chromium', '%C3%A9?%FC'],
    ['firefox', '%C3%A9?%FC'],
    ['webkit', '%C3%83%C2%A9?%C3%BC'],
    ['standard', '%C3%83%C2%A9?%C3%BC'],
  ] as const)('bytes above 0x7F in %s: %s', async (engine, expected) => {
    const transport = scripted({ [`GET ${A}/1`]: to(`${B}/\xc3\xa9?\xfc`) }, { headers: OPEN });
    await browse({ origin: APP, url: `${A}/1` }, transport, { engine });
    expect(transport.requests.at(-1)?.url).toBe(`${B}/${expected}`);
  });

  test('the response must allow null, and no longer the page’s own origin', async () => {
    const named = { headers: { 'Access-Control-Allow-Origin': APP } };
    const refused = await follow({ [`GET ${A}/1`]: to(`${B}/2`), [`GET ${B}/2`]: named });
    expect(refused.verdict).toMatchObject({
      reason: 'AllowOriginMismatch',
      fix: expect.stringMatching(/redirect.*"null"/),
    });
    expect(refused.verdict).toMatchObject({
      message:
        `Access to fetch at '${B}/2' (redirected from '${A}/1') from origin '${APP}' has been blocked by CORS policy: ` +
        `The 'Access-Control-Allow-Origin' header has a value '${APP}' that is not equal to the supplied origin. ` +
        'Have the server send the header with a valid value.',
    });
    const ofNull = { headers: { 'Access-Control-Allow-Origin': 'null' } };
    expect(outcome((await follow({ [`GET ${A}/1`]: to(`${B}/2`), [`GET ${B}/2`]: ofNull })).verdict)).toBe('cors');
  });
});

describe('every hop is judged', () => {
  test.each<[name: string, answers: Record<string, Answer>, url: string, expected: string]>([
    ['the redirect itself', { [`GET ${A}/1`]: to(`${A}/2`, 302, {}) }, `${A}/1`, 'MissingAllowOriginHeader'],
    ['the target', { [`GET ${A}/1`]: to(`${A}/2`), [`GET ${A}/2`]: {} }, `${A}/1`, 'MissingAllowOriginHeader'],
    [
      'home again, after another origin',
      { [`GET ${A}/1`]: to(`${APP}/2`), [`GET ${APP}/2`]: {} },
      `${A}/1`,
      'MissingAllowOriginHeader',
    ],
    ['not a redirect from home', { [`GET ${APP}/1`]: to(`${A}/2`, 302, {}) }, `${APP}/1`, 'cors'],
    ['not at home', { [`GET ${APP}/1`]: to('/2', 302, {}), [`GET ${APP}/2`]: {} }, `${APP}/1`, 'basic'],
  ])('%s', async (_name, answers, url, expected) => {
    expect(outcome((await follow(answers, { url })).verdict)).toBe(expected);
  });
});

describe('where a redirect may lead', () => {
  test.each<[location: string, expected: string]>([
    ['https://u:p@b.example/', 'RedirectContainsCredentials'],
    ['https://u@a.example/', 'RedirectContainsCredentials'],
    ['https://u:p@app.example.com/', 'RedirectContainsCredentials'],
    ['ftp://b.example/', 'CorsDisabledScheme'],
    ['mailto:a@b.example', 'CorsDisabledScheme'],
    ['file:///etc/hosts', 'ERR_UNSAFE_REDIRECT'],
    ['about:blank', 'ERR_UNSAFE_REDIRECT'],
    ['data:text/plain,x', 'ERR_UNSAFE_REDIRECT'],
    ['javascript:alert(1)', 'CorsDisabledScheme'],
    ['https://[', 'ERR_INVALID_REDIRECT'],
    ['', 'cors'],
  ])('from another origin to %j: %s', async (location, expected) => {
    expect(outcome((await follow({ [`GET ${A}/1`]: to(location) })).verdict)).toBe(expected);
  });

  test('a user name or password is followed to the page’s own origin, except in Chromium', async () => {
    const home = { url: `${APP}/1` };
    const answers = { [`GET ${APP}/1`]: to('https://u:p@app.example.com/2') };
    expect(outcome((await follow(answers, home)).verdict)).toBe('ERR_ABORTED');
    const page = await browse({ origin: APP, ...home }, scripted(answers), { engine: 'standard' });
    expect(outcome(page.verdict)).toBe('basic');
    expect(outcome((await follow({ [`GET ${APP}/1`]: to('https://u:p@a.example/2') }, home)).verdict)).toBe(
      'RedirectContainsCredentials',
    );
  });

  test('the console names the target, and lists the schemes', async () => {
    const { verdict } = await follow({ [`GET ${A}/1`]: to('ftp://b.example/') });
    expect(verdict).toMatchObject({
      message:
        `Access to fetch at 'ftp://b.example/' (redirected from '${A}/1') from origin '${APP}' has been blocked by ` +
        'CORS policy: Cross origin requests are only supported for protocol schemes: chrome, chrome-extension, ' +
        'chrome-untrusted, data, http, https, isolated-app.',
    });
  });

  test.each<[location: string, expected: string]>([
    ['https://[', 'ERR_INVALID_REDIRECT'],
    ['ftp://b.example/', 'MissingAllowOriginHeader'],
    ['https://u:p@b.example/', 'MissingAllowOriginHeader'],
  ])('%s, by a response without CORS headers: %s', async (location, expected) => {
    expect(outcome((await follow({ [`GET ${A}/1`]: to(location, 302, {}) })).verdict)).toBe(expected);
  });

  test('a preflight whose target is not a URL', async () => {
    const answers = { [`OPTIONS ${A}/1`]: to('https://[', 307) };
    expect(outcome((await follow(answers, { method: 'PUT' })).verdict)).toBe('ERR_INVALID_REDIRECT');
  });

  test('the fragment stays, unless the location has its own', async () => {
    const refused = { headers: {} };
    const message = async (location: string) => {
      const { verdict } = await follow({ [`GET ${A}/1`]: to(location), [`GET ${A}/2`]: refused }, { url: `${A}/1#x` });
      return verdict.allowed ? '' : verdict.message.split(' from origin', 1)[0];
    };
    expect(await message('/2')).toBe(`Access to fetch at '${A}/2#x' (redirected from '${A}/1#x')`);
    expect(await message('/2#y')).toBe(`Access to fetch at '${A}/2#y' (redirected from '${A}/1#x')`);
  });

  test('two different locations fail, and the same one twice counts once', async () => {
    const lines = (second: string) => ({
      status: 302,
      headers: [...Object.entries(OPEN), ['Location', '/2'], ['location', second]] as const,
    });
    expect(outcome((await follow({ [`GET ${A}/1`]: lines('/3') })).verdict)).toBe(
      'ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION',
    );
    expect((await follow({ [`GET ${A}/1`]: lines('/2') })).trace).toEqual([`GET ${A}/1 ${APP}`, `GET ${A}/2 ${APP}`]);
  });

  test('twenty redirects are followed, not one more', async () => {
    const chain = (length: number) =>
      Object.fromEntries(Array.from({ length }, (_, at) => [`GET ${A}/${at + 1}`, to(`${A}/${at + 2}`)]));
    expect(outcome((await follow(chain(20))).verdict)).toBe('cors');
    const more = await follow(chain(21));
    expect(outcome(more.verdict)).toBe('ERR_TOO_MANY_REDIRECTS');
    expect(more.requests).toHaveLength(21);
  });

  test.each([300, 304, 305, 306, 399])('status %d is not a redirect', async (status) => {
    expect((await follow({ [`GET ${A}/1`]: to('/2', status) })).verdict).toMatchObject({ status, redirected: false });
  });

  test('a redirect without Location is an ordinary response', async () => {
    expect((await follow({ [`GET ${A}/1`]: { status: 301, headers: OPEN } })).verdict).toMatchObject({ status: 301 });
  });
});

describe('the method and the body', () => {
  test.each<[method: string, status: number, expected: string]>([
    ['POST', 301, 'GET'],
    ['POST', 302, 'GET'],
    ['POST', 303, 'GET'],
    ['POST', 307, 'POST'],
    ['POST', 308, 'POST'],
    ['PUT', 301, 'PUT'],
    ['PUT', 302, 'PUT'],
    ['PUT', 303, 'GET'],
    ['PUT', 307, 'PUT'],
    ['HEAD', 303, 'HEAD'],
  ])('%s after %d is %s', async (method, status, expected) => {
    const body = method === 'HEAD' ? {} : { body: '{}', headers: { 'Content-Type': 'application/json', 'X-A': '1' } };
    const { requests } = await follow({ [`${method} ${A}/1`]: to('/2', status) }, { method, ...body });
    const last = requests.at(-1);
    expect(last?.method).toBe(expected);
    if (method === 'HEAD') return;
    expect(last?.body).toBe(expected === 'GET' ? undefined : '{}');
    const names = last?.headers.map(([name]) => name);
    expect(names?.includes('content-type')).toBe(expected !== 'GET');
    expect(names).toContain('x-a');
  });
});

describe('preflights', () => {
  const put = { method: 'PUT' };
  test('a preflight that is redirected fails, whatever its headers', async () => {
    const { verdict, trace } = await follow({ [`OPTIONS ${A}/1`]: to('/2', 307) }, put);
    expect(verdict).toMatchObject({ reason: 'PreflightDisallowedRedirect', fix: expect.stringContaining('"/2"') });
    expect(trace).toHaveLength(1);
    expect(outcome((await follow({ [`OPTIONS ${A}/1`]: to('/2', 301, {}) }, put)).verdict)).toBe(
      'PreflightDisallowedRedirect',
    );
  });

  test('a redirect status without Location is a status that is not ok', async () => {
    const { verdict } = await follow({ [`OPTIONS ${A}/1`]: { status: 301, headers: OPEN } }, put);
    expect(outcome(verdict)).toBe('PreflightInvalidStatus');
  });

  test('each URL gets its own, with the origin null where it is', async () => {
    const { verdict, trace } = await follow({ [`PUT ${A}/1`]: to(`${B}/2`) }, put);
    expect(outcome(verdict)).toBe('cors');
    expect(trace).toEqual([`OPTIONS ${A}/1 ${APP}`, `PUT ${A}/1 ${APP}`, `OPTIONS ${B}/2 null`, `PUT ${B}/2 null`]);
  });

  test('a request that leaves the page’s origin needs one from there on', async () => {
    const { trace } = await follow({ [`PUT ${APP}/1`]: to(`${A}/2`, 302, {}) }, { ...put, url: `${APP}/1` });
    expect(trace).toEqual([`PUT ${APP}/1 ${APP}`, `OPTIONS ${A}/2 ${APP}`, `PUT ${A}/2 ${APP}`]);
  });

  test('a redirect that removes the reason removes the preflight', async () => {
    const json = { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } };
    const { trace } = await follow({ [`POST ${A}/1`]: to(`${A}/2`, 303) }, json);
    expect(trace).toEqual([`OPTIONS ${A}/1 ${APP}`, `POST ${A}/1 ${APP}`, `GET ${A}/2 ${APP}`]);
  });

  test('Authorization is not sent on to another origin', async () => {
    const request = { headers: { Authorization: 'x' } };
    const across = await follow({ [`GET ${A}/1`]: to(`${B}/2`) }, request);
    expect(across.trace).toEqual([`OPTIONS ${A}/1 ${APP}`, `GET ${A}/1 ${APP}`, `GET ${B}/2 null`]);
    expect(across.requests.at(-1)?.headers.map(([name]) => name)).not.toContain('authorization');
    const within = await follow({ [`GET ${A}/1`]: to(`${A}/2`) }, request);
    expect(within.requests.at(-1)?.headers).toContainEqual(['authorization', 'x']);
  });
});

describe('credentials', () => {
  const allow = (origin: string) => ({
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
  });
  const request = { credentials: 'include', cookie: 'a=1' } as const;

  test('every hop must allow them; the cookie stays with its host', async () => {
    const answers = { [`GET ${A}/1`]: to(`${B}/2`, 302, allow(APP)), [`GET ${B}/2`]: { headers: allow('null') } };
    const { verdict, requests } = await follow(answers, request);
    expect(outcome(verdict)).toBe('cors');
    expect(requests.map(({ headers }) => headers.some(([name]) => name === 'cookie'))).toEqual([true, false]);
  });

  test('a wildcard at the redirect fails', async () => {
    expect(outcome((await follow({ [`GET ${A}/1`]: to('/2') }, request)).verdict)).toBe('WildcardOriginNotAllowed');
  });

  test('same-origin: they are no longer sent away from the page’s origin', async () => {
    const { requests } = await follow({ [`GET ${APP}/1`]: to(`${A}/2`) }, { url: `${APP}/1`, cookie: 'a=1' });
    expect(requests.map(({ headers }) => headers.some(([name]) => name === 'cookie'))).toEqual([true, false]);
  });
});

test('in Chromium, client hints follow only to the page’s own origin; Save-Data goes everywhere', async () => {
  const request = { headers: { DPR: 'x', 'Save-Data': 'x' } };
  const asked = async (location: string) => {
    const url = new URL(location, `${A}/1`).href;
    const { requests } = await follow({ [`GET ${A}/1`]: to(location) }, request);
    const preflight = requests.find((one) => one.method === 'OPTIONS' && one.url === url);
    return preflight?.headers.find(([name]) => name === 'access-control-request-headers')?.[1];
  };
  expect(await asked('/2')).toBe('save-data');
  expect(await asked(`${B}/2`)).toBe('save-data');
  expect(await asked(`${APP}/2`)).toBe('dpr,save-data');
});
