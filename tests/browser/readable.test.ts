import { expect, test } from 'vitest';
import { type CredentialsMode, type HeaderLines, readableHeaders, type Tainting } from '../../src/browser.js';

const SENT: HeaderLines = [
  ['Cache-Control', 'no-store'],
  ['content-language', 'de'],
  ['content-length', '2'],
  ['Content-Type', 'text/plain'],
  ['expires', '0'],
  ['last-modified', 'x'],
  ['pragma', 'x'],
  ['X-A', '1'],
  ['x-a', ' 2 '],
  ['X-B', '3'],
  ['*', '4'],
  ['__proto__', '5'],
  ['Set-Cookie', 'a=1'],
  ['set-cookie2', 'a=1'],
  ['access-control-allow-origin', '*'],
];
const SAFELISTED = [
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
];
const ALL = [...SAFELISTED, 'x-a', 'x-b', '*', '__proto__', 'access-control-allow-origin'];

test.each<[tainting: Tainting, mode: CredentialsMode, expose: string | string[] | undefined, names: string[]]>([
  ['cors', 'omit', undefined, SAFELISTED],
  ['cors', 'omit', 'X-A', [...SAFELISTED, 'x-a']],
  ['cors', 'omit', ' x-a ,, X-B,', [...SAFELISTED, 'x-a', 'x-b']],
  ['cors', 'omit', ['X-A', 'X-B'], [...SAFELISTED, 'x-a', 'x-b']],
  ['cors', 'omit', 'X-None', SAFELISTED],
  ['cors', 'omit', 'X-A X-B', SAFELISTED],
  ['cors', 'omit', 'X-A, "X-B"', SAFELISTED],
  ['cors', 'omit', ['X-A', '@'], SAFELISTED],
  ['cors', 'omit', '*', [...ALL, 'access-control-expose-headers']],
  ['cors', 'same-origin', 'X-A, *', [...ALL, 'access-control-expose-headers']],
  ['cors', 'include', '*', [...SAFELISTED, '*']],
  ['cors', 'include', '*, X-A', [...SAFELISTED, '*', 'x-a']],
  ['cors', 'omit', 'Set-Cookie, Set-Cookie2', SAFELISTED],
  ['cors', 'omit', '__proto__', [...SAFELISTED, '__proto__']],
  ['basic', 'omit', undefined, ALL],
  ['basic', 'include', '@', [...ALL, 'access-control-expose-headers']],
])('%s, %s, exposing %j', (tainting, mode, expose, names) => {
  const lines = [expose ?? []].flat().map((value) => ['Access-Control-Expose-Headers', value] as const);
  const readable = readableHeaders(tainting, mode, [...SENT, ...lines]);
  expect(Object.keys(readable).sort()).toEqual([...names].sort());
});

test('several lines are one value', () => {
  expect(readableHeaders('basic', 'omit', SENT)).toMatchObject({ 'x-a': '1, 2', 'cache-control': 'no-store' });
});
