import { describe, expect, test } from 'vitest';
import { type HeldBytes, hold, readPrelude, writePrelude } from '../../src/wrap/prelude.js';

const ZEROS = '\0'.repeat(8);

test('a prelude is JSON and eight zero bytes', () => {
  expect(writePrelude({ statusCode: 200 })).toBe(`{"statusCode":200}${ZEROS}`);
});

describe('a prelude is read up to its first zero byte', () => {
  test.each([
    ['{"a":1}', { a: 1 }],
    [`{"a":1}${ZEROS}`, { a: 1 }],
    ['{"a":1}\0{"b":2}', { a: 1 }],
    ['', {}],
    [ZEROS, {}],
    ['null', {}],
    ['0', 0],
    ['{"a":', '{"a":'],
    ['text\0', 'text'],
  ])('%j', (written, prelude) => {
    expect(readPrelude(written)).toEqual(prelude);
  });
});

function nothingHeld(): HeldBytes {
  return { bytes: new Uint8Array(), length: 0, firstZero: -1 };
}

/** What is known after each chunk, as text. */
function holdAll(chunks: readonly string[], maxPrelude: number): unknown[] {
  const held = nothingHeld();
  return chunks.map((chunk) => {
    const beginning = hold(held, new TextEncoder().encode(chunk), maxPrelude);
    return beginning && { ...beginning, body: new TextDecoder().decode(beginning.body) };
  });
}

describe('bytes are held until they are a prelude, or cannot become one', () => {
  test.each<[string, number, string[], unknown[]]>([
    ['a prelude at once', 100, [`{"a":1}${ZEROS}body`], [{ prelude: { a: 1 }, body: 'body' }]],
    ['a prelude without a body', 100, [`{"a":1}${ZEROS}`], [{ prelude: { a: 1 }, body: '' }]],
    [
      'a prelude in pieces',
      100,
      ['{"a"', ':1}', '\0\0\0\0', '\0\0\0', '\0body'],
      [undefined, undefined, undefined, undefined, { prelude: { a: 1 }, body: 'body' }],
    ],
    ['a prelude behind nothing', 100, ['', `{}${ZEROS}`], [undefined, { prelude: {}, body: '' }]],
    ['more zero bytes', 100, [`{}${ZEROS}\0`], [{ prelude: {}, body: '\0' }]],
    ['fewer zero bytes', 100, ['{}\0\0\0\0\0\0\0x'], [{ body: '{}\0\0\0\0\0\0\0x' }]],
    ['something between the zero bytes', 100, ['{}\0\0', '\0x'], [undefined, { body: '{}\0\0\0x' }]],
    ['what does not begin with a brace', 100, ['[]'], [{ body: '[]' }]],
    ['a first byte that is zero', 100, ['\0{}'], [{ body: '\0{}' }]],
    ['a brace alone', 100, ['{'], [undefined]],
    ['the longest that may be', 3, ['{ }'], [undefined]],
    ['the longest that may be, with its end', 3, [`{ }${ZEROS}x`], [{ prelude: {}, body: 'x' }]],
    ['one byte more', 3, ['{  }'], [{ body: '{  }' }]],
    ['one byte more, in two pieces', 3, ['{ }', ' '], [undefined, { body: '{ } ' }]],
    ['what is not JSON', 100, [`{a}${ZEROS}x`], [{ prelude: '{a}', body: 'x' }]],
  ])('%s', (_name, maxPrelude, chunks, expected) => {
    expect(holdAll(chunks, maxPrelude)).toEqual(expected);
  });

  test('a large prelude in small pieces is copied a few times, not once for each', () => {
    const held = nothingHeld();
    const buffers = new Set<Uint8Array>();
    hold(held, new TextEncoder().encode('{'), 1e6);
    for (let at = 0; at < 10_000; at += 1) {
      hold(held, new Uint8Array([0x20]), 1e6);
      buffers.add(held.bytes);
    }
    expect(held.length).toBe(10_001);
    expect(buffers.size).toBeLessThan(20);
    expect(new TextDecoder().decode(held.bytes.subarray(0, held.length))).toBe(`{${' '.repeat(10_000)}`);
  });
});
