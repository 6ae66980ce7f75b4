/** The README's section "Blocked by CORS policy?": each symptom has its cause, its sentence and its remedy. */
import { describe, expect, test } from 'vitest';
import { browse, inProcess, type PageRequest, type Transport } from '../../src/browser.js';
import { withCors } from '../../src/index.js';
import { memoryLogger } from '../support/logger.js';

const APP = 'https://app.example.com';
const URL = 'https://api.example.com/notes';
const BLOCKED = `Access to fetch at '${URL}' from origin '${APP}' has been blocked by CORS policy: `;
const PREFLIGHT = "Response to preflight request doesn't pass access control check: ";
const MISSING = "No 'Access-Control-Allow-Origin' header is present on the requested resource.";

const hello = async () => ({ statusCode: 200, body: 'hello' });
const failing = async () => {
  throw new Error('no table');
};

/** A gateway that answers some requests itself. */
function gateway(status: number, message: string, when: (method: string) => boolean, behind: Transport): Transport {
  const headers = [['content-type', 'application/json']] as const;
  return async (request) =>
    when(request.method) ? { status, headers, body: JSON.stringify({ message }) } : behind(request);
}

/** A function URL with its own Cors. */
function functionUrlCors(behind: Transport): Transport {
  return async (request) => {
    const response = await behind(request);
    return { ...response, headers: [...response.headers, ['access-control-allow-origin', '*']] };
  };
}

interface Symptom {
  readonly name: string;
  readonly request?: Partial<PageRequest>;
  readonly transport: Transport;
  readonly sentence: string;
  readonly fix: RegExp;
  /** The same after the remedy. */
  readonly fixed: Transport;
  /** What the page changes, if the remedy is about the request. */
  readonly corrected?: Partial<PageRequest>;
}

