import { expect, test } from 'vitest';
import { isToken, listTokens } from '../../src/core/tokens.js';

test('a token is made of the characters that RFC 9110 names, and of no others', () => {
  const characters = Array.from({ length: 0x180 }, (_, code) => String.fromCharCode(code));
  const inTokens = [..."!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"];
  expect(characters.filter(isToken).sort()).toEqual(inTokens.sort());
  expect(characters.filter((character) => isToken(`a${character}`)).sort()).toEqual(inTokens.sort());
  expect(isToken('')).toBe(false);
});

test('the tokens of a list: each once, as it stands first, without the spaces around it', () => {
  expect(listTokens(' X-A,x-a ,,x b,\tX-B\t')).toEqual(['X-A', 'X-B']);
});
