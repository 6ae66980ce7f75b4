import { describe, expect, test } from 'vitest';
import { mimeEssence } from '../../src/browser/safelist.js';
import { ENGINES, type HeaderLines, preflightReasons, preflightRequest } from '../../src/browser.js';

function rules(headers: HeaderLines, engine = ENGINES.chromium): string[] {
  return preflightReasons('GET', headers, engine).map(({ name, rule }) => `${name} ${rule}`);
}

const long = (length: number) => 'a'.repeat(length);
const type = 'text/plain';

describe('a header needs a preflight, by this rule', () => {
  test.each<[name: string, value: string, rule: string | undefined]>([
    ['accept', '*/*', undefined],
    ['Accept', 'text/html;q=0.9, application/json', undefined],
    ['accept', '', undefined],
    ['accept', 'a\tb', undefined],
    ['accept', 'é', undefined],
    ['accept', long(128), undefined],
    ['accept', long(129), 'length'],
    ...['\x00', '\x08', '\x0b', '\x1f', '"', '(', ')', ':', '<', '>', '?', '@', '[', '\\', ']', '{', '}', '\x7f'].map(
      (byte): [string, string, string] => ['accept', `a${byte}b`, 'unsafe-byte'],
    ),
    ['accept-language', 'de-CH,de;q=0.9,*;q=0.5', undefined],
    ['accept-language', 'de_CH', 'language'],
    ['accept-language', 'é', 'language'],
    ['accept-language', 'a\tb', 'language'],
    ['content-language', 'en, de', undefined],
    ['content-language', '@', 'language'],
    ['content-language', long(129), 'length'],
    ['content-type', type, undefined],
    ['Content-Type', 'TEXT/Plain', undefined],
    ['content-type', 'text/plain;charset=UTF-8', undefined],
    ['content-type', 'text/plain ; charset=utf-8', undefined],
    ['content-type', 'text/plain;', undefined],
    ['content-type', 'text/plain;json', undefined],
    ['content-type', 'application/x-www-form-urlencoded', undefined],
    ['content-type', 'multipart/form-data; boundary=-x', undefined],
    ['content-type', 'multipart/form-data; boundary="x"', 'unsafe-byte'],
    ['content-type', 'application/json', 'content-type'],
    ['content-type', 'text/plain, text/plain', 'content-type'],
    ['content-type', 'text/plain2', 'content-type'],
    ['content-type', 'text / plain', 'content-type'],
    ['content-type', '\t text/plain \t', undefined],
    ['content-type', '\u00a0text/plain', 'content-type'],
    ['content-type', 'text/plain\u00a0;charset=utf-8', 'content-type'],
    ['content-type', 'text', 'content-type'],
    ['content-type', '', 'content-type'],
    ['content-type', '/', 'content-type'],
    ['content-type', `text/plain;${long(117)}`, undefined],
    ['content-type', `text/plain;${long(118)}`, 'length'],
    ['range', 'bytes=0-', undefined],
    ['range', 'bytes=0-0', undefined],
    ['range', 'bytes=5-', undefined],
    ['range', 'bytes=5-99', undefined],
    ['range', 'bytes=-99', 'range'],
    ['range', 'bytes=9-5', 'range'],
    ['range', 'bytes=0-5,7-9', 'range'],
    ['range', 'bytes = 0-5', 'range'],
    ['range', 'items=0-5', 'range'],
    ['range', 'bytes=-', 'range'],
    ['range', 'bytes=0-9223372036854775807', undefined],
    ['range', `bytes=0-${'9'.repeat(130)}`, 'length'],
    ['authorization', 'x', 'name'],
    ['x-api-key', '', 'name'],
    ['constructor', 'x', 'name'],
    ['__proto__', 'x', 'name'],
  ])('%s: %j → %s', (name, value, rule) => {
    expect(rules([[name, value]])).toEqual(rule === undefined ? [] : [`${name.toLowerCase()} ${rule}`]);
  });
});

