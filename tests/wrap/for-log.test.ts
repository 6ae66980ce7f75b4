import { expect, test } from 'vitest';
import { forLog } from '../../src/wrap/for-log.js';

class Odd extends TypeError {
  readonly statusCode = 400;
}

test.each([
  ['an error', new Odd('fine, ünï\nsecond line')],
  ['with a cause', new Error('a', { cause: new Error('b', { cause: 'c' }) })],
  ['with several', new AggregateError([new Error('a'), 'b'], 'c')],
  ['a text', 'fine'],
  ['an object', { a: '\u001b' }],
  ['nothing', undefined],
])('%s without unsafe text is logged itself', (_, thrown) => {
  expect(forLog(thrown)).toBe(thrown);
});

test('an error with unsafe text is logged as one of the same kind, and is not changed', () => {
  const error = new Odd('a\u001b[2J\nb', { cause: { response: 1 } });
  const before = [error.message, error.stack];
  const logged = forLog(error) as Odd;
  expect(logged).toBeInstanceOf(Odd);
  expect(logged).toMatchObject({ statusCode: 400, message: 'a\\u001b[2J\nb', cause: { response: 1 } });
  expect(logged.stack).toBe(error.stack?.replace('\u001b', '\\u001b'));
  expect([error.message, error.stack]).toEqual(before);
});
