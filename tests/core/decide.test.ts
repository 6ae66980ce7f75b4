import { describe, expect, test } from 'vitest';
import { decide, type RequestFacts } from '../../src/core/decide.js';
import { type CorsPolicy, compilePolicy } from '../../src/index.js';

const A = 'https://a.example';

function facts(method: string, origin?: string): RequestFacts {
  return { method, origin, requestMethod: method === 'OPTIONS' ? 'PUT' : undefined, requestHeaders: undefined };
}

describe('nothing is made where nothing varies: the decision is the one that was precomputed', () => {
  const anyone = compilePolicy();
  const one = compilePolicy({ allowOrigins: A, allowCredentials: true });
  const several = compilePolicy({ allowOrigins: [A, 'https://*.example'] });

  test.each([
    ['any origin: a request', anyone, facts('GET', A), true, anyone.actual],
    ['any origin: a request without Origin', anyone, facts('GET'), true, anyone.actual],
    ['any origin: a preflight', anyone, facts('OPTIONS', A), true, anyone.preflight],
    ['one origin: a request', one, facts('GET', A), true, one.actual],
    ['one origin: a request from another', one, facts('GET', 'https://b.example'), false, one.actual],
    ['one origin: a preflight', one, facts('OPTIONS', A), true, one.preflight],
    ['one origin: a refused preflight', one, facts('OPTIONS', 'https://b.example'), false, one.preflightRefused],
    ['several: a refused request', several, facts('GET', 'https://evil.test'), false, several.actualRefused],
    ['several: a refused preflight', several, facts('OPTIONS', 'https://evil.test'), false, several.preflightRefused],
  ])('%s', (_name, policy, request, allowed, expected) => {
    expect(decide(policy, request, allowed)).toBe(expected);
  });

  test('OPTIONS alone is a preflight', () => {
    const request = { method: 'GET', origin: A, requestMethod: 'PUT', requestHeaders: 'x-a' };
    expect(decide(one, request, true)).toBe(one.actual);
  });

  test('an allowed origin of several is the only one that needs a decision of its own', () => {
    const decision = decide(several, facts('GET', A), true);
    expect(decision).not.toBe(several.actual);
    expect(decision).toEqual({ ...several.actual, allowOrigin: A });
  });
});

describe('with credentials and *, a preflight names what was asked for', () => {
  const asked = { method: 'OPTIONS', origin: A, requestMethod: 'PURGE', requestHeaders: 'x-a' };
  const credentials = { allowOrigins: A, allowCredentials: true };

  test.each([
    ['methods', { ...credentials, allowMethods: '*', allowHeaders: ['X-B'] }, 'PURGE', 'X-B'],
    ['headers', { ...credentials, allowMethods: ['PUT'], allowHeaders: '*' }, 'PUT', 'x-a'],
    ['both', { ...credentials, allowMethods: '*', allowHeaders: '*' }, 'PURGE', 'x-a'],
    ['neither', { ...credentials, allowMethods: ['PUT'], allowHeaders: ['X-B'] }, 'PUT', 'X-B'],
    ['neither without credentials', { allowOrigins: A, allowMethods: '*', allowHeaders: '*' }, '*', '*,Authorization'],
  ] as const)('%s', (_name, policy, allowMethods, allowHeaders) => {
    expect(decide(compilePolicy(policy as CorsPolicy), asked, true)).toMatchObject({ allowMethods, allowHeaders });
  });

  test('and nothing where nothing was asked for', () => {
    const policy = compilePolicy({ allowOrigins: A, allowCredentials: true, allowHeaders: '*' });
    const { allowHeaders } = decide(policy, { ...asked, requestHeaders: undefined }, true);
    expect(allowHeaders).toBeUndefined();
  });
});
