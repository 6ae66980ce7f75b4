import { describe, expect, test } from 'vitest';
import { decide } from '../../src/core/decide.js';
import { echoHeaderNames, echoMethod } from '../../src/core/echo.js';
import { compilePolicy } from '../../src/index.js';

/** Names that are together as long as that, with the commas between them. */
function names(length: number): string {
  return `x-${'a'.repeat(length - 6)},x-b`;
}

describe('requested header names are echoed', () => {
  test.each([
    ['one', 'x-a', 'x-a'],
    ['each once, whatever its case', 'x-a, X-A,x-b', 'x-a,x-b'],
    ['only what is a token', 'x-a, x b,,x-c\r\n', 'x-a,x-c'],
    ['up to 4096 characters', names(4096), names(4096)],
    ['up to 128 names', 'x-a,'.repeat(127).concat('x-b'), 'x-a,x-b'],
  ])('%s', (_name, requested, echoed) => {
    expect(echoHeaderNames(requested)).toBe(echoed);
  });

  test.each([
    ['nothing', ''],
    ['nothing that is a token', ' , x b'],
    ['4097 characters', names(4097)],
    ['129 names', 'x-a,'.repeat(128).concat('x-b')],
  ])('but not for %s', (_name, requested) => {
    expect(echoHeaderNames(requested)).toBeUndefined();
  });
});

describe('a requested method is echoed', () => {
  test.each(['GET', 'PURGE', 'patch', 'TRACES', 'M-SEARCH'])('%s', (method) => {
    expect(echoMethod(method)).toBe(method);
  });

  test.each(['TRACE', 'trace', 'Connect', 'TRACK', '', 'GET, PUT', 'GET\r\nX: y', '*a b'])('but not %j', (method) => {
    expect(echoMethod(method)).toBeUndefined();
  });
});

test('a preflight for TRACE is answered without a list of methods', () => {
  const A = 'https://a.example';
  const policy = compilePolicy({ allowOrigins: A, allowCredentials: true, allowMethods: '*' });
  const request = { method: 'OPTIONS', origin: A, requestMethod: 'TRACE', requestHeaders: undefined };
  expect(decide(policy, request, true)).toMatchObject({ allowOrigin: A, allowMethods: undefined });
  expect(decide(policy, { ...request, requestMethod: 'PUT' }, true)).toMatchObject({ allowMethods: 'PUT' });
});
