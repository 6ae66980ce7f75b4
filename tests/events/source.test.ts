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
