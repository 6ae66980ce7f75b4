import { describe, expect, test } from 'vitest';
import { type CredentialsMode, corsCheck, type HeaderLines } from '../../src/browser.js';

const APP = 'https://app.example.com';

function lines(allowOrigin: string | string[] | undefined, allowCredentials?: string | string[]): HeaderLines {
  const line = (name: string, values: string | string[] = []) => [values].flat().map((value) => [name, value] as const);
  return [
    ...line('Access-Control-Allow-Origin', allowOrigin),
    ...line('access-control-ALLOW-credentials', allowCredentials),
  ];
}

function check(mode: CredentialsMode, headers: HeaderLines, origin = APP): string {
  return corsCheck(origin, mode, headers)?.reason ?? 'passes';
}

describe('without credentials', () => {
  test.each<[allowOrigin: string | string[] | undefined, expected: string]>([
    ['*', 'passes'],
    [' * ', 'passes'],
    [APP, 'passes'],
    [`\t${APP} `, 'passes'],
    [undefined, 'MissingAllowOriginHeader'],
    ['', 'InvalidAllowOriginValue'],
    ['true', 'InvalidAllowOriginValue'],
    ['app.example.com', 'InvalidAllowOriginValue'],
    ['https://*.example.com', 'AllowOriginMismatch'],
    [`${APP}/`, 'AllowOriginMismatch'],
    ['https://APP.example.com', 'AllowOriginMismatch'],
    ['http://app.example.com', 'AllowOriginMismatch'],
    [`${APP}:443`, 'AllowOriginMismatch'],
    ['https://other.example.com', 'AllowOriginMismatch'],
    ['null', 'AllowOriginMismatch'],
    ['*, *', 'MultipleAllowOriginValues'],
    [['*', '*'], 'MultipleAllowOriginValues'],
    [[APP, APP], 'MultipleAllowOriginValues'],
    [[APP, ''], 'MultipleAllowOriginValues'],
    [`${APP} https://b.example`, 'MultipleAllowOriginValues'],
  ])('%j: %s', (allowOrigin, expected) => {
    expect(check('same-origin', lines(allowOrigin))).toBe(expected);
    expect(check('omit', lines(allowOrigin))).toBe(expected);
  });

  test('null is compared like any other origin', () => {
    expect(check('omit', lines('null'), 'null')).toBe('passes');
    expect(check('omit', lines('*'), 'null')).toBe('passes');
    expect(check('omit', lines('NULL'), 'null')).toBe('InvalidAllowOriginValue');
  });
});

describe('with credentials', () => {
  test.each<[allowOrigin: string | undefined, allowCredentials: string | string[] | undefined, expected: string]>([
    [APP, 'true', 'passes'],
    [APP, ' true ', 'passes'],
    ['*', 'true', 'WildcardOriginNotAllowed'],
    [APP, undefined, 'InvalidAllowCredentials'],
    [APP, 'True', 'InvalidAllowCredentials'],
    [APP, 'TRUE', 'InvalidAllowCredentials'],
    [APP, '', 'InvalidAllowCredentials'],
    [APP, '1', 'InvalidAllowCredentials'],
    [APP, ['true', 'true'], 'InvalidAllowCredentials'],
    [undefined, 'true', 'MissingAllowOriginHeader'],
    ['https://b.example', 'true', 'AllowOriginMismatch'],
    ['https://b.example', undefined, 'AllowOriginMismatch'],
  ])('%j and %j: %s', (allowOrigin, allowCredentials, expected) =>
    expect(check('include', lines(allowOrigin, allowCredentials))).toBe(expected),
  );
});

test('a fault has the value at fault', () => {
  expect(corsCheck(APP, 'omit', lines(['*', '*']))?.value).toBe('*, *');
  expect(corsCheck(APP, 'include', lines(APP, 'yes'))?.value).toBe('yes');
});
