import { describe, expect, test } from 'vitest';
import { sourceOf } from '../../src/events/source.js';
import { withCors } from '../../src/index.js';
import { sources } from '../support/sources.js';

const NAMES = [
  'a REST API',
  'a REST API',
  'a REST API',
  'an HTTP API (payload format 1.0)',
  'an HTTP API',
  'a function URL',
  'a load balancer',
  'a load balancer with multi-value headers',
  'VPC Lattice',
  'VPC Lattice',
];

test.each(sources.map(({ name, event }, at) => [name, event, NAMES[at]] as const))('%s', (_name, event, expected) => {
  expect(sourceOf(event({ method: 'GET' }))?.name).toBe(expected);
});

describe('an event made by hand is one of a REST API', () => {
  const event = { httpMethod: 'GET', path: '/notes', headers: { origin: 'https://a.example' } };

  test.each([
    ['as in a unit test', event],
    ['without headers', { ...event, headers: null }],
    ['of Netlify', { ...event, rawUrl: 'https://site.example/notes', multiValueHeaders: {}, body: null }],
    ['with a context that is undefined', { ...event, requestContext: undefined }],
  ])('%s', async (_name, made) => {
    expect(sourceOf(made)?.name).toBe('a REST API');
    const handler = withCors(async (_event: unknown) => ({ statusCode: 200 }));
    expect(await handler(made, {})).toMatchObject({ headers: { 'Access-Control-Allow-Origin': '*' } });
  });

  test('its preflight does not run the handler', async () => {
    const handler = withCors(async (_event: unknown): Promise<unknown> => {
      throw new Error('called');
    });
    const headers = { origin: 'https://a.example', 'access-control-request-method': 'PUT' };
    expect(await handler({ ...event, httpMethod: 'OPTIONS', headers }, {})).toMatchObject({ statusCode: 204 });
  });

  test.each([
    ['of a Bedrock agent', { ...event, messageVersion: '1.0', apiPath: '/notes', agent: {} }],
    ['with messageVersion alone', { ...event, messageVersion: '1.0' }],
    ['with apiPath alone', { ...event, apiPath: '/notes' }],
    ['without a path', { httpMethod: 'GET', headers: {} }],
    ['with a path that is not text', { ...event, path: 5 }],
    ['without a method', { path: '/notes', headers: {} }],
    ['without a key for headers', { httpMethod: 'GET', path: '/notes' }],
    ['with headers that are text', { ...event, headers: 'origin' }],
    ['with headers that are a list', { ...event, headers: [] }],
    ['of an authorizer', { ...event, type: 'REQUEST', methodArn: 'arn:…' }],
    ['with a version', { ...event, version: '2.0' }],
    ['with a context that is null', { ...event, requestContext: null }],
  ])('but not one %s', (_name, made) => {
    expect(sourceOf(made)).toBeUndefined();
  });
});

describe('what is not HTTP has no source', () => {
  const rest = { httpMethod: 'GET', path: '/', headers: {}, requestContext: {} };
  const http = { version: '2.0', requestContext: { http: { method: 'GET' }, domainName: 'x.example' } };
  const lattice = { version: '2.0', method: 'GET', requestContext: { serviceArn: 'arn:…' } };

  test('unless one of these is changed', () => {
    expect([rest, http, lattice].map((event) => sourceOf(event)?.name)).toEqual([
      'a REST API',
      'an HTTP API',
      'VPC Lattice',
    ]);
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'GET'],
    ['a list', [rest]],
    ['a WebSocket', { requestContext: { connectionId: 'x' } }],
    ['a WebSocket with a method', { ...rest, requestContext: { connectionId: 'x' } }],
    ['an authorizer', { ...rest, methodArn: 'arn:…' }],
    ['an authorizer of an HTTP API', { ...http, routeArn: 'arn:…' }],
    ['an authorizer of an HTTP API without a context', { ...rest, requestContext: undefined, routeArn: 'arn:…' }],
    ['another version with a method', { ...rest, version: '3.0' }],
    ['another version of an HTTP API', { ...http, version: '3.0' }],
    ['an HTTP API without a version', { ...http, version: undefined }],
    ['an HTTP API without a method', { ...http, requestContext: { http: {} } }],
    ['VPC Lattice without a method', { ...lattice, method: undefined }],
    ['VPC Lattice without a service', { ...lattice, requestContext: {} }],
    ['VPC Lattice without a path', { method: 'GET', headers: {} }],
    ['VPC Lattice with a path alone', { raw_path: '/', headers: {} }],
    ['a queue', { Records: [{ eventSource: 'aws:sqs' }] }],
    ['a schedule', { source: 'aws.events', 'detail-type': 'Scheduled Event' }],
  ])('%s', (_name, event) => {
    expect(sourceOf(event)).toBeUndefined();
  });

  test.each([
    ['a domain of Lambda', 'x.lambda-url.eu-west-1.on.aws', 'a function URL'],
    ['another domain', 'x.execute-api.eu-west-1.amazonaws.com', 'an HTTP API'],
    ['no domain', undefined, 'an HTTP API'],
    ['a domain that is not text', ['.lambda-url.'], 'an HTTP API'],
  ])('%s tells a function URL from an HTTP API', (_name, domainName, expected) => {
    const event = { ...http, requestContext: { ...http.requestContext, domainName } };
    expect(sourceOf(event)?.name).toBe(expected);
  });
});
