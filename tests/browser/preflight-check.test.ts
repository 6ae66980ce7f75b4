import { describe, expect, test } from 'vitest';
import {
  ENGINES,
  type EngineName,
  type HeaderLine,
  type PreflightQuestion,
  parseMaxAge,
  preflightCheck,
} from '../../src/browser.js';

const APP = 'https://app.example.com';

interface Answer {
  readonly status?: number;
  readonly origin?: string | null;
  readonly credentials?: string;
  readonly methods?: string | readonly string[];
  readonly headers?: string | readonly string[];
}

function ask(question: Partial<PreflightQuestion>, answer: Answer, engine: EngineName = 'chromium'): string {
  const line = (name: string, value: string | readonly string[] | null = []): HeaderLine[] =>
    [value ?? []].flat().map((one) => [`Access-Control-Allow-${name}`, one]);
  const headers = [
    ...line('Origin', answer.origin === undefined ? APP : answer.origin),
    ...line('Credentials', answer.credentials),
    ...line('Methods', answer.methods),
    ...line('Headers', answer.headers),
  ];
  const full = { origin: APP, credentials: 'same-origin', method: 'GET', unsafeHeaders: [], ...question } as const;
  const result = preflightCheck(full, { status: answer.status ?? 204, headers }, ENGINES[engine]);
  return 'reason' in result ? [result.reason, result.value].filter(Boolean).join(' ') : 'passes';
}

describe('the order of the checks: each row corrects the fault of the row before', () => {
  const question = { credentials: 'include', method: 'PUT', unsafeHeaders: ['authorization', 'x-a'] } as const;
  test.each<[expected: string, answer: Answer]>([
    ['PreflightMissingAllowOriginHeader', { origin: null, status: 500, methods: '@', headers: '@' }],
    ['PreflightWildcardOriginNotAllowed', { origin: '*', status: 500, methods: '@', headers: '@' }],
    ['PreflightMultipleAllowOriginValues *, *', { origin: '*, *', status: 500, methods: '@', headers: '@' }],
    ['PreflightInvalidAllowOriginValue x', { origin: 'x', status: 500, methods: '@', headers: '@' }],
    ['PreflightAllowOriginMismatch null', { origin: 'null', status: 500, methods: '@', headers: '@' }],
    ['PreflightInvalidAllowCredentials', { status: 500, methods: '@', headers: '@' }],
    ['PreflightInvalidStatus 500', { credentials: 'true', status: 500, methods: '@', headers: '@' }],
    ['InvalidAllowMethodsPreflightResponse', { credentials: 'true', methods: '@', headers: '@' }],
    ['InvalidAllowHeadersPreflightResponse', { credentials: 'true', methods: 'X', headers: '@' }],
    ['MethodDisallowedByPreflightResponse PUT', { credentials: 'true', methods: 'X', headers: 'X' }],
    ['HeaderDisallowedByPreflightResponse authorization', { credentials: 'true', methods: 'PUT', headers: 'X' }],
    ['HeaderDisallowedByPreflightResponse x-a', { credentials: 'true', methods: 'PUT', headers: 'Authorization' }],
    ['passes', { credentials: 'true', methods: 'PUT', headers: 'Authorization, X-A' }],
  ])('%s', (expected, answer) => expect(ask(question, answer)).toBe(expected));
});

test.each([
  [200, true],
  [204, true],
  [299, true],
  [300, false],
  [304, false],
  [403, false],
  [199, false],
])('status %d passes: %s', (status, passes) => {
  expect(ask({}, { status })).toBe(passes ? 'passes' : `PreflightInvalidStatus ${status}`);
});

describe('methods', () => {
  test.each<[method: string, allowed: string | readonly string[] | undefined, expected: string]>([
    ['GET', undefined, 'passes'],
    ['POST', 'PUT', 'passes'],
    ['HEAD', '', 'passes'],
    ['PUT', undefined, 'MethodDisallowedByPreflightResponse PUT'],
    ['PUT', 'PUT', 'passes'],
    ['PUT', 'GET,PUT', 'passes'],
    ['PUT', ' GET ,\tPUT ', 'passes'],
    ['PUT', ',,PUT,,', 'passes'],
    ['PUT', ['GET', 'PUT'], 'passes'],
    ['PUT', 'put', 'MethodDisallowedByPreflightResponse PUT'],
    ['patch', 'PATCH', 'MethodDisallowedByPreflightResponse patch'],
    ['patch', 'patch', 'passes'],
    ['PUT', '*', 'passes'],
    ['PUT', 'GET, *', 'passes'],
    ['*', '*', 'passes'],
    ['PUT', '"PUT"', 'InvalidAllowMethodsPreflightResponse'],
    ['PUT', 'PUT DELETE', 'InvalidAllowMethodsPreflightResponse'],
    ['GET', 'GET; PUT', 'InvalidAllowMethodsPreflightResponse'],
    ['GET', '[GET]', 'InvalidAllowMethodsPreflightResponse'],
    ['PUT', 'PUT,é', 'InvalidAllowMethodsPreflightResponse'],
    ['PUT', ['PUT', 'a b'], 'InvalidAllowMethodsPreflightResponse'],
  ])('%s with %j: %s', (method, methods, expected) =>
    expect(ask({ method }, methods === undefined ? {} : { methods })).toBe(expected),
  );

  test('with credentials * is only a name', () => {
    const answer = { credentials: 'true', methods: '*' };
    expect(ask({ credentials: 'include', method: 'PUT' }, answer)).toBe('MethodDisallowedByPreflightResponse PUT');
    expect(ask({ credentials: 'include', method: '*' }, answer)).toBe('passes');
    expect(ask({ credentials: 'include', method: 'POST' }, answer)).toBe('passes');
  });
});

