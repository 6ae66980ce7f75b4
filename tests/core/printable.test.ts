import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable, quote } from '../../src/core/printable.js';
import { unsafeIn } from '../support/unsafe.js';

test.each([
  ['\u001b[2J\u0007', '\\u001b[2J\\u0007'],
  ['a\r\nb\tc\0', 'a\\u000d\\u000ab\\u0009c\\u0000'],
  ['\u007f', '\\u007f'],
  ['\u0080\u0085\u009b31m\u009f', '\\u0080\\u0085\\u009b31m\\u009f'],
  ['\u2028\u2029', '\\u2028\\u2029'],
  ['\u061c\u200e\u200f', '\\u061c\\u200e\\u200f'],
  ['\u202a\u202b\u202c\u202d\u202e', '\\u202a\\u202b\\u202c\\u202d\\u202e'],
  ['\u2066\u2067\u2068\u2069', '\\u2066\\u2067\\u2068\\u2069'],
  ['\ud800 \udfff', '\\ud800 \\udfff'],
  ['\u{e0041}', '\\udb40\\udc41'],
  ['\u{e0002}', '\\udb40\\udc02'],
  ['plain, ünï, 日本, 🎉, "quoted" \\', 'plain, ünï, 日本, 🎉, "quoted" \\'],
])('%j is printed as %s', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

const TEXT = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.nat(0xffff).map((n) => String.fromCharCode(n)),
  ),
});

test('nothing unsafe is left of any text, and to print it twice changes nothing', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      const printed = printable(text);
      expect(unsafeIn(printed)).toEqual([]);
      expect(printable(printed)).toBe(printed);
    }),
  );
});

test('a quoted text is JSON that means the text', () => {
  fc.assert(
    fc.property(TEXT, (text) => {
      expect(JSON.parse(quote(text))).toBe(text);
    }),
  );
});