const wrapped = inProcess(withCors(hello));
const symptoms: readonly Symptom[] = [
  {
    name: 'the function threw, so the gateway answered itself',
    transport: inProcess(failing),
    sentence: MISSING,
    fix: /withCors around the whole handler/,
    fixed: inProcess(withCors(failing, {}, { logger: memoryLogger() })),
  },
  {
    name: 'an early return without the headers',
    transport: inProcess(hello),
    sentence: MISSING,
    fix: /withCors around the whole handler/,
    fixed: wrapped,
  },
  {
    name: 'an authorizer answered before the function ran',
    transport: gateway(401, 'Unauthorized', () => true, wrapped),
    sentence: MISSING,
    fix: /the gateway or an authorizer/,
    fixed: wrapped,
  },
  {
    name: 'the origin is not in the list',
    transport: inProcess(withCors(hello, { allowOrigins: ['https://a.example', 'https://b.example'] })),
    sentence: MISSING,
    fix: /^add "https:\/\/app\.example\.com" to allowOrigins$/,
    fixed: inProcess(withCors(hello, { allowOrigins: ['https://a.example', APP] })),
  },
  {
    name: 'the only allowed origin is another one',
    transport: inProcess(withCors(hello, { allowOrigins: 'https://a.example' })),
    sentence:
      "The 'Access-Control-Allow-Origin' header has a value 'https://a.example' that is not equal to the supplied " +
      'origin. Have the server send the header with a valid value.',
    fix: /^add "https:\/\/app\.example\.com" to allowOrigins$/,
    fixed: inProcess(withCors(hello, { allowOrigins: APP })),
  },
  {
    name: 'a preflight from an origin that is not in the list',
    request: { method: 'PUT' },
    transport: inProcess(withCors(hello, { allowOrigins: 'https://a.example' })),
    sentence: PREFLIGHT + MISSING,
    fix: /^add "https:\/\/app\.example\.com" to allowOrigins$/,
    fixed: inProcess(withCors(hello, { allowOrigins: APP })),
  },
  {
    name: 'OPTIONS does not reach the function',
    request: { method: 'PUT' },
    transport: gateway(403, 'Missing Authentication Token', (method) => method === 'OPTIONS', wrapped),
    sentence: PREFLIGHT + MISSING,
    fix: /let OPTIONS reach the function/,
    fixed: wrapped,
  },
  {
    name: 'the function answers OPTIONS with an error, headers and all',
    request: { method: 'PUT' },
    transport: inProcess(async () => ({ statusCode: 404, headers: { 'Access-Control-Allow-Origin': '*' } })),
    sentence: `${PREFLIGHT}It does not have HTTP ok status.`,
    fix: /route OPTIONS .* status 404/,
    fixed: wrapped,
  },
  {
    name: 'the preflight is redirected',
    request: { method: 'PUT' },
    transport: inProcess(async () => ({ statusCode: 308, headers: { Location: '/notes/' } })),
    sentence: `${PREFLIGHT}Redirect is not allowed for a preflight request.`,
    fix: /"\/notes\/"/,
    fixed: wrapped,
  },
  {
    name: 'a function URL’s own Cors besides withCors',
    transport: functionUrlCors(wrapped),
    sentence:
      "The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed. " +
      'Have the server send the header with a valid value.',
    fix: /remove the function URL's own Cors/,
    fixed: wrapped,
  },
  {
    name: 'cookies, and a policy for any origin',
    request: { credentials: 'include' },
    transport: wrapped,
    sentence:
      "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the " +
      "request's credentials mode is 'include'.",
    fix: /^set allowOrigins: \["https:\/\/app\.example\.com"\] and allowCredentials: true/,
    fixed: inProcess(withCors(hello, { allowOrigins: [APP], allowCredentials: true })),
  },
  {
    name: 'cookies, and a policy without credentials',
    request: { credentials: 'include', method: 'PUT' },
    transport: inProcess(withCors(hello, { allowOrigins: [APP] })),
    sentence:
      `${PREFLIGHT}The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be ` +
      "'true' when the request's credentials mode is 'include'.",
    fix: /^set allowCredentials: true$/,
    fixed: inProcess(withCors(hello, { allowOrigins: [APP], allowCredentials: true })),
  },
  {
    name: 'a method that the policy does not have',
    request: { method: 'PATCH' },
    transport: inProcess(withCors(hello, { allowMethods: ['GET'] })),
    sentence: 'Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.',
    fix: /^add "PATCH" to allowMethods$/,
    fixed: inProcess(withCors(hello, { allowMethods: ['PATCH'] })),
  },
  {
    name: 'patch in lower case',
    request: { method: 'patch' },
    transport: wrapped,
    sentence: 'Method patch is not allowed by Access-Control-Allow-Methods in preflight response.',
    fix: /^write the method as "PATCH"/,
    fixed: wrapped,
    corrected: { method: 'PATCH' },
  },
  {
    name: 'a header that the policy does not have',
    request: { headers: { 'X-Trace': '1' } },
    transport: wrapped,
    sentence: 'Request header field x-trace is not allowed by Access-Control-Allow-Headers in preflight response.',
    fix: /^add "x-trace" to allowHeaders$/,
    fixed: inProcess(withCors(hello, { allowHeaders: ['X-Trace'] })),
  },
  {
    name: 'a malformed list of methods',
    request: { method: 'PUT' },
    transport: inProcess(async () => ({
      statusCode: 200,
      headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': "'GET,PUT'; x" },
    })),
    sentence: 'Cannot parse Access-Control-Allow-Methods response header field in preflight response.',
    fix: /Access-Control-Allow-Methods is not a list/,
    fixed: wrapped,
  },
];

describe.each(symptoms)('$name', ({ request, transport, sentence, fix, fixed, corrected }) => {
  const asked = { origin: APP, url: URL, ...request };

  test('is reported in the words of the console, with the remedy', async () => {
    const page = await browse(asked, transport);
    expect(page.verdict).toMatchObject({
      allowed: false,
      message: BLOCKED + sentence,
      fix: expect.stringMatching(fix),
    });
    expect(page.problem).toMatch(/^Access to fetch at .*\nTo fix it: [^\n]+$/);
  });

  test('is gone after the remedy', async () => {
    expect((await browse({ ...asked, ...corrected }, fixed)).problem).toBeUndefined();
  });
});

test('the fix for the origin null says where it comes from', async () => {
  const request = { origin: 'null', url: URL };
  const listed = inProcess(withCors(hello, { allowOrigins: [APP, 'https://b.example'] }));
  expect((await browse(request, listed)).verdict).toMatchObject({ fix: expect.stringContaining('sandboxed frame') });
  const single = inProcess(withCors(hello, { allowOrigins: APP }));
  expect((await browse(request, single)).verdict).toMatchObject({ fix: expect.stringContaining('sandboxed frame') });
  expect((await browse(request, wrapped)).problem).toBeUndefined();
});
