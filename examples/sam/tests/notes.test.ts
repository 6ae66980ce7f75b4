import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { APP } from './events.js';
import { corsHeadersOf, deployments, readableBy } from './handlers.js';

const note = { id: 'n1', text: 'milk', createdAt: '2026-01-01T00:00:00.000Z' };
const table = mockClient(DynamoDBDocumentClient);

beforeEach(() => {
  table.reset();
  table.on(ScanCommand).resolves({ Items: [note] });
  table.on(GetCommand).resolves({});
  table.on(GetCommand, { Key: { id: 'n1' } }).resolves({ Item: note });
  table.on(PutCommand).resolves({});
  table.on(DeleteCommand).resolves({});
  vi.spyOn(console, 'error').mockReset().mockReturnValue(undefined);
});

describe.each(deployments)('$deployment', ({ send }) => {
  test.each([
    { what: 'lists notes', method: 'GET', path: '/notes', status: 200, body: { notes: [note] } },
    { what: 'reads a note', method: 'GET', path: '/notes/n1', status: 200, body: note },
    { what: 'deletes a note', method: 'DELETE', path: '/notes/n1', status: 204, body: undefined },
  ])('$what', async ({ method, path, status, body }) => {
    const result = await send({ method, path });
    expect(result.statusCode).toBe(status);
    expect(result.body).toBe(body === undefined ? '' : JSON.stringify(body));
    expect(corsHeadersOf(result)).toEqual(readableBy(APP));
  });

  test('creates a note, says where it is, and stores what it answers', async () => {
    const result = await send({ method: 'POST', path: '/notes', body: '{"text":"bread"}' });
    const created = JSON.parse(result.body);
    expect(created).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      text: 'bread',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect(result).toMatchObject({ statusCode: 201, headers: { Location: `notes/${created.id}` } });
    expect(table.commandCalls(PutCommand)[0]?.args[0].input.Item).toEqual(created);
    expect(corsHeadersOf(result)).toEqual(readableBy(APP));
  });

  test.each([
    { what: 'an unknown path', request: { method: 'GET', path: '/nowhere' }, status: 404 },
    { what: 'a note that is not there', request: { method: 'GET', path: '/notes/n2' }, status: 404 },
    { what: 'a method that the route has not', request: { method: 'DELETE', path: '/notes' }, status: 405 },
    { what: 'a method that every object has', request: { method: 'toString', path: '/notes' }, status: 405 },
    { what: 'a note without text', request: { method: 'POST', path: '/notes', body: '{}' }, status: 400 },
    { what: 'a note of blanks', request: { method: 'POST', path: '/notes', body: '{"text":" "}' }, status: 400 },
    {
      what: 'a text that is not a string',
      request: { method: 'POST', path: '/notes', body: '{"text":7}' },
      status: 400,
    },
    { what: 'null for a note', request: { method: 'POST', path: '/notes', body: 'null' }, status: 400 },
    { what: 'no body at all', request: { method: 'POST', path: '/notes' }, status: 400 },
    {
      what: 'a text of 1001 characters',
      request: { method: 'POST', path: '/notes', body: JSON.stringify({ text: 'x'.repeat(1001) }) },
      status: 400,
    },
  ])('answers $status to $what, for the browser to read', async ({ request, status }) => {
    const result = await send(request);
    expect(result.statusCode).toBe(status);
    expect(JSON.parse(result.body)).toEqual({ message: expect.any(String) });
    expect(corsHeadersOf(result)).toEqual(readableBy(APP));
    expect(table.commandCalls(PutCommand)).toEqual([]);
  });

  test('tells the browser that a body is not JSON', async () => {
    const result = await send({ method: 'POST', path: '/notes', body: '{' });
    // Middy's body parser says 422, the API itself 400.
    expect([400, 422]).toContain(result.statusCode);
    expect(JSON.parse(result.body)).toEqual({ message: expect.stringContaining('JSON') });
    expect(corsHeadersOf(result)).toEqual(readableBy(APP));
  });

  test('names the methods of a route with a 405', async () => {
    const result = await send({ method: 'PUT', path: '/notes' });
    expect(result).toMatchObject({ statusCode: 405, headers: { Allow: 'GET, POST' } });
  });

  test('makes a readable 500 of an error in the code, which only the log explains', async () => {
    const result = await send({ method: 'GET', path: '/fail' });
    expect(result.statusCode).toBe(500);
    expect(result.body).toBe('{"message":"Internal Server Error"}');
    expect(corsHeadersOf(result)).toEqual(readableBy(APP));
    expect(console.error).toHaveBeenCalledExactlyOnceWith(
      expect.any(String),
      expect.objectContaining({ message: 'This route always fails' }),
    );
  });

  test('answers a preflight without touching the table', async () => {
    const result = await send({
      method: 'OPTIONS',
      path: '/notes',
      headers: { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' },
    });
    expect(result.statusCode).toBe(204);
    expect(corsHeadersOf(result)).toEqual({
      'access-control-allow-origin': APP,
      'access-control-allow-methods': 'GET,POST,DELETE',
      'access-control-allow-headers': 'Content-Type',
      'access-control-max-age': '600',
      vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    });
    expect(table.calls()).toEqual([]);
  });

  test.each([
    { origin: 'https://pr-7.preview.example.com', headers: readableBy('https://pr-7.preview.example.com') },
    { origin: 'https://elsewhere.example', headers: { vary: 'Origin' } },
  ])('tells a page of $origin what ALLOWED_ORIGINS says', async ({ origin, headers }) => {
    const result = await send({ method: 'GET', path: '/notes', origin });
    expect(result.statusCode).toBe(200);
    expect(corsHeadersOf(result)).toEqual(headers);
  });
});
