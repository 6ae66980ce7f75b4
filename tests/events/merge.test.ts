import { describe, expect, test } from 'vitest';
import { mergeHeaders } from '../../src/events/merge.js';
import { albMultiValue, restApi } from '../../src/events/source.js';
import { compilePolicy } from '../../src/index.js';

const A = 'https://a.example';
const { actualRefused } = compilePolicy({ allowOrigins: [A, 'https://b.example'] });

describe('what the handler set and what stays of it', () => {
  test.each([
    ['an empty line', { vary: '' }, { Vary: 'Origin' }],
    ['a line', { VARY: 'Accept' }, { Vary: 'Accept, Origin' }],
    [
      'exposed headers',
      { 'access-control-EXPOSE-headers': 'X-A' },
      { 'Access-Control-Expose-Headers': 'X-A', Vary: 'Origin' },
    ],
    [
      'headers that CORS has nothing to do with',
      {
        'Access-Control-Allow-Private-Network': 'true',
        'X-Access-Control-Allow-Origin': '*',
        'Access-Control-Max-Ages': '1',
      },
      {
        'Access-Control-Allow-Private-Network': 'true',
        'X-Access-Control-Allow-Origin': '*',
        'Access-Control-Max-Ages': '1',
        Vary: 'Origin',
      },
    ],
    [
      'the policy’s own headers',
      {
        'access-control-allow-origin': '*',
        'Access-Control-Allow-Methods': 'PUT',
        'Access-Control-Allow-Headers': 'X-A',
        'ACCESS-CONTROL-ALLOW-CREDENTIALS': 'true',
        'Access-Control-Max-Age': '5',
      },
      { Vary: 'Origin' },
    ],
  ])('%s', (_name, headers, expected) => {
    expect(mergeHeaders(restApi, { statusCode: 200, headers: { ...headers } }, actualRefused).headers).toEqual(
      expected,
    );
  });

  test('lines of both maps become one, without those that are empty', () => {
    const result = {
      headers: { vary: 'Accept', 'access-control-expose-headers': '' },
      multiValueHeaders: { Vary: ['', 'Cookie'], 'Access-Control-Expose-Headers': ['', 'X-A', 5, 'X-B'] },
    };
    expect(mergeHeaders(restApi, result, actualRefused)).toEqual({
      headers: { Vary: 'Accept, Cookie, Origin', 'Access-Control-Expose-Headers': 'X-A, X-B' },
      multiValueHeaders: {},
    });
  });

  test('what no header can hold is left out of a line', () => {
    const result = { multiValueHeaders: { 'Access-Control-Expose-Headers': ['X-A\n', '\nX-B', '€', 'X-C'] } };
    expect(mergeHeaders(restApi, result, actualRefused).headers).toEqual({
      'Access-Control-Expose-Headers': 'X-C',
      Vary: 'Origin',
    });
  });

  test('a source that reads the other map gets them there', () => {
    const result = { statusCode: 200, multiValueHeaders: { 'X-A': ['a', 'b'], vary: ['Accept'] } };
    expect(mergeHeaders(albMultiValue, result, actualRefused)).toEqual({
      statusCode: 200,
      multiValueHeaders: { 'X-A': ['a', 'b'], Vary: ['Accept, Origin'] },
    });
  });

  test('where nothing varies, the handler’s line stays as it is', () => {
    const headers = { vary: 'accept ,  cookie' };
    expect(mergeHeaders(restApi, { headers: { ...headers } }, compilePolicy().actual).headers).toMatchObject(headers);
  });
});
