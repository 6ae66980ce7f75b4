import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  ScanCommand,
  type ScanCommandOutput,
} from '@aws-sdk/lib-dynamodb';
import { httpError } from './http-error.js';
import { requiredEnv } from './required-env.js';

export interface Note {
  readonly id: string;
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

const TableName = requiredEnv('TABLE_NAME', 'the name of the DynamoDB table');

// A table that does not answer has to fail before the function times out: a gateway's own 504 has no CORS headers.
const table = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
  }),
);

/** Up to a hundred notes, in no particular order. */
export async function listNotes(): Promise<readonly Note[]> {
  const { Items = [] } = await answered(table.send(new ScanCommand({ TableName, Limit: 100 })));
  return Items as Note[];
}

/** Every note, page by page, however many there are. */
export async function* everyNote(): AsyncGenerator<Note> {
  let ExclusiveStartKey: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page = await answered(table.send(new ScanCommand({ TableName, Limit: 100, ExclusiveStartKey })));
    yield* (page.Items ?? []) as Note[];
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
}

export async function readNote(id: string): Promise<Note> {
  const { Item } = await answered(table.send(new GetCommand({ TableName, Key: { id } })));
  if (Item === undefined) throw noSuchNote();
  return Item as Note;
}

export async function addNote(note: Note): Promise<void> {
  const onlyNew = { TableName, Item: note, ConditionExpression: 'attribute_not_exists(id)' };
  await answered(table.send(new PutCommand(onlyNew)), () => httpError(409, 'There is a note with this id already'));
}

export async function deleteNote(id: string): Promise<void> {
  const onlyExisting = { TableName, Key: { id }, ConditionExpression: 'attribute_exists(id)' };
  await answered(table.send(new DeleteCommand(onlyExisting)), noSuchNote);
}

function noSuchNote(): Error {
  return httpError(404, 'The note does not exist');
}

/** Waits for the table. Errors that a client can react to become HTTP errors; others stay what they are. */
async function answered<Output>(sent: Promise<Output>, conditionFailed?: () => Error): Promise<Output> {
  try {
    return await sent;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'ConditionalCheckFailedException' && conditionFailed !== undefined) throw conditionFailed();
    if (THROTTLED.has(name)) throw httpError(503, 'The table is busy, try again', { 'Retry-After': '1' });
    throw error;
  }
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const THROTTLED: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);
