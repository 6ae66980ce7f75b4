import { STATUS_CODES } from 'node:http';
import { describe, expect, test } from 'vitest';
import { errorResult, makeErrorResult } from '../../src/events/error-result.js';
import { albMultiValue, albSingleValue, restApi, vpcLattice } from '../../src/events/source.js';
import { statusPhrase } from '../../src/events/status-phrase.js';

function result(statusCode: number, message: string, headers: object = {}) {
  const all = { ...headers, 'Content-Type': 'application/json' };
  return { statusCode, headers: all, body: JSON.stringify({ message }) };
}

describe('an error that is exposed is sent', () => {
  test.each([
    ['its status and message', { statusCode: 418, message: 'Tea' }, result(418, 'Tea')],
    ['the other name of a status', { status: 503, message: 'Later' }, result(503, 'Later')],
    ['the status that is one', { statusCode: 200, status: 400, message: 'No' }, result(400, 'No')],
    ['the phrase in place of a message', { statusCode: 404, message: 5 }, result(404, 'Not Found')],
    [
      'text among its headers',
      { statusCode: 400, message: 'No', headers: { 'X-A': 'a', 'X-B': 5, 'X-C': true, 'X-D': {}, 'X-E': null } },
      result(400, 'No', { 'X-A': 'a', 'X-B': '5', 'X-C': 'true' }),
    ],
    ['headers that are not an object', { statusCode: 400, message: 'No', headers: 'X-A: a' }, result(400, 'No')],
    [
      'none of the headers that are the server’s own',
      {
        statusCode: 400,
        message: 'No',
        headers: { Date: 'x', 'content-length': '5', 'Proxy-Authenticate': 'x', TE: 'x', Dates: 'x', 'X-Server': 'x' },
      },
      result(400, 'No', { Dates: 'x', 'X-Server': 'x' }),
    ],
  ])('%s', (_name, error, expected) => {
    expect(errorResult(restApi, { ...error, expose: true })).toEqual({ result: expected, exposed: true });
  });
});

describe('an error that is not exposed keeps its status alone', () => {
  const headers = { 'X-A': 'a' };

  test.each([
    ['without expose', { statusCode: 404, message: 'secret', headers }, 404],
    ['with another expose', { statusCode: 404, message: 'secret', headers, expose: 'true' }, 404],
    ['with a status that is not an error’s', { statusCode: 399, message: 'secret', expose: true }, 500],
    ['with a status that no gateway sends', { statusCode: 600, message: 'secret', expose: true }, 500],
    ['without a status', { message: 'secret', expose: true }, 500],
    ['with a header that the source refuses', { statusCode: 404, expose: true, headers: { 'X A': 'a' } }, 404],
    ['with a status that throws', Object.defineProperty({}, 'status', { get: thrown }), 500],
    [
      'with a message that throws',
      Object.defineProperty({ status: 404, expose: true }, 'message', { get: thrown }),
      500,
    ],
    ['that is text', 'secret', 500],
    ['that is null', null, 500],
    ['that is a list', Object.assign([], { statusCode: 404 }), 500],
    ['of Middy', { name: 'TimeoutError', cause: { package: '@middy/core' } }, 504],
    ['of Middy with a status', { name: 'TimeoutError', cause: { package: '@middy/core' }, statusCode: 503 }, 503],
    ['of the same name', { name: 'TimeoutError', cause: { package: 'undici' } }, 500],
    ['of the same name without a cause', { name: 'TimeoutError' }, 500],
    ['of Middy with another name', { name: 'Error', cause: { package: '@middy/core' } }, 500],
  ])('%s', (_name, error, status) => {
    const expected = result(status, STATUS_CODES[status] as string);
    expect(errorResult(restApi, error)).toEqual({ result: expected, exposed: false });
  });
});

function thrown(): never {
  throw new Error('x');
}

test('a result of our own making has the map and the keys that the source wants', () => {
  const body = '{"message":"Not Found"}';
  for (const source of [albSingleValue, vpcLattice]) {
    expect(makeErrorResult(source, 404)).toEqual({
      statusCode: 404,
      headers: { 'Content-Type': 'application/json' },
      body,
      isBase64Encoded: false,
    });
  }
  expect(makeErrorResult(albMultiValue, 404)).toEqual({
    statusCode: 404,
    multiValueHeaders: { 'Content-Type': ['application/json'] },
    body,
    isBase64Encoded: false,
  });
});

test('the phrase of a status is that of Node.js, or that of its class', () => {
  const own = Array.from({ length: 200 }, (_, at) => 400 + at).filter(
    (status) => statusPhrase(status) !== STATUS_CODES[status],
  );
  expect(own.filter((status) => STATUS_CODES[status] !== undefined)).toEqual(HARDLY_USED);
  expect(own.map(statusPhrase)).toEqual(own.map((status) => (status < 500 ? 'Bad Request' : 'Internal Server Error')));
});

const HARDLY_USED = [418, 424, 425, 506, 507, 508, 509, 510];
