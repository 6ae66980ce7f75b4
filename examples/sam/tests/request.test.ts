import { describe, expect, test } from 'vitest';
import { type HttpEvent, readRequest } from '../src/request.js';
import { toResult } from '../src/result.js';

const json = '{"text":"milk"}';
const base64 = Buffer.from(json).toString('base64');
const elb = {
  targetGroupArn: 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/notes/6d0ecf831eec9f09',
};

const events: readonly { readonly source: string; readonly event: HttpEvent }[] = [
  { source: 'REST API, HTTP API 1.0', event: { httpMethod: 'POST', path: '/notes', requestContext: {}, body: json } },
  {
    source: 'HTTP API 2.0, function URL',
    event: { rawPath: '/notes', requestContext: { http: { method: 'POST' } }, body: base64, isBase64Encoded: true },
  },
  { source: 'load balancer', event: { httpMethod: 'POST', path: '/notes', requestContext: { elb }, body: json } },
  {
    source: 'VPC Lattice v1',
    event: { method: 'POST', raw_path: '/notes?draft=1', body: base64, is_base64_encoded: true },
  },
  { source: 'VPC Lattice v2', event: { method: 'POST', path: '/notes?draft=1', requestContext: {}, body: json } },
  {
    source: 'any of them, parsed by Middy',
    event: { httpMethod: 'POST', path: '/notes', requestContext: {}, body: { text: 'milk' } },
  },
];

test.each(events)('reads a request that came through $source', ({ event }) => {
  const { method, path, readJson } = readRequest(event);
  expect({ method, path, input: readJson() }).toEqual({ method: 'POST', path: '/notes', input: { text: 'milk' } });
});

describe('a result has its headers where the source reads them', () => {
  test.each([
    { source: 'REST API', event: { multiValueHeaders: {}, requestContext: {} }, map: 'headers', value: 'notes/n1' },
    { source: 'load balancer', event: { requestContext: { elb } }, map: 'headers', value: 'notes/n1' },
    {
      source: 'load balancer with multi-value headers',
      event: { multiValueHeaders: {}, requestContext: { elb } },
      map: 'multiValueHeaders',
      value: ['notes/n1'],
    },
  ])('$source: $map', ({ event, map, value }) => {
    expect(toResult(event, { status: 201, headers: { Location: 'notes/n1' } })).toEqual({
      statusCode: 201,
      [map]: { Location: value },
      body: '',
      isBase64Encoded: false,
    });
  });
});
