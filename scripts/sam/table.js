import { once } from 'node:events';
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';

/** As `sam local` resolves the template's `!Ref NotesTable`. */
const TableName = 'NotesTable';

/** A table on this machine with one note in it, for functions in containers. */
export async function startTable() {
  const database = dynalite({ createTableMs: 0 });
  // On every interface, because containers do not come in through loopback.
  database.listen(0, '0.0.0.0');
  await once(database, 'listening');
  const { port } = database.address();
  // At every start the SDK warns that it will drop Node.js 20.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  const note = { id: { S: 'plants' }, text: { S: 'Water the plants' }, createdAt: { S: '2026-01-01T00:00:00.000Z' } };
  await client.send(new PutItemCommand({ TableName, Item: note }));
  client.destroy();
  return {
    port,
    async stop() {
      database.closeAllConnections();
      database.close();
      await once(database, 'close');
    },
  };
}
