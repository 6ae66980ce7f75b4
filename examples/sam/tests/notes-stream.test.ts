import './environment.js';
import { ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { createGateway } from 'lambda-cors/gateway';
import { beforeEach, expect, test, vi } from 'vitest';
import { handler } from '../src/notes-stream.js';
import { APP } from './events.js';

const notes = ['n1', 'n2', 'n3'].map((id) => ({ id, text: 'milk', createdAt: '2026-01-01T00:00:00.000Z' }));
const table = mockClient(DynamoDBDocumentClient);

beforeEach(() => {
  table.reset();
  vi.spyOn(console, 'error').mockReset().mockReturnValue(undefined);
});

test('every note of every page is a line', async () => {
  const next = { id: 'n2' };
  table.on(ScanCommand).resolves({ Items: notes.slice(0, 2), LastEvaluatedKey: next });
  table.on(ScanCommand, { ExclusiveStartKey: next }).resolves({ Items: notes.slice(2) });
  const { status, type, body } = await ask();
  expect({ status, type }).toEqual({ status: 200, type: 'application/x-ndjson' });
  expect(body.trimEnd().split('\n').map(parse)).toEqual(notes);
});

test('an empty table is an empty answer', async () => {
  table.on(ScanCommand).resolves({ Items: [] });
  expect(await ask()).toEqual({ status: 200, type: 'application/x-ndjson', retry: null, allowed: APP, body: '' });
});

test('a table that is busy is a 503 that a page can read', async () => {
  table.on(ScanCommand).rejects(new ProvisionedThroughputExceededException({ message: 'busy', $metadata: {} }));
  expect(await ask()).toMatchObject({ status: 503, retry: '1', allowed: APP });
});

test('other methods are a 405', async () => {
  expect(await ask({ method: 'POST' })).toMatchObject({ status: 405, allowed: APP });
});

async function ask(init?: RequestInit) {
  const gateway = await createGateway({ handler, source: 'url' }).listen();
  try {
    const response = await fetch(gateway.url, { ...init, headers: { Origin: APP } });
    const { status, headers } = response;
    return {
      status,
      type: headers.get('content-type'),
      retry: headers.get('retry-after'),
      allowed: headers.get('access-control-allow-origin'),
      body: await response.text(),
    };
  } finally {
    await gateway.close();
  }
}

function parse(line: string): unknown {
  return JSON.parse(line);
}
