/** The short way for common results: what it takes, and what it leaves to accept.ts and merge.ts. */
import { describe, expect, test } from 'vitest';
import { mergeCommon } from '../../src/events/common-result.js';
import { compilePolicy } from '../../src/index.js';

const { actual } = compilePolicy();
const OURS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS',
  'Access-Control-Allow-Headers':
    'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent',
};
const OK = { statusCode: 200, body: 'x' };

describe('a common result is taken', () => {
  test.each([
    ['without headers', OK, { ...OK, headers: OURS }],
    ['with headers that are undefined', { ...OK, headers: undefined }, { ...OK, headers: OURS }],
    ['with headers', { ...OK, headers: { 'X-A': 'a' } }, { ...OK, headers: { 'X-A': 'a', ...OURS } }],
    [
      'with a header that was seen before',
      { ...OK, headers: { 'X-A': 'b', 'content-type': 'application/json' } },
      { ...OK, headers: { 'X-A': 'b', 'content-type': 'application/json', ...OURS } },
    ],
    [
      'with the encoding of its body',
      { ...OK, isBase64Encoded: true },
      { ...OK, isBase64Encoded: true, headers: OURS },
    ],
    ['with no encoding', { ...OK, isBase64Encoded: false }, { ...OK, isBase64Encoded: false, headers: OURS }],
    ['with an encoding that is undefined', { ...OK, isBase64Encoded: undefined }, { ...OK, headers: OURS }],
    ['with all of it', { ...OK, headers: {}, isBase64Encoded: true }, { ...OK, isBase64Encoded: true, headers: OURS }],
    ['with an empty body', { statusCode: 599, body: '' }, { statusCode: 599, body: '', headers: OURS }],
  ])('%s', (_name, result, expected) => {
    const frozen = Object.freeze({ ...result });
    expect(mergeCommon(frozen, actual)).toStrictEqual(expected);
  });

  test('however many names of headers there are', () => {
    for (let at = 0; at < 200; at += 1) {
      const headers = { [`X-Name-${at}`]: 'a' };
      expect(mergeCommon({ ...OK, headers }, actual)).toEqual({ ...OK, headers: { ...headers, ...OURS } });
    }
  });
});

const hidden = (target: object, key: string, value: unknown) => Object.defineProperty(target, key, { value });

describe('another result is left alone', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'x'],
    ['a list', Object.assign([], OK)],
    ['a function', Object.assign(() => {}, OK)],
    [
      'an instance of a class',
      new (class {
        statusCode = 200;
        body = 'x';
      })(),
    ],
    ['an object without a prototype', Object.assign(Object.create(null), OK)],
    ['one that says itself what it is', { ...OK, toJSON: () => OK }],
    ['one that says so in secret', hidden({ ...OK }, 'toJSON', () => OK)],
    ['without a body', { statusCode: 200 }],
    ['with a body that is null', { statusCode: 200, body: null }],
    ['with a body that is not text', { statusCode: 200, body: 5 }],
    ['without a status', { body: 'x' }],
    ['with a status as text', { statusCode: '200', body: 'x' }],
    ['with a status that no gateway sends', { statusCode: 199, body: 'x' }],
    ['with headers that are null', { ...OK, headers: null }],
    ['with headers that are a list', { ...OK, headers: [] }],
    ['with Headers', { ...OK, headers: new Headers() }],
    ['with headers that say themselves what they are', { ...OK, headers: { toJSON: () => ({}) } }],
    ['with an encoding as text', { ...OK, isBase64Encoded: 'true' }],
    ['with an encoding that is null', { ...OK, isBase64Encoded: null }],
    ['with another key', { ...OK, cookies: [] }],
    ['with another key that is undefined', { ...OK, more: undefined }],
    ['with a status that JSON does not see', hidden({ body: 'x' }, 'statusCode', 200)],
    ['with a body that JSON does not see', hidden({ statusCode: 200 }, 'body', 'x')],
    ['with headers that JSON does not see', hidden({ ...OK }, 'headers', {})],
    ['with an encoding that JSON does not see', hidden({ ...OK }, 'isBase64Encoded', true)],
    ['with a header that is not text', { ...OK, headers: { 'X-B': 5 } }],
    ['with a header that is undefined', { ...OK, headers: { 'X-B': undefined } }],
    ['with a line break in a header', { ...OK, headers: { 'X-B': 'a\n' } }],
    ['with a character that is not one byte', { ...OK, headers: { 'X-B': '€' } }],
    ['with a character that is not one byte at the beginning', { ...OK, headers: { 'X-B': '€ 5' } }],
    ['with Vary', { ...OK, headers: { VARY: 'Accept' } }],
    ['with a header of CORS', { ...OK, headers: { 'ACCESS-control-allow-origin': '*' } }],
    [
      'with a header of CORS that holds JSON',
      { ...OK, headers: { 'Access-Control-Allow-Origin': 'application/json' } },
    ],
    ['with a name that is not a token', { ...OK, headers: { 'X B': 'a' } }],
    ['with a name without characters', { ...OK, headers: { '': 'a' } }],
  ])('%s', (_name, result) => {
    expect(mergeCommon(result, actual)).toBeUndefined();
    // A name that was refused is not remembered as one that may pass.
    expect(mergeCommon(result, actual)).toBeUndefined();
  });
});
