// What each engine's console says per cause, as the oracle has read it in the browsers.
import { describe, expect, test } from 'vitest';
import { browse, type EngineName, type HeaderLine, type PageRequest } from '../../src/browser.js';
import { type Answer, scripted } from './scripted.js';

const APP = 'https://app.example';
const API = 'https://api.example/1';
const OPEN: HeaderLine = ['Access-Control-Allow-Origin', '*'];
const OWN: HeaderLine = ['Access-Control-Allow-Origin', APP];

interface Case {
  readonly request?: Partial<PageRequest>;
  readonly preflight?: Answer;
  readonly answer?: Answer;
  readonly chromium: string;
  /** With what every line begins left out. */
  readonly firefox: readonly string[];
  readonly webkit: readonly string[];
}

async function messageOf(engine: EngineName, { request, preflight, answer }: Case): Promise<string> {
  const { method = 'GET' } = request ?? {};
  const server = scripted({
    [`OPTIONS ${API}`]: preflight ?? { headers: [OPEN] },
    [`${method} ${API}`]: answer ?? { headers: [OPEN] },
  });
  const { verdict } = await browse({ origin: APP, url: API, ...request }, server, { engine });
  return verdict.allowed ? 'allowed' : verdict.message;
}

const BLOCKED = `Access to fetch at '${API}' from origin '${APP}' has been blocked by CORS policy: `;
const PREFLIGHT = `${BLOCKED}Response to preflight request doesn't pass access control check: `;
const FIREFOX = `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${API}. `;
const WEBKIT = `Fetch API cannot load ${API} due to access control checks.`;
const ENDED = '(Reason: CORS request did not succeed). Status code: (null).';

const put = { method: 'PUT' };
const include = { credentials: 'include' } as const;

const CASES: Readonly<Record<string, Case>> = {
  'no Access-Control-Allow-Origin': {
    answer: { status: 502 },
    chromium: `${BLOCKED}No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
    firefox: ['(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 502.'],
    webkit: [`Origin ${APP} is not allowed by Access-Control-Allow-Origin. Status code: 502`],
  },
  'another origin': {
    answer: { headers: [['Access-Control-Allow-Origin', 'https://b.example']] },
    chromium: `${BLOCKED}The 'Access-Control-Allow-Origin' header has a value 'https://b.example' that is not equal to the supplied origin. Have the server send the header with a valid value.`,
    firefox: ['(Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://b.example’).'],
    webkit: [`Origin ${APP} is not allowed by Access-Control-Allow-Origin. Status code: 200`],
  },
  'two lines': {
    answer: { headers: [OWN, OWN] },
    chromium: `${BLOCKED}The 'Access-Control-Allow-Origin' header contains multiple values '${APP}, ${APP}', but only one is allowed. Have the server send the header with a valid value.`,
    firefox: ['(Reason: Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).'],
    webkit: ['Access-Control-Allow-Origin cannot contain more than one origin.'],
  },
  'the wildcard and credentials': {
    request: include,
    chromium: `${BLOCKED}The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.`,
    firefox: ['(Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).'],
    webkit: ['Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.'],
  },
  'credentials that are not allowed': {
    request: include,
    answer: { headers: [OWN] },
    chromium: `${BLOCKED}The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'.`,
    firefox: ['(Reason: expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).'],
    webkit: ['Credentials flag is true, but Access-Control-Allow-Credentials is not "true".'],
  },
  'a preflight with status 403, without headers': {
    request: put,
    preflight: { status: 403 },
    chromium: `${PREFLIGHT}No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
    firefox: ['(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 403.', ENDED],
    webkit: ['Preflight response is not successful. Status code: 403'],
  },
  'a preflight with status 403, with headers': {
    request: put,
    preflight: { status: 403, headers: [OPEN] },
    chromium: `${PREFLIGHT}It does not have HTTP ok status.`,
    firefox: ['(Reason: CORS preflight response did not succeed). Status code: 403.', ENDED],
    webkit: ['Preflight response is not successful. Status code: 403'],
  },
  'a preflight that is redirected': {
    request: put,
    preflight: { status: 301, headers: [OPEN, ['Location', '/2']] },
    chromium: `${PREFLIGHT}Redirect is not allowed for a preflight request.`,
    firefox: [
      '(Reason: CORS request external redirect not allowed).',
      '(Reason: CORS preflight response did not succeed). Status code: 301.',
      ENDED,
    ],
    webkit: ['Preflight response is not successful. Status code: 301'],
  },
  'a list of methods that is not a list': {
    request: put,
    preflight: { headers: [OPEN, ['Access-Control-Allow-Methods', 'GET, PUT DELETE']] },
    chromium: `${BLOCKED}Cannot parse Access-Control-Allow-Methods response header field in preflight response.`,
    firefox: ['(Reason: invalid token ‘PUT DELETE’ in CORS header ‘Access-Control-Allow-Methods’).', ENDED],
    webkit: ['Header Access-Control-Allow-Methods has an invalid value: GET, PUT DELETE'],
  },
  'a list of headers that is not a list': {
    request: { headers: { 'X-A': '1' } },
    preflight: { headers: [OPEN, ['Access-Control-Allow-Headers', 'x-a:']] },
    chromium: `${BLOCKED}Cannot parse Access-Control-Allow-Headers response header field in preflight response.`,
    firefox: ['(Reason: invalid token ‘x-a:’ in CORS header ‘Access-Control-Allow-Headers’).', ENDED],
    webkit: ['Header Access-Control-Allow-Headers has an invalid value: x-a:'],
  },
  'a method that is not allowed': {
    request: put,
    chromium: `${BLOCKED}Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.`,
    firefox: ['(Reason: Did not find method in CORS header ‘Access-Control-Allow-Methods’).', ENDED],
    webkit: ['Method PUT is not allowed by Access-Control-Allow-Methods.'],
  },
  'a header that is not allowed': {
    request: { headers: { 'X-Trace-Id': '1' } },
    chromium: `${BLOCKED}Request header field x-trace-id is not allowed by Access-Control-Allow-Headers in preflight response.`,
    firefox: [
      '(Reason: header ‘x-trace-id’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).',
      ENDED,
    ],
    webkit: ['Request header field X-Trace-Id is not allowed by Access-Control-Allow-Headers.'],
  },
  'a redirect without Access-Control-Allow-Origin': {
    answer: { status: 302, headers: [['Location', '/2']] },
    chromium: `${BLOCKED}No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
    firefox: ['(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 302.', ENDED],
    webkit: [
      'Cross-origin redirection to https://api.example/2 denied by Cross-Origin Resource Sharing policy: ' +
        `Origin ${APP} is not allowed by Access-Control-Allow-Origin. Status code: 302`,
    ],
  },
  'a redirect with a password': {
    answer: { status: 302, headers: [OPEN, ['Location', 'https://u:p@b.example/']] },
    chromium: `${BLOCKED}Redirect location '' contains a username and password, which is disallowed for cross-origin requests.`,
    firefox: [ENDED],
    webkit: [
      'Cross-origin redirection to https://b.example/ denied by Cross-Origin Resource Sharing policy: ' +
        'redirection URL https://u:p@b.example/ has credentials',
    ],
  },
};

