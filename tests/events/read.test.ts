import { describe, expect, test } from 'vitest';
import { readRequest } from '../../src/events/read.js';

const A = 'https://a.example';

describe('a request header is found', () => {
  test.each([
    ['in lower case', { headers: { origin: A } }],
    ['as browsers write it', { headers: { Origin: A } }],
    ['in any other case', { headers: { oRIGIN: A } }],
    ['in any other case, where the other map is empty', { headers: { oRIGIN: A }, multiValueHeaders: {} }],
    ['in an array', { headers: { origin: [A] } }],
    ['in the other map', { headers: null, multiValueHeaders: { ORIGIN: [A] } }],
    ['among lines that are not text', { headers: { origin: [5, A, null] } }],
  ])('%s', (_name, event) => {
    expect(readRequest('GET', event, true).origin).toBe(A);
  });

  test('its lines are joined, and what is not text is left out', () => {
    const headers = { Origin: A, 'access-control-request-headers': ['x-a', 5, undefined, 'x-b'] };
    expect(readRequest('OPTIONS', { headers }, true).requestHeaders).toBe('x-a,x-b');
  });
});

test('several lines of Origin are one text, which no policy allows', () => {
  expect(readRequest('GET', { multiValueHeaders: { origin: [A, A] } }, true).origin).toBe(`${A},${A}`);
});

test('where the maps differ, both count', () => {
  const event = { multiValueHeaders: { 'X-A': ['a'] }, headers: { 'access-control-request-method': 'PUT', origin: A } };
  expect(readRequest('OPTIONS', event, true)).toMatchObject({ requestMethod: 'PUT', origin: A });
});

test('what a preflight asks for is read from preflights alone', () => {
  const headers = { 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': 'x-a' };
  expect(readRequest('OPTIONS', { headers }, true)).toMatchObject({ requestMethod: 'PUT', requestHeaders: 'x-a' });
  expect(readRequest('GET', { headers }, true)).toMatchObject({ requestMethod: undefined, requestHeaders: undefined });
  expect(readRequest('OPTIONS', { headers }, false)).toMatchObject({ requestMethod: 'PUT', requestHeaders: undefined });
});

describe('a request header is not found', () => {
  test.each([
    ['without headers', {}],
    ['under another name', { headers: { undefined: A, 'x-origin': A, origins: A } }],
    ['under the beginning of its name', { headers: { orig: A, '': A } }],
    ['under a name of the same length', { headers: { 'x-rigi': A } }],
    ['as a number', { headers: { origin: 5 } }],
    ['as an array without text', { headers: { origin: [5] } }],
    ['in headers that are an array', { headers: [A] }],
  ])('%s', (_name, event) => {
    expect(readRequest('GET', event, true).origin).toBeUndefined();
  });
});
