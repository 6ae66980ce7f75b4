import { ConditionalCheckFailedException, ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { APP } from './events.js';
import { corsHeadersOf, deployments, readableBy } from './handlers.js';

const table = mockClient(DynamoDBDocumentClient);

beforeEach(() => {
  table.reset();
  vi.spyOn(console, 'error').mockReset().mockReturnValue(undefined);
});

const list = { method: 'GET', path: '/notes' };
const create = { method: 'POST', path: '/notes', body: '{"text":"milk"}' };
const read = { method: 'GET', path: '/notes/n1' };
const remove = { method: 'DELETE', path: '/notes/n1' };

const fromTheTable = { message: 'from the table', $metadata: {} };
const throttled = new ProvisionedThroughputExceededException(fromTheTable);
const conditionFailed = new ConditionalCheckFailedException(fromTheTable);
const timedOut = Object.assign(new Error('no answer from the table'), { name: 'TimeoutError' });

const BUSY = 'The table is busy, try again';

describe.each(deployments)('$deployment', ({ send }) => {
  test.each([
    { what: 'a throttled list', request: list, fault: throttled, status: 503, message: BUSY },
    { what: 'a throttled create', request: create, fault: throttled, status: 503, message: BUSY },
    { what: 'a throttled read', request: read, fault: throttled, status: 503, message: BUSY },
    { what: 'a throttled delete', request: remove, fault: throttled, status: 503, message: BUSY },
    {
      what: 'an id that is taken',
      request: create,
      fault: conditionFailed,
      status: 409,
      message: 'There is a note with this id already',
    },
    {
      what: 'deleting a note that is not there',
      request: remove,
      fault: conditionFailed,
      status: 404,
      message: 'The note does not exist',
    },
    {
      what: 'a table that does not answer',
      request: list,
      fault: timedOut,
      status: 500,
      message: 'Internal Server Error',
    },
  ])('makes a readable $status of $what', async ({ request, fault, status, message }) => {
    table.rejects(fault);
    const result = await send(request);
    expect(result.statusCode).toBe(status);
    expect(result.body).toBe(JSON.stringify({ message }));
    expect(corsHeadersOf(result)).toEqual(readableBy(APP));
  });

  test('says when to try a throttled table again', async () => {
    table.rejects(throttled);
    expect(await send(list)).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '1' } });
  });
});