describe.each(Object.entries(CASES))('%s', (_name, one) => {
  test('Chromium', async () => expect(await messageOf('chromium', one)).toBe(one.chromium));

  test('Firefox', async () => {
    const lines = one.firefox.map((line) =>
      line.includes('Credential is not') ? FIREFOX.replace(API, `‘${API}’`) + line : FIREFOX + line,
    );
    expect(await messageOf('firefox', one)).toBe(lines.join('\n'));
  });

  test('WebKit', async () => expect(await messageOf('webkit', one)).toBe([...one.webkit, WEBKIT].join('\n')));
});

test.each<[engine: EngineName, message: string]>([
  ['chromium', `GET ${API} net::ERR_FAILED`],
  ['firefox', FIREFOX + ENDED],
  ['webkit', 'TypeError: Load failed'],
])('a server that cannot be reached, in %s', async (engine, message) => {
  const unreachable = async () => Promise.reject(new Error('refused'));
  const { verdict } = await browse({ origin: APP, url: API }, unreachable, { engine });
  expect(verdict).toMatchObject({ allowed: false, message });
});

test('what comes from a response is escaped in every engine', async () => {
  const answer = { headers: [['Access-Control-Allow-Origin', 'a\u001b[31m‘\n']] } as const;
  for (const engine of ['chromium', 'firefox', 'webkit'] as const) {
    const server = scripted({ [`GET ${API}`]: answer });
    const { verdict } = await browse({ origin: APP, url: `${API}#\u202e` }, server, { engine });
    const { message } = verdict as { message: string };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
    expect(message).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]/);
  }
});

test('the default is Chromium', async () => {
  const { verdict } = await browse({ origin: APP, url: API }, scripted({}, {}));
  expect(verdict).toMatchObject({ message: expect.stringMatching(/^Access to fetch at/) });
});
