import { expect, test } from 'vitest';
import { isForbiddenResponseHeader, SAFELISTED_RESPONSE_HEADERS } from '../../src/core/readable-headers.js';

test('what scripts may read without being told, as the Fetch Standard lists it', () => {
  expect(SAFELISTED_RESPONSE_HEADERS).toEqual(
    'cache-control content-language content-length content-type expires last-modified pragma'.split(' '),
  );
});

test.each([
  ['set-cookie', true],
  ['SET-COOKIE2', true],
  ['cookie', false],
])('whether scripts may never read %s: %s', (name, forbidden) => {
  expect(isForbiddenResponseHeader(name)).toBe(forbidden);
});
