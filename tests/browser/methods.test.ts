import { describe, expect, test } from 'vitest';
import { isForbiddenMethod, isForbiddenRequestHeader, isSafelistedMethod, normalizeMethod } from '../../src/browser.js';

describe('fetch() upper-cases six methods and no others', () => {
  test.each([
    ['get', 'GET'],
    ['Head', 'HEAD'],
    ['pOsT', 'POST'],
    ['put', 'PUT'],
    ['delete', 'DELETE'],
    ['options', 'OPTIONS'],
    ['patch', 'patch'],
    ['Patch', 'Patch'],
    ['PATCH', 'PATCH'],
    ['purge', 'purge'],
    ['poſt', 'poſt'],
    ['optıons', 'optıons'],
    ['', ''],
  ])('%j becomes %j', (method, expected) => expect(normalizeMethod(method)).toBe(expected));
});

test.each([
  ['TRACE', true],
  ['track', true],
  ['Connect', true],
  ['GET', false],
  ['TRACER', false],
])('%s is forbidden: %s', (method, expected) => expect(isForbiddenMethod(method)).toBe(expected));

test.each([
  ['GET', true],
  ['HEAD', true],
  ['POST', true],
  ['PUT', false],
  ['OPTIONS', false],
  ['get', false],
])('%s is safelisted: %s', (method, expected) => expect(isSafelistedMethod(method)).toBe(expected));

test.each([
  ['Cookie', 'a=1', true],
  ['ORIGIN', 'https://a.example', true],
  ['host', 'a', true],
  ['Access-Control-Request-Method', 'GET', true],
  ['Proxy-Anything', '1', true],
  ['proxy', '1', false],
  ['Sec-CH-UA', '1', true],
  ['sec', '1', false],
  ['Accept-Encoding', 'gzip', true],
  ['Date', 'now', true],
  ['Set-Cookie', 'a=1', true],
  ['Authorization', 'x', false],
  ['User-Agent', 'x', false],
  ['X-HTTP-Method-Override', 'PUT', false],
  ['X-HTTP-Method-Override', 'trace', true],
  ['X-Method-Override', 'GET, TRACK', true],
  ['X-HTTP-Method', ' connect ', true],
  ['X-HTTP-Method', 'connects', false],
  ['X-HTTP-Method', '\u00a0TRACE', false],
  ['X-HTTP-Method', 'GET,\tTRACE\u00a0', false],
  ['X-HTTP-Method', '\r\nGET,\tTRACE\t\r\n', true],
  ['X-HTTP-Method', '"GET, TRACE, PUT"', false],
])('the request header %s: %s is the browser’s own: %s', (name, value, expected) =>
  expect(isForbiddenRequestHeader(name, value)).toBe(expected),
);
