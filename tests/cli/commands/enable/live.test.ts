import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { useCommand } from '../../command.js';

// Nothing of this machine's own settings, and no look-up of credentials over the network.
for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
Object.assign(process.env, {
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
});

const bare = useCommand();
const withClient = useCommand();

const SDK = '@aws-sdk/client-api-gateway';

/** Where the command finds the client of API Gateway, as in a project that has it. */
function installClient(): void {
  const target = fileURLToPath(new URL(`../../../../node_modules/${SDK}`, import.meta.url));
  const link = join(withClient.folder, 'node_modules', SDK);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(target, link);
}
installClient();

describe('enable --rest-api-id', () => {
  it('says in one line that the client of API Gateway is missing', async () => {
    const { status, stdout, stderr } = await bare.run(
      'enable',
      '--rest-api-id',
      'a1b2c3d4e5',
      '--region',
      'eu-central-1',
    );
    expect(stderr).toBe(`lambda-cors: ${SDK} is missing; install it: npm install --save-dev ${SDK}\n`);
    expect([status, stdout]).toEqual([2, '']);
  });

  it('says in one line that there is no region', async () => {
    const { status, stderr } = await withClient.run('enable', '--rest-api-id', 'a1b2c3d4e5');
    expect(stderr).toBe('lambda-cors: there is no region; give --region, or set AWS_REGION\n');
    expect(status).toBe(2);
  });

  it('says in one line that there are no credentials', async () => {
    const { status, stderr } = await withClient.run(
      'enable',
      '--rest-api-id',
      'a1b2c3d4e5',
      '--region',
      'eu-central-1',
    );
    expect(stderr).toMatch(/^lambda-cors: there are no credentials for AWS: .+; set AWS_PROFILE, or log in, .+\n$/);
    expect(status).toBe(2);
  });

  it.each([
    [['t.yaml', '--rest-api-id', 'a1'], 'a file and an API are given'],
    [['t.yaml', '--stage', 'prod'], '--stage is for --rest-api-id'],
    [['--region', 'eu-central-1'], '--region is for --rest-api-id'],
    [['--invoke-url', 'https://a.test'], '--invoke-url is for --rest-api-id'],
    [['--rest-api-id', '../a'], '--rest-api-id "../a" is not the id of an API'],
    [['--rest-api-id', 'a1', '--invoke-url', 'a.test', '--stage', 'prod'], '--invoke-url "a.test" is not a URL'],
    [['--rest-api-id', 'a1', '--invoke-url', 'https://a.test'], '--invoke-url is for --stage'],
    [['--rest-api-id', 'a1', '--policy', 'none.json'], 'none.json does not exist'],
    [['--rest-api-id', 'a1', '--dry-run', '--yes'], "option '--dry-run' cannot be used with option '--yes'"],
    [['--undo', 'none.json'], 'none.json does not exist; give the path of the file that enable named'],
    [[], "missing required argument 'file'"],
  ])('refuses %j in one line', async (args, message) => {
    const { status, stdout, stderr } = await bare.run('enable', ...args);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect([status, stdout]).toEqual([2, '']);
  });

  it('says the same as JSON', async () => {
    const { status, stdout } = await bare.run('enable', '--rest-api-id', 'a1', '--json');
    expect(JSON.parse(stdout)).toEqual({ error: '--json is for files; leave it out', issues: [] });
    expect(status).toBe(2);
  });

  it.each([
    ['no JSON', 'not JSON', 'undo.json is not JSON'],
    ['of another program', '{"version":1}', 'undo.json is not what enable saves'],
    [
      'of another version',
      '{"version":2,"region":"r","restApiId":"a","steps":[]}',
      'undo.json is not what enable saves',
    ],
    ['nothing', 'null', 'undo.json is not what enable saves'],
  ])('refuses to undo a file that is %s', async (_, text, message) => {
    bare.write('undo.json', text);
    const { status, stderr } = await bare.run('enable', '--undo', 'undo.json');
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });

  it.each([
    [['--rest-api-id', 'b2'], 'undo.json is for the API a1, not for b2'],
    [['--region', 'us-east-1'], 'undo.json is for eu-central-1, not for us-east-1'],
  ])('refuses to undo somewhere else: %j', async (args, message) => {
    bare.write('undo.json', JSON.stringify({ version: 1, region: 'eu-central-1', restApiId: 'a1', steps: [] }));
    const { status, stderr } = await bare.run('enable', '--undo', 'undo.json', ...args);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
  });
});