test('if safelisted values exceed 1024 bytes together, all of them are named', () => {
  const eight = Array.from({ length: 8 }, (_, at): [string, string] => [
    ['accept', 'accept-language', 'content-language', 'dpr', 'rtt', 'width', 'downlink', 'viewport-width'][
      at
    ] as string,
    '1'.repeat(128),
  ]);
  expect(rules(eight)).toEqual([]);
  const more = rules([...eight, ['save-data', 'on'], ['x-a', '1']]);
  expect(more).toContain('accept total-length');
  expect(more).toHaveLength(10);
  expect(more).toEqual([...more].sort());
});

describe('only Chromium lets old client hints through without a preflight', () => {
  test.each([
    ['dpr', '2.0', true],
    ['dpr', '2.', false],
    ['device-memory', '8', true],
    ['width', '100', true],
    ['width', '1.5', false],
    ['viewport-width', 'x', false],
    ['downlink', '10', true],
    ['ect', '4g', true],
    ['ect', '5g', false],
    ['save-data', 'On', true],
    ['save-data', 'off', false],
    ['rtt', '50', true],
  ])('%s: %s, %s', (name, value, safe) => {
    expect(rules([[name, value]])).toEqual(safe ? [] : [`${name} name`]);
    expect(rules([[name, value]], ENGINES.standard)).toEqual([`${name} name`]);
  });
});

test.each([
  ['text/plain', 'text/plain'],
  [' Text/HTML ; x', 'text/html'],
  ['text/plain;a/b', 'text/plain'],
  ['a;b/c', undefined],
  ['text /plain', undefined],
  ['text/ plain', undefined],
  ['\t\n\r text/plain\t\n\r ', 'text/plain'],
  ['\u00a0text/plain', undefined],
  ['\ufefftext/plain\f', undefined],
  ['text/', undefined],
  ['/plain', undefined],
  ['', undefined],
])('the essence of %j is %j', (value, expected) => expect(mimeEssence(value)).toBe(expected));

test('each reason has a sentence, and the method comes first', () => {
  expect(preflightReasons('PATCH', [['content-type', 'application/json']], ENGINES.chromium)).toEqual([
    { kind: 'method', name: 'PATCH', rule: 'method', why: 'the method PATCH is not GET, HEAD or POST' },
    {
      kind: 'header',
      name: 'content-type',
      rule: 'content-type',
      why: 'the header content-type is not one of application/x-www-form-urlencoded, multipart/form-data, text/plain',
    },
  ]);
});

describe("the preflight's own headers", () => {
  function own(method: string, headers: HeaderLines) {
    const reasons = preflightReasons(method, headers, ENGINES.chromium);
    const request = preflightRequest('https://api.example.com/', method, 'https://app.example.com', reasons);
    return request.headers.filter(([name]) => /^(access|origin)/.test(name));
  }

  test('lists the names that are not safelisted: in lower case, sorted, joined by a bare comma', () => {
    const headers = [
      ['X-B', '1'],
      ['accept', '*/*'],
      ['X-A', '1'],
      ['Authorization', 'x'],
    ] as const;
    expect(own('PUT', headers)).toEqual([
      ['access-control-request-method', 'PUT'],
      ['access-control-request-headers', 'authorization,x-a,x-b'],
      ['origin', 'https://app.example.com'],
    ]);
  });

  test('has no list of names when there is nothing to list', () => {
    expect(own('DELETE', [['accept', '*/*']])).toEqual([
      ['access-control-request-method', 'DELETE'],
      ['origin', 'https://app.example.com'],
    ]);
  });
});

describe('Range, where Chromium reads 64-bit integers with a sign', () => {
  test.each<[value: string, standard: boolean, chromium: boolean]>([
    ['bytes=0-5', true, true],
    ['Bytes=0-5', false, true],
    ['bytes=+0-5', false, true],
    ['bytes=0-+5', false, true],
    ['bytes=0--1', false, true],
    ['bytes=0--2', false, false],
    ['bytes=-0-5', false, false],
    ['bytes=++0-5', false, false],
    ['bytes= 0-5', false, false],
    ['bytes=0-9223372036854775807', true, true],
    ['bytes=0-9223372036854775808', true, false],
    ['bytes=9223372036854775808-', true, false],
  ])('%j needs no preflight: %s, in Chromium %s', (value, standard, chromium) => {
    expect(rules([['range', value]], ENGINES.standard).length === 0).toBe(standard);
    expect(rules([['range', value]], ENGINES.chromium).length === 0).toBe(chromium);
  });
});
