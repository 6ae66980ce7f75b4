// The example as it would be deployed, on this machine: its functions bundled, and a table in dynalite.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { build } from 'esbuild';

const TABLE_NAME = 'notes';
const example = fileURLToPath(new URL('../../examples/sam', import.meta.url));

/**
 * Returns what each file of the example exports, and the address of its table; `stop` leaves nothing behind.
 *
 * @param {readonly string[]} names Such as `notes-api`.
 * @param {Readonly<Record<string, string>>} environment As a template would give it.
 */
export async function deploy(names, environment = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-cors-demo-'));
  const database = dynalite({ createTableMs: 0 }).listen(0, '127.0.0.1');

  async function stop() {
    rmSync(folder, { recursive: true, force: true });
    // The SDK keeps its connections open.
    database.closeAllConnections();
    database.close();
    await once(database, 'close');
  }

  try {
    await Promise.all([bundle(names, folder), once(database, 'listening')]);
    const endpoint = `http://127.0.0.1:${database.address().port}`;
    setEnvironment({ ...environment, TABLE_NAME, AWS_ENDPOINT_URL_DYNAMODB: endpoint });
    await createTable();
    process.setSourceMapsEnabled(true);
    // With require, as the Lambda runtime loads a CommonJS function.
    const load = createRequire(join(folder, 'index.cjs'));
    return { exports: names.map((name) => load(`./${name}.cjs`)), endpoint, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** As `sam build` does with `BuildMethod: esbuild`, `Minify: true`, `Sourcemap: true` and `Target: node20`. */
async function bundle(names, outdir) {
  await build({
    absWorkingDir: example,
    entryPoints: names.map((name) => `src/${name}.ts`),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    sourcemap: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'error',
  });
}

/** Nothing that AWS tools find on this machine may lead the SDK to a real account. */
function setEnvironment(environment) {
  for (const name of Object.keys(process.env).filter((name) => name.startsWith('AWS_'))) delete process.env[name];
  Object.assign(process.env, environment, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'demo',
    AWS_SECRET_ACCESS_KEY: 'demo',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
}

async function createTable() {
  const client = new DynamoDBClient();
  await client.send(
    new CreateTableCommand({
      TableName: TABLE_NAME,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  client.destroy();
}
