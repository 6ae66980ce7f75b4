/** What no log and no terminal may get, written out by code so that it does not share a pattern with the code that it tests. */
const RANGES: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x061c, 0x061c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2064],
  [0x2066, 0x206f],
  [0xfeff, 0xfeff],
  // Of the surrogates only those without their other half have a code of their own here.
  [0xd800, 0xdfff],
  [0xe0001, 0xe007f],
];

/** The unsafe characters of a text, as `U+202E`; those in `except` are fine. */
export function unsafeIn(text: string, except = ''): readonly string[] {
  return [...text]
    .filter((character) => !except.includes(character))
    .map((character) => character.codePointAt(0) ?? 0)
    .filter((code) => RANGES.some(([from, to]) => code >= from && code <= to))
    .map((code) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
}

/** One of each kind. */
export const HOSTILE = '\u001b[2J\u0007\u007f\u009b31m\u061c\u200e\u202e\u2028\u2066';
