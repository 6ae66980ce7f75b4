import { expect, test } from 'vitest';
import { mergeVary } from '../../src/core/vary.js';

test.each([
  ['', 'Origin', 'Origin'],
  ['Accept', 'Origin', 'Accept, Origin'],
  ['Accept,origin', 'Origin, Accept-Language', 'Accept, origin, Accept-Language'],
  ['*', 'Origin', '*'],
  ['Accept, *', 'Origin', '*'],
])('%j and %j are %j', (fromHandler, fromPolicy, merged) => {
  expect(mergeVary(fromHandler, fromPolicy)).toBe(merged);
});