describe('headers', () => {
  test.each<[unsafe: readonly string[], allowed: string | readonly string[], expected: string]>([
    [['x-a'], 'x-a', 'passes'],
    [['x-a'], 'X-A', 'passes'],
    [['x-a', 'x-b'], 'X-B,x-a', 'passes'],
    [['x-a', 'x-b'], ['X-B', 'x-a'], 'passes'],
    [['x-a', 'x-b'], 'x-b', 'HeaderDisallowedByPreflightResponse x-a'],
    [['x-a'], '', 'HeaderDisallowedByPreflightResponse x-a'],
    [['x-a'], '*', 'passes'],
    [['x-a'], 'x-b, *', 'passes'],
    [['x-a'], 'x-a x-b', 'InvalidAllowHeadersPreflightResponse'],
    [[], 'x-a:', 'InvalidAllowHeadersPreflightResponse'],
  ])('%j with %j: %s', (unsafeHeaders, headers, expected) =>
    expect(ask({ unsafeHeaders }, { headers })).toBe(expected),
  );

  test.each<[engine: EngineName, headers: string, expected: string]>([
    ['standard', '*', 'HeaderDisallowedByPreflightResponse authorization'],
    ['standard', '*,Authorization', 'passes'],
    ['chromium', '*', 'passes'],
    ['firefox', '*', 'passes'],
    ['webkit', '*', 'passes'],
    ['chromium', 'x-a', 'HeaderDisallowedByPreflightResponse authorization'],
  ])('Authorization in %s with %j: %s', (engine, headers, expected) =>
    expect(ask({ unsafeHeaders: ['authorization'] }, { headers }, engine)).toBe(expected),
  );

  test('with credentials * is only a name', () => {
    const answer = { credentials: 'true', headers: '*' };
    expect(ask({ credentials: 'include', unsafeHeaders: ['x-a'] }, answer)).toBe(
      'HeaderDisallowedByPreflightResponse x-a',
    );
    expect(ask({ credentials: 'include', unsafeHeaders: ['*'] }, answer)).toBe('passes');
  });
});

describe('what is looked at first', () => {
  test.each<[engine: EngineName, expected: string]>([
    ['standard', 'PreflightMissingAllowOriginHeader'],
    ['chromium', 'PreflightMissingAllowOriginHeader'],
    ['firefox', 'PreflightMissingAllowOriginHeader'],
    ['webkit', 'PreflightInvalidStatus 403'],
  ])('a 403 without Access-Control-Allow-Origin in %s: %s', (engine, expected) => {
    const question = { origin: 'https://a.example', credentials: 'omit', method: 'PUT', unsafeHeaders: [] } as const;
    const fault = preflightCheck(question, { status: 403, headers: [] }, ENGINES[engine]);
    expect('reason' in fault && [fault.reason, fault.value].join(' ').trim()).toBe(expected);
  });

  test.each<[engine: EngineName, expected: string]>([
    ['standard', 'InvalidAllowHeadersPreflightResponse'],
    ['chromium', 'InvalidAllowHeadersPreflightResponse'],
    ['firefox', 'MethodDisallowedByPreflightResponse PURGE'],
    ['webkit', 'InvalidAllowHeadersPreflightResponse'],
  ])('a method that is missing, and headers that are not a list, in %s: %s', (engine, expected) =>
    expect(ask({ method: 'PURGE' }, { methods: 'PUT', headers: 'a b' }, engine)).toBe(expected),
  );
});

describe('Access-Control-Max-Age in seconds', () => {
  test.each<[value: string | undefined, standard: number, chromium: number, firefox: number, webkit: number]>([
    [undefined, 5, 5, 5, 5],
    ['', 5, 5, 5, 5],
    ['0', 0, 0, 0, 0],
    ['600', 600, 600, 600, 600],
    ['007', 7, 7, 7, 7],
    ['86400', 86400, 7200, 86400, 600],
    ['-1', 5, 0, 0, 0],
    ['+9', 5, 9, 0, 9],
    ['++9', 5, 5, 0, 5],
    ['+', 5, 5, 0, 5],
    ['1.5', 5, 5, 0, 5],
    ['1e3', 5, 5, 0, 5],
    ['600, 600', 5, 5, 0, 5],
    ['60s', 5, 5, 0, 5],
    ['99999999999999999999', 1e20, 5, 86400, 5],
    ['9223372036854775807', 2 ** 63, 7200, 86400, 600],
    ['9223372036854775808', 2 ** 63, 5, 86400, 5],
    ['-9223372036854775808', 5, 0, 0, 0],
    ['-9223372036854775809', 5, 5, 0, 5],
  ])('%j: %d, in Chromium %d, Firefox %d, WebKit %d', (value, standard, chromium, firefox, webkit) => {
    expect(parseMaxAge(value, ENGINES.standard)).toBe(standard);
    expect(parseMaxAge(value, ENGINES.chromium)).toBe(chromium);
    expect(parseMaxAge(value, ENGINES.firefox)).toBe(firefox);
    expect(parseMaxAge(value, ENGINES.webkit)).toBe(webkit);
  });

  test.each<[engine: EngineName, limit: number]>([
    ['webkit', 600],
    ['chromium', 7200],
    ['firefox', 86400],
  ])('%s keeps it no longer than %d', (engine, limit) => {
    expect(parseMaxAge('1000000', ENGINES[engine])).toBe(limit);
    expect(parseMaxAge(String(limit), ENGINES[engine])).toBe(limit);
    expect(parseMaxAge(String(limit - 1), ENGINES[engine])).toBe(limit - 1);
  });
});
